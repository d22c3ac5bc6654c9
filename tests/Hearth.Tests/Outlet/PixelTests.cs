using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Outlet;

public class PixelTests
{
    private static readonly DateTimeOffset At = new(2026, 9, 1, 8, 30, 0, TimeSpan.Zero);

    private static IncomingOrder Told(long amount = 1000, ClickId? click = null) => new("1187", At, [new("LAN-400", 1, OutletHouse.Eur(amount)), new("MUG", 1, OutletHouse.Eur(900))], Click: click);

    private static Task<IReadOnlyList<FieldError>> Pixel(TestHouse house, IncomingOrder told) => house.With<TakePixel, IReadOnlyList<FieldError>>(s => s.Run(told, default));

    private static Task<Placed> Shop(TestHouse house, IncomingOrder told) => house.With<PlaceOrder, Placed>(s => s.Take(told, default));

    private static async Task<OrderDetail> Order(TestHouse house) => (await house.With<ReadOrders, OrderDetail?>(s => s.One("1187", default)))!;

    [Theory, EveryDatabase]
    public async Task The_shops_word_takes_the_place_of_the_pixels_and_keeps_the_click(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var click = ClickId.New();
        Assert.Empty(await Pixel(house, Told(99, click)));
        Assert.Empty(await Pixel(house, Told(7)));
        Assert.Equal((true, 999), ((await Order(house)).Order.Unverified, (await Order(house)).Order.Total.Minor));
        Assert.Equal(1, await house.With<ReadOrders, int>(s => s.Unverified(At.AddDays(-1), At.AddDays(1), default)));

        var fromShop = Told() with { PlacedAt = At.AddMinutes(-3), Lines = [new("LAN-400", 2, OutletHouse.Eur(8800))] };
        Assert.False(Assert.IsType<Placed.Kept>(await Shop(house, fromShop)).Again);
        Assert.True(Assert.IsType<Placed.Kept>(await Shop(house, fromShop)).Again);
        Assert.IsType<Placed.Differs>(await Shop(house, fromShop with { Click = ClickId.New() }));
        var order = await Order(house);
        Assert.Equal((false, 8800, At.AddMinutes(-3), click), (order.Order.Unverified, order.Order.Total.Minor, order.Order.PlacedAt, order.Order.Click!.Value));
        Assert.Equal((1, "LAN-400", 2), (Assert.Single(order.Lines).Line, order.Lines[0].Sku, order.Lines[0].Quantity));
        Assert.Equal(0, await house.With<ReadOrders, int>(s => s.Unverified(At.AddDays(-1), At.AddDays(1), default)));
    }

    [Theory, EveryDatabase]
    public async Task A_pixel_after_the_shop_ties_the_order_and_changes_nothing_else(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (click, other) = (ClickId.New(), ClickId.New());
        await Shop(house, Told());
        Assert.Empty(await Pixel(house, Told(5, click)));
        Assert.Empty(await Pixel(house, Told(5, other)));
        var order = (await Order(house)).Order;
        Assert.Equal((false, 1900, click), (order.Unverified, order.Total.Minor, order.Click!.Value));
        Assert.True(Assert.IsType<Placed.Kept>(await Shop(house, Told())).Again);
        Assert.Single(await house.With<Database, List<string>>(db => db.Set<FactRow>().Where(f => f.Type.Contains("OrderChanged")).Select(f => f.Type).ToListAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_pixel_long_after_the_order_ties_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Shop(house, Told());
        house.Clock.Advance(TakePixel.TieFor);
        Assert.Empty(await Pixel(house, Told(5, ClickId.New())));
        Assert.Null((await Order(house)).Order.Click);
    }

    [Theory, EveryDatabase]
    public async Task Shop_and_pixel_at_once_end_with_the_shops_word(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var click = ClickId.New();
        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            if (i % 2 == 0) return (await Pixel(house, Told(5, click))).Count == 0;
            return await Shop(house, Told()) is Placed.Kept;
        })));
        Assert.All(told, Assert.True);
        var order = (await Order(house)).Order;
        Assert.Equal((false, 1900, click), (order.Unverified, order.Total.Minor, order.Click!.Value));
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<Hearth.Outlet.Order>().CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task The_shops_word_cannot_take_away_what_was_paid_back_of_an_unverified_order(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Pixel(house, Told());
        await house.With<RefundOrder, Refunded>(s => s.Take(new("1187", "R1", At.AddMinutes(5), [new(2, OutletHouse.Eur(900))]), default));
        Assert.IsType<Placed.Invalid>(await Shop(house, Told() with { Lines = [new("LAN-400", 1, OutletHouse.Eur(1000))] }));
        Assert.True((await Order(house)).Order.Unverified);
        Assert.IsType<Placed.Kept>(await Shop(house, Told()));
        Assert.Equal((false, 1000), ((await Order(house)).Order.Unverified, (await Order(house)).Order.Net.Minor));
    }

    [Theory, EveryDatabase]
    public async Task A_wrong_order_and_a_wrong_site_are_refused(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Assert.Equal("lines", (await Pixel(house, Told() with { Lines = [] }))[0].Field);
        foreach (var origin in new[] { null, "", "shop.example", "http://shop.example", "https://shop.example/path", "https://u:p@shop.example", "ftp://shop.example", "https://shop.example?x" })
        {
            Assert.Equal(["origin"], Assert.IsType<PixelSiteAdded.Invalid>(await house.With<PixelSites, PixelSiteAdded>(s => s.Add(origin, null, default))).Errors.Select(e => e.Field));
        }

        var site = Assert.IsType<PixelSiteAdded.Done>(await house.With<PixelSites, PixelSiteAdded>(s => s.Add("https://Shop.Example/", "de-", default))).Site;
        Assert.Equal(("https://shop.example", "de-"), (site.Origin, site.Prefix));
        Assert.True(await house.With<PixelSites, bool>(s => s.Remove(site.Id, default)));
        Assert.Empty(await house.With<PixelSites, IReadOnlyList<PixelSiteView>>(s => s.All(default)));
    }
}
