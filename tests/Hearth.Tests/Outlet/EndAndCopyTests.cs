using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Outlet;

public sealed class EndAndCopyTests
{
    [Theory, EveryDatabase]
    public async Task Ending_early_and_taking_down_ask_for_a_reason_and_change_nothing_without(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 25, stock: 40);
        foreach (var bad in new[] { null, "", "  ", "a\0b", new string('x', EndOffer.MaxReason + 1) })
        {
            Assert.IsType<Ended.ReasonMissing>(await house.With<EndOffer, Ended>(s => s.Early(offer.Id, bad, OutletHouse.Merchandiser, default)));
            Assert.IsType<Ended.ReasonMissing>(await house.With<EndOffer, Ended>(s => s.Stop(offer.Id, bad, OutletHouse.Merchandiser, default)));
        }

        Assert.Equal((OfferState.Open, 25), ((await house.Read(offer.Id)).State, (await house.Read(offer.Id)).Left));
        Assert.Equal(25, Assert.IsType<Ended.Done>(await house.With<EndOffer, Ended>(s => s.Early(offer.Id, " " + new string('x', EndOffer.MaxReason - 1), OutletHouse.Merchandiser, default))).Returned);
        var after = await house.Read(offer.Id);
        Assert.Equal((OfferState.Ended, new string('x', EndOffer.MaxReason - 1)), (after.State, after.Reason));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task Of_many_who_end_it_beside_claims_one_does_and_no_unit_is_lost(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 25, stock: 40);
        var holds = Enumerable.Range(0, 20).Select(_ => Task.Run(() => house.Hold(offer.Id))).ToList();
        var ends = Enumerable.Range(0, 4).Select(_ => Task.Run(() => house.With<EndOffer, Ended>(s => s.Early(offer.Id, "The season is over.", OutletHouse.Merchandiser, default)))).ToList();
        var (held, ended) = (await Task.WhenAll(holds), await Task.WhenAll(ends));

        var kept = held.Count(h => h is Held.Kept);
        Assert.All(held, h => Assert.True(h is Held.Kept or Held.NotOpen { State: OfferState.Ended }, h.ToString()));
        Assert.Equal(25 - kept, Assert.Single(ended.OfType<Ended.Done>()).Returned);
        Assert.Equal(3, ended.OfType<Ended.NotRunning>().Count());
        var after = await house.Read(offer.Id);
        Assert.Equal((0, kept, 25 - kept), (after.Left, after.Held, after.Returned));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task A_copy_is_a_draft_with_the_same_terms_and_a_new_window(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 25, limit: 2, stock: 40);
        await house.Hold(offer.Id);
        await house.With<EndOffer, Ended>(s => s.Early(offer.Id, "The season is over.", OutletHouse.Merchandiser, default));
        var (opens, closes) = (offer.Closes.AddDays(30), offer.Closes.AddDays(33));
        var copy = await house.Read(Assert.IsType<Drafted.Saved>(await Copy(house, offer.Id, opens, closes)).Offer);

        Assert.Equal((OfferState.Draft, opens, closes, 25, 25, 0, 0), (copy.State, copy.Opens, copy.Closes, copy.Units, copy.Left, copy.Held, copy.Returned));
        Assert.Equal((offer.Item, offer.Title, offer.Text, offer.Price, offer.CodePrefix, 2, 15, offer.ShopUrl), (copy.Item, copy.Title, copy.Text, copy.Price, copy.CodePrefix, copy.LimitPerPerson, copy.HoldMinutes, copy.ShopUrl));
        Assert.True(copy.Id != offer.Id && copy.Slug != offer.Slug && copy.Link != offer.Link && copy.Reason is null && copy.PublishedAt is null);
        Assert.Equal(1, (await house.With<ReadStock, StockView?>(s => s.Item(offer.Item, default)))!.Reserved); // the hold of the first; a draft reserves nothing
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task A_copy_is_checked_like_any_draft(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        Assert.IsType<Drafted.UnknownOffer>(await Copy(house, OfferId.New(), offer.Opens, offer.Closes));
        Assert.Equal("closes", Assert.Single(Assert.IsType<Drafted.Invalid>(await Copy(house, offer.Id, offer.Opens, offer.Opens)).Errors).Field);

        // The shelf's list price fell below the price of the offer since.
        await house.With<Database>(db => db.Set<StockItem>().ExecuteUpdateAsync(set => set.SetProperty(s => s.Price.Minor, 30000).SetProperty(s => s.ListPrice.Minor, 30000)));
        Assert.Equal("price", Assert.Single(Assert.IsType<Drafted.Invalid>(await Copy(house, offer.Id, offer.Opens, offer.Closes)).Errors).Field);
    }

    private static Task<Drafted> Copy(TestHouse house, OfferId offer, DateTimeOffset opens, DateTimeOffset closes) =>
        house.With<CopyOffer, Drafted>(s => s.To(offer, opens, closes, OutletHouse.Merchandiser, default));
}
