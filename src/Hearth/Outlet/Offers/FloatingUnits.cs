using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>
/// Units of offers that float: a few are set aside for whoever comes next, and more from free stock as they go, up to the offer's most. So every unit that somebody can hold is set aside on the ledger before, as it is
/// with any other offer, and one that is free can be sold by another offer meanwhile.
/// </summary>
internal static class FloatingUnits
{
    /// <summary>Set aside for whoever comes next.</summary>
    public const int Ready = 5;

    private const int Tries = 3;

    /// <summary>Sets aside until so many are left, as far as stock and the offer's most have it. In the caller's transaction, which has the offer's row.</summary>
    /// <returns>How many were set aside.</returns>
    public static async Task<int> Fill(Database db, OfferId id, int wanted, DateTimeOffset now, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var offer = await db.Set<Offer>().AsNoTracking().SingleAsync(o => o.Id == id, ct);
            var items = offer.Parts.Select(p => p.Item).ToList();
            var free = await db.Set<StockItem>().Where(s => items.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.OnHand - s.Reserved, ct);
            var units = Math.Min(Math.Min(wanted - offer.Left, (offer.UpTo ?? 0) - offer.Units), offer.Parts.Min(p => free[p.Item] / p.Quantity));
            if (units <= 0) return 0;
            if (await Shelf.Reserve(db, offer, units, now, ct) is not null) continue; // another offer was faster
            await db.Set<Offer>().Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Units, o => o.Units + units).SetProperty(o => o.Left, o => o.Left + units), ct);
            await db.SaveChangesAsync(ct);
            return units;
        }

        return 0;
    }

    /// <summary>Sets aside for offers that have few ready, when stock came in, and gives back what came back from holds.</summary>
    public static async Task All(Database db, DateTimeOffset now, CancellationToken ct)
    {
        var uneven = await db.Set<Offer>().Where(o => o.Stage == OfferStage.Published && o.UpTo != null && o.Closes > now && (o.Left > Ready || o.Left < Ready && o.Units < o.UpTo)).OrderBy(o => o.Id).Select(o => o.Id).ToListAsync(ct);
        foreach (var id in uneven) await db.InTransaction(() => One(db, id, now, ct), ct);
    }

    private static async Task One(Database db, OfferId id, DateTimeOffset now, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT 1 FROM outlet_offers WHERE id = {id.Value} FOR UPDATE", ct);
        if (await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && o.Stage == OfferStage.Published, ct) is not { } offer) return;
        if (offer.Left <= Ready)
        {
            await Fill(db, id, Ready, now, ct);
            return;
        }

        var over = offer.Left - Ready;
        await db.Set<Offer>().Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Units, o => o.Units - over).SetProperty(o => o.Left, o => o.Left - over), ct);
        await Shelf.Free(db, offer, over, now, ct);
        await db.SaveChangesAsync(ct);
    }
}
