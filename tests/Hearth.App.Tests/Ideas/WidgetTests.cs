using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hearth.App.Hosting;
using Hearth.Governance;
using Hearth.Ideas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Hearth.App.Tests.Ideas;

[Collection("browser")]
public sealed class WidgetTests(Browser browser)
{
    [Fact]
    public async Task The_widget_shows_the_board_inside_a_strict_foreign_page_without_cookies_and_tells_nobody_else()
    {
        await using var server = await HearthServer.Start();
        var lid = await Post(server, "A lid that locks", votes: 2);
        await Post(server, "<b>Bold</b> & brave", votes: 1);
        await using var foreign = await ForeignPage.Start(server.Address);
        var page = await browser.Open(server);
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        var refused = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") refused.Add(message.Text); };

        await page.GotoAsync(foreign.Address);

        await Assertions.Expect(page.Locator("li")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("li").First).ToContainTextAsync("20");
        await Assertions.Expect(page.Locator("li").Nth(1)).ToContainTextAsync("<b>Bold</b> & brave");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "A lid that locks" })).ToHaveAttributeAsync("href", $"{server.Address}ideas/{lid.Value}");
        Assert.Empty(await page.Context.CookiesAsync());
        Assert.Equal("", await page.EvaluateAsync<string>("() => document.cookie + Object.keys(localStorage) + Object.keys(sessionStorage)"));
        var home = server.Address.ToString();
        Assert.Equal([$"{home}widget/ideas.js", $"{home}api/v1/ideas?order=popular&size=5"], asked.Where(a => !a.StartsWith(foreign.Address, StringComparison.Ordinal)));
        Assert.Empty(refused);

        // The page's own style reaches none of it, and its style nothing of the page's.
        Assert.NotEqual("rgb(255, 0, 0)", await page.Locator("li a").First.EvaluateAsync<string>("a => getComputedStyle(a).color"));
        Assert.Equal("rgb(255, 0, 0)", await page.Locator("#theirs").EvaluateAsync<string>("a => getComputedStyle(a).color"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_widget_is_worked_by_keyboard_fits_a_phone_and_axe_finds_nothing_in_either_theme()
    {
        await using var server = await HearthServer.Start();
        var lid = await Post(server, "A lid that locks", votes: 1);
        await Post(server, "A wider strap for very long walks with heavy packs over the mountains", votes: 0);
        await using var foreign = await ForeignPage.Start(server.Address);
        foreach (var (width, dark) in new[] { (1440, false), (390, true), (390, false), (1440, true) })
        {
            var page = await browser.Open(server, null, width, dark);
            await page.GotoAsync(foreign.Address);
            await Assertions.Expect(page.Locator("li").First).ToContainTextAsync("A lid that locks");
            Assert.Equal([], await Browser.Violations(page));
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"wider than {width} px");

            await page.Locator("#theirs").FocusAsync();
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.PressAsync("Enter"); // the second order: new
            await Assertions.Expect(page.Locator("li").First).ToContainTextAsync("A wider strap");
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "New" })).ToHaveAttributeAsync("aria-pressed", "true");
            Assert.NotEqual("none", await page.GetByRole(AriaRole.Button, new() { Name = "New" }).EvaluateAsync<string>("b => getComputedStyle(b).outlineStyle"));
            for (var tabs = 0; tabs < 3; tabs++) await page.Keyboard.PressAsync("Tab");
            var board = await page.RunAndWaitForPopupAsync(() => page.Keyboard.PressAsync("Enter"));
            await Browser.Arrived(board, $"/ideas/{lid.Value}$");
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task A_board_that_cannot_be_reached_is_said_and_an_empty_one_invites()
    {
        await using var server = await HearthServer.Start();
        await using var foreign = await ForeignPage.Start(server.Address);
        var page = await browser.Open(server);
        await page.GotoAsync(foreign.Address);
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Be the first");
        await page.RouteAsync("**/api/v1/ideas*", route => route.AbortAsync());
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("cannot be loaded just now");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "All ideas" })).ToHaveAttributeAsync("href", $"{server.Address}ideas");
        await page.Context.CloseAsync();
    }

    [Fact]
    public void The_widget_is_below_fifteen_kilobytes() =>
        Assert.InRange(new FileInfo(Path.Combine(AppContext.BaseDirectory, "wwwroot", "widget", "ideas.js")).Length, 1, 15_000);

    [Fact]
    public async Task Other_sites_may_read_what_is_public_and_nothing_else()
    {
        await using var server = await HearthServer.Start();
        var id = await Post(server, "A lid that locks", votes: 0);
        using var owner = await server.SignedIn();
        foreach (var open in (string[])["/api/v1/ideas", $"/api/v1/ideas/{id.Value}", $"/api/v1/ideas/{id.Value}/rank", "/api/v1/ideas/in-action", "/ideas/feed.atom"])
        {
            var answer = await From(owner, HttpMethod.Get, open);
            Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        }

        foreach (var shut in (string[])["/api/v1/ideas/review", "/api/v1/me", "/ideas", $"/ideas/{id.Value}", "/api/v1/mentions"])
            Assert.False((await From(owner, HttpMethod.Get, shut)).Headers.Contains("Access-Control-Allow-Origin"), shut);
        Assert.False((await From(owner, HttpMethod.Put, $"/api/v1/ideas/{id.Value}/vote")).Headers.Contains("Access-Control-Allow-Origin"));

        var preflight = await From(owner, HttpMethod.Options, "/api/v1/ideas", ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "if-none-match"));
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal("*", Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False((await From(owner, HttpMethod.Options, "/api/v1/ideas", ("Access-Control-Request-Method", "POST"))).Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Reading_the_api_without_a_key_is_bounded_and_says_when_to_come_back()
    {
        await using var server = await HearthServer.Start(s => s with { Limits = new RateLimits { PublicReadsPerMinute = 3 } });
        using var program = await server.Program("read");
        using var stranger = server.Visitor();
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/api/v1/ideas")).StatusCode);

        var fourth = await stranger.GetAsync("/api/v1/ideas");

        Assert.Equal(HttpStatusCode.TooManyRequests, fourth.StatusCode);
        Assert.NotNull(fourth.Headers.RetryAfter);
        Assert.Equal("/problems/too-many-requests", (await fourth.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/ideas")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/ideas")).StatusCode);
    }

    private static async Task<HttpResponseMessage> From(HttpClient visitor, HttpMethod method, string path, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", "https://elsewhere.example");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await visitor.SendAsync(request);
    }

    private static async Task<IdeaId> Post(HearthServer server, string title, int votes)
    {
        var id = IdeaId.New();
        var author = await server.Somebody(Role.Community);
        await server.With<PostIdea, PostedIdea>(p => p.By(author, id, new(title, "So that nothing spills in the pack.", "general"), default));
        for (var i = 0; i < votes; i++)
        {
            var voter = await server.Somebody(Role.Community);
            await server.With<CastVote, VoteCast>(v => v.For(voter, id, Stance.Promote, default));
        }

        return id;
    }

    /// <summary>A page of another origin that allows no more than the widget asks for.</summary>
    private sealed class ForeignPage : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private ForeignPage(WebApplication app) => _app = app;

        public string Address => _app.Urls.First() + "/";

        public static async Task<ForeignPage> Start(Uri board)
        {
            var builder = WebApplication.CreateSlimBuilder();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapGet("/", (HttpContext http) =>
            {
                http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'nonce-x'; script-src {board}; connect-src {board}; img-src data:";
                return Microsoft.AspNetCore.Http.Results.Content($$"""
                    <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A shop</title><link rel="icon" href="data:,">
                    <style nonce="x">a { color: red } li { display: none !important } @media (prefers-color-scheme: dark) { html { background: #111; color: #eee } } #theirs { color: red; background: #fff; font-size: 2rem; font-weight: 700 }</style></head>
                    <body><main><h1>A shop</h1><p><a id="theirs" href="/">Their own link</a></p><script src="{{board}}widget/ideas.js" async></script></main></body></html>
                    """, "text/html");
            });
            await app.StartAsync();
            return new(app);
        }

        public async ValueTask DisposeAsync()
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}
