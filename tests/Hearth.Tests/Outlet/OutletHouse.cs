using Hearth.Governance;
using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Outlet;

/// <summary>Short ways to a filled shelf, for the tests of this room and of Learning.</summary>
internal static class OutletHouse
{
    public static readonly Actor Merchandiser = new(UserId.New(), "Mara Vogt", "MV", Department.Sales, Role.Agent);

    public static Money Eur(long minor) => new(minor, "EUR");

    public static StockCount Count(string sku = "LAP-15R", int quantity = 40, DateTimeOffset? countedAt = null, long price = 49900) =>
        new(sku, "Laptop 15, refurbished", Condition.Refurbished, quantity, Eur(89900), Eur(price), countedAt);

    public static async Task<StockItemId> Stock(this TestHouse house, string sku = "LAP-15R", int quantity = 40) =>
        (await house.With<CountStock, IReadOnlyList<Counted>>(s => s.Take([Count(sku, quantity)], "test", default)))[0] is Counted.Kept kept
            ? kept.Item : throw new InvalidOperationException("The count was not kept.");

    public static OfferDraft Draft(TestHouse house, StockItemId item, int units = 25, int limit = 1)
    {
        var now = house.Services.GetRequiredService<TimeProvider>().Now();
        return new(item, "Laptop 15, like new", "A scratch on the lid.", Eur(44900), units, now, now.AddDays(3), "lap", limit, HoldMinutes: 15);
    }

    public static async Task<OfferView> Offer(this TestHouse house, int units = 25, int limit = 1, string sku = "LAP-15R", int stock = 40)
    {
        var item = await house.Stock(sku, stock);
        var id = ((Drafted.Saved)await house.With<DraftOffer, Drafted>(s => s.Create(Draft(house, item, units, limit), Merchandiser, default))).Offer;
        Assert.IsType<Published.Done>(await house.With<PublishOffer, Published>(s => s.Now(id, default)));
        return await house.Read(id);
    }

    public static Task<OfferView> Read(this TestHouse house, OfferId id) => house.With<ReadOffers, OfferView>(async s => (await s.One(id, default))!);

    public static Task<Held> Hold(this TestHouse house, OfferId offer, ClaimId? claim = null, VisitorId? visitor = null, string? contact = null, string? country = null) =>
        house.With<HoldUnit, Held>(s => s.For(claim ?? ClaimId.New(), offer, visitor ?? VisitorId.New(), contact ?? $"{Guid.NewGuid():N}@example.org", country, default));

    public static Task<Confirmed> Confirm(this TestHouse house, ClaimId claim, VisitorId visitor) => house.With<ConfirmClaim, Confirmed>(s => s.By(claim, visitor, default));

    /// <summary>Holds and confirms; the code, or null when nothing was left.</summary>
    public static async Task<string?> Claim(this TestHouse house, OfferId offer, VisitorId visitor) =>
        await house.Hold(offer, visitor: visitor) is Held.Kept kept ? ((Confirmed.Code)await house.Confirm(kept.Claim, visitor)).Text : null;

    /// <summary>The ledgers' sums are the balances, what is promised is what the offers may still need, every offer's parts are its units, and its parts are its claims.</summary>
    public static Task Audit(this TestHouse house) => house.With<Database>(async db =>
    {
        var offers = await db.Set<Hearth.Outlet.Offer>().AsNoTracking().ToListAsync();
        var promised = offers.Where(o => o.Stage != OfferStage.Draft).SelectMany(o => o.Parts.Select(p => (p.Item, Units: p.Quantity * (o.Left + o.Held + o.Claimed)))).ToLookup(p => p.Item, p => p.Units);
        foreach (var item in await db.Set<StockItem>().AsNoTracking().ToListAsync())
        {
            Assert.Equal(promised[item.Id].Sum(), item.Reserved);
            var ledger = db.Set<StockMovement>().Where(m => m.Item == item.Id);
            Assert.Equal(item.OnHand, await ledger.SumAsync(m => m.OnHandChange));
            Assert.Equal(item.Reserved, await ledger.SumAsync(m => m.ReservedChange));
        }

        foreach (var offer in offers)
        {
            Assert.Equal(offer.Units, offer.Left + offer.Held + offer.Claimed + offer.Redeemed + offer.Returned);
            Assert.Equal(offer.Held, await db.Set<Hearth.Outlet.Claim>().CountAsync(c => c.Offer == offer.Id && c.State == ClaimState.Held));
            Assert.Equal(offer.Claimed, await db.Set<Hearth.Outlet.Claim>().CountAsync(c => c.Offer == offer.Id && c.State == ClaimState.Claimed));
            Assert.Equal(offer.Redeemed, await db.Set<Hearth.Outlet.Claim>().CountAsync(c => c.Offer == offer.Id && c.State == ClaimState.Redeemed));
        }
    });
}
