using Hearth.App.Demo;
using Hearth.Governance;
using Microsoft.Playwright;

namespace Hearth.App.Tests.Pages;

/// <summary>One server with the demo's brand on it, for all tests that look at pages.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    // Pages without an id in their address. The rest are found behind links, see With.
    private static readonly string[] Console =
    [
        "/", "/listen", "/listen/queries", "/listen/sources", "/engage", "/engage/outbox", "/fix", "/fix/new", "/offer", "/offer/new", "/offer/stock", "/offer/orders", "/ideas/desk",
        "/learn", "/learn/credits", "/council", "/council/people", "/council/keys", "/council/channels", "/council/record", "/account",
    ];

    private static readonly string[] Public = ["/outlet", "/ideas", "/ideas/new", "/sign-in", "/sign-up", "/sign-in/code", "/welcome/not-a-link", "/not-there"];

    /// <summary>A page, and the link on it that leads to one of its kind with an id.</summary>
    private static readonly (string From, string Link)[] Behind =
    [
        ("/listen", "/listen/mentions/"), ("/engage?view=All", "/engage/"), ("/fix", "/fix/"), ("/offer", "/offer/"), ("/offer/stock", "/offer/stock/"), ("/offer/orders", "/offer/orders/"),
        ("/ideas/desk", "/ideas/desk/"), ("/outlet", "/outlet/"), ("/ideas", "/ideas/"), ("/listen/queries", "/listen/queries/"), ("/listen/sources", "/listen/sources/"),
    ];

    public HearthServer Server { get; private set; } = null!;

    public Actor Owner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await HearthServer.Start(load: at => DemoLoader.Load(at, TimeProvider.System.GetUtcNow(), _ => { }, default));
        Owner = (await Server.With<Staff, IReadOnlyList<StaffMember>>(s => s.All())).First(s => s.Role == Role.Owner).Actor();
    }

    /// <summary>Every page there is, with those behind ids as the demo's data has them. Addresses a page that nobody has built are left out by nobody: they fail.</summary>
    public async Task<IReadOnlyList<string>> Pages(IPage page)
    {
        var found = new List<string>(Console.Concat(Public));
        foreach (var (from, link) in Behind)
        {
            await page.GotoAsync(from);
            var hrefs = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href'))");
            if (Array.Find(hrefs, h => h.StartsWith(link, StringComparison.Ordinal) && IsId(h[link.Length..].Split('?', '#')[0])) is { } deeper) found.Add(deeper.Split('#')[0]);
        }

        return found;
    }

    // An id, an order number or a slug; not one of the pages beside it ("new", "orders").
    private static bool IsId(string tail) => tail.Length > 0 && !tail.Contains('/') && tail is not ("new" or "orders" or "stock" or "outbox" or "desk" or "review");

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition("pages")]
public sealed class PagesCollection : ICollectionFixture<Browser>, ICollectionFixture<DemoServer>;
