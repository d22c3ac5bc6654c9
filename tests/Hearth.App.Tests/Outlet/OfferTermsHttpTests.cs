using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hearth.Governance;
using Hearth.Outlet;

namespace Hearth.App.Tests.Outlet;

public sealed class OfferTermsHttpTests
{
    [Fact]
    public async Task A_program_says_percent_off_and_countries_and_people_elsewhere_are_refused()
    {
        await using var server = await HearthServer.Start();
        using var program = await server.Program("write", "read", "stock");
        using var stranger = server.Visitor();
        using (var counted = await program.PostAsJsonAsync("/api/v1/stock", new { rows = new[] { new { sku = "LAMP-1", title = "Lamp", condition = "new", quantity = 9, currency = "EUR", listPrice = "99.99", price = "80.00" } } })) counted.EnsureSuccessStatusCode();
        var item = (string)JsonNode.Parse(await program.GetStringAsync("/api/v1/stock"))!["items"]![0]!["id"]!;
        var terms = new JsonObject { ["item"] = item, ["title"] = "Lamp", ["units"] = 3, ["opens"] = TimeProvider.System.GetUtcNow().AddMinutes(-1), ["closes"] = TimeProvider.System.GetUtcNow().AddDays(1), ["codePrefix"] = "LAMP" };
        async Task<(HttpStatusCode Status, string Text)> Write(params (string Name, JsonNode? Value)[] more)
        {
            var body = (JsonObject)terms.DeepClone();
            foreach (var (name, value) in more) body[name] = value;
            using var answer = await program.PostAsJsonAsync("/api/v1/offers", body);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        Assert.Contains("percentOff", (await Write(("price", 50), ("percentOff", 20))).Text, StringComparison.Ordinal);
        Assert.Contains("price", (await Write()).Text, StringComparison.Ordinal);
        Assert.Contains("must be from 1 to 95", (await Write(("percentOff", 96))).Text, StringComparison.Ordinal);
        Assert.Contains("digits", (await Write(("price", 1.234))).Text, StringComparison.Ordinal);
        var (status, text) = await Write(("percentOff", 33), ("countries", new JsonArray("at", "de")));
        Assert.Equal(HttpStatusCode.OK, status);
        var offer = JsonNode.Parse(text)!;
        Assert.Equal("66.99", offer["price"]!["amount"]!.ToString()); // 66.9933 rounded down
        using (var published = await program.PostAsync($"/api/v1/offers/{offer["id"]}/publish", null)) published.EnsureSuccessStatusCode();

        var html = await stranger.GetStringAsync($"/outlet/{offer["slug"]}");
        Assert.Contains("For people in Austria and Germany.", html, StringComparison.Ordinal);
        Assert.Contains("\"eligibleRegion\":[\"AT\",\"DE\"]", html, StringComparison.Ordinal);
        async Task<(HttpStatusCode Status, string Text)> Hold(string? country)
        {
            using var answer = await stranger.PostAsJsonAsync($"/api/v1/outlet/{offer["slug"]}/holds", new { contact = "fan@example.org", visitor = Guid.NewGuid(), country });
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await Hold(null)).Status);
        Assert.Contains("must be one of AT, DE", (await Hold("FR")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Hold("at")).Status);
    }

