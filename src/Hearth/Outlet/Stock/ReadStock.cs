using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>One SKU as the merchandiser sees it.</summary>
/// <param name="Id">The stock line.</param>
/// <param name="Sku">The shop's article number.</param>
/// <param name="Title">What people read.</param>
/// <param name="Condition">Why it is in the outlet.</param>
/// <param name="OnHand">Units on the shelf, the sum of the ledger.</param>
/// <param name="Reserved">Of those, promised to offers.</param>
/// <param name="ListPrice">What it costs new.</param>
/// <param name="Price">What it costs in the outlet.</param>
/// <param name="UpdatedAt">When a count last changed it.</param>
public sealed record StockView(StockItemId Id, string Sku, string Title, Condition Condition, int OnHand, int Reserved, Money ListPrice, Money Price, DateTimeOffset UpdatedAt)
{
    /// <summary>Units that a new offer may reserve.</summary>
    public int Free => OnHand - Reserved;

    /// <summary>What one cost the brand; null when nobody said.</summary>
    public Money? Cost { get; init; }

    /// <summary>Where it lies; null when nobody said.</summary>
    public string? Location { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null when nobody said.</summary>
    public string? Country { get; init; }

    /// <summary>Since when it lies in the outlet.</summary>
    public DateTimeOffset ArrivedAt { get; init; }

    /// <summary>Whole days since then, rounded down.</summary>
    public int AgeDays { get; init; }

    /// <summary>Events of the feed that wait until the shelf can follow them.</summary>
    public int Waiting { get; init; }
}

/// <summary>Free stock that has been in the outlet for about as long.</summary>
/// <param name="From">At least so many days.</param>
/// <param name="To">Fewer than so many days; null for no end.</param>
/// <param name="Items">SKUs with free units.</param>
/// <param name="Units">Free units.</param>
/// <param name="Values">By currency.</param>
public sealed record StockAge(int From, int? To, int Items, long Units, IReadOnlyList<StockWorth> Values);

/// <summary>What free units are worth.</summary>
/// <param name="Price">At the outlet's prices.</param>
/// <param name="Cost">What they cost the brand, as far as that is known.</param>
/// <param name="UnitsWithoutCost">Units of which nobody said what they cost; they are not in <paramref name="Cost"/>.</param>
public sealed record StockWorth(Money Price, Money Cost, long UnitsWithoutCost);

/// <summary>Both balances of an item at the end of a day.</summary>
/// <param name="Day">UTC.</param>
/// <param name="OnHand">On the shelf.</param>
/// <param name="Reserved">Promised.</param>
public sealed record StockDay(DateOnly Day, int OnHand, int Reserved);

/// <summary>One line of the ledger, with both balances after it.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Why.</param>
/// <param name="OnHandChange">Units that came to (+) or left (−) the shelf.</param>
/// <param name="ReservedChange">Units newly promised to (+) or given back by (−) offers.</param>
/// <param name="OnHand">On the shelf after it.</param>
/// <param name="Reserved">Promised after it.</param>
/// <param name="Reference">What caused it: "offer:…", "claim:…", or where the count came from.</param>
public sealed record MovementView(DateTimeOffset At, MovementKind Kind, int OnHandChange, int ReservedChange, int OnHand, int Reserved, string Reference);

/// <summary>An item with the newest part of its ledger, newest first.</summary>
public sealed record StockLedger(StockView Item, IReadOnlyList<MovementView> Movements);

public sealed class ReadStock(Database db, TimeProvider clock)
{
    private const int HistoryDays = 90;
    private static readonly int[] Ages = [0, 14, 30, 60, 90];

    /// <summary>All stock by SKU.</summary>
    /// <param name="search">Part of the SKU or title, any case; null or empty for all.</param>
    /// <param name="after">From <see cref="Page{T}.Next"/> of the page before.</param>
    /// <param name="size">1 to 500, 50 unless told.</param>
    /// <param name="ct">Stops the reading.</param>
    public async Task<Page<StockView>?> List(string? search, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<string>(after, out var last)) return null;
        var take = Keyset.Size(size);
        var items = db.Set<StockItem>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var word = search.Trim().ToLowerInvariant();
#pragma warning disable MA0011 // EF Core translates ToLower() without a culture, and the database lowers by its own
            items = items.Where(s => s.Sku.ToLower().Contains(word) || s.Title.ToLower().Contains(word));
#pragma warning restore MA0011
        }

