using System.Text;
using System.Text.Json.Nodes;
using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Outlet;

public class ShopTests
{
    private static Task<OrderDetail?> Order(TestHouse house, string number = "1187") => house.With<ReadOrders, OrderDetail?>(s => s.One(number, default));

    private static async Task<ShopView> Shop(TestHouse house) => Assert.Single(await house.With<Shops, IReadOnlyList<ShopView>>(s => s.All(default)));

    private static string Lines(OrderDetail order) => string.Join("; ", order.Lines.Select(l => $"{l.Sku} {l.Quantity} {l.Amount.Minor} -{l.Refunded.Minor}"));

    private static void Taken(Delivered delivered) => Assert.Equal(new Delivered.Taken(Again: false), delivered);

    [Theory, EveryDatabase]
    public async Task An_order_of_shopify_is_kept_as_it_was_paid(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var shop = await house.Connect(ShopKind.Shopify);
        Taken(await house.Deliver(shop, "orders/create", ShopHooks.Shopify()));

        var order = (await Order(house))!;
        Assert.Equal("LAN-400 2 8000 -0; product-632910393 1 11950 -0", Lines(order));
        Assert.Equal((new DateTimeOffset(2026, 9, 1, 8, 15, 0, TimeSpan.Zero), "EUR", null), (order.Order.PlacedAt, order.Order.Total.Currency, order.Order.Code));
        Assert.Equal(Guid.Parse("01990000-0000-7000-8000-000000000001"), order.Order.Click!.Value.Value);
        var view = await Shop(house);
        Assert.Equal((1, "orders/create", null), (view.Deliveries, view.LastTopic, view.Trouble));
    }

    [Theory, EveryDatabase]
    public async Task An_order_of_woocommerce_is_kept_as_it_was_paid_with_the_tax_and_its_prefix(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var shop = await house.Connect(ShopKind.WooCommerce, "de-");
        Taken(await house.Deliver(shop, "order.created", ShopHooks.Woo("pending", paid: false)));
        Assert.Null(await Order(house, "de-1187"));

        Taken(await house.Deliver(shop, "order.updated", ShopHooks.Woo(), "d2"));
        var order = (await Order(house, "de-1187"))!;
        Assert.Equal("LAN-400 1 4400 -0; PAK-028 1 11950 -0", Lines(order));
        Assert.Equal(Guid.Parse("01990000-0000-7000-8000-000000000002"), order.Order.Visitor!.Value.Value);
    }

