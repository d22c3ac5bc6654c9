using System.Globalization;
using System.Xml.Linq;
using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.App.Public;

/// <summary><c>/robots.txt</c> (RFC 9309) and <c>/sitemap.xml</c> (sitemaps.org, protocol 0.9): what crawlers may find, which are the public front pages and the offers that can be seen.</summary>
internal static class SiteMap
{
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static void MapSiteMap(this IEndpointRouteBuilder app)
    {
        app.MapGet("/robots.txt", (HttpContext http, PublicAddress address) => Results.Text(
            $"User-agent: *\nDisallow: /l/\nDisallow: /api/\nDisallow: /sign-in\nDisallow: /account\nSitemap: {address.Of(http)}/sitemap.xml\n")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/sitemap.xml", async (HttpContext http, PublicAddress address, ReadOffers offers, CancellationToken ct) =>
        {
            var home = address.Of(http);
            var pages = from o in await offers.Public(ct) select new XElement(Map + "url", new XElement(Map + "loc", $"{home}/outlet/{o.Slug}"),
                new XElement(Map + "lastmod", (o.PublishedAt ?? o.CreatedAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
            var fronts = from path in new[] { "/outlet", "/ideas" } select new XElement(Map + "url", new XElement(Map + "loc", home + path));
            return Results.Text(new XDeclaration("1.0", "utf-8", null) + "\n" + new XElement(Map + "urlset", fronts, pages), "application/xml", System.Text.Encoding.UTF8);
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
