using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.App.Tests;

/// <summary>The whole loop through the public doors of a running server: talk, answer, cause, offer, claim, order, report.</summary>
public class LoopTests
{
    [Fact]
    public async Task Somebody_complains_is_answered_the_cause_is_raised_an_offer_is_claimed_and_the_report_adds_up_to_the_orders()
    {
        await using var server = await HearthServer.Start();
        using var agent = await server.Program("read", "write");
        using var shop = await server.Program("orders", "stock", "read");
        using var owner = await server.SignedIn();

        // Listen: a signed webhook brings a post.
        var source = await Post(owner, "/api/v1/sources", new { kind = "webhook", name = "Shop reviews", engage = true });
        var heard = await Deliver(server, source, """{"posts":[{"id":"r1","text":"My kettle was promised for Tuesday and it is late again. Terrible!","author":{"handle":"kim"},"at":"2026-01-05T10:00:00Z"}]}""");
        Assert.Equal(HttpStatusCode.OK, heard.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Deliver(server, source, """{"posts":[{"id":"r1","text":"again","author":{"handle":"kim"},"at":"2026-01-05T10:00:00Z"}]}""")).StatusCode);
        await server.Settle();

        // Engage: one conversation; an answer that a person posts by hand, since the shop's reviews take none from us.
        var conversation = Assert.Single((await Get(agent, "/api/v1/conversations"))["items"]!.AsArray())!;
        var id = (string)conversation["id"]!;
        var version = (int)(await Get(agent, $"/api/v1/conversations/{id}"))["version"]!;
        var reply = await Post(agent, $"/api/v1/conversations/{id}/replies", new { text = "We are sorry, Kim. It leaves today.", version });
        Assert.Equal("by-hand", (string?)reply["$type"]);
        var late = await agent.PostAsJsonAsync($"/api/v1/conversations/{id}/replies", new { text = "Me too", version });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode); // somebody answered meanwhile

        // Fix: the cause reaches Operations.
        var gap = await Post(agent, "/api/v1/gaps", new { conversation = id, gap = new { attribute = "delivery-time", expected = "delivered on Tuesday", experienced = "not there on Friday", owner = "operations" } });
        Assert.Equal(("open", 1), ((string?)gap["line"]!["stage"], (int)gap["line"]!["people"]!));

        // Offer: five units; somebody follows the link, holds one and takes the code.
        var counted = await Post(shop, "/api/v1/stock", new { rows = new[] { new { sku = "KET-1", title = "Kettle", condition = "refurbished", quantity = 5, listPrice = "79.00", price = "49.00", currency = "EUR" } } });
        Assert.Equal(1, (int)counted["kept"]!);
        var item = (string)(await Get(shop, "/api/v1/stock"))["items"]![0]!["id"]!;
        var now = TimeProvider.System.GetUtcNow();
        var offer = await Post(agent, "/api/v1/offers", new { item, title = "Kettle, as good as new", price = "49.00", units = 5, opens = now.AddHours(-1), closes = now.AddHours(5), codePrefix = "KET" });
        offer = await Post(agent, $"/api/v1/offers/{(string)offer["id"]!}/publish", new { });
        using var visitor = server.Visitor();
        visitor.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x64) Firefox/140.0");
        var click = await visitor.GetAsync($"/l/{(string)offer["link"]!}");
        Assert.Equal(HttpStatusCode.Redirect, click.StatusCode);
        var held = await Post(visitor, $"/api/v1/outlet/{(string)offer["slug"]!}/holds", new { contact = "kim@example.org" });
        var code = (string)(await Post(visitor, $"/api/v1/outlet/claims/{(string)held["claim"]!}/confirm", new { }))["code"]!;

        // Orders: the offered kettle and another thing by the same person, and a stranger's order.
        object Order(string order, string? with, params (string Sku, string Amount)[] lines) =>
            new { order, placedAt = now, currency = "EUR", code = with, lines = lines.Select(l => new { sku = l.Sku, quantity = 1, amount = l.Amount }) };
        await Post(shop, "/api/v1/conversions", Order("A-1", code, ("KET-1", "49.00"), ("MUG-7", "12.35")));
        await Post(shop, "/api/v1/conversions", Order("A-1", code, ("KET-1", "49.00"), ("MUG-7", "12.35"))); // sent twice, kept once
        Assert.Equal(HttpStatusCode.Conflict, (await shop.PostAsJsonAsync("/api/v1/conversions", Order("A-1", code, ("KET-1", "48.00")))).StatusCode);
        await Post(shop, "/api/v1/conversions", Order("B-1", null, ("TENT-2", "199.99")));
        await Post(shop, "/api/v1/conversions/A-1/refunds", new { refund = "R1", at = now, lines = new[] { new { line = 2, amount = "2.35" } } });
        await server.Settle();

        // Learn: direct, halo and the rest are the orders, to the cent.
        var total = Assert.Single((await Get(agent, "/api/v1/learn/earnings"))["totals"]!.AsArray())!;
        long Minor(string name) => (long)total[name]!["minor"]!;
        Assert.Equal((4900, 1000, 19999, 4900 + 1000 + 19999), (Minor("direct"), Minor("halo"), Minor("unattributed"), Minor("all")));
    }

    [Fact]
    public async Task A_webhook_with_a_bad_signature_or_an_oversized_body_is_refused_with_a_reason()
    {
        await using var server = await HearthServer.Start();
        using var owner = await server.SignedIn();
        var source = await Post(owner, "/api/v1/sources", new { kind = "webhook", name = "Reviews" });

        var forged = await Deliver(server, source, """{"posts":[]}""", tamper: true);
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        Assert.Equal("/problems/bad-signature", (string?)(await forged.Content.ReadFromJsonAsync<JsonNode>())!["type"]);
        var huge = await Deliver(server, source, "{\"posts\":[{\"text\":\"" + new string('x', 2 << 20) + "\"}]}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
        var vague = await Deliver(server, source, """{"posts":[{"text":5}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, vague.StatusCode);
        Assert.Contains("posts", await vague.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty((await Get(owner, "/api/v1/mentions"))["items"]!.AsArray());
    }

    private static async Task<HttpResponseMessage> Deliver(HearthServer server, JsonNode source, string body, bool tamper = false)
    {
        using var sender = server.Visitor();
        var (id, at) = (Guid.NewGuid().ToString("N"), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var key = Convert.FromBase64String(((string)source["secret"]!)["whsec_".Length..]);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{at}.{(tamper ? body + " " : body)}")));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/sources/{(string)source["id"]!}/webhook") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToString());
        request.Headers.Add("webhook-signature", "v1," + signature);
        return await sender.SendAsync(request);
    }

    private static async Task<JsonNode> Get(HttpClient client, string path) => (await client.GetFromJsonAsync<JsonNode>(path, Json.Options))!;

    private static async Task<JsonNode> Post(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
