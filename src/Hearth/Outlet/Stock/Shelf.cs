using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>The only writer of balances: each method moves the balance and writes the ledger line in the caller's transaction.</summary>
internal static class Shelf
{
    /// <summary>Promises units to an offer. False when not that many are free.</summary>
    public static async Task<bool> Reserve(Database db, StockItemId item, int units, string reference, DateTimeOffset at, CancellationToken ct)
    {
        var moved = await db.Set<StockItem>().Where(s => s.Id == item && s.OnHand - s.Reserved >= units)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Reserved, s => s.Reserved + units), ct);
        if (moved == 1) Write(db, item, MovementKind.Reserved, 0, units, reference, at);
        return moved == 1;
    }

    public static async Task Free(Database db, StockItemId item, int units, string reference, DateTimeOffset at, CancellationToken ct)
    {
        if (units == 0) return;
        await db.Set<StockItem>().Where(s => s.Id == item)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Reserved, s => s.Reserved - units), ct);
        Write(db, item, MovementKind.Freed, 0, -units, reference, at);
    }

    public static async Task Sell(Database db, StockItemId item, string reference, DateTimeOffset at, CancellationToken ct)
    {
        await db.Set<StockItem>().Where(s => s.Id == item)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Reserved, s => s.Reserved - 1).SetProperty(s => s.OnHand, s => s.OnHand - 1), ct);
        Write(db, item, MovementKind.Sold, -1, -1, reference, at);
    }

    public static void Write(Database db, StockItemId item, MovementKind kind, int onHand, int reserved, string reference, DateTimeOffset at) =>
        db.Add(new StockMovement { Id = Ids.New(at), Item = item, Kind = kind, OnHandChange = onHand, ReservedChange = reserved, Reference = reference, At = at });
}
