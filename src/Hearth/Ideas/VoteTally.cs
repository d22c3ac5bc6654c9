using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>
/// What an idea's votes add up to. Its row is locked while this is held, so every number is read, changed and written as a whole; whoever changes votes holds
/// the tallies of their ideas first.
/// </summary>
internal sealed class VoteTally
{
    /// <summary>So many votes that say nothing are added before what is new is divided by what there is: five votes of today are no storm.</summary>
    public const int Smoothing = 10;

    public required long Number { get; init; }
    public required IdeaId Idea { get; init; }
    public required IdeaStatus Status { get; init; }
    public required IdeaStanding Standing { get; init; }
    public required IdeaId? MergedInto { get; init; }
    public int Promotions { get; set; }
    public int Demotions { get; set; }
    public int Held { get; set; }
    public long Net { get; set; }
    public long Score { get; set; }
    public long Rise { get; set; }

    /// <summary>Locks the ideas that exist, in the same order for everybody.</summary>
    public static async Task<Dictionary<IdeaId, VoteTally>> Lock(Database db, IReadOnlyCollection<IdeaId> ideas, CancellationToken ct)
    {
        if (db.Kind == DatabaseKind.Postgres)
        {
            var ids = ideas.Select(i => i.Value).ToArray();
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM ideas_ideas WHERE id = ANY({ids}) ORDER BY id FOR NO KEY UPDATE", ct);
        }

        return await db.Ideas.Where(i => ideas.Contains(i.Id)).Select(i => new VoteTally
        {
            Number = i.Number, Idea = i.Id, Status = i.Status, Standing = i.Standing, MergedInto = i.MergedInto, Promotions = i.Promotions, Demotions = i.Demotions,
            Held = i.Held, Net = i.Net, Score = i.Score, Rise = i.Rise,
        }).ToDictionaryAsync(t => t.Idea, ct);
    }

    /// <summary>Adds the votes of a day, or with minus signs takes them away.</summary>
    public void Add(VoteDayChange change, IdeaBoard board)
    {
        var day = Days.Of(change.Day);
        (Promotions, Demotions, Held, Net) = (Promotions + change.Promotions, Demotions + change.Demotions, Held + change.Held, Net + change.Net);
        if (change.Net == 0) return;
        (Score, Rise) = (Score + change.Net * board.Popular.UnitsOf(day), Rise + change.Net * board.Rising.UnitsOf(day));
    }

    /// <summary>Votes times the smaller side by the larger, rounded down: 0 while all agree, the number of votes when they are split in half.</summary>
    public int Controversy => Promotions == 0 || Demotions == 0 ? 0
        : (int)((long)(Promotions + Demotions) * Math.Min(Promotions, Demotions) / Math.Max(Promotions, Demotions));

    public long Rising => Rise / (Smoothing + Promotions + Demotions);

    public static async Task Write(Database db, IReadOnlyCollection<VoteTally> all, IdeaBoard board, CancellationToken ct)
    {
        if (all.Count == 0) return;
        var popular = board.Popular;
        var rows = all.Select(t => new long[] { t.Number, t.Promotions, t.Demotions, t.Held, t.Net, t.Score, t.Rise, t.Rising, t.Controversy, popular.Points(t.Net) }).ToArray();
        if (db.Kind == DatabaseKind.Sqlite)
        {
            foreach (var r in rows)
            {
                await db.Database.ExecuteSqlAsync(
                    $"""
                    UPDATE ideas_ideas SET promotions = {r[1]}, demotions = {r[2]}, held = {r[3]}, net = {r[4]}, score = {r[5]}, rise = {r[6]}, rising = {r[7]}, controversy = {r[8]}, points = {r[9]}
                    WHERE number = {r[0]}
                    """, ct);
            }

            return;
        }

        long[] Column(int n) => [.. rows.Select(r => r[n])];
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE ideas_ideas SET promotions = v.promotions, demotions = v.demotions, held = v.held, net = v.net, score = v.score, rise = v.rise, rising = v.rising, controversy = v.controversy, points = v.points
            FROM unnest({Column(0)}, {Column(1)}, {Column(2)}, {Column(3)}, {Column(4)}, {Column(5)}, {Column(6)}, {Column(7)}, {Column(8)}, {Column(9)})
                AS v (number, promotions, demotions, held, net, score, rise, rising, controversy, points)
            WHERE ideas_ideas.number = v.number
            """, ct);
    }
}

/// <summary>What changed in the votes of one idea that were given on one day.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Day">UTC, in days since 1970-01-01.</param>
/// <param name="Promotions">More or, below zero, fewer.</param>
/// <param name="Demotions">More or, below zero, fewer.</param>
/// <param name="Net">Thousandths promoted minus thousandths demoted.</param>
/// <param name="Held">More or, below zero, fewer held back.</param>
internal sealed record VoteDayChange(IdeaId Idea, int Day, int Promotions, int Demotions, long Net, int Held)
{
    /// <summary>The vote as a change: it is there with <paramref name="sign"/> 1, gone with -1.</summary>
    public static VoteDayChange Of(IdeaVote vote, int sign)
    {
        var day = Days.Number(vote.At);
        return vote.Held
            ? new(vote.Idea, day, 0, 0, 0, sign)
            : new(vote.Idea, day, vote.Stance == Stance.Promote ? sign : 0, vote.Stance == Stance.Demote ? sign : 0, sign * (long)vote.Stance * vote.Weight, 0);
    }

    /// <summary>One change for each idea and day.</summary>
    public static IReadOnlyList<VoteDayChange> Summed(IEnumerable<VoteDayChange> changes) =>
    [
        .. changes.GroupBy(c => (c.Idea, c.Day))
            .Select(g => new VoteDayChange(g.Key.Idea, g.Key.Day, g.Sum(c => c.Promotions), g.Sum(c => c.Demotions), g.Sum(c => c.Net), g.Sum(c => c.Held)))
            .Where(c => (c.Promotions, c.Demotions, c.Net, c.Held) != (0, 0, 0, 0)),
    ];
}
