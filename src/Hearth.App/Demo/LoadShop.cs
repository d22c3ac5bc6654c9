using Hearth.Governance;
using Hearth.Outlet;
using Hearth.Outlet.Rules;
using Hearth.Platform;

namespace Hearth.App.Demo;

/// <summary>Stock, offers, clicks, claims, orders and refunds.</summary>
internal sealed class LoadShop(DemoHouse house, DemoStory story, IReadOnlyDictionary<string, Actor> staff)
{
    private const string Phone = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36";
    private const string Crawler = "Mozilla/5.0 (compatible; KindlingBot/2.1; +https://kindling.example/bot)";

    private readonly Dictionary<string, StockItemId> _stock = new(StringComparer.Ordinal);

    /// <summary>By the story's key: what the outlet calls the offer.</summary>
    public Dictionary<string, OfferView> Offers { get; } = new(StringComparer.Ordinal);

    public async Task Run(CancellationToken ct)
    {
        var begin = story.Now.AddDays(-DemoPosts.Days);
        await house.In(begin, s => Count(s, begin, ct));
        foreach (var offer in DemoOffers.All)
        {
            var written = offer.Opens > 0 ? offer.OpensAt(story.Now).AddDays(-2) : story.Now.AddHours(-5);
            Offers[offer.Key] = await house.In(written, s => Draft(s, offer, ct));
        }

        await house.Play(
        [
            .. DemoOffers.All.Where(o => o.Sells).Select(o => new DemoAct(o.OpensAt(story.Now).AddHours(-3), s => Publish(s, o, ct))),
            .. DemoOffers.All.Where(o => o.Sells && o.ClosesAt(story.Now) < story.Now).Select(o => new DemoAct(
                o.ClosesAt(story.Now).AddSeconds(10), async s => await s.GetRequiredService<JobWorker>().Drain(ct), Alone: true)),
            .. story.Shop.All.SelectMany(j => Acts(j, ct)),
            .. DemoOffers.All.Where(o => o.Sells).SelectMany(o => Enumerable.Range(0, o.Visitors / 8).Select(n =>
                new DemoAct(o.OpensAt(story.Now).AddMinutes(1 + n * 7), s => s.GetRequiredService<FollowLink>().By(Offers[o.Key].Link, null, Crawler, null, null, ct)))),
        ], ct);
        await house.Settle(ct);
        await house.In(story.Now.AddHours(-4), s => Rule(s, ct));
    }

    private async Task<bool> Rule(IServiceProvider s, CancellationToken ct)
    {
        var rule = new StockRuleDraft("What has lain too long", 20, 60, 14, 3, [], null, 10, 50, 25, 72, 1, 30, "EMBER", Publishes: false, Paused: false);
        return await s.GetRequiredService<KeepStockRules>().Put(null, rule, staff["SM"], ct) is KeptStockRule.Done ? true : throw new DemoException("The rule of stock was refused.");
    }

    private async Task<bool> Count(IServiceProvider s, DateTimeOffset at, CancellationToken ct)
    {
        var wanted = DemoOffers.All.GroupBy(o => o.Sku, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (Units: g.Sum(o => o.Units), g.First().Price), StringComparer.Ordinal);
        var counts = DemoBrand.Products.Select((p, i) => new StockCount(
            p.Sku, p.Name, DemoOffers.ConditionOf(p.Sku), wanted.TryGetValue(p.Sku, out var w) ? w.Units + 9 + i : 12 + i * 3, p.ListPrice,
            wanted.TryGetValue(p.Sku, out w) ? w.Price : new Money(p.Price * 3 / 4, DemoBrand.Currency), at)
        {
            Cost = new Money(p.ListPrice.Minor * (38 + i % 4 * 5) / 100, DemoBrand.Currency), Location = i % 3 == 0 ? "Hall 2" : "Hall 1", Country = i % 4 == 0 ? "NL" : "DE",
        }).ToList();
        var counted = await s.GetRequiredService<CountStock>().Take(counts, "first count", ct);
        foreach (var (count, outcome) in counts.Zip(counted))
        {
            _stock[count.Sku] = outcome is Counted.Kept kept ? kept.Item : throw new DemoException($"The stock of {count.Sku} was refused: {outcome}.");
        }

        return true;
    }

