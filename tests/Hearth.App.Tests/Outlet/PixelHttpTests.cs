using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.App.Tests.Outlet;

[Collection("browser")]
public class PixelHttpTests(Browser browser)
{
    private const string Body = """{ "order": "1187", "currency": "EUR", "lines": [{ "sku": "MUG", "quantity": 1, "amount": "9.99" }], "click": "01990000-0000-7000-8000-000000000001" }""";

    private static async Task<string> Site(HearthServer server, string origin)
    {
        using var lead = await server.SignedIn(Role.Lead);
        return (await (await lead.PostAsJsonAsync("/api/v1/pixel-sites", new { origin })).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    private static async Task<HttpResponseMessage> Post(HttpClient shop, string key, string? origin, string body = Body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/pixel/{key}") { Content = new StringContent(body) };
        if (origin is not null) request.Headers.Add("Origin", origin);
        return await shop.SendAsync(request);
    }

    [Fact]
    public void The_script_is_below_two_kilobytes() => Assert.InRange(new FileInfo(Path.Combine(AppContext.BaseDirectory, "wwwroot", "shop", "pixel.js")).Length, 500, 2047);

    [Fact]
    public async Task Only_the_sites_own_pages_tell_of_orders()
    {
        await using var server = await HearthServer.Start();
        var key = await Site(server, "https://shop.example");
        using var shop = new HttpClient { BaseAddress = server.Address };
        using (var foreign = await Post(shop, key, "https://evil.example"))
        {
            Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
            Assert.False(foreign.Headers.Contains("Access-Control-Allow-Origin"));
        }

        using (var none = await Post(shop, key, null)) Assert.Equal(HttpStatusCode.Forbidden, none.StatusCode);
        using (var unknown = await Post(shop, "nokey", "https://shop.example")) Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using (var broken = await Post(shop, key, "https://shop.example", "{")) Assert.Contains("is not JSON", await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var nothing = await Post(shop, key, "https://shop.example", "null")) Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
        using (var wrong = await Post(shop, key, "https://shop.example", Body.Replace("9.99", "9.999", StringComparison.Ordinal))) Assert.Contains("lines[0].amount", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var told = await Post(shop, key, "https://shop.example")) Assert.Equal((HttpStatusCode.NoContent, "https://shop.example"), (told.StatusCode, told.Headers.GetValues("Access-Control-Allow-Origin").Single()));

        using var program = await server.Program("read", "orders");
        async Task<bool> Unverified(string order) => (await program.GetFromJsonAsync<JsonElement>("/api/v1/conversions/" + order)).GetProperty("order").GetProperty("unverified").GetBoolean();
        Assert.True(await Unverified("1187"));
        var shopsWord = new { order = "1187", placedAt = TimeProvider.System.GetUtcNow(), currency = "EUR", lines = new[] { new { sku = "MUG", quantity = 2, amount = "19.98" } } };
        using (var verified = await program.PostAsJsonAsync("/api/v1/conversions", shopsWord)) Assert.Equal(HttpStatusCode.OK, verified.StatusCode);
        Assert.False(await Unverified("1187"));

        using var image = await shop.GetAsync($"/api/v1/pixel/{key}/order.gif?order=1188&currency=EUR&sku=MUG&quantity=1&amount=9.99&sku=LAN-400&quantity=1&amount=44.00");
        Assert.Equal((HttpStatusCode.OK, "image/gif", "no-store"), (image.StatusCode, image.Content.Headers.ContentType!.MediaType, image.Headers.CacheControl!.ToString()));
        Assert.True(await Unverified("1188"));
        using (var uneven = await shop.GetAsync($"/api/v1/pixel/{key}/order.gif?order=1189&currency=EUR&sku=MUG")) Assert.Equal(HttpStatusCode.BadRequest, uneven.StatusCode);
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/pixel/{key}/order.gif?order=1190&currency=EUR&sku=MUG&quantity=1&amount=9.99") { Headers = { Referrer = new("https://evil.example/x") } };
        using (var refused = await shop.SendAsync(elsewhere)) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Too_many_in_a_minute_wait()
    {
        await using var server = await HearthServer.Start(s => s with { Limits = s.Limits with { PublicWritesPerMinute = 20 } });
        var key = await Site(server, "https://shop.example");
        using var shop = new HttpClient { BaseAddress = server.Address };
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 30; i++) using (var image = await shop.GetAsync($"/api/v1/pixel/{key}/order.gif?order=1&currency=EUR&sku=MUG&quantity=1&amount=1")) answers.Add(image.StatusCode);
        Assert.Contains(HttpStatusCode.OK, answers);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Fact]
    public async Task In_a_browser_the_click_is_kept_only_with_consent_and_told_with_the_order()
    {
        await using var server = await HearthServer.Start();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var shop = builder.Build();
        var key = "";
        shop.MapGet("/{**page}", (string? page) => Results.Content($"<!DOCTYPE html><title>Shop</title><script src=\"{server.Address}shop/pixel.js\" data-site=\"{key}\"{(page == "agreed" ? " data-consent" : "")}></script>", "text/html"));
        await shop.StartAsync();
        var origin = shop.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        key = await Site(server, origin);
        using var program = await server.Program("read");
        var page = await browser.Open(server);
        var (without, with) = (Guid.NewGuid(), Guid.NewGuid());
        async Task<string?> Ordered(string number)
        {
            Assert.True(await page.EvaluateAsync<bool>("n => hearth.order({ order: n, currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1, amount: '9.99' }] })", number));
            return (await program.GetFromJsonAsync<JsonElement>("/api/v1/conversions/" + number)).GetProperty("order").GetProperty("click").GetString();
        }

        await page.GotoAsync($"{origin}/?hearth_click={without}");
        await page.GotoAsync($"{origin}/thanks");
        Assert.Null(await Ordered("1"));
        await page.GotoAsync($"{origin}/agreed?hearth_click={with}");
        await page.GotoAsync($"{origin}/thanks");
        Assert.Equal(with.ToString(), await Ordered("2"));
        await page.EvaluateAsync("() => hearth.consent(false)");
        Assert.Null(await Ordered("3"));
        await page.GotoAsync($"{origin}/?hearth_click={without}");
        await page.EvaluateAsync("() => hearth.consent(true)");
        await page.GotoAsync($"{origin}/thanks");
        Assert.Equal(without.ToString(), await Ordered("4"));
    }
}