    [Theory, EveryDatabase]
    public async Task A_delivery_that_comes_eight_times_at_once_counts_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var shop = await house.Connect(ShopKind.Shopify);
        var told = ShopHooks.Shopify();
        told["refunds"] = new JsonArray(ShopHooks.ShopifyRefund("9", "40.00", "40.00"));
        var body = Encoding.UTF8.GetBytes(told.ToJsonString());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => house.With<ReceiveShop, Delivered>(s => s.Run(shop, new("orders/create", ShopHooks.Sign(body), "d1"), body, default)))));
        Assert.Equal(1, outcomes.Count(o => o is Delivered.Taken { Again: false }));
        Assert.Equal(7, outcomes.Count(o => o is Delivered.Taken { Again: true }));
        Assert.Equal("LAN-400 2 8000 -4000; product-632910393 1 11950 -0", Lines((await Order(house))!));
        Assert.Equal(1, (await Shop(house)).Deliveries);
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<Hearth.Outlet.Order>().CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task The_same_order_under_eight_delivery_ids_at_once_counts_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var shop = await house.Connect(ShopKind.WooCommerce);
        var told = ShopHooks.Woo();
        told["refunds"] = new JsonArray(new JsonObject { ["id"] = 9, ["reason"] = "", ["total"] = "-10.00" });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => house.Deliver(shop, "order.updated", told.DeepClone(), $"d{i}"))));
        Assert.All(outcomes, Taken);
        Assert.Equal(1000, (await Order(house))!.Order.Refunded.Minor);
        Assert.Equal(8, (await Shop(house)).Deliveries);
    }

    [Theory, EveryDatabase]
    public async Task Whatever_the_order_of_arrival_the_end_is_the_same(DatabaseKind kind)
    {
        var changed = ShopHooks.Shopify("2026-09-02T10:00:00+02:00");
        changed["line_items"]!.AsArray().Add(JsonNode.Parse("""{ "id": 5, "product_id": 7, "sku": "MUG", "quantity": 1, "price": "9.99" }"""));
        (string Topic, JsonNode Body)[] told = [("orders/create", ShopHooks.Shopify()), ("orders/updated", changed), ("refunds/create", ShopHooks.ShopifyRefund("9", "40.00", "30.00"))];
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

        await using var house = await TestHouse.Create(kind);
        foreach (var (n, order) in orders.Index())
        {
            var shop = await house.Connect(ShopKind.Shopify, $"s{n}-");
            foreach (var i in order) Taken(await house.Deliver(shop, told[i].Topic, told[i].Body.DeepClone(), $"d{i}"));
            Assert.Equal("LAN-400 2 8000 -3000; product-632910393 1 11950 -0; MUG 1 999 -0", Lines((await Order(house, $"s{n}-1187"))!));
        }

        Assert.Equal(0, await house.With<Database, int>(db => db.Set<WaitingRefund>().CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_refund_pays_back_what_went_back_for_goods(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var shop = await house.Connect(ShopKind.Shopify);
        await house.Deliver(shop, "orders/create", ShopHooks.Shopify());
        async Task<string> After(JsonObject refund)
        {
            Taken(await house.Deliver(shop, "refunds/create", refund, refund["id"]!.ToJsonString()));
            return Lines((await Order(house))!);
        }

        Assert.Equal("LAN-400 2 8000 -1000; product-632910393 1 11950 -0", await After(ShopHooks.ShopifyRefund("1", "40.00", "10.00"))); // less than the line is worth
        Assert.Equal("LAN-400 2 8000 -1500; product-632910393 1 11950 -0", await After(ShopHooks.ShopifyRefund("2", "5.00", "9.90"))); // 4.90 of it for shipping that is not told apart
        Assert.Equal("LAN-400 2 8000 -1500; product-632910393 1 11950 -0", await After(ShopHooks.ShopifyRefund("3", null, "4.90", "4.90"))); // shipping alone
        Assert.Equal("LAN-400 2 8000 -2500; product-632910393 1 11950 -0", await After(ShopHooks.ShopifyRefund("4", "10.00", null))); // taken out of the order, no money moved
        Assert.Equal("LAN-400 2 8000 -4265; product-632910393 1 11950 -3835", await After(ShopHooks.ShopifyRefund("5", null, "56.00"))); // an amount without lines: 55.00 : 119.50
        Assert.Equal("LAN-400 2 8000 -8000; product-632910393 1 11950 -3835", await After(ShopHooks.ShopifyRefund("6", "80.00", "80.00"))); // never above what is left
    }

    [Theory, EveryDatabase]
    public async Task Refunds_of_woocommerce_go_to_the_lines_they_name_or_are_shared(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var shop = await house.Connect(ShopKind.WooCommerce);
        var told = ShopHooks.Woo(modified: "2026-09-04T08:00:00");
        told["refunds"] = JsonNode.Parse("""
            [{ "id": 900, "reason": "", "total": "-19.50", "line_items": [{ "id": 1, "quantity": -1, "total": "-16.39", "total_tax": "-3.11", "meta_data": [{ "id": 2, "key": "_refunded_item_id", "value": "316" }] }] },
             { "id": 901, "reason": "late", "total": "-14.40" }]
            """);
        Taken(await house.Deliver(shop, "order.updated", told));
        Assert.Equal("LAN-400 1 4400 -440; PAK-028 1 11950 -2950", Lines((await Order(house))!));

        told["status"] = "cancelled";
        told["date_modified_gmt"] = "2026-09-05T08:00:00";
        Taken(await house.Deliver(shop, "order.updated", told, "d2"));
        Taken(await house.Deliver(shop, "order.deleted", new JsonObject { ["id"] = 727 }, "d3"));
        Assert.Equal("LAN-400 1 4400 -4400; PAK-028 1 11950 -11950", Lines((await Order(house))!));
    }

    [Theory, EveryDatabase]
    public async Task An_order_called_off_before_it_counted_does_not_count_when_older_words_come_late(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var shop = await house.Connect(ShopKind.WooCommerce);
        Taken(await house.Deliver(shop, "order.updated", ShopHooks.Woo("failed", "2026-09-01T09:00:00", paid: false)));
        Taken(await house.Deliver(shop, "order.updated", ShopHooks.Woo("on-hold", "2026-09-01T08:30:00", paid: false), "d2"));
        Assert.Null(await Order(house));

        Taken(await house.Deliver(shop, "order.updated", ShopHooks.Woo("processing", "2026-09-01T10:00:00"), "d3")); // paid at the second try
        Assert.Equal(16350, (await Order(house))!.Order.Net.Minor);
    }

    [Theory, EveryDatabase]
    public async Task A_shopify_order_called_off_is_paid_back_whichever_comes_first(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var calledOff = ShopHooks.Shopify("2026-09-03T10:00:00+02:00");
        calledOff["cancelled_at"] = "2026-09-03T10:00:00+02:00";
        foreach (var (first, prefix) in new[] { (0, "a-"), (1, "b-") })
        {
            var shop = await house.Connect(ShopKind.Shopify, prefix);
            (string, JsonNode)[] told = [("orders/cancelled", calledOff), ("refunds/create", ShopHooks.ShopifyRefund("9", "80.00", "80.00"))];
            foreach (var i in new[] { first, 1 - first }) Taken(await house.Deliver(shop, told[i].Item1, told[i].Item2.DeepClone(), $"d{i}"));
            Taken(await house.Deliver(shop, "orders/create", ShopHooks.Shopify(), "late"));
            Assert.Equal((19950, 0), ((await Order(house, prefix + "1187"))!.Order.Total.Minor, (await Order(house, prefix + "1187"))!.Order.Net.Minor));
        }
    }

    [Theory, EveryDatabase]
    public async Task What_is_not_signed_is_kept_nowhere(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var shop = await house.Connect(ShopKind.Shopify);
        Assert.IsType<Delivered.NotTrusted>(await house.Deliver(shop, "orders/create", ShopHooks.Shopify(), secret: "another secret"));
        var body = Encoding.UTF8.GetBytes(ShopHooks.Shopify().ToJsonString());
        foreach (var signature in new[] { null, "", "?", "AAAA", Convert.ToBase64String(new byte[64]), ShopHooks.Sign([.. body, 32]) })
        {
            Assert.IsType<Delivered.NotTrusted>(await house.With<ReceiveShop, Delivered>(s => s.Run(shop, new("orders/create", signature, "d1"), body, default)));
        }

        Assert.IsType<Delivered.Unknown>(await house.Deliver(ShopId.New(), "orders/create", ShopHooks.Shopify()));
        Assert.Null(await Order(house));
        var view = await Shop(house);
        Assert.Equal((0, null, null), (view.Deliveries, view.LastAt, view.Trouble));
        Assert.Equal(0, await house.With<Database, int>(db => db.Set<ShopDelivery>().CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_signed_body_that_cannot_be_used_is_the_shops_last_trouble_and_nothing_else(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var shop = await house.Connect(ShopKind.Shopify);
        async Task<string> Fields(Action<JsonObject> spoil, string topic = "orders/create")
        {
            var body = ShopHooks.Shopify();
            spoil(body);
            var said = string.Join(", ", Assert.IsType<Delivered.Invalid>(await house.Deliver(shop, topic, body)).Errors.Select(e => e.Field));
            Assert.Contains(said.Split(", ")[0], (await Shop(house)).Trouble, StringComparison.Ordinal);
            return said;
        }

        Assert.Equal("currency", await Fields(b => b["currency"] = "euro"));
        Assert.Equal("line_items[1].price", await Fields(b => b["line_items"]![1]!["price"] = "1e3"));
        Assert.Equal("line_items[0].quantity", await Fields(b => b["line_items"]![0]!["quantity"] = -1));
        Assert.Equal("line_items", await Fields(b => b["line_items"]![0]!["id"] = 141249953214522974));
        Assert.Equal("created_at", await Fields(b => b["created_at"] = "yesterday"));
        Assert.Equal("placedAt", await Fields(b => b["created_at"] = "2126-01-01T00:00:00Z"));
        Assert.Equal("lines", await Fields(b => b["line_items"] = new JsonArray()));
        Assert.Equal("order_id", await Fields(_ => { }, "refunds/create"));
        Assert.Equal("topic", await Fields(_ => { }, ""));
        Assert.Null(await Order(house));
        Assert.Equal(0, (await Shop(house)).Deliveries);

        Taken(await house.Deliver(shop, "orders/create", ShopHooks.Shopify())); // mended and sent again under its id
        Taken(await house.Deliver(shop, "products/update", new JsonObject { ["id"] = 1 }, "d2")); // of no interest
        var test = ShopHooks.Shopify();
        (test["test"], test["name"], test["id"]) = (true, "#9999", 1);
        Taken(await house.Deliver(shop, "orders/create", test, "d3"));
        Assert.Null(await Order(house, "9999"));
    }

    [Theory, EveryDatabase]
    public async Task A_change_never_takes_away_what_was_paid_back(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var shop = await house.Connect(ShopKind.WooCommerce);
        var told = ShopHooks.Woo();
        told["refunds"] = new JsonArray(new JsonObject { ["id"] = 9, ["total"] = "-163.50" });
        Taken(await house.Deliver(shop, "order.updated", told));

        var fewer = ShopHooks.Woo(modified: "2026-09-09T08:00:00");
        fewer["line_items"]!.AsArray().RemoveAt(1);
        fewer["line_items"]![0]!["total"] = "10.00";
        Assert.Equal(["lines[0].amount", "lines"], Assert.IsType<Delivered.Invalid>(await house.Deliver(shop, "order.updated", fewer, "d2")).Errors.Select(e => e.Field));
        Assert.Equal("LAN-400 1 4400 -4400; PAK-028 1 11950 -11950", Lines((await Order(house))!));
    }

    [Theory, EveryDatabase]
    public async Task An_order_known_from_elsewhere_is_the_same_one_or_a_trouble(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var shop = await house.Connect(ShopKind.WooCommerce);
        await house.With<PlaceOrder, Placed>(s => s.Take(new("1187", new(2026, 9, 1, 8, 15, 0, TimeSpan.Zero), [new("LAN-400", 1, OutletHouse.Eur(4400)), new("PAK-028", 1, OutletHouse.Eur(11950))], Visitor: VisitorId.From(Guid.Parse("01990000-0000-7000-8000-000000000002"))), default));
        Taken(await house.Deliver(shop, "order.created", ShopHooks.Woo()));
        Assert.Equal(16350, (await Order(house))!.Order.Net.Minor);

        var other = ShopHooks.Woo();
        (other["id"], other["line_items"]![0]!["quantity"]) = (728, 3);
        Assert.Equal(["order", "lines[0].quantity"], Assert.IsType<Delivered.Invalid>(await house.Deliver(shop, "order.created", other, "d2")).Errors.Select(e => e.Field));
    }

    [Theory, EveryDatabase]
    public async Task A_claim_code_that_was_used_ties_the_order_and_is_redeemed_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        var code = (await house.Claim(offer.Id, VisitorId.New()))!;
        var shop = await house.Connect(ShopKind.WooCommerce);
        var told = ShopHooks.Woo();
        told["coupon_lines"] = new JsonArray(new JsonObject { ["code"] = "summer10" }, new JsonObject { ["code"] = code.ToLowerInvariant() });
        Taken(await house.Deliver(shop, "order.created", told));
        Taken(await house.Deliver(shop, "order.updated", told, "d2"));

        Assert.Equal(code, (await Order(house))!.Order.Code);
        Assert.Equal(1, (await house.Read(offer.Id)).Redeemed);
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task WooCommerces_ping_is_answered_and_a_secret_can_be_changed_and_forgotten(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (woo, shopify) = (await house.Connect(ShopKind.WooCommerce), await house.Connect(ShopKind.Shopify));
        Task<Delivered> Ping(ShopId shop, string body) => house.With<ReceiveShop, Delivered>(s => s.Run(shop, new(null, null, null), Encoding.UTF8.GetBytes(body), default));
        Assert.IsType<Delivered.Ping>(await Ping(woo, "webhook_id=7"));
        Assert.IsType<Delivered.NotTrusted>(await Ping(woo, "webhook_id=7&x=1"));
        Assert.IsType<Delivered.NotTrusted>(await Ping(shopify, "webhook_id=7"));

        Assert.IsType<ShopConnection.Invalid>(await house.With<Shops, ShopConnection>(s => s.Renew(woo, "short", default)));
        Assert.IsType<ShopConnection.Connected>(await house.With<Shops, ShopConnection>(s => s.Renew(woo, "the next secret", default)));
        Assert.IsType<Delivered.NotTrusted>(await house.Deliver(woo, "order.created", ShopHooks.Woo()));
        Taken(await house.Deliver(woo, "order.created", ShopHooks.Woo(), secret: "the next secret"));
        Assert.DoesNotContain("secret", await house.With<Database, string>(async db => string.Join(' ', await db.Set<Hearth.Outlet.Shop>().Select(s => s.Secret).ToListAsync())), StringComparison.Ordinal);

        Assert.True(await house.With<Shops, bool>(s => s.Disconnect(woo, default)));
        Assert.False(await house.With<Shops, bool>(s => s.Disconnect(woo, default)));
        Assert.IsType<Delivered.Unknown>(await house.Deliver(woo, "order.updated", ShopHooks.Woo(), "d2", "the next secret"));
        Assert.NotNull(await Order(house));
    }

    [Theory, EveryDatabase]
    public async Task A_shop_without_a_name_or_a_secret_is_refused(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var refused = Assert.IsType<ShopConnection.Invalid>(await house.With<Shops, ShopConnection>(s => s.Connect(new((ShopKind)7, " ", "1234567", "a b"), default)));
        Assert.Equal(["name", "prefix", "secret", "kind"], refused.Errors.Select(e => e.Field));
    }
}
