using System.Reflection;
using Hearth.App.Demo;
using Hearth.Governance;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace Hearth.App.Tests.Pages;

/// <summary>One server with the demo's brand on it, for all tests that look at pages.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    /// <summary>Addresses that stand for many: a link that does not work, a page that is not there.</summary>
    private static readonly string[] Also = ["/welcome/not-a-link", "/not-there"];

    /// <summary>A page, and the link on it that leads to one of its kind with an id.</summary>
    private static readonly (string From, string Link)[] Behind =
    [
        ("/listen", "/listen/mentions/"), ("/listen", "/listen/views/"), ("/engage?view=All", "/engage/"), ("/fix", "/fix/"), ("/fix/changes", "/fix/changes/"), ("/fix/delight", "/fix/delight/"), ("/offer", "/offer/"), ("/offer/stock", "/offer/stock/"), ("/offer/orders", "/offer/orders/"),
        ("/ideas/desk", "/ideas/desk/"), ("/outlet", "/outlet/"), ("/ideas", "/ideas/"), ("/listen/queries", "/listen/queries/"), ("/listen/sources", "/listen/sources/"),
    ];

    public HearthServer Server { get; private set; } = null!;

    public Actor Owner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await HearthServer.Start(load: at => DemoLoader.Load(at, TimeProvider.System.GetUtcNow(), _ => { }, default));
        Owner = (await Server.With<Staff, IReadOnlyList<StaffMember>>(s => s.All())).First(s => s.Role == Role.Owner).Actor();
    }

    /// <summary>Every page there is, those behind ids as the demo's data has them.</summary>
    public async Task<IReadOnlyList<string>> Pages(IPage page)
    {
        var found = new List<string>(typeof(Shared.Document).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template)
            .Where(template => !template.Contains('{')).Order(StringComparer.Ordinal).Concat(Also));
        foreach (var (from, link) in Behind)
        {
            await page.GotoAsync(from);
            var hrefs = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href'))");
            if (Array.Find(hrefs, h => h.StartsWith(link, StringComparison.Ordinal) && IsId(h[link.Length..].Split('?', '#')[0])) is { } deeper) found.Add(deeper.Split('#')[0]);
        }

        found.AddRange(found.Where(f => f.StartsWith("/fix/changes/", StringComparison.Ordinal) && !f.EndsWith("/new", StringComparison.Ordinal)).Select(f => f + "/told").ToList());
        return found;
    }

    // An id, an order number or a slug; not one of the pages beside it ("new", "orders").
    private static bool IsId(string tail) => tail.Length > 0 && !tail.Contains('/') && tail is not ("new" or "orders" or "stock" or "outbox" or "desk" or "review" or "catalog" or "changes" or "delight");

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition("pages")]
public sealed class PagesCollection : ICollectionFixture<Browser>, ICollectionFixture<DemoServer>;
