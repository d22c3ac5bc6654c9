using Hearth.Governance;
using Hearth.Outlet;
using Hearth.Outlet.Rules;
using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Outlet;

public class StockRuleTests
{
    private static readonly Actor Lead = new(UserId.New(), "Lea Brand", "LB", Department.Sales, Role.Lead);

    private static StockRuleDraft Rule(int mostPerWeek = 10, bool publishes = false) =>
        new("Old and plenty", 21, 14, 7, mostPerWeek, [Condition.Refurbished], null, 10, 50, 100, 48, 1, 15, "OLD", publishes, false);

    private static async Task Count(TestHouse house, params (string Sku, int Quantity, int Days)[] items)
    {
        var now = house.Clock.Now();
        await house.With<CountStock, IReadOnlyList<Counted>>(s => s.Take([.. items.Select(i => OutletHouse.Count(i.Sku, i.Quantity) with { Title = "Laptop " + i.Sku, ArrivedAt = now.AddDays(-i.Days) })], "test", default));
    }

    private static async Task<StockRuleId> Keep(TestHouse house, StockRuleDraft rule, Actor? by = null) =>
        Assert.IsType<KeptStockRule.Done>(await house.With<KeepStockRules, KeptStockRule>(s => s.Put(null, rule, by ?? OutletHouse.Merchandiser, default))).Id;

    private static Task Run(TestHouse house) => house.In(s => s.GetRequiredService<RunStockRules>().Run(new(), default));

    private static async Task<IReadOnlyList<OfferView>> Offers(TestHouse house) => [.. (await house.With<ReadOffers, Page<OfferView>?>(s => s.List([], null, null, default)))!.Items.OrderBy(o => o.Sku, StringComparer.Ordinal)];

    [Theory, EveryDatabase]
    public async Task A_rule_drafts_what_its_preview_shows_and_nothing_twice(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Count(house, ("A", 40, 20), ("B", 20, 90), ("C", 21, 14), ("D", 99, 13));
        var preview = await house.With<MatchStock, IReadOnlyList<StockMatch>>(s => s.Of(Rule(), 10, default));
        Assert.Equal([("A", 20, 44910L, (string?)null), ("C", 10, 44910L, null)], preview.Select(m => (m.Item.Sku, m.Units, m.Price.Minor, m.Because)));

        var id = await Keep(house, Rule());
        await Run(house);
        await Run(house);
        var offers = await Offers(house);
        Assert.Equal([("A", 20, OfferState.Draft), ("C", 10, OfferState.Draft)], offers.Select(o => (o.Sku, o.Units, o.State)));
        Assert.All(offers, o => Assert.Equal((id, "Mara Vogt", 48), (o.Rule!.Value, o.AuthorName, (int)(o.Closes - o.Opens).TotalHours)));
        Assert.All(await house.With<MatchStock, IReadOnlyList<StockMatch>>(s => s.Of(Rule(), 10, default)), m => Assert.Equal("a draft waits for approval", m.Because));

        // Offered, over, and after its rest offered again.
        foreach (var offer in offers) Assert.IsType<Published.Done>(await house.With<PublishOffer, Published>(s => s.Now(offer.Id, default)));
        Assert.All(await house.With<MatchStock, IReadOnlyList<StockMatch>>(s => s.Of(Rule() with { MinFree = 1 }, 10, default)), m => Assert.True(m.Because is "it is offered now" || m.Item.Sku == "B"));
        house.Clock.Advance(TimeSpan.FromDays(3));
        await house.Settle();
        Assert.All((await house.With<MatchStock, IReadOnlyList<StockMatch>>(s => s.Of(Rule(), 10, default))).Where(m => m.Item.Sku is "A" or "C"), m => Assert.StartsWith("it was offered until", m.Because, StringComparison.Ordinal));
        house.Clock.Advance(TimeSpan.FromDays(7));
        await Run(house);
        Assert.Equal(2, (await Offers(house)).Count(o => o.State == OfferState.Draft && o.Sku is "A" or "C" && o.State == OfferState.Draft));
    }

    [Theory, EveryDatabase]
    public async Task A_week_takes_no_more_than_the_rule_says_however_many_run_it_at_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Count(house, ("A", 40, 50), ("B", 40, 40), ("C", 40, 30), ("D", 40, 20));
        await Keep(house, Rule(mostPerWeek: 3));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Run(house))));
        Assert.Equal(["A", "B", "C"], (await Offers(house)).Select(o => o.Sku));
        house.Clock.Advance(TimeSpan.FromDays(8));
        await Run(house);
        Assert.Equal(["A", "B", "C", "D"], (await Offers(house)).Select(o => o.Sku));
    }

    [Theory, EveryDatabase]
    public async Task Only_a_lead_lets_a_rule_publish_and_then_it_does(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Count(house, ("A", 40, 50));
        Assert.IsType<KeptStockRule.NotAllowed>(await house.With<KeepStockRules, KeptStockRule>(s => s.Put(null, Rule(publishes: true), OutletHouse.Merchandiser, default)));
        var id = await Keep(house, Rule(publishes: true), Lead);
        Assert.IsType<KeptStockRule.NotAllowed>(await house.With<KeepStockRules, KeptStockRule>(s => s.Put(id, Rule(), OutletHouse.Merchandiser, default)));
        Assert.IsType<KeptStockRule.NotAllowed>(await house.With<KeepStockRules, KeptStockRule>(s => s.Remove(id, OutletHouse.Merchandiser, default)));
        await Run(house);
        Assert.Equal((OfferState.Open, "Lea Brand"), Assert.Single(await Offers(house)) is var offer ? (offer.State, offer.AuthorName) : default);
        await house.Audit();
        Assert.IsType<KeptStockRule.Done>(await house.With<KeepStockRules, KeptStockRule>(s => s.Remove(id, Lead, default)));
        Assert.Empty(await house.With<KeepStockRules, IReadOnlyList<StockRuleView>>(s => s.All(default)));
    }

    [Theory, EveryDatabase]
    public async Task A_rule_that_cannot_be_is_refused_field_by_field(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var bad = new StockRuleDraft(" ", 0, -1, 0, 0, [(Condition)9], "de", 91, 0, 0, 0, 0, 0, "X", false, false);
        var errors = Assert.IsType<KeptStockRule.Invalid>(await house.With<KeepStockRules, KeptStockRule>(s => s.Put(null, bad, Lead, default))).Errors;
        Assert.Equal(["name", "minFree", "minAgeDays", "restDays", "mostPerWeek", "percentOff", "sharePercent", "maxUnits", "runHours", "limitPerPerson", "holdMinutes", "conditions", "country", "codePrefix"], errors.Select(e => e.Field));
        Assert.IsType<KeptStockRule.Unknown>(await house.With<KeepStockRules, KeptStockRule>(s => s.Put(StockRuleId.New(), Rule(), Lead, default)));
    }
}
