using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hearth.Governance;
using Hearth.Learning;
using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.App.Tests.Outlet;

public class OutletHttpTests
{
    internal static readonly Actor Merchandiser = new(UserId.New(), "Mara Lindqvist", "ML", Department.Marketing, Role.Agent);

    internal static Task<OfferView> Offer(HearthServer server, int units = 25, string sku = "LAN-400", string title = "Beacon 400 lantern", int minutes = 15) => Offer(server, units, sku, title, minutes, 6900, 4400);

    internal static async Task<OfferView> Offer(HearthServer server, int units, string sku, string title, int minutes, long list, long price)
    {
        var now = TimeProvider.System.GetUtcNow();
        var count = new StockCount(sku, title, Condition.Refurbished, units + 15, new(list, "EUR"), new(price, "EUR"));
        var item = ((Counted.Kept)(await server.With<CountStock, IReadOnlyList<Counted>>(s => s.Take([count], "test", default)))[0]).Item;
        var draft = new OfferDraft(item, title + ", like new", "Opened once, checked by us, two years of warranty.", new(price, "EUR"), units, now.AddMinutes(-1), now.AddDays(2).AddHours(5), "GLOW", 1, minutes);
        var offer = ((Drafted.Saved)await server.With<DraftOffer, Drafted>(s => s.Create(draft, Merchandiser, default))).Offer;
        Assert.IsType<Published.Done>(await server.With<PublishOffer, Published>(s => s.Now(offer, default)));
        return (await server.With<ReadOffers, OfferView?>(s => s.One(offer, default)))!;
    }

