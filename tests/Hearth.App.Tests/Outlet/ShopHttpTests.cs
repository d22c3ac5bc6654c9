using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearth.Governance;
using Hearth.Learning;
using Hearth.Platform;

namespace Hearth.App.Tests.Outlet;

public class ShopHttpTests
{
    private const string Secret = "hook secret 42";

    private static HttpRequestMessage Delivery(string address, string topic, string body, string? secret = Secret, string id = "d1")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-WC-Webhook-Topic", topic);
        request.Headers.Add("X-WC-Webhook-Delivery-ID", id);
        if (secret is not null) request.Headers.Add("X-WC-Webhook-Signature", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body))));
        return request;
    }

    private static string Order(string total, string changed, string status = "processing") => $$"""
        { "id": 5, "number": "1005", "status": "{{status}}", "currency": "EUR", "date_created_gmt": "2026-09-01T08:00:00", "date_modified_gmt": "{{changed}}", "date_paid_gmt": "2026-09-01T08:00:00",
          "line_items": [{ "id": 1, "sku": "MUG", "quantity": 1, "total": "{{total}}", "total_tax": "0" }] }
        """;

    [Fact]
    public async Task A_shop_is_connected_delivers_and_the_report_follows_what_it_changes()
    {
        await using var server = await HearthServer.Start();
        using var lead = await server.SignedIn(Role.Lead);
        using var program = await server.Program("read", "orders");
        var connected = await (await lead.PostAsJsonAsync("/api/v1/shops", new { kind = "wooCommerce", name = "Lantern shop", secret = Secret })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.DoesNotContain(Secret, connected.GetRawText(), StringComparison.Ordinal);
        var hook = $"/api/v1/shops/{connected.GetProperty("id").GetGuid()}/webhook";
        using var shop = new HttpClient { BaseAddress = server.Address };

        using (var ping = await shop.PostAsync(hook, new StringContent("webhook_id=3", Encoding.UTF8, "application/x-www-form-urlencoded"))) Assert.Equal(HttpStatusCode.OK, ping.StatusCode);
        using (var unsigned = await shop.SendAsync(Delivery(hook, "order.created", Order("9.99", "2026-09-01T08:00:00"), null))) Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        using (var wrong = await shop.SendAsync(Delivery(hook, "order.created", Order("9.99", "2026-09-01T08:00:00"), "another one"))) Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using (var huge = await shop.SendAsync(Delivery(hook, "order.created", new string(' ', (1 << 20) + 1)))) Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
        using (var broken = await shop.SendAsync(Delivery(hook, "order.created", "{\"id\":")))
        {
            Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
            Assert.Contains("is not JSON", await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        foreach (var again in new[] { false, true })
        {
            using var taken = await shop.SendAsync(Delivery(hook, "order.created", Order("9.99", "2026-09-01T08:00:00")));
            Assert.Equal((HttpStatusCode.OK, again), (taken.StatusCode, (await taken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("again").GetBoolean()));
        }

        await server.Settle();
        async Task<long> Unattributed() => Assert.Single((await program.GetFromJsonAsync<Earnings>("/api/v1/learn/earnings?from=2026-08-01", Json.Options))!.Totals).Unattributed.Minor;
        Assert.Equal(999, await Unattributed());
        using (var changed = await shop.SendAsync(Delivery(hook, "order.updated", Order("12.50", "2026-09-01T09:00:00"), id: "d2"))) Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await server.Settle();
        Assert.Equal(1250, await Unattributed());

        var page = await lead.GetStringAsync("/offer/shops");
        Assert.Contains("is not JSON", page, StringComparison.Ordinal);
        Assert.Contains(hook, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);
        using (var gone = await lead.DeleteAsync(hook[..^"/webhook".Length])) Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        using (var late = await shop.SendAsync(Delivery(hook, "order.updated", Order("1.00", "2026-09-02T09:00:00"), id: "d3"))) Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task A_lead_connects_a_shop_on_its_page_and_others_only_look()
    {
        await using var server = await HearthServer.Start();
        using var lead = await server.SignedIn(Role.Lead);
        using var agent = await server.SignedIn(Role.Agent);
        Assert.DoesNotContain("Connect a shop", await agent.GetStringAsync("/offer/shops"), StringComparison.Ordinal);
        using (var refused = await agent.PostAsJsonAsync("/api/v1/shops", new { kind = "shopify", name = "Mine", secret = Secret })) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        Task<HttpResponseMessage> Connect(string secret) => lead.Submit("/offer/shops", "connect", [("Input.Kind", "Shopify"), ("Input.Name", "Lantern shop"), ("Input.Secret", secret), ("Input.Prefix", "de-")]);
        using (var wrong = await Connect("short")) Assert.Contains("Must have 8 to 200 characters", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var done = await Connect(Secret)) Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        var page = await agent.GetStringAsync("/offer/shops");
        Assert.Contains("Lantern shop", page, StringComparison.Ordinal);
        Assert.Contains("none came yet", page, StringComparison.Ordinal);
    }
}