    [Fact]
    public async Task A_set_is_written_by_a_program_and_on_the_page_and_its_parts_are_read_by_people_and_the_till()
    {
        await using var server = await HearthServer.Start();
        using var program = await server.Program("write", "read", "stock");
        using var staff = await server.SignedIn(Role.Agent);
        using var fan = server.Visitor();
        using (var counted = await program.PostAsJsonAsync("/api/v1/stock", new { rows = new[] { Row("LAMP-1", "Lamp", "40.00"), Row("OIL 1", "Lamp oil", "5.00"), Row("WICK", "Spare wick", "2.50") } })) counted.EnsureSuccessStatusCode();
        var items = JsonNode.Parse(await program.GetStringAsync("/api/v1/stock"))!["items"]!.AsArray().ToDictionary(i => (string)i!["sku"]!, i => (string)i!["id"]!);
        var now = TimeProvider.System.GetUtcNow();
        var body = new JsonObject
        {
            ["item"] = items["LAMP-1"], ["title"] = "Lamp kit", ["units"] = 2, ["opens"] = now.AddMinutes(-1), ["closes"] = now.AddDays(1), ["codePrefix"] = "KIT", ["percentOff"] = 50,
            ["also"] = new JsonArray(new JsonObject { ["item"] = items["OIL 1"], ["quantity"] = 30 }),
        };
        using (var refused = await program.PostAsJsonAsync("/api/v1/offers", body))
        {
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("also[0].quantity", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        body["also"] = new JsonArray((JsonNode?)null);
        using (var refused = await program.PostAsJsonAsync("/api/v1/offers", body)) Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        body["also"] = new JsonArray(new JsonObject { ["item"] = items["OIL 1"], ["quantity"] = 2 });
        using var written = await program.PostAsJsonAsync("/api/v1/offers", body);
        var offer = (await written.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal(("50", "25", "OIL 1"), (offer["listPrice"]!["amount"]!.ToString(), offer["price"]!["amount"]!.ToString(), (string)offer["also"]![0]!["sku"]!));

        var edit = $"/offer/{offer["id"]}/edit";
        Assert.Contains("OIL 1 × 2", WebUtility.HtmlDecode(await staff.GetStringAsync(edit)), StringComparison.Ordinal);
        (string, string)[] Form(string also) =>
        [
            ("Input.Item", items["LAMP-1"]), ("Input.Title", "Lamp kit"), ("Input.Text", ""), ("Input.Also", also), ("Input.Price", ""), ("Input.PercentOff", "50"), ("Input.Units", "2"), ("Input.Opens", Text(now.AddMinutes(-5))), ("Input.Closes", Text(now.AddDays(1))),
            ("Input.CodePrefix", "KIT"), ("Input.LimitPerPerson", "1"), ("Input.HoldMinutes", "15"), ("Input.ShopUrl", ""), ("Input.Countries", ""), ("Input.Zone", ""),
        ];
        async Task<string> Said(string also) => WebUtility.HtmlDecode(await (await staff.Submit(edit, "offer", Form(also))).Content.ReadAsStringAsync());
        Assert.Contains("“GAS” is not in stock", await Said("GAS × 2"), StringComparison.Ordinal);
        Assert.Contains("“WICK x many” must be a SKU and how many", await Said("WICK x many"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("WICK: is in the set already", await Said("WICK\nwick"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(edit, "offer", Form("oil 1 x 2\nWICK"))).StatusCode);
        Assert.Contains("Spare wick", await staff.GetStringAsync($"/offer/{offer["id"]}"), StringComparison.Ordinal);
        using (var published = await program.PostAsync($"/api/v1/offers/{offer["id"]}/publish", null)) published.EnsureSuccessStatusCode();

        var page = $"/outlet/{offer["slug"]}";
        var html = await fan.GetStringAsync(page);
        Assert.Contains("In the set", html, StringComparison.Ordinal);
        Assert.Contains("1 × Lamp <small", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("2 × Lamp oil", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("\"amountOfThisGood\":2,\"typeOfGood\":{\"@type\":\"Product\",\"name\":\"Lamp oil\"", html, StringComparison.Ordinal);
        Assert.Equal(2, JsonNode.Parse(await program.GetStringAsync("/api/v1/stock"))!["items"]!.AsArray().Count(i => (int)i!["reserved"]! == 2)); // lamp and wick; of the oil four

        static object Row(string sku, string title, string list) => new { sku, title, condition = "new", quantity = 9, currency = "EUR", listPrice = list, price = list };
        static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_merchandiser_writes_them_and_a_zone_on_the_page_and_a_person_chooses_where_they_are()
    {
        await using var server = await HearthServer.Start();
        var running = await OutletHttpTests.Offer(server);
        using var staff = await server.SignedIn(Role.Agent);
        using var fan = server.Visitor();
        var now = TimeProvider.System.GetUtcNow();
        (string, string)[] Terms(string price, string percent, string countries, string zone = "") =>
        [
            ("Input.Item", running.Item.Value.ToString()), ("Input.Title", "Two countries"), ("Input.Text", ""), ("Input.Price", price), ("Input.PercentOff", percent), ("Input.Units", "2"), ("Input.Opens", now.AddMinutes(-5).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)),
            ("Input.Closes", now.AddDays(2).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)), ("Input.CodePrefix", "TWO"), ("Input.LimitPerPerson", "1"), ("Input.HoldMinutes", "15"), ("Input.ShopUrl", ""), ("Input.Countries", countries), ("Input.Zone", zone),
        ];
        Assert.Contains("Must be said either as a price or as percent off", await (await staff.Submit("/offer/new", "offer", Terms("10.00", "20", ""))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("is no country", await (await staff.Submit("/offer/new", "offer", Terms("", "20", "DE, Narnia"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Must be the name of a time zone", await (await staff.Submit("/offer/new", "offer", Terms("", "20", "", "Europe/Atlantis"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var saved = await staff.Submit("/offer/new", "offer", Terms("", "20", "DE, fr", "Africa/Abidjan"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var desk = saved.Headers.Location!.ToString();
        var html = await staff.GetStringAsync(desk);
        Assert.Contains("France and Germany", html, StringComparison.Ordinal);
        Assert.Contains("55.20", html, StringComparison.Ordinal); // of 69.00
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(desk, "publish", [])).StatusCode);
        var offer = (await server.With<ReadOffers, OfferView?>(s => s.One(new(Guid.Parse(desk[^36..])), default)))!;
        var page = "/outlet/" + offer.Slug;
        Assert.Contains("(Africa/Abidjan)", await fan.GetStringAsync(page), StringComparison.Ordinal);
        var refused = await (await fan.Submit(page, "hold", [("Input.Contact", "fan@example.org"), ("Input.Country", "AT")])).Content.ReadAsStringAsync();
        Assert.Contains("the offer is for people there", refused, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await fan.Submit(page, "hold", [("Input.Contact", "fan@example.org"), ("Input.Country", "FR")])).StatusCode);
        Assert.Equal(1, (await server.With<ReadOffers, OfferView?>(s => s.One(offer.Id, default)))!.Held);
    }
}
