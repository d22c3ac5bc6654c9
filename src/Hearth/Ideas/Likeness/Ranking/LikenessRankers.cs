using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Likeness.Ranking;

/// <summary>A ranker of the board.</summary>
/// <param name="Version">From 1.</param>
/// <param name="State">Whether it orders what is found.</param>
/// <param name="At">When it was learned.</param>
/// <param name="By">Who had it learned.</param>
/// <param name="Learned">Titles learned from, those held out included.</param>
/// <param name="HeldOut">Titles of merged ideas on which it was measured before it learned from them.</param>
/// <param name="Map">Its mean average precision on them: 1 when what is the same always comes first.</param>
/// <param name="Before">Of what was in use before, on the same titles.</param>
public sealed record RankerView(int Version, RankerState State, DateTimeOffset At, string By, int Learned, int HeldOut, double Map, double Before);

/// <summary>Another ranker orders what likeness finds.</summary>
/// <param name="Version">Of the ranker; null for the order of the first day.</param>
/// <param name="Was">What was in use before.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">When.</param>
public sealed record LikenessReordered(int? Version, int? Was, string By, DateTimeOffset At) : IFact
{
    public string Subject => "ideas:likeness";
}

/// <summary>What came of learning.</summary>
public abstract record RankerLearned
{
    private RankerLearned() { }

    /// <summary>A version was kept.</summary>
    /// <param name="Ranker">The version, with its figures; in use if it was better.</param>
    public sealed record Kept(RankerView Ranker) : RankerLearned;

    /// <summary>Too little was said to learn from it and to hold some out.</summary>
    /// <param name="Said">What there is.</param>
    public sealed record TooLittle(SaidCount Said) : RankerLearned;
}

/// <summary>
/// The rankers of the board: learns them from what its people said, keeps every version, and puts one to use. A new one replaces the old one only if it puts the merged ideas of a
/// fifth that was held out higher.
/// </summary>
public sealed class LikenessRankers(Database db, Rankers rankers, FindLikeIdeas find, TimeProvider clock)
{
    /// <summary>Merges and choices that people must have made before an order is learned from them.</summary>
    public const int Least = 100;

    private const int Parts = 5;

    /// <summary>Fewer held-out titles say nothing.</summary>
    private const int LeastHeldOut = 20;

    /// <summary>All versions, the latest first.</summary>
    public async Task<IReadOnlyList<RankerView>> All(CancellationToken ct) => await db.IdeaRankers.OrderByDescending(r => r.Version)
        .Select(r => new RankerView(r.Version, r.State, r.At, r.By, r.Learned, r.HeldOut, r.Map, r.Before)).ToListAsync(ct);

    /// <summary>What people said up to now.</summary>
    public Task<SaidCount> Said(CancellationToken ct) => new ReadSaid(db, find).Count(ct);

    /// <summary>Learns from four fifths; compares with what is in use on the last; keeps a ranker learned from all, and uses it if it was better.</summary>
    /// <param name="by">Who wants it.</param>
    /// <param name="ct">Stops it; nothing is kept then.</param>
    public async Task<RankerLearned> Learn(string by, CancellationToken ct)
    {
        var said = await Said(ct);
        if (said.Teaching < Least) return new RankerLearned.TooLittle(said);
        var titles = await new ReadSaid(db, find).All(ct);
        var (held, taught) = (titles.Where(t => t.IsMerged && IsHeldOut(t.Family)).ToList(), titles.Where(t => !IsHeldOut(t.Family)).ToList());
        if (held.Count < LeastHeldOut || taught.Count < LeastHeldOut) return new RankerLearned.TooLittle(said);
        var current = (await rankers.Current(db, ct))?.Whole;
        var (before, map) = (Map(held, current), Map(held, Learned(taught, ct).Whole));
        return new RankerLearned.Kept(await Keep(by, said.Teaching, titles.Count, held.Count, map, before, Learned(titles, ct).Save(), ct));
    }

    /// <summary>Orders by a version from now on; by that of the first day for null.</summary>
    /// <returns>False when there is no such version, or it is of another form than this Hearth's.</returns>
    public Task<bool> Use(int? version, Actor by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (version is { } wanted && (await db.IdeaRankers.Where(r => r.Version == wanted).Select(r => r.Data).SingleOrDefaultAsync(ct) is not { } data || LearnedOrder.Load(data) is null)) return false;
        await Alone(ct);
        await Switch(version, by.Name, ct);
        return true;
    }, ct);

    private static LearnedOrder Learned(IReadOnlyList<TaughtTitle> from, CancellationToken ct) => LearnedOrder.Learn([.. from.Select(t => t.Whole)], [.. from.SelectMany(t => t.Begun)], ct);

    private static double Map(List<TaughtTitle> titles, LikenessRanker? ranker) => titles.Average(t => t.Whole.AveragePrecision(ranker));

    private static bool IsHeldOut(IdeaId family) => ComparedTitle.Hash(family.Value.ToString("N")) % Parts == 0;

    private Task<RankerView> Keep(string by, int said, int learned, int heldOut, double map, double before, byte[] data, CancellationToken ct) => db.InTransaction(async () =>
    {
        await Alone(ct);
        var version = (await db.IdeaRankers.MaxAsync(r => (int?)r.Version, ct) ?? 0) + 1;
        var isBetter = map > before;
        var row = new RankerRow
        {
            Version = version, State = isBetter ? RankerState.Former : RankerState.Refused, At = clock.Now(), By = by, Said = said, Learned = learned, HeldOut = heldOut, Map = map, Before = before, Data = data,
        };
        db.Add(row);
        await db.SaveChangesAsync(ct);
        if (isBetter) await Switch(version, by, ct);
        db.Forget();
        return new RankerView(version, isBetter ? RankerState.Current : RankerState.Refused, row.At, by, learned, heldOut, map, before);
    }, ct);

    // The next version is one more than the last, and one at most is current.
    private async Task Alone(CancellationToken ct)
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlRawAsync("LOCK TABLE ideas_rankers IN SHARE ROW EXCLUSIVE MODE", ct);
    }

    // Joins the caller's transaction.
    private async Task Switch(int? version, string by, CancellationToken ct)
    {
        var was = await db.IdeaRankers.Where(r => r.State == RankerState.Current).Select(r => (int?)r.Version).SingleOrDefaultAsync(ct);
        if (was == version) return;
        await db.IdeaRankers.Where(r => r.State == RankerState.Current).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, RankerState.Former), ct);
        await db.IdeaRankers.Where(r => r.Version == version).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, RankerState.Current), ct);
        db.Record(new LikenessReordered(version, was, by, clock.Now()));
        await db.SaveChangesAsync(ct);
    }
}
