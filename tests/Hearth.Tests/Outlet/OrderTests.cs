using System.Text;
using Hearth.Operations.Proposals;
using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.Tests.Outlet;

public class OrderTests
{
    private static readonly DateTimeOffset At = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    private static IncomingOrder Order(string number = "A1", long amount = 1000) => new(number, At, [new("S1", 1, new(amount, "EUR")), new("S2", 2, new(500, "EUR"))]);

    private static Task<Placed> Place(TestHouse house, IncomingOrder order) => house.With<PlaceOrder, Placed>(s => s.Take(order, default));

    private static Task<Refunded> Refund(TestHouse house, string refund, int line, long amount, string order = "A1") =>
        house.With<RefundOrder, Refunded>(s => s.Take(new(order, refund, At.AddDays(1), [new(line, new(amount, "EUR"))]), default));

    [Theory, EveryDatabase]
    public async Task An_order_told_twenty_times_at_once_is_kept_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var told = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Place(house, Order()))));

        Assert.Single(told.Select(p => Assert.IsType<Placed.Kept>(p).Order).Distinct());
        Assert.Equal(1, told.Count(p => p is Placed.Kept { Again: false }));
        Assert.Single((await house.With<ReadOrders, Page<OrderView>?>(s => s.List(null, null, null, null, null, default)))!.Items);
    }

    [Theory, EveryDatabase]
    public async Task Orders_with_an_article_and_their_refunds_are_counted_each_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Place(house, Order("A1"));
        await Place(house, Order("A2") with { Lines = [new("S1", 1, new(700, "EUR")), new("S1", 2, new(300, "EUR"))] });
        await Place(house, Order("A3") with { Lines = [new("S2", 1, new(700, "EUR"))] });
        await Place(house, Order("old") with { PlacedAt = At.AddDays(-40) });
        await Refund(house, "R1", 1, 300, "A2");
        await Refund(house, "R2", 2, 300, "A2");
        await Refund(house, "R1", 2, 100, "A1");

        Task<(int, int)> AtRisk(string sku) => house.With<IOrdersAtRisk, (int, int)>(o => o.Of(sku, At.AddDays(-28), default));
        Assert.Equal((2, 1), await AtRisk("S1"));
        Assert.Equal((2, 1), await AtRisk("S2"));
        Assert.Equal((0, 0), await AtRisk("S3"));
    }

    [Theory, EveryDatabase]
    public async Task Another_order_under_the_same_number_is_refused_with_what_differs(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Place(house, Order());
        var differs = Assert.IsType<Placed.Differs>(await Place(house, Order(amount: 1001) with { Code = "X" }));
        Assert.Equal(["code", "lines[0].amount"], differs.Differences.Select(d => d.Field).Order());
        Assert.Contains("10.00 EUR", differs.Differences.Single(d => d.Field == "lines[0].amount").Reason, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_line_is_never_paid_back_above_what_was_paid_however_many_try(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Place(house, Order());

        var tries = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => Refund(house, $"R{i}", 1, 300))));
        Assert.Equal(3, tries.OfType<Refunded.Kept>().Count());
        Assert.All(tries.OfType<Refunded.Invalid>(), i => Assert.Contains("1.00 EUR", i.Errors[0].Reason, StringComparison.Ordinal));

        var order = (await house.With<ReadOrders, OrderDetail?>(s => s.One("A1", default)))!;
        Assert.Equal((900, 2000 - 900 - 500), (order.Order.Refunded.Minor, order.Order.Net.Minor));
    }

    [Theory, EveryDatabase]
    public async Task A_refund_told_again_pays_back_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Assert.IsType<Refunded.UnknownOrder>(await Refund(house, "R1", 1, 300));
        await Place(house, Order());

        var told = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Refund(house, "R1", 1, 300))));
        Assert.All(told, r => Assert.IsType<Refunded.Kept>(r));
        Assert.IsType<Refunded.Differs>(await Refund(house, "R1", 1, 301));
        Assert.IsType<Refunded.Invalid>(await Refund(house, "R2", 3, 1));
        Assert.Equal(300, (await house.With<ReadOrders, OrderDetail?>(s => s.One("A1", default)))!.Order.Refunded.Minor);
    }

    [Theory, EveryDatabase]
    public async Task A_file_of_orders_goes_in_once_and_a_bad_row_leaves_its_order_out(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        const string File = "order,placed_at,sku,quantity,amount,currency,code\nA1,2026-08-01T10:00:00Z,S1,1,10.00,EUR,\nA1,2026-08-01T10:00:00Z,S2,1,5.50,EUR,\n"
            + "A2,yesterday,S1,1,1,EUR,\nA3,2026-08-01T10:00:00Z,S1,1,1.00,EUR,\nA3,2026-08-01T10:00:00Z,S1,x,1.00,EUR,\nA4,2026-08-02T10:00:00+02:00,S1,3,30,JPY,LAP-X\n";
        Task<ImportReport> Import() => house.With<ImportOrders, ImportReport>(s => s.Run(new MemoryStream(Encoding.UTF8.GetBytes(File)), null, default));

        var (first, second) = (await Import(), await Import());

        Assert.Equal((6, 3, 0, 3), (first.Read, first.Kept, first.Repeated, first.Rejected));
        Assert.Equal([4, 5, 6], first.Errors.Select(e => e.Line));
        Assert.Equal((6, 0, 3, 3), (second.Read, second.Kept, second.Repeated, second.Rejected));
        var sums = await house.With<ReadOrders, IReadOnlyList<OrderSum>>(s => s.Sums(DateTimeOffset.UnixEpoch, At.AddYears(1), default));
        Assert.Equal([("EUR", 1, 1550L), ("JPY", 1, 30L)], sums.Select(s => (s.Currency, s.Orders, s.Net.Minor)));
    }

    [Theory, EveryDatabase]
    public async Task A_link_of_ours_leads_to_our_page_or_to_the_offers_shop_and_nowhere_else(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        var item = await house.Stock("S9");
        var draft = OutletHouse.Draft(house, item) with { ShopUrl = "https://shop.example.com/p?id=1" };
        var shop = ((Drafted.Saved)await house.With<DraftOffer, Drafted>(s => s.Create(draft, OutletHouse.Merchandiser, default))).Offer;
        await house.With<PublishOffer, Published>(s => s.Now(shop, default));
        Task<Followed?> Follow(string link, string? agent) => house.With<FollowLink, Followed?>(s => s.By(link, null, agent, null, null, default));

        Assert.Equal("/outlet/" + offer.Slug, (await Follow(offer.Link, "Mozilla/5.0 Firefox/140.0"))!.Target);
        var followed = (await Follow((await house.Read(shop)).Link, "Mozilla/5.0 Firefox/140.0"))!;
        Assert.Equal("https://shop.example.com/p?id=1&hearth_click=" + followed.Click.Value, followed.Target);
        Assert.Null((await Follow(offer.Link, "Mozilla/5.0 (compatible; Cardyb/1.1; +mailto:support@bsky.app)"))!.Visitor);
        Assert.Null(await Follow("nothing1", "Mozilla/5.0 Firefox/140.0"));
        Assert.IsType<Drafted.Invalid>(await house.With<DraftOffer, Drafted>(s => s.Create(draft with { ShopUrl = "http://shop.example.com" }, OutletHouse.Merchandiser, default)));
        Assert.IsType<Drafted.Invalid>(await house.With<DraftOffer, Drafted>(s => s.Create(draft with { ShopUrl = "javascript:alert(1)" }, OutletHouse.Merchandiser, default)));

        var traffic = (await house.With<CountTraffic, IReadOnlyDictionary<OfferId, Traffic>>(s => s.ByOffer(DateTimeOffset.UnixEpoch, At.AddYears(1), default)))[offer.Id];
        Assert.Equal((1, 1, 1), (traffic.Clicks, traffic.Visitors, traffic.Bots));
    }
}
