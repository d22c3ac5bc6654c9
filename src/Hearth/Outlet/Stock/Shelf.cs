using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>The only writer of balances: each method moves the balance and writes the ledger line in the caller's transaction.</summary>
internal static class Shelf
{
    /// <summary>Promises units to an offer, with all that they give.</summary>
    /// <returns>Null; or the item of which not that many are free, and nothing is promised.</returns>
    public static async Task<StockItemId?> Reserve(Database db, Offer offer, int units, DateTimeOffset at, CancellationToken ct)
    {
        var promised = new List<(StockItemId Item, int Units)>();
        foreach (var (item, quantity) in offer.Parts)
        {
            var wanted = units * quantity;
            var moved = await db.Set<StockItem>().Where(s => s.Id == item && s.OnHand - s.Reserved >= wanted).ExecuteUpdateAsync(set => set.SetProperty(s => s.Reserved, s => s.Reserved + wanted), ct);
            if (moved == 1)
            {
                promised.Add((item, wanted));
                continue;
            }

            foreach (var (back, few) in promised) await db.Set<StockItem>().Where(s => s.Id == back).ExecuteUpdateAsync(set => set.SetProperty(s => s.Reserved, s => s.Reserved - few), ct);
            return item;
        }

        foreach (var (item, wanted) in promised) Write(db, item, MovementKind.Reserved, 0, wanted, offer.Reference, at);
        return null;
    }

    public static async Task Free(Database db, Offer offer, int units, DateTimeOffset at, CancellationToken ct)
    {
        if (units == 0) return;
        foreach (var (item, quantity) in offer.Parts)
        {
            var freed = units * quantity;
            await db.Set<StockItem>().Where(s => s.Id == item).ExecuteUpdateAsync(set => set.SetProperty(s => s.Reserved, s => s.Reserved - freed), ct);
            Write(db, item, MovementKind.Freed, 0, -freed, offer.Reference, at);
        }
    }

    /// <summary>One unit went over the counter.</summary>
    public static async Task Sell(Database db, Offer offer, string reference, DateTimeOffset at, CancellationToken ct)
    {
        foreach (var (item, quantity) in offer.Parts)
        {
            await db.Set<StockItem>().Where(s => s.Id == item)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Reserved, s => s.Reserved - quantity).SetProperty(s => s.OnHand, s => s.OnHand - quantity), ct);
            Write(db, item, MovementKind.Sold, -quantity, -quantity, reference, at);
        }
    }

    public static void Write(Database db, StockItemId item, MovementKind kind, int onHand, int reserved, string reference, DateTimeOffset at) =>
        db.Add(new StockMovement { Id = Ids.New(at), Item = item, Kind = kind, OnHandChange = onHand, ReservedChange = reserved, Reference = reference, At = at });
}
