using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Likeness.Suggested;

/// <summary>Compares ideas that came since with the whole board, every ten minutes. Killed at any moment, it goes on after the last hundred that it finished.</summary>
public sealed record SuggestMerges : IJob;

internal sealed class SuggestMergesRun(Database db, FindLikeIdeas find, TimeProvider clock) : IRun<SuggestMerges>
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>Ideas compared in one run; each takes about as long as somebody's typing does.</summary>
    private const int MostAtOnce = 5_000;

    private const int Batch = 100;
    private const int MostFor = 5;

    /// <summary>Each of two titles holds this part of the other's words.</summary>
    private const double Least = 0.6;

    public async Task Run(SuggestMerges job, CancellationToken ct)
    {
        for (var done = 0; done < MostAtOnce; done += Batch)
        {
            if (await Compare(ct) < Batch) return;
        }
    }

    // Looks without a transaction, which would hold up who votes meanwhile; keeps in a short one what it found.
    private async Task<int> Compare(CancellationToken ct)
    {
        var from = await db.Set<ComparedUpTo>().Select(c => c.Number).SingleOrDefaultAsync(ct);
        var some = await db.IdeaWordRows.Where(w => w.Number > from).OrderBy(w => w.Number).Take(Batch).Select(w => new { w.Number, w.Idea, w.Title, IsKnown = w.Words != null }).ToListAsync(ct);
        some = [.. some.TakeWhile(w => w.IsKnown)]; // one whose words are not worked out yet is waited for
        if (some.Count == 0) return 0;
        var found = new List<SuggestedMerge>();
        foreach (var idea in some)
        {
            foreach (var like in (await find.To(idea.Title, false, MostFor, idea.Idea, ct)).Where(l => l.Number < idea.Number && l.Alike >= Least))
            {
                // Both ways: "a lid" is held by every title about lids, and says the same as none of them.
                var alike = Math.Min(like.Alike, await find.Held(like.Title, idea.Title, ct));
                if (alike >= Least) found.Add(new SuggestedMerge { Idea = idea.Idea, Other = like.Id, Alike = (int)Math.Round(1_000 * alike), At = clock.Now() });
            }
        }

        await Keep(found, some[^1].Number, ct);
        return some.Count;
    }

    private Task Keep(List<SuggestedMerge> found, long upTo, CancellationToken ct) => db.InTransaction(async () =>
    {
        var ideas = found.ConvertAll(f => f.Idea);
        var there = (await db.SuggestedMerges.Where(s => ideas.Contains(s.Idea)).Select(s => new { s.Idea, s.Other }).ToListAsync(ct)).ConvertAll(s => (s.Idea, s.Other)).ToHashSet();
        db.AddRange(found.Where(f => !there.Contains((f.Idea, f.Other))));
        var reached = await db.Set<ComparedUpTo>().SingleOrDefaultAsync(ct);
        if (reached is null) db.Add(new ComparedUpTo { Number = upTo });
        else reached.Number = upTo;
        await db.SaveChangesAsync(ct);
        db.Forget();
        return true;
    }, ct);
}
