using Hearth.Governance;
using Hearth.Ideas.Merging;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Telling;

/// <summary>Whom an idea concerns. Worked out when it is needed, from what people did: a vote costs no second row.</summary>
public sealed class WhoFollows(Database db)
{
    /// <summary>Everybody to be told, each with the first reason that holds. Staff who only answered are not among them.</summary>
    public async Task<IReadOnlyDictionary<UserId, Because>> Of(IdeaId idea, Audience audience, CancellationToken ct)
    {
        var family = await db.WithMerged(idea, ct);
        var all = new Dictionary<UserId, Because>();
        void Add(IEnumerable<UserId> users, Because why)
        {
            foreach (var user in users) all.TryAdd(user, why);
        }

        Add(await db.Ideas.Where(i => family.Contains(i.Id)).Select(i => i.Author).ToListAsync(ct), Because.Author);
        if (audience == Audience.Authors) return all;
        Add(await db.IdeaVotes.Where(v => family.Contains(v.Idea)).Select(v => v.User).ToListAsync(ct), Because.Voter);
        Add(await db.IdeaComments.Where(c => family.Contains(c.Idea) && !c.FromBrand).Select(c => c.Author).Distinct().ToListAsync(ct), Because.Commenter);
        var chosen = await db.IdeaFollows.Where(f => family.Contains(f.Idea)).Select(f => new { f.User, f.Follows, f.At }).ToListAsync(ct);
        foreach (var last in chosen.GroupBy(f => f.User).Select(g => g.MaxBy(f => f.At)!)) // of two choices on merged ideas the later one
        {
            if (last.Follows) all.TryAdd(last.User, Because.Follower);
            else all.Remove(last.User);
        }

        return all;
    }

    /// <summary>Why somebody is told, or null when they are not.</summary>
    public async Task<Because?> Why(IdeaId idea, UserId user, CancellationToken ct)
    {
        var choice = await db.IdeaFollows.Where(f => f.Idea == idea && f.User == user).Select(f => (bool?)f.Follows).SingleOrDefaultAsync(ct);
        if (choice == false) return null;
        if (await db.Ideas.AnyAsync(i => i.Id == idea && i.Author == user, ct)) return Because.Author;
        if (await db.IdeaVotes.AnyAsync(v => v.Idea == idea && v.User == user, ct)) return Because.Voter;
        if (await db.IdeaComments.AnyAsync(c => c.Idea == idea && c.Author == user && !c.FromBrand, ct)) return Because.Commenter;
        return choice == true ? Because.Follower : null;
    }
}
