using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Outlet;

/// <summary>Offers that take their units from free stock as they go.</summary>
public class FloatingOfferTests
{
    [Theory, EveryDatabase]
    public async Task It_keeps_a_few_ready_takes_more_as_they_go_and_stops_at_its_most(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var laptop = await house.Stock(quantity: 40);
        var offer = await Published(house, laptop, most: 12);
        Assert.Equal((FloatingUnits.Ready, FloatingUnits.Ready, 12), (offer.Units, offer.Left, offer.UpTo));
        Assert.Equal((40, FloatingUnits.Ready), await Shelf(house, laptop));

        for (var n = 1; n <= 12; n++)
        {
            Assert.IsType<Held.Kept>(await house.Hold(offer.Id));
            await house.Audit();
            Assert.True((await house.Read(offer.Id)).State == (n < 12 ? OfferState.Open : OfferState.SoldOut), $"after {n}");
        }

        Assert.Equal(12, Assert.IsType<Held.SoldOut>(await house.Hold(offer.Id)).OnHold);
        Assert.Equal((40, 12), await Shelf(house, laptop));

        // What comes back from holds is free again, but for the few that are ready.
        house.Clock.Advance(TimeSpan.FromMinutes(16));
        await house.Settle();
        Assert.Equal((OfferState.Open, FloatingUnits.Ready), ((await house.Read(offer.Id)).State, (await house.Read(offer.Id)).Left));
        Assert.Equal((40, FloatingUnits.Ready), await Shelf(house, laptop));
        await house.Audit();

        Assert.Equal(FloatingUnits.Ready, Assert.IsType<Ended.Done>(await house.With<EndOffer, Ended>(e => e.Early(offer.Id, "Enough.", OutletHouse.Merchandiser, default))).Returned);
        Assert.Equal((40, 0), await Shelf(house, laptop));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task It_sells_out_with_the_stock_and_goes_on_when_stock_comes_in(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var laptop = await house.Stock(quantity: 8);
        var floating = await Published(house, laptop, most: 100);
        var other = OutletHouse.Draft(house, laptop, units: 3);
        var fixedOffer = ((Drafted.Saved)await house.With<DraftOffer, Drafted>(s => s.Create(other, OutletHouse.Merchandiser, default))).Offer;
        Assert.IsType<Published.Done>(await house.With<PublishOffer, Published>(s => s.Now(fixedOffer, default))); // the three that are not ready are anybody's
        for (var n = 0; n < 5; n++) Assert.IsType<Held.Kept>(await house.Hold(floating.Id));
        Assert.IsType<Held.SoldOut>(await house.Hold(floating.Id));
        Assert.Equal(OfferState.SoldOut, (await house.Read(floating.Id)).State);
        await house.Audit();

        var none = ((Drafted.Saved)await house.With<DraftOffer, Drafted>(s => s.Create(OutletHouse.Draft(house, laptop, units: 50) with { Floats = true }, OutletHouse.Merchandiser, default))).Offer;
        Assert.Equal(new Published.NotEnoughStock("LAP-15R", 0, 1), await house.With<PublishOffer, Published>(s => s.Now(none, default)));
        Assert.Equal((OfferState.Draft, 50, 50), ((await house.Read(none)).State, (await house.Read(none)).Units, (await house.Read(none)).UpTo));

        await house.Stock(quantity: 10);
        house.Clock.Advance(TimeSpan.FromSeconds(10));
        await house.Settle();
        Assert.Equal((OfferState.Open, 2), ((await house.Read(floating.Id)).State, (await house.Read(floating.Id)).Left));
        Assert.IsType<Held.Kept>(await house.Hold(floating.Id));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task Many_at_once_on_several_that_share_a_shelf_get_what_there_is_and_no_more(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (laptop, mouse) = (await house.Stock(quantity: 60), await house.Stock("MOUSE", 70));
        OfferId[] offers =
        [
            (await Published(house, laptop, most: 1000)).Id, (await Published(house, laptop, most: 1000, new SetPart(mouse, 2))).Id, (await Published(house, mouse, most: 25)).Id,
        ];
        var held = await Task.WhenAll(Enumerable.Range(0, 400).Select(n => Task.Run(() => house.Hold(offers[n % 3]))));
        Assert.All(held, h => Assert.True(h is Held.Kept or Held.SoldOut, h.ToString()));
        await house.Audit();
        var ((laptops, promised), (mice, _)) = (await Shelf(house, laptop), await Shelf(house, mouse));
        Assert.Equal((60, 70), (laptops, mice));
        var books = await house.With<ReadOffers, IReadOnlyDictionary<OfferId, OfferView>>(r => r.Many(offers, default));
        Assert.Equal(held.Count(h => h is Held.Kept), books.Values.Sum(o => o.Held));
        Assert.InRange(books[offers[2]].Held, 1, 25);
        Assert.True(promised >= 60 - FloatingUnits.Ready, $"{promised} laptops promised");
    }

    private static async Task<OfferView> Published(TestHouse house, StockItemId item, int most, params SetPart[] also)
    {
        var draft = OutletHouse.Draft(house, item, units: most) with { Floats = true, Also = also };
        var id = ((Drafted.Saved)await house.With<DraftOffer, Drafted>(s => s.Create(draft, OutletHouse.Merchandiser, default))).Offer;
        Assert.IsType<Published.Done>(await house.With<PublishOffer, Published>(s => s.Now(id, default)));
        return await house.Read(id);
    }

    private static Task<(int OnHand, int Reserved)> Shelf(TestHouse house, StockItemId item) =>
        house.With<Database, (int, int)>(async db => await db.Set<StockItem>().Where(s => s.Id == item).Select(s => new { s.OnHand, s.Reserved }).SingleAsync() is var s ? (s.OnHand, s.Reserved) : default);
}
