using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.Tests.Outlet;

public class OfferTermsTests
{
    [Theory]
    [InlineData(89_900, 50, 44_950)]
    [InlineData(89_900, 33, 60_233)]
    [InlineData(999, 1, 989)]
    [InlineData(999, 95, 49)]
    [InlineData(1, 95, 1)]
    [InlineData(long.MaxValue, 50, long.MaxValue / 2)]
    public void Percent_off_are_rounded_down_to_the_minor_unit_and_leave_at_least_one(long list, int percent, long price) =>
        Assert.Equal(new Money(price, "EUR"), OfferTerms.PercentOff(new(list, "EUR"), percent));

    [Theory]
    [InlineData(true, null, null)]
    [InlineData(false, 1, null)]
    [InlineData(false, 95, null)]
    [InlineData(true, 20, "percentOff")]
    [InlineData(false, null, "price")]
    [InlineData(false, 0, "percentOff")]
    [InlineData(false, 96, "percentOff")]
    public void A_price_is_said_in_one_way(bool price, int? percent, string? field) => Assert.Equal(field, OfferTerms.Priced(price, percent)?.Field);

    [Theory, EveryDatabase]
    public async Task An_offer_for_some_countries_is_claimed_by_people_there_alone(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var item = await house.Stock();
        var draft = OutletHouse.Draft(house, item) with { Countries = ["de", "AT", "DE"] };
        var id = ((Drafted.Saved)await house.With<DraftOffer, Drafted>(s => s.Create(draft, OutletHouse.Merchandiser, default))).Offer;
        Assert.Equal(["AT", "DE"], (await house.Read(id)).Countries);
        Assert.IsType<Drafted.Saved>(await house.With<DraftOffer, Drafted>(s => s.Edit(id, draft with { Countries = ["CH", "DE"] }, default)));
        Assert.IsType<Published.Done>(await house.With<PublishOffer, Published>(s => s.Now(id, default)));

        Assert.Equal(["CH", "DE"], Assert.IsType<Held.Elsewhere>(await house.Hold(id)).Countries);
        Assert.IsType<Held.Elsewhere>(await house.Hold(id, country: "AT"));
        Assert.IsType<Held.Elsewhere>(await house.Hold(id, country: "XX"));
        Assert.Equal(25, (await house.Read(id)).Left);
        var claim = ClaimId.New();
        var visitor = VisitorId.New();
        var kept = Assert.IsType<Held.Kept>(await house.Hold(id, claim, visitor, country: " ch "));
        Assert.Equal(kept, await house.Hold(id, claim, visitor)); // the hold that was made
        Assert.Equal(24, (await house.Read(id)).Left);

        var copy = ((Drafted.Saved)await house.With<CopyOffer, Drafted>(s => s.To(id, draft.Opens, draft.Closes, OutletHouse.Merchandiser, default))).Offer;
        Assert.Equal(["CH", "DE"], (await house.Read(copy)).Countries);
        Assert.IsType<Drafted.Saved>(await house.With<DraftOffer, Drafted>(s => s.Edit(copy, draft with { Countries = [] }, default)));
        Assert.Empty((await house.Read(copy)).Countries);
    }

    [Theory, EveryDatabase]
    public async Task A_country_that_is_none_is_named(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var draft = OutletHouse.Draft(house, await house.Stock());
        (string[] Countries, string Part)[] wrong = [(["DE", "Germany"], "'Germany' is no country"), (["QQ"], "'QQ' is no country"), ([.. Enumerable.Repeat("DE", 61)], "at most 60")];
        foreach (var (countries, part) in wrong)
        {
            var error = Assert.Single(Assert.IsType<Drafted.Invalid>(await house.With<DraftOffer, Drafted>(s => s.Create(draft with { Countries = countries }, OutletHouse.Merchandiser, default))).Errors);
            Assert.Equal("countries", error.Field);
            Assert.Contains(part, error.Reason, StringComparison.Ordinal);
        }
    }
}
