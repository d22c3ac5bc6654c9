using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Merging;

/// <summary>
/// The trees that merging makes: a merged idea points at the one it was merged into, which may be merged in turn. The one at the root is shown for all.
/// </summary>
internal static class IdeaFamily
{
    /// <summary>The idea that is shown for this one: itself unless it is merged.</summary>
    internal static async Task<IdeaId> ShownFor(this Database db, IdeaId idea, CancellationToken ct)
    {
        while (await db.Ideas.Where(i => i.Id == idea).Select(i => i.MergedInto).SingleOrDefaultAsync(ct) is { } into) idea = into;
        return idea;
    }

    /// <summary>The idea and all that were merged into it, directly or not.</summary>
    internal static async Task<List<IdeaId>> WithMerged(this Database db, IdeaId idea, CancellationToken ct)
    {
        List<IdeaId> all = [idea], last = [idea];
        while (last.Count > 0)
        {
            last = await db.Ideas.Where(i => i.MergedInto != null && last.Contains(i.MergedInto.Value)).Select(i => i.Id).ToListAsync(ct);
            all.AddRange(last);
        }

        return all;
    }

    /// <summary>
    /// Who takes back a vote on an idea takes it back wherever among the ideas merged into it the vote was given; else the next merge would bring it back.
    /// Those ideas are counted again when they stand for themselves again.
    /// </summary>
    internal static async Task TakeBackBelow(this Database db, IdeaId idea, UserId voter, CancellationToken ct)
    {
        var below = await db.WithMerged(idea, ct);
        below.Remove(idea);
        if (below.Count == 0) return;
        await db.IdeaVotes.Where(v => v.User == voter && below.Contains(v.Idea)).ExecuteDeleteAsync(ct);
    }
}
