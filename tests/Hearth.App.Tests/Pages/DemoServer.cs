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

    private static readonly HashSet<string> Fixed = [.. typeof(Shared.Document).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template).Where(template => !template.Contains('{'))];

    /// <summary>A page, and the link on it that leads to one of its kind with an id.</summary>
    private static readonly (string From, string Link)[] Behind =
    [
        ("/listen", "/listen/mentions/"), ("/people", "/people/"), ("/listen", "/listen/views/"), ("/engage?view=All", "/engage/"), ("/engage/service-levels", "/engage/service-levels/"), ("/engage/service-levels", "/engage/service-levels/hours/"), ("/engage/report", "/engage/report/"), ("/fix", "/fix/"), ("/fix/changes", "/fix/changes/"), ("/fix/delight", "/fix/delight/"), ("/offer", "/offer/"), ("/offer/stock", "/offer/stock/"), ("/offer/orders", "/offer/orders/"),
        ("/ideas/desk", "/ideas/desk/"), ("/ideas/desk/double-dippers", "/ideas/desk/double-dippers/"), ("/ideas/storms", "/ideas/storms/"), ("/outlet", "/outlet/"), ("/ideas", "/ideas/"), ("/listen/queries", "/listen/queries/"), ("/engage/rules", "/engage/rules/"), ("/engage/saved-replies", "/engage/saved-replies/"), ("/engage/macros", "/engage/macros/"), ("/listen/sources", "/listen/sources/"),
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
        var found = new List<string>(Fixed.Order(StringComparer.Ordinal).Concat(Also));
        foreach (var (from, link) in Behind)
        {
            await page.GotoAsync(from);
            var hrefs = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href'))");
            if (Array.Find(hrefs, h => h.StartsWith(link, StringComparison.Ordinal) && !found.Contains(h.Split('?', '#')[0]) && IsId(h.Split('?', '#')[0], link)) is { } deeper) found.Add(deeper.Split('#')[0]);
        }

        found.AddRange(found.Where(f => f.StartsWith("/ideas/desk/", StringComparison.Ordinal) && Guid.TryParse(f["/ideas/desk/".Length..], out _)).SelectMany(f => new[] { f + "/merge", f + "/moderate", f.Replace("/desk", "", StringComparison.Ordinal) + "/report" }).ToList());
        found.AddRange(found.Where(f => f.StartsWith("/fix/changes/", StringComparison.Ordinal) && !f.EndsWith("/new", StringComparison.Ordinal)).Select(f => f + "/told").ToList());
        found.AddRange(found.Where(f => f.StartsWith("/ideas/", StringComparison.Ordinal) && Guid.TryParse(f["/ideas/".Length..], out _)).Select(f => f + "/history").ToList());
        found.AddRange(found.Where(f => f.StartsWith("/offer/", StringComparison.Ordinal) && Guid.TryParse(f["/offer/".Length..], out _)).Select(f => f + "/post").ToList());
        return found;
    }

    // An id, an order number or a slug; not one of the pages beside it that have a fixed address.
    private static bool IsId(string address, string link) => address.Length > link.Length && !address[link.Length..].Contains('/') && !Fixed.Contains(address);

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition("pages")]
public sealed class PagesCollection : ICollectionFixture<Browser>, ICollectionFixture<DemoServer>;