    private async Task<OfferView> Draft(IServiceProvider s, DemoOffer offer, CancellationToken ct)
    {
        var draft = new OfferDraft(_stock[offer.Sku], offer.Title, offer.Text, offer.Price, offer.Units, offer.OpensAt(story.Now), offer.ClosesAt(story.Now), offer.Key, HoldMinutes: 30);
        return await s.GetRequiredService<DraftOffer>().Create(draft, staff["SM"], ct) is Drafted.Saved saved
            ? (await s.GetRequiredService<ReadOffers>().One(saved.Offer, ct))! : throw new DemoException($"The offer {offer.Key} was refused.");
    }

    private async Task Publish(IServiceProvider s, DemoOffer offer, CancellationToken ct)
    {
        var published = await s.GetRequiredService<PublishOffer>().Now(Offers[offer.Key].Id, ct);
        if (published is not Published.Done) throw new DemoException($"The offer {offer.Key} could not be published: {published}.");
    }

    private IEnumerable<DemoAct> Acts(DemoJourney journey, CancellationToken ct)
    {
        var made = new Made();
        var visitor = journey.Visitor is { } id ? new VisitorId(id) : (VisitorId?)null;
        foreach (var (offer, at) in journey.Clicks)
        {
            yield return new(at, async s => made.Click = (await s.GetRequiredService<FollowLink>().By(await Link(s, journey, offer, ct), visitor, Phone, null, "https://kindling.example/", ct))!.Click);
        }

        if (journey.Claim is { } claim)
        {
            yield return new(claim, s => Hold(s, journey, visitor!.Value, made, ct));
            if (journey.Confirms) yield return new(claim.AddSeconds(90), s => Confirm(s, visitor!.Value, made, ct));
        }

        if (journey.Order is not { } order) yield break;
        yield return new(order.At, s => Order(s, order, visitor, made, ct));
        if (order.Refund is { } refund) yield return new(refund.At, s => Refund(s, order, refund, ct));
    }

    // Whoever was sent by somebody comes by that browser's own link.
    private async Task<string> Link(IServiceProvider s, DemoJourney journey, string offer, CancellationToken ct) =>
        journey.Sharer is { } sharer && offer == journey.Offer ? (await s.GetRequiredService<ShareOffer>().By(Offers[offer].Id, new(sharer), ct))!.Slug : Offers[offer].Link;

    private async Task Hold(IServiceProvider s, DemoJourney journey, VisitorId visitor, Made made, CancellationToken ct)
    {
        var held = await s.GetRequiredService<HoldUnit>().For(made.Claim, Offers[journey.Offer!].Id, visitor, journey.Contact, ct);
        if (held is not Held.Kept) throw new DemoException($"A unit of {journey.Offer} was refused: {held}.");
    }

    private static async Task Confirm(IServiceProvider s, VisitorId visitor, Made made, CancellationToken ct) =>
        made.Code = await s.GetRequiredService<ConfirmClaim>().By(made.Claim, visitor, ct) is Confirmed.Code code ? code.Text : throw new DemoException("A hold could not be confirmed.");

    // Shops tell of a browser in one of two ways: by the cookie's id, or by the click that the link carried along.
    private static async Task Order(IServiceProvider s, DemoOrder order, VisitorId? visitor, Made made, CancellationToken ct)
    {
        var byClick = order.ByBrowser && made.Click is not null && order.Number[^1] % 2 == 1;
        var told = new IncomingOrder(order.Number, order.At, [.. order.Lines.Select(l => new IncomingLine(l.Sku, l.Quantity, l.Amount))],
            order.ByCode ? made.Code : null, byClick ? made.Click : null, order.ByBrowser && !byClick ? visitor : null);
        if (await s.GetRequiredService<PlaceOrder>().Take(told, ct) is not Placed.Kept) throw new DemoException($"The order {order.Number} was refused.");
        if (order.ByCode) await s.GetRequiredService<RedeemClaim>().Use(made.Code!, order.Number, "shop", ct);
    }

    private static async Task Refund(IServiceProvider s, DemoOrder order, DemoRefund refund, CancellationToken ct)
    {
        var told = await s.GetRequiredService<RefundOrder>().Take(new(order.Number, order.Number + "-R", refund.At, [new(refund.Line, refund.Amount)]), ct);
        if (told is not Refunded.Kept) throw new DemoException($"The refund of {order.Number} was refused: {told}.");
    }

    /// <summary>What the rooms gave to one browser.</summary>
    private sealed class Made
    {
        public ClaimId Claim { get; } = ClaimId.New();

        public ClickId? Click { get; set; }

        public string? Code { get; set; }
    }
}