    [Fact]
    public async Task Two_hundred_visitors_at_once_get_twenty_five_codes()
    {
        await using var server = await HearthServer.Start();
        var offer = await Offer(server);
        using var http = new HttpClient { BaseAddress = server.Address };

        var codes = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            using var held = await http.PostAsJsonAsync($"/api/v1/outlet/{offer.Slug}/holds", new { contact = $"fan{i}@example.org", visitor = Guid.NewGuid() });
            if (held.StatusCode == HttpStatusCode.Conflict) return null;
            Assert.Equal(HttpStatusCode.OK, held.StatusCode);
            var hold = await held.Content.ReadFromJsonAsync<JsonElement>();
            using var confirmed = await http.PostAsJsonAsync($"/api/v1/outlet/claims/{hold.GetProperty("claim").GetGuid()}/confirm", new { visitor = hold.GetProperty("visitor").GetGuid() });
            return (await confirmed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
        }));

        Assert.Equal(25, codes.OfType<string>().Distinct().Count());
        Assert.Equal(25, codes.OfType<string>().Count());
    }

    [Fact]
    public async Task From_link_to_order_the_report_has_both_sums()
    {
        await using var server = await HearthServer.Start();
        var offer = await Offer(server);
        using var fan = server.Visitor();
        fan.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 Firefox/140.0");

        var link = await fan.GetAsync("/l/" + offer.Link);
        Assert.Equal((HttpStatusCode.Redirect, "/outlet/" + offer.Slug), (link.StatusCode, link.Headers.Location!.OriginalString));
        var cookie = Assert.Single(link.Headers.GetValues("Set-Cookie"), c => c.StartsWith("hearth_v=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Contains("max-age=7776000", cookie, StringComparison.Ordinal);
        var visitor = cookie["hearth_v=".Length..cookie.IndexOf(';', StringComparison.Ordinal)];

        using var shop = await server.Program("orders", "read");
        object Body(string order, object[] lines, string? v = null) => new { order, placedAt = TimeProvider.System.GetUtcNow().AddMinutes(1), currency = "EUR", visitor = v, lines };
        var first = Body("A1", [new { sku = "LAN-400", quantity = 1, amount = "44.00" }, new { sku = "EMB-PAK-028", quantity = 1, amount = 119.5 }], visitor);
        var told = await shop.PostAsJsonAsync("/api/v1/conversions", first);
        Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        Assert.Equal(await told.Content.ReadAsStringAsync(), await (await shop.PostAsJsonAsync("/api/v1/conversions", first)).Content.ReadAsStringAsync());
        var other = await shop.PostAsJsonAsync("/api/v1/conversions", Body("A1", [new { sku = "LAN-400", quantity = 2, amount = "88.00" }], visitor));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Contains("lines[0].quantity", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await shop.PostAsJsonAsync("/api/v1/conversions", Body("A2", [new { sku = "MUG", quantity = 1, amount = "9.99" }]));
        Assert.Equal(HttpStatusCode.OK, (await shop.PostAsJsonAsync("/api/v1/conversions/A1/refunds", new { refund = "R1", at = TimeProvider.System.GetUtcNow(), lines = new[] { new { line = 2, amount = "19.50" } } })).StatusCode);
        await server.Settle();

        var report = (await shop.GetFromJsonAsync<Earnings>("/api/v1/learn/earnings", Json.Options))!;
        var total = Assert.Single(report.Totals);
        Assert.Equal((4400, 10000, 999, 15399, 0), (total.Direct.Minor, total.Halo.Minor, total.Unattributed.Minor, total.All.Minor, total.Pending.Minor));
        var csv = await shop.GetStringAsync("/api/v1/learn/earnings.csv");
        Assert.Contains("EUR,1,44.00,100.00,19.50,144.00", csv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"order\":\"X\",\"placedAt\":\"2026-09-01T00:00:00Z\",\"currency\":\"EUR\",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"amount\":\"1.234\"}]}", "lines[0].amount")]
    [InlineData("{\"order\":\"X\",\"placedAt\":\"2026-09-01T00:00:00Z\",\"currency\":\"EUR\",\"lines\":[]}", "lines")]
    [InlineData("{\"order\":\"X\",\"placedAt\":\"2026-09-01T00:00:00Z\",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"amount\":1}]}", "lines[0].currency")]
    [InlineData("{\"order\":\"\",\"placedAt\":\"2026-09-01T00:00:00Z\",\"currency\":\"EUR\",\"lines\":[{\"sku\":\"A\",\"quantity\":0,\"amount\":-1}]}", "lines[0].quantity")]
    public async Task A_wrong_order_is_refused_with_the_field_and_the_reason(string body, string field)
    {
        await using var server = await HearthServer.Start();
        using var shop = await server.Program("orders");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await shop.PostAsync("/api/v1/conversions", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doors_stay_shut_for_those_without_the_scope()
    {
        await using var server = await HearthServer.Start();
        using var nobody = server.Visitor();
        using var reader = await server.Program("read");
        foreach (var path in new[] { "/api/v1/conversions", "/api/v1/stock", "/api/v1/offers", "/api/v1/claims/LAP-X/redeem" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PostAsJsonAsync(path, new { })).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsJsonAsync(path, new { })).StatusCode);
        }
    }

    [Fact]
    public async Task Somebody_without_scripts_holds_a_unit_and_takes_the_code()
    {
        await using var server = await HearthServer.Start();
        var offer = await Offer(server, units: 2);
        using var fan = server.Visitor();
        var page = "/outlet/" + offer.Slug;

        Assert.Contains("application/ld+json", await fan.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await fan.Submit(page, "hold", [("Input.Contact", "nobody")])).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await fan.Submit(page, "hold", [("Input.Claim", Guid.NewGuid().ToString()), ("Input.Contact", "fan@example.org")])).StatusCode);
        var html = await fan.GetStringAsync(page);
        Assert.Contains("One is kept for you", html, StringComparison.Ordinal);
        var claim = html.Split("name=\"Which.Claim\" value=\"")[1][..36];
        Assert.Equal(HttpStatusCode.Redirect, (await fan.Submit(page, "confirm", [("Which.Claim", claim)])).StatusCode);
        Assert.Contains("GLOW-", await fan.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Equal(1, (await server.With<ReadOffers, OfferView?>(s => s.One(offer.Id, default)))!.Claimed);
    }

    [Fact]
    public async Task Somebody_without_scripts_gets_a_link_to_hand_on_and_it_leads_to_the_offer_alone()
    {
        await using var server = await HearthServer.Start();
        var offer = await Offer(server);
        using var fan = server.Visitor();
        var page = "/outlet/" + offer.Slug;
        Assert.Equal(HttpStatusCode.Redirect, (await fan.Submit(page, "share", [])).StatusCode);
        var html = await fan.GetStringAsync(page);
        var slug = html.Split("href=\"/l/")[1].Split('"')[0];
        await fan.GetStringAsync(page);
        Assert.Contains("/l/" + slug, await fan.GetStringAsync(page), StringComparison.Ordinal);

        using var friend = server.Visitor();
        friend.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 Firefox/140.0");
        var led = await friend.GetAsync($"/l/{slug}?to=https://evil.example&url=//evil.example");
        Assert.Equal((HttpStatusCode.Redirect, page), (led.StatusCode, led.Headers.Location!.OriginalString));
        Assert.DoesNotContain(slug, await friend.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await friend.Submit(page, "share", [])).StatusCode);
        var visitor = led.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("hearth_v=", StringComparison.Ordinal))["hearth_v=".Length..].Split(';')[0];
        Assert.Equal(2, (await server.With<ShareOffer, ShareView?>(s => s.Mine(offer.Id, new(Guid.Parse(visitor)), default)))!.Generation);
    }

    [Fact]
    public async Task Programs_tell_what_channels_cost_and_read_the_models()
    {
        await using var server = await HearthServer.Start();
        using var shop = await server.Program("write", "read");
        var told = await shop.PostAsJsonAsync("/api/v1/learn/channels", new { rows = new object[] { new { channel = "email", from = "2026-08-31", period = "week", currency = "EUR", cost = "10.00", margin = 30 }, new { channel = "email", from = "2026-08-31", currency = "EUR", cost = 1.001 } } });
        var answer = (await told.Content.ReadFromJsonAsync<JsonElement>())!;
        Assert.Equal((1, 1, "cost"), (answer.GetProperty("kept").GetInt32(), answer.GetProperty("rejected").GetInt32(), answer.GetProperty("rows")[1].GetProperty("errors")[0].GetProperty("field").GetString()));
        Assert.Equal("week,channel,currency,cost,clicks,orders,revenue,margin,roi_percent,new_customers\r\n2026-08-31,email,EUR,10.00,,,,30.00,200.0,\r\n", await shop.GetStringAsync("/api/v1/learn/channels.csv?from=2026-08-01&to=2026-09-01"));
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.PostAsJsonAsync("/api/v1/learn/channels", new { rows = Array.Empty<object>() })).StatusCode);
        Assert.StartsWith("currency,by,offer", await shop.GetStringAsync("/api/v1/learn/models.csv"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await shop.GetAsync("/api/v1/learn/models")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await shop.GetAsync("/api/v1/learn/models/orders?model=timeDecay")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await shop.PutAsJsonAsync("/api/v1/learn/credit-policy", new { windowDays = 3, halfLifeDays = 3 })).StatusCode);
    }
}
