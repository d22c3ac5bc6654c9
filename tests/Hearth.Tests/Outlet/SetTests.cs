using Hearth.Learning;
using Hearth.Outlet;
using Hearth.Outlet.Rules;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Outlet;

/// <summary>Offers whose units give several things: taken from stock together, or not at all.</summary>
public class SetTests
{
    [Theory, EveryDatabase]
    public async Task A_set_is_promised_sold_and_given_back_whole(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (laptop, mouse, bag) = (await house.Stock(quantity: 10), await house.Stock("MOUSE", 30), await house.Stock("BAG", 10));
        var id = await Written(house, laptop, 8, new(mouse, 2), new(bag, 1));
        var draft = await house.Read(id);
        Assert.Equal((359_600, "MOUSE 2, BAG 1"), (draft.ListPrice.Minor, string.Join(", ", draft.Also.Select(p => $"{p.Sku} {p.Quantity}"))));

        Assert.IsType<Published.Done>(await Publish(house, id));
        Assert.Equal([(10, 8), (30, 16), (10, 8)], await Shelves(house, laptop, mouse, bag));
        await house.Audit();

        var (claim, visitor) = (ClaimId.New(), VisitorId.New());
        Assert.IsType<Held.Kept>(await house.Hold(id, claim, visitor));
        var code = Assert.IsType<Confirmed.Code>(await house.Confirm(claim, visitor)).Text;
        var sold = Assert.IsType<Redemption.Good>(await house.With<RedeemClaim, Redemption>(r => r.Use(code, "sale-1", "till", default)));
        Assert.Equal(["MOUSE", "BAG"], sold.Also.Select(p => p.Sku));
        Assert.True(Assert.IsType<Redemption.Good>(await house.With<RedeemClaim, Redemption>(r => r.Use(code, "sale-1", "till", default))).Again);
        Assert.Equal([(9, 7), (28, 14), (9, 7)], await Shelves(house, laptop, mouse, bag));
        await house.Audit();

        Assert.IsType<Held.Kept>(await house.Hold(id));
        Assert.Equal(6, Assert.IsType<Ended.Done>(await house.With<EndOffer, Ended>(e => e.Early(id, "Enough.", OutletHouse.Merchandiser, default))).Returned);
        Assert.Equal([(9, 1), (28, 2), (9, 1)], await Shelves(house, laptop, mouse, bag)); // the hold stays good
        await house.Audit();
        house.Clock.Advance(TimeSpan.FromMinutes(16));
        await house.Settle();
        Assert.Equal([(9, 0), (28, 0), (9, 0)], await Shelves(house, laptop, mouse, bag));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task What_is_short_of_one_part_promises_nothing_and_names_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (laptop, mouse, bag) = (await house.Stock(quantity: 10), await house.Stock("MOUSE", 9), await house.Stock("BAG", 10));
        var id = await Written(house, laptop, 5, new(mouse, 2), new(bag, 1));
        Assert.Equal(new Published.NotEnoughStock("MOUSE", 9, 10), await Publish(house, id));
        Assert.Equal(OfferState.Draft, (await house.Read(id)).State);
        Assert.Equal([(10, 0), (9, 0), (10, 0)], await Shelves(house, laptop, mouse, bag));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task Sets_of_the_same_things_published_at_once_promise_no_unit_twice(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        StockItemId[] items = [await house.Stock("A", 40), await house.Stock("B", 40), await house.Stock("C", 40)];
        var drafts = new List<OfferId>();
        for (var n = 0; n < 9; n++) drafts.Add(await Written(house, items[n % 3], 5, new(items[(n + 1 + (n / 3 % 2)) % 3], 1), new(items[(n + 2 - (n / 3 % 2)) % 3], 2)));
        var published = await Task.WhenAll(drafts.Select(d => Task.Run(() => Publish(house, d))));
        Assert.All(published, p => Assert.True(p is Published.Done or Published.NotEnoughStock, p.ToString()));
        Assert.InRange(published.OfType<Published.Done>().Count(), 4, 8);
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task A_draft_is_rewritten_with_its_parts_and_copied_with_them(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (laptop, mouse, bag) = (await house.Stock(), await house.Stock("MOUSE"), await house.Stock("BAG"));
        var id = await Written(house, laptop, 5, new(mouse, 2), new(bag, 1));
        var draft = OutletHouse.Draft(house, laptop) with { Also = [new(bag, 3)] };
        Assert.IsType<Drafted.Saved>(await house.With<DraftOffer, Drafted>(d => d.Edit(id, draft, default)));
        Assert.Equal("BAG 3", string.Join(", ", (await house.Read(id)).Also.Select(p => $"{p.Sku} {p.Quantity}")));
        var copy = ((Drafted.Saved)await house.With<CopyOffer, Drafted>(c => c.To(id, draft.Opens, draft.Closes, OutletHouse.Merchandiser, default))).Offer;
        Assert.Equal("BAG 3", string.Join(", ", (await house.Read(copy)).Also.Select(p => $"{p.Sku} {p.Quantity}")));
        Assert.IsType<Drafted.Saved>(await house.With<DraftOffer, Drafted>(d => d.Edit(id, draft with { Also = null }, default)));
        Assert.Equal((0, 89_900), ((await house.Read(id)).Also.Count, (await house.Read(id)).ListPrice.Minor));
    }

    [Theory, EveryDatabase]
    public async Task A_set_that_cannot_be_is_refused_with_the_part_that_is_wrong(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (laptop, mouse) = (await house.Stock(), await house.Stock("MOUSE"));
        var yen = ((Counted.Kept)(await house.With<CountStock, IReadOnlyList<Counted>>(s => s.Take([new("YEN", "Elsewhere", Condition.New, 5, new(900, "JPY"), new(500, "JPY"))], "test", default)))[0]).Item;
        async Task<string> Refused(params SetPart[] also) => string.Join(", ", Assert.IsType<Drafted.Invalid>(await house.With<DraftOffer, Drafted>(d =>
            d.Create(OutletHouse.Draft(house, laptop) with { Also = also }, OutletHouse.Merchandiser, default))).Errors.Select(e => e.Field));
        Assert.Equal("also[0].item", await Refused(new SetPart(laptop, 1)));
        Assert.Equal("also[1].item", await Refused(new(mouse, 1), new(mouse, 2)));
        Assert.Equal("also[0].quantity", await Refused(new SetPart(mouse, 0)));
        Assert.Equal("also[0].quantity", await Refused(new SetPart(mouse, 21)));
        Assert.Equal("also[0].item", await Refused(new SetPart(StockItemId.New(), 1)));
        Assert.Equal("also[1].item", await Refused(new(mouse, 1), new(yen, 1)));
        Assert.Contains("also", await Refused([.. Enumerable.Range(0, 10).Select(_ => new SetPart(StockItemId.New(), 1))]), StringComparison.Ordinal);
        Assert.Empty((await house.With<ReadOffers, Page<OfferView>?>(r => r.List([], null, null, default)))!.Items);
    }

    [Theory, EveryDatabase]
    public async Task Each_part_bought_after_the_set_is_direct_and_the_rest_is_halo(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (laptop, mouse) = (await house.Stock(), await house.Stock("MOUSE"));
        var id = await Written(house, laptop, 5, new SetPart(mouse, 2));
        Assert.IsType<Published.Done>(await Publish(house, id));
        var visitor = VisitorId.New();
        await house.With<FollowLink, Followed?>(async f => await f.By((await house.Read(id)).Link, visitor, "Mozilla/5.0", null, null, default));
        house.Clock.Advance(TimeSpan.FromHours(1));
        var placed = Assert.IsType<Placed.Kept>(await house.With<PlaceOrder, Placed>(s =>
            s.Take(new("A1", house.Clock.GetUtcNow(), [new("LAP-15R", 1, OutletHouse.Eur(40_000)), new("MOUSE", 2, OutletHouse.Eur(4_900)), new("DOCK", 1, OutletHouse.Eur(9_900))], null, null, visitor), default)));
        await house.Settle();
        Assert.Equal([CreditKind.Direct, CreditKind.Direct, CreditKind.Halo], (await house.With<ReadCredits, IReadOnlyList<CreditEntry>>(s => s.Of(placed.Order, default))).OrderBy(e => e.Line).Select(e => e.Kind));
    }

    [Theory, EveryDatabase]
    public async Task A_rule_leaves_alone_what_is_in_a_set(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (laptop, mouse) = (await house.Stock(), await house.Stock("MOUSE"));
        await Written(house, laptop, 5, new SetPart(mouse, 2));
        var rule = new StockRuleDraft("All", 1, 0, 7, 10, null, null, 20, 50, 10, 24, 1, 15, "ALL", false, false);
        Assert.All(await house.With<MatchStock, IReadOnlyList<StockMatch>>(s => s.Of(rule, 10, default)), m => Assert.Equal("a draft waits for approval", m.Because));
    }

    private static async Task<OfferId> Written(TestHouse house, StockItemId item, int units, params SetPart[] also) => Assert.IsType<Drafted.Saved>(await house.With<DraftOffer, Drafted>(d =>
        d.Create(OutletHouse.Draft(house, item, units) with { Also = also }, OutletHouse.Merchandiser, default))).Offer;

    private static Task<Published> Publish(TestHouse house, OfferId offer) => house.With<PublishOffer, Published>(p => p.Now(offer, default));

    private static Task<(int, int)[]> Shelves(TestHouse house, params StockItemId[] items) => house.With<Database, (int, int)[]>(async db =>
    {
        var all = await db.Set<StockItem>().AsNoTracking().ToDictionaryAsync(s => s.Id);
        return [.. items.Select(i => (all[i].OnHand, all[i].Reserved))];
    });
}
