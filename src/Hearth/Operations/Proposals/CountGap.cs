using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Proposals;

/// <summary>What a gap costs, and of what that is made.</summary>
/// <param name="People">Different people who spoke of it, plus posts whose author no source names.</param>
/// <param name="Mentions">Posts grouped under it.</param>
/// <param name="NegativeShare">Of these posts, 0 to 1; 1 when there are none.</param>
/// <param name="Reach">Followers of the authors, each person once, by their largest post.</param>
/// <param name="Lately">Posts of the last 14 days.</param>
/// <param name="Before">Posts of the 14 days before.</param>
/// <param name="OrdersAtRisk">Orders of the product in the last 28 days.</param>
/// <param name="Refunds">Refunded orders of the product in the last 28 days.</param>
public sealed record GapCost(int People, int Mentions, double NegativeShare, long Reach, int Lately, int Before, int OrdersAtRisk = 0, int Refunds = 0)
{
    /// <summary>0.5 when the talk halves, 2 when it doubles or more; two posts are added on each side, so that few make no trend.</summary>
    public double Trend => Math.Clamp((Lately + 2.0) / (Before + 2.0), 0.5, 2);

    /// <summary>People × (1 + negative share) × trend + √reach ÷ 10 + refunds + orders ÷ 100, rounded.</summary>
    public int Total => (int)Math.Round(People * (1 + NegativeShare) * Trend + Math.Sqrt(Reach) / 10 + Refunds + OrdersAtRisk / 100.0, MidpointRounding.AwayFromZero);
}

/// <summary>Orders that a gap puts at risk. Operations asks; the room that takes orders answers.</summary>
public interface IOrdersAtRisk
{
    /// <summary>Orders with this article since a moment, and how many of them were refunded, in part or whole.</summary>
    Task<(int Orders, int Refunded)> Of(string sku, DateTimeOffset since, CancellationToken ct);
}

/// <summary>Makes a gap's counts and cost anew from its mentions and conversations.</summary>
public sealed class CountGap
{
    private const int TrendDays = 14;
    private const int OrderDays = 28;

    private readonly Database _db;
    private readonly Catalog.Products _products;
    private readonly IEnumerable<IOrdersAtRisk> _orders;
    private readonly TimeProvider _clock;

    internal CountGap(Database db, Catalog.Products products, IEnumerable<IOrdersAtRisk> orders, TimeProvider clock) => (_db, _products, _orders, _clock) = (db, products, orders, clock);

    public async Task<GapCost?> Of(GapId id, CancellationToken ct)
    {
        if (await _db.Set<Gap>().AsNoTracking().SingleOrDefaultAsync(g => g.Id == id, ct) is not { } gap) return null;
        var now = _clock.Now();
        var causes = _db.Set<Cause>().Where(c => c.GapId == id).Select(c => c.Id);
        var mentions = _db.Set<CauseMention>().Where(m => causes.Contains(m.CauseId));
        var conversations = _db.Set<GapConversation>().Where(c => c.GapId == id);
        var spoke = mentions.Where(m => m.Person != null).Select(m => m.Person).Union(conversations.Where(c => c.PersonId != null).Select(c => c.PersonId));
        var people = await spoke.CountAsync(ct) - await new ReadPeople(_db).Doubles(spoke, ct)
            + await mentions.Where(m => m.Person == null).Select(m => m.Mention).Distinct().CountAsync(ct);
        var posts = await mentions.GroupBy(m => m.IsNegative).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var (all, negative) = (posts.Sum(p => p.Count), posts.Where(p => p.Key).Sum(p => p.Count));
        var reach = await mentions.Where(m => m.Person != null && m.Reach > 0).GroupBy(m => m.Person).Select(g => g.Max(m => m.Reach)).SumAsync(ct);
        var (recent, earlier) = (now.AddDays(-TrendDays), now.AddDays(-2 * TrendDays));
        var lately = await mentions.CountAsync(m => m.At > recent, ct);
        var before = await mentions.CountAsync(m => m.At > earlier && m.At <= recent, ct);
        var (orders, refunded) = await AtRisk(gap, now, ct);
        var cost = new GapCost(people, all, all == 0 ? 1 : (double)negative / all, reach, lately, before, orders, refunded);
        var (told, total) = (await conversations.CountAsync(ct), cost.Total);
        await _db.Set<Gap>().Where(g => g.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(g => g.People, people).SetProperty(g => g.Conversations, told).SetProperty(g => g.Mentions, all).SetProperty(g => g.Negative, negative)
            .SetProperty(g => g.Reach, reach).SetProperty(g => g.Lately, lately).SetProperty(g => g.Before, before).SetProperty(g => g.OrdersAtRisk, orders).SetProperty(g => g.Refunds, refunded)
            .SetProperty(g => g.Cost, total).SetProperty(g => g.IsStale, false).SetProperty(g => g.CountedAt, now), ct);
        return cost;
    }

    private async Task<(int Orders, int Refunded)> AtRisk(Gap gap, DateTimeOffset now, CancellationToken ct)
    {
        if (gap.ProductId is not { } product || (await _products.Of(product, ct))?.Sku is not { } sku) return (0, 0);
        var sum = (Orders: 0, Refunded: 0);
        foreach (var room in _orders)
        {
            var (orders, refunded) = await room.Of(sku, now.AddDays(-OrderDays), ct);
            sum = (sum.Orders + orders, sum.Refunded + refunded);
        }

        return sum;
    }
}

/// <summary>Counts gaps whose talk moved, and all that are open once an hour, since a trend changes by waiting.</summary>
public sealed record CountGaps : IJob;

public sealed class CountGapsRun(Database db, CountGap count, TimeProvider clock) : IRun<CountGaps>
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    public async Task Run(CountGaps job, CancellationToken ct)
    {
        var old = clock.Now().AddHours(-1);
        var never = DateTimeOffset.UnixEpoch; // gaps of a version that did not count so
        var due = await db.Set<Gap>().Where(g => g.IsStale || g.CountedAt == never || (g.CountedAt < old && g.Stage != GapStage.Declined && g.Stage != GapStage.Verified)).OrderBy(g => g.CountedAt).ThenBy(g => g.Number).Select(g => g.Id).ToListAsync(ct);
        foreach (var gap in due) await db.InTransaction(async () => { await db.Set<Gap>().Where(g => g.Id == gap).ExecuteUpdateAsync(set => set.SetProperty(g => g.IsStale, false), ct); await count.Of(gap, ct); }, ct);
    }
}