        if (last is not null) items = items.Where(s => string.Compare(s.Sku, last) > 0);
        var rows = await items.OrderBy(s => s.Sku).Take(take + 1).ToListAsync(ct);
        return Keyset.Cut(rows, take, s => s.Sku).Select(s => View(s, clock.Now()));
    }

    /// <summary>Free units by how long they have been in the outlet: under 14 days, 30, 60, 90, and longer. All five parts, also the empty ones.</summary>
    public async Task<IReadOnlyList<StockAge>> Ageing(CancellationToken ct)
    {
        var now = clock.Now();
        var items = (await db.Set<StockItem>().AsNoTracking().Where(s => s.OnHand > s.Reserved).ToListAsync(ct)).ConvertAll(s => View(s, now));
        return [.. Ages.Select((from, n) =>
        {
            int? to = n + 1 < Ages.Length ? Ages[n + 1] : null;
            var these = items.FindAll(i => i.AgeDays >= from && (to is null || i.AgeDays < to));
            return new StockAge(from, to, these.Count, these.Sum(i => (long)i.Free), [.. these.GroupBy(i => i.Price.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new StockWorth(
                new(g.Sum(i => i.Price.Minor * i.Free), g.Key), new(g.Sum(i => (i.Cost?.Minor ?? 0) * i.Free), g.Key), g.Where(i => i.Cost is null).Sum(i => (long)i.Free)))]);
        })];
    }

    /// <summary>The balances at the end of each of the last 90 days, oldest first; days before the first movement are left out. Empty when there is no such item.</summary>
    public async Task<IReadOnlyList<StockDay>> History(StockItemId item, CancellationToken ct)
    {
        if (await db.Set<StockItem>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == item, ct) is not { } found) return [];
        var today = DateOnly.FromDateTime(clock.Now().UtcDateTime);
        var since = new DateTimeOffset(today.AddDays(1 - HistoryDays), TimeOnly.MinValue, TimeSpan.Zero);
        var moved = (await db.Set<StockMovement>().Where(m => m.Item == item && m.At >= since).Select(m => new { m.At, m.OnHandChange, m.ReservedChange }).ToListAsync(ct))
            .GroupBy(m => DateOnly.FromDateTime(m.At.UtcDateTime)).ToDictionary(g => g.Key, g => (OnHand: g.Sum(m => m.OnHandChange), Reserved: g.Sum(m => m.ReservedChange)));
        var first = await db.Set<StockMovement>().Where(m => m.Item == item).OrderBy(m => m.At).Select(m => (DateTimeOffset?)m.At).FirstOrDefaultAsync(ct);
        var from = first is { } begin && begin > since ? DateOnly.FromDateTime(begin.UtcDateTime) : today.AddDays(1 - HistoryDays);
        var days = new List<StockDay>();
        var (onHand, reserved) = (found.OnHand, found.Reserved);
        for (var day = today; day >= from; day = day.AddDays(-1))
        {
            days.Add(new(day, onHand, reserved));
            if (moved.TryGetValue(day, out var change)) (onHand, reserved) = (onHand - change.OnHand, reserved - change.Reserved);
        }

        days.Reverse();
        return days;
    }

    /// <summary>The item and its newest <paramref name="movements"/> movements; null when there is no such item.</summary>
    public async Task<StockLedger?> Ledger(StockItemId item, int movements, CancellationToken ct)
    {
        if (await db.Set<StockItem>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == item, ct) is not { } found) return null;
        var rows = await db.Set<StockMovement>().AsNoTracking().Where(m => m.Item == item)
            .OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(movements).ToListAsync(ct);
        var (onHand, reserved) = (found.OnHand, found.Reserved);
        var views = new List<MovementView>(rows.Count);
        foreach (var row in rows)
        {
            views.Add(new(row.At, row.Kind, row.OnHandChange, row.ReservedChange, onHand, reserved, row.Reference));
            (onHand, reserved) = (onHand - row.OnHandChange, reserved - row.ReservedChange);
        }

        var waiting = await db.Set<StockEvent>().CountAsync(e => e.Item == item && e.Waits, ct);
        return new(View(found, clock.Now()) with { Waiting = waiting }, views);
    }

    /// <summary>The item, or null.</summary>
    public async Task<StockView?> Item(StockItemId item, CancellationToken ct) =>
        await db.Set<StockItem>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == item, ct) is { } found ? View(found, clock.Now()) : null;

    internal static StockView View(StockItem s, DateTimeOffset now) => new(s.Id, s.Sku, s.Title, s.Condition, s.OnHand, s.Reserved, s.ListPrice, s.Price, s.UpdatedAt)
    {
        Cost = s.Cost is { } cost ? new Money(cost, s.Price.Currency) : null, Location = s.Location, Country = s.Country, ArrivedAt = s.ArrivedAt ?? s.CountedAt ?? s.UpdatedAt,
        AgeDays = Math.Max(0, (int)(now - (s.ArrivedAt ?? s.CountedAt ?? s.UpdatedAt)).TotalDays),
    };
}
