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
}

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

public sealed class ReadStock(Database db)
{
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
        return Keyset.Cut(rows, take, s => s.Sku).Select(View);
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

        return new(View(found), views);
    }

    /// <summary>The item, or null.</summary>
    public async Task<StockView?> Item(StockItemId item, CancellationToken ct) =>
        await db.Set<StockItem>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == item, ct) is { } found ? View(found) : null;

    internal static StockView View(StockItem s) => new(s.Id, s.Sku, s.Title, s.Condition, s.OnHand, s.Reserved, s.ListPrice, s.Price, s.UpdatedAt);
}
