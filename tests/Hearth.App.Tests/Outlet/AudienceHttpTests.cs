using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;

namespace Hearth.App.Tests.Outlet;

public sealed class AudienceHttpTests
{
    [Fact]
    public async Task An_offer_for_subscribers_is_written_on_the_page_and_claimed_by_the_link_of_a_letter_alone()
    {
        await using var server = await HearthServer.Start();
        await DigestHttpTests.Open(server);
        using var program = await server.Program("write", "read", "stock");
        using var staff = await server.SignedIn(Role.Agent);
        using var ann = server.Visitor();
        using var stranger = server.Visitor();
        var item = await Stock(program, "LAMP-1", "Lamp");
        await ann.Submit("/outlet/digest", "digest", [("Input.Contact", "ann@example.org"), ("Input.Every", "Daily"), ("Input.Weekday", "Monday")]);
        var ask = new Guid(await server.With<Database, byte[]>(db => db.Database.SqlQuery<byte[]>($"SELECT id AS \"Value\" FROM outlet_digest_asks").SingleAsync()), true);
        await ann.Submit($"/outlet/digest/confirm/{ask:N}", "confirm", []);

        var bad = await staff.Submit("/offer/segments", "segment", [("Input.Name", ""), ("Input.LeastDays", "x"), ("Input.LeastBought", "0"), ("Input.MostBought", "")]);
        Assert.Contains("Must be from 0 to 3,650", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var counted = await staff.Submit("/offer/segments", "segment", [("Input.Name", "Never bought"), ("Input.LeastDays", "0"), ("Input.LeastBought", "0"), ("Input.MostBought", "0"), ("Input.Count", "true")]);
        Assert.Contains("1 person of 1 would belong to it now", await counted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("/offer/segments", (await staff.Submit("/offer/segments", "segment", [("Input.Name", "Never bought"), ("Input.LeastDays", "0"), ("Input.LeastBought", "0"), ("Input.MostBought", "0")])).Headers.Location!.PathAndQuery());
        var segment = (string)JsonNode.Parse(await program.GetStringAsync("/api/v1/segments"))![0]!["id"]!;
        Assert.Equal(1, (int)JsonNode.Parse(await program.GetStringAsync("/api/v1/segments"))![0]!["people"]!);

        var now = TimeProvider.System.GetUtcNow();
        (string, string)[] form =
        [
            ("Input.Item", item), ("Input.Title", "Lamp for friends"), ("Input.Text", ""), ("Input.Also", ""), ("Input.Price", "50.00"), ("Input.PercentOff", ""), ("Input.Units", "4"), ("Input.Floats", "floats"),
            ("Input.Opens", now.AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)), ("Input.Closes", now.AddDays(1).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)), ("Input.Zone", ""), ("Input.CodePrefix", "LAMP"),
            ("Input.LimitPerPerson", "1"), ("Input.HoldMinutes", "15"), ("Input.ShopUrl", ""), ("Input.Countries", ""),
        ];
        var wrong = await staff.Submit("/offer/new", "offer", [.. form, ("Input.For", segment), ("Input.PublicFrom", "soon")]);
        Assert.Contains("Must be a date and a time", await wrong.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        var saved = await staff.Submit("/offer/new", "offer", [.. form, ("Input.For", segment), ("Input.PublicFrom", "")]);
        var desk = saved.Headers.Location!.PathAndQuery();
        Assert.Contains("subscribers of the digest: Never bought, 1 person now", await staff.GetStringAsync(desk), StringComparison.Ordinal);
        var offer = JsonNode.Parse(await program.GetStringAsync("/api/v1/offers/" + desk[7..]))!;
        Assert.Equal((4, "subscribers", segment), ((int)offer["upTo"]!, (string)offer["audience"]!, (string)offer["segment"]!));
        using (var published = await program.PostAsync($"/api/v1/offers/{offer["id"]}/publish", null)) published.EnsureSuccessStatusCode();

        // It stands in no list, and its page tells strangers how to get the letters.
        var page = "/outlet/" + (string)offer["slug"]!;
        Assert.DoesNotContain("Lamp for friends", await stranger.GetStringAsync("/outlet"), StringComparison.Ordinal);
        Assert.DoesNotContain("Lamp for friends", await stranger.GetStringAsync("/outlet/feed.json"), StringComparison.Ordinal);
        var seen = await stranger.GetStringAsync(page);
        Assert.Contains("For those who get our letters", seen, StringComparison.Ordinal);
        Assert.Contains("noindex", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Hold one for me", seen, StringComparison.Ordinal);
        using (var refused = await stranger.PostAsJsonAsync($"/api/v1{page}/holds", new { contact = "fan@example.org", visitor = Guid.NewGuid() }))
        {
            Assert.Equal((HttpStatusCode.Conflict, true), (refused.StatusCode, (await refused.Content.ReadAsStringAsync()).Contains("not-invited", StringComparison.Ordinal)));
        }

        // The tracked link of a letter hands the invitation on to our page; anything else it does not.
        var invitation = await Invitation(server, new((string)offer["id"]!));
        var link = $"/l/{offer["link"]}?d=1&for=";
        Assert.Equal($"{page}?for={invitation}", (await ann.GetAsync(link + invitation)).Headers.Location!.PathAndQuery());
        Assert.Equal(page, (await ann.GetAsync(link + "https://evil.example")).Headers.Location!.PathAndQuery());
        Assert.Equal(page, (await ann.GetAsync(link + invitation + "%0d%0aX: y")).Headers.Location!.PathAndQuery());
        var mine = WebUtility.HtmlDecode(await ann.GetStringAsync($"{page}?for={invitation}"));
        Assert.Contains("a…@example.org", mine, StringComparison.Ordinal);
        Assert.Contains("in stock, while it lasts", mine, StringComparison.Ordinal);
        var held = await ann.Submit($"{page}?for={invitation}", "hold", [("Input.For", invitation)]);
        Assert.Equal($"{page}?for={invitation}", held.Headers.Location!.PathAndQuery());
        Assert.Contains("One is kept for you", await ann.GetStringAsync($"{page}?for={invitation}"), StringComparison.Ordinal);
        using (var again = await stranger.PostAsJsonAsync($"/api/v1{page}/holds", new { contact = "fan@example.org", visitor = Guid.NewGuid(), invitation }))
        {
            Assert.Contains("limit-reached", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal); // one per letter, whoever has the link
        }

        var inUse = await staff.Submit("/offer/segments", $"remove-{segment}", []);
        Assert.Equal("/offer/segments", inUse.Headers.Location!.PathAndQuery());
        Assert.Contains("1 offer is for it and not over yet", await staff.GetStringAsync("/offer/segments"), StringComparison.Ordinal);
        using var removal = await program.DeleteAsync("/api/v1/segments/" + segment);
        Assert.Equal(HttpStatusCode.Conflict, removal.StatusCode);
    }

    [Fact]
    public async Task A_picture_of_stock_is_brought_by_page_or_program_and_seen_where_its_offers_are()
    {
        await using var server = await HearthServer.Start();
        using var program = await server.Program("write", "read", "stock");
        using var staff = await server.SignedIn(Role.Agent);
        using var fan = server.Visitor();
        var item = await Stock(program, "LAMP-1", "Lamp");
        var at = $"/offer/stock/{item}";
        Assert.Contains("None yet", await staff.GetStringAsync(at), StringComparison.Ordinal);
        using (var refused = await program.PostAsJsonAsync($"/api/v1/stock/{item}/pictures", new { bytes = "aGVsbG8=", alt = "A lamp" }))
        {
            Assert.Equal((HttpStatusCode.BadRequest, true), (refused.StatusCode, (await refused.Content.ReadAsStringAsync()).Contains("bytes", StringComparison.Ordinal)));
        }

        using var brought = await program.PostAsJsonAsync($"/api/v1/stock/{item}/pictures", new { bytes = Photo(60, SKColors.Red), alt = "A red lamp" });
        Assert.Equal(HttpStatusCode.Created, brought.StatusCode);
        var picture = brought.Headers.Location!.OriginalString;
        using (var other = await program.PostAsJsonAsync($"/api/v1/stock/{item}/pictures", new { bytes = Photo(50, SKColors.Blue), alt = "Its <foot>" })) other.EnsureSuccessStatusCode();
        using var file = await fan.GetAsync(picture);
        Assert.Equal(("image/jpeg", "nosniff", 60), (file.Content.Headers.ContentType!.MediaType, file.Headers.GetValues("X-Content-Type-Options").Single(), SKBitmap.Decode(await file.Content.ReadAsByteArrayAsync()).Width));
        Assert.Equal(HttpStatusCode.OK, (await fan.GetAsync(picture + "/small")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await fan.GetAsync("/outlet/pictures/" + Guid.NewGuid())).StatusCode);

        var now = TimeProvider.System.GetUtcNow();
        using var written = await program.PostAsJsonAsync("/api/v1/offers", new { item, title = "Lamp", units = 3, opens = now.AddMinutes(-1), closes = now.AddDays(1), codePrefix = "LAMP", price = "50.00" });
        var offer = (await written.Content.ReadFromJsonAsync<JsonNode>())!;
        using (var published = await program.PostAsync($"/api/v1/offers/{offer["id"]}/publish", null)) published.EnsureSuccessStatusCode();
        Assert.Contains($"<img src=\"{picture}/small\" alt=\"A red lamp\"", await fan.GetStringAsync("/outlet"), StringComparison.Ordinal);
        var page = await fan.GetStringAsync("/outlet/" + (string)offer["slug"]!);
        Assert.Contains($"<img src=\"{picture}\" alt=\"A red lamp\"", page, StringComparison.Ordinal);
        Assert.Contains("alt=\"Its &lt;foot&gt;\"", page, StringComparison.Ordinal);
        Assert.Contains("\"image\":[\"http", page, StringComparison.Ordinal);

        var id = picture.Split('/')[^1];
        Assert.Equal(at, (await staff.Submit(at, $"drop-{id}", [])).Headers.Location!.PathAndQuery());
        Assert.Equal(HttpStatusCode.NotFound, (await fan.GetAsync(picture)).StatusCode);
        using var gone = await program.DeleteAsync($"/api/v1/stock/{item}/pictures/{id}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static async Task<string> Stock(HttpClient program, string sku, string title)
    {
        using (var counted = await program.PostAsJsonAsync("/api/v1/stock", new { rows = new[] { new { sku, title, condition = "new", quantity = 9, currency = "EUR", listPrice = "99.99", price = "80.00" } } })) counted.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await program.GetStringAsync("/api/v1/stock"))!["items"]![0]!["id"]!;
    }

    // As the docs tell: the subscription, and the offer signed with its secret.
    private static async Task<string> Invitation(HearthServer server, Guid offer)
    {
        var id = new Guid(await server.With<Database, byte[]>(db => db.Database.SqlQuery<byte[]>($"SELECT id AS \"Value\" FROM outlet_digest_subscribers").SingleAsync()), true);
        var secret = await server.With<Database, string>(db => db.Database.SqlQuery<string>($"SELECT end_token AS \"Value\" FROM outlet_digest_subscribers").SingleAsync());
        return id.ToString("N") + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), Encoding.ASCII.GetBytes($"outlet invitation {offer:N}")).AsSpan(0, 16));
    }

    private static byte[] Photo(int side, SKColor color)
    {
        using var bitmap = new SKBitmap(side, side);
        bitmap.Erase(color);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
