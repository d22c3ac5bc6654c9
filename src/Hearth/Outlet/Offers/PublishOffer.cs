using Hearth.Operations.FireGuard;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What became of publishing.</summary>
public abstract record Published
{
    private Published() { }

    public sealed record Done(OfferId Offer) : Published;

    /// <summary>Fewer units of an item are free than the offer wants of it.</summary>
    public sealed record NotEnoughStock(string Sku, int Free, int Wanted) : Published;

    /// <summary>Its window is already over.</summary>
    public sealed record WindowOver(DateTimeOffset Closes) : Published;

    public sealed record NotADraft(OfferState State) : Published;

    /// <summary>The fire guard stops it: people are angry about the product.</summary>
    public sealed record OnFire(GuardVerdict Verdict) : Published;

    public sealed record UnknownOffer : Published;
}

/// <summary>Reserves an offer's units and shows it to the world; its terms stay as they are from then on.</summary>
public sealed class PublishOffer(Database db, AskGuard guard, TimeProvider clock)
{
    public async Task<Published> Now(OfferId id, CancellationToken ct)
    {
        // Asked before the transaction: a gap that catches fire meanwhile stops the posts about the offer.
        var draft = await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && o.Stage == OfferStage.Draft, ct);
        if (draft is not null && await OverrideOffer.Ask(guard, draft, ct) is { MayGoOut: false } verdict) return new Published.OnFire(verdict);
        return await Publish(id, ct);
    }

    private Task<Published> Publish(OfferId id, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        var offer = await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct);
        if (offer is null) return new Published.UnknownOffer();
        if (offer.Stage != OfferStage.Draft) return new Published.NotADraft(offer.StateAt(now));
        if (offer.Closes <= now) return new Published.WindowOver(offer.Closes);

        var published = await db.Set<Offer>().Where(o => o.Id == id && o.Stage == OfferStage.Draft && o.Units == offer.Units && o.Item == offer.Item && o.Edits == offer.Edits)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Stage, OfferStage.Published).SetProperty(o => o.PublishedAt, now), ct);
        if (published == 0) return new Published.NotADraft(OfferState.Open);
        var wanted = offer.UpTo is null ? offer.Units : 1; // one that floats begins with any
        if (await Shelf.Reserve(db, offer, wanted, now, ct) is { } few)
        {
            await db.Set<Offer>().Where(o => o.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(o => o.Stage, OfferStage.Draft).SetProperty(o => o.PublishedAt, (DateTimeOffset?)null), ct);
            var there = await db.Set<StockItem>().Where(s => s.Id == few).Select(s => new { s.Sku, Free = s.OnHand - s.Reserved }).SingleAsync(ct);
            return new Published.NotEnoughStock(there.Sku, there.Free, wanted * offer.Parts.Single(p => p.Item == few).Quantity);
        }

        if (offer.UpTo is not null)
        {
            await db.Set<Offer>().Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Units, wanted).SetProperty(o => o.Left, wanted), ct);
            await FloatingUnits.Fill(db, id, FloatingUnits.Ready, now, ct);
        }

        db.Record(new OfferPublished(id, offer.Sku, offer.Units, offer.Opens, offer.Closes));
        await db.SaveChangesAsync(ct);
        return (Published)new Published.Done(id);
    }, ct);
}
