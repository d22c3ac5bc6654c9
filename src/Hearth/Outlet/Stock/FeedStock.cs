using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What a feed tells of an article: either a count or a difference.</summary>
/// <param name="Sku">An article that was counted before.</param>
/// <param name="Sequence">0 or more, rising with the order in which things happened to this article; each number once.</param>
/// <param name="Quantity">Units on the shelf after it; null for a difference.</param>
/// <param name="Change">Units that came or went; null for a count.</param>
public sealed record ToldStock(string Sku, long Sequence, int? Quantity, int? Change)
{
    private const int Most = 10_000_000;

    internal FieldError? Error => Sequence < 0 ? new("sequence", "must be 0 or more")
        : (Quantity is null) == (Change is null) ? new("quantity", "or change must be given, and only one of them")
        : Quantity is < 0 or > Most ? new("quantity", "must be from 0 to 10,000,000")
        : Change is < -Most or > Most ? new("change", "must be at most 10,000,000 units")
        : null;
}

public enum FedOutcome
{
    /// <summary>It is on the shelf.</summary>
    Kept,

    /// <summary>Its number is known.</summary>
    Repeated,

    /// <summary>A later count of the feed contains it.</summary>
    Superseded,

    /// <summary>It is kept and goes on the shelf as soon as it can.</summary>
    Waiting,

    /// <summary>Nothing is kept of it.</summary>
    Rejected,
}

/// <summary>What became of an event.</summary>
/// <param name="Outcome">In a word.</param>
/// <param name="OnHand">Units on the shelf after all events of the call; null when it was rejected.</param>
/// <param name="Errors">Why it was rejected, or what it waits for.</param>
public sealed record Fed(FedOutcome Outcome, int? OnHand, IReadOnlyList<FieldError>? Errors);

/// <summary>Takes what a warehouse's feed tells, in whatever order and however often it comes: what is on the shelf afterwards is the same.</summary>
/// <remarks>
/// A count holds what happened up to its number, so differences below it are passed over and differences above it are added to it. What would take units that are promised, or more than there are,
/// waits for what is still on its way: a delivery that happened before, an offer that ends. A unit that a redeemed code took has left the shelf already; the feed must not tell of it as a difference.
/// </remarks>
public sealed class FeedStock(Database db, TimeProvider clock)
{
    /// <summary>Takes all events in one transaction; each has an outcome of its own.</summary>
    /// <param name="events">At most a few hundred.</param>
    /// <param name="ct">Stops the work; nothing of this call is kept.</param>
    public Task<IReadOnlyList<Fed>> Take(IReadOnlyList<ToldStock> events, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        var items = await CountStock.Locked(db, [.. events.Select(e => e.Sku).Distinct(StringComparer.Ordinal)], ct);
        var ids = items.Values.Select(i => i.Id).ToList();
        var kept = (await db.Set<StockEvent>().Where(e => ids.Contains(e.Item)).ToListAsync(ct)).GroupBy(e => e.Item).ToDictionary(g => g.Key, g => g.ToDictionary(e => e.Sequence));
        var outcomes = new FedOutcome[events.Count];
        foreach (var (n, told) in events.Index())
        {
            if (told.Error is not null || !items.TryGetValue(told.Sku, out var item)) outcomes[n] = FedOutcome.Rejected;
            else if (told.Sequence <= item.FeedCount) outcomes[n] = told.Sequence == item.FeedCount ? FedOutcome.Repeated : FedOutcome.Superseded;
            else if (!(kept.TryGetValue(item.Id, out var known) ? known : kept[item.Id] = known = []).TryAdd(told.Sequence, new()
                     {
                         Item = item.Id, Sequence = told.Sequence, IsCount = told.Quantity is not null, Units = told.Quantity ?? told.Change!.Value, Waits = true, At = now,
                     })) outcomes[n] = FedOutcome.Repeated;
            else
            {
                db.Add(known[told.Sequence]);
                Follow(item, known, now);
            }
        }

        await db.SaveChangesAsync(ct);
        return (IReadOnlyList<Fed>)[.. events.Select((told, n) => Said(told, outcomes[n], items.GetValueOrDefault(told.Sku), kept))];
    }, ct);

    /// <summary>Puts on the shelf what waited and can go there now.</summary>
    internal async Task Again(CancellationToken ct)
    {
        var waiting = await db.Set<StockEvent>().Where(e => e.Waits).Select(e => e.Item).Distinct().ToListAsync(ct);
        foreach (var id in waiting.OrderBy(i => i.Value))
        {
            await db.InTransaction(async () =>
            {
                db.ChangeTracker.Clear();
                var sku = await db.Set<StockItem>().Where(s => s.Id == id).Select(s => s.Sku).SingleAsync(ct);
                var item = (await CountStock.Locked(db, [sku], ct))[sku];
                Follow(item, (await db.Set<StockEvent>().Where(e => e.Item == id).ToListAsync(ct)).ToDictionary(e => e.Sequence), clock.Now());
                await db.SaveChangesAsync(ct);
            }, ct);
        }
    }

    private void Follow(StockItem item, Dictionary<long, StockEvent> known, DateTimeOffset now)
    {
        var count = known.Values.Where(e => e.IsCount).MaxBy(e => e.Sequence);
        var target = count is null ? item.OnHand + known.Values.Where(e => e.Waits).Sum(e => (long)e.Units)
            : count.Units + known.Values.Where(e => e.Sequence > count.Sequence).Sum(e => (long)e.Units);
        if (target < item.Reserved || target > int.MaxValue) return;
        var change = (int)(target - item.OnHand);
        if (item.OnHand == 0 && change > 0) item.ArrivedAt = now; // an empty shelf that fills again is new
        item.OnHand = (int)target;
        item.UpdatedAt = now;
        if (change != 0) Shelf.Write(db, item.Id, MovementKind.Fed, change, 0, "feed:" + known.Values.Where(e => e.Waits).Max(e => e.Sequence), now);
        foreach (var one in known.Values) one.Waits = false;
        if (count is null) return;
        item.FeedCount = count.Sequence;
        foreach (var one in known.Values.Where(e => e.Sequence <= count.Sequence).ToList())
        {
            known.Remove(one.Sequence);
            db.Remove(one);
        }
    }

    private static Fed Said(ToldStock told, FedOutcome outcome, StockItem? item, Dictionary<StockItemId, Dictionary<long, StockEvent>> kept)
    {
        if (told.Error is { } error) return new(FedOutcome.Rejected, null, [error]);
        if (item is null) return new(FedOutcome.Rejected, null, [new("sku", "is not in stock; count it first")]);
        var waits = outcome != FedOutcome.Superseded && kept.TryGetValue(item.Id, out var known) && known.TryGetValue(told.Sequence, out var row) && row.Waits;
        return new(waits && outcome == FedOutcome.Kept ? FedOutcome.Waiting : outcome, item.OnHand,
            waits ? [new(told.Change is null ? "quantity" : "change", $"would leave less than the {item.Reserved:N0} units promised to offers; it waits until it fits")] : null);
    }
}
