using AngleSharp.Html.Parser;

namespace Hearth.Channels.Feeds;

/// <summary>Finds a feed's address from a web page: what the page names (RSS Advisory Board, "RSS Autodiscovery"), else where feeds usually stand.</summary>
public static class FindFeed
{
    private static readonly string[] Types = ["application/atom+xml", "application/rss+xml", "application/feed+json", "application/rdf+xml", "application/json", "text/xml", "application/xml"];

    private static readonly string[] Usual = ["feed", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json"];

    /// <summary>The feeds that a page names, the best known type first; the page's own order within a type.</summary>
    public static IReadOnlyList<Uri> NamedOn(string html, Uri page)
    {
        var document = new HtmlParser().ParseDocument(html);
        var start = Uri.TryCreate(page, document.QuerySelector("base[href]")?.GetAttribute("href") ?? "", out var given) ? given : page;
        return [.. document.QuerySelectorAll("link[rel][href]")
            .Where(l => l.GetAttribute("rel")!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains("alternate", StringComparer.OrdinalIgnoreCase))
            .Select(l => (Type: Array.IndexOf(Types, (l.GetAttribute("type") ?? "").Split(';')[0].Trim().ToLowerInvariant()), Address: ReadFeed.Absolute(l.GetAttribute("href"), start)))
            .Where(l => l is { Type: >= 0, Address: not null }).OrderBy(l => Math.Min(l.Type, 2)).Select(l => new Uri(l.Address!)).Distinct()];
    }

    /// <summary>Where a site that names none may have one: beside the page, and at the root.</summary>
    public static IReadOnlyList<Uri> UsuallyAt(Uri page)
    {
        var folder = new Uri(page, page.AbsolutePath.EndsWith('/') ? "." : page.AbsolutePath + "/");
        return [.. Usual.Select(name => new Uri(folder, name)).Concat(Usual.Select(name => new Uri(page, "/" + name))).Distinct()];
    }
}
