using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Hearth.Outlet;

namespace Hearth.App.Tests.Outlet;

public sealed class OutletSiteTests
{
    [Fact]
    public async Task Crawlers_find_the_offers_that_can_be_seen_and_read_their_terms()
    {
        await using var server = await HearthServer.Start();
        var offer = await OutletHttpTests.Offer(server, title: "Lantern & <lamp>");
        var over = await OutletHttpTests.Offer(server, sku: "LAN-401");
        await server.With<EndOffer, Ended>(e => e.Early(over.Id, "The season is over.", OutletHttpTests.Merchandiser, default));
        using var stranger = server.Visitor();

        var robots = await stranger.GetStringAsync("/robots.txt");
        Assert.Contains("Disallow: /l/\n", robots, StringComparison.Ordinal);
        var map = robots.Split('\n').Single(l => l.StartsWith("Sitemap: ", StringComparison.Ordinal))["Sitemap: ".Length..];
        var places = XDocument.Parse(await stranger.GetStringAsync(map)).Descendants().Where(e => e.Name.LocalName == "loc").Select(e => e.Value).ToList();
        Assert.Equal([new Uri(server.Address, "/outlet").AbsoluteUri, new Uri(server.Address, "/ideas").AbsoluteUri, new Uri(server.Address, "/outlet/" + offer.Slug).AbsoluteUri], places);

        var html = await stranger.GetStringAsync("/outlet/" + offer.Slug);
        using var markup = JsonDocument.Parse(html.Split("application/ld+json\"")[1].Split('>', 2)[1].Split("</script>")[0]);
        var terms = markup.RootElement.GetProperty("offers");
        Assert.Equal(("Lantern & <lamp>", offer.Closes, "https://schema.org/LimitedAvailability"), (markup.RootElement.GetProperty("name").GetString()![..16], terms.GetProperty("validThrough").GetDateTimeOffset(), terms.GetProperty("availability").GetString()));
        Assert.Contains($"<meta property=\"product:price:amount\" content=\"{terms.GetProperty("price").GetString()}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_came_too_late_gets_in_line_without_scripts_and_leaves_it_by_the_link_of_the_mail()
    {
        await using var server = await HearthServer.Start();
        var offer = await OutletHttpTests.Offer(server, units: 1);
        Assert.IsType<Held.Kept>(await server.With<HoldUnit, Held>(h => h.For(ClaimId.New(), offer.Id, VisitorId.New(), "fan@example.org", default)));
        using var late = server.Visitor();
        var page = "/outlet/" + offer.Slug;

        var wrong = await late.Submit(page, "wait", [("Waiting.Contact", "@handle")]);
        Assert.Contains("Must be an e-mail address", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await late.Submit(page, "wait", [("Waiting.Contact", "late@example.org")])).StatusCode);
        Assert.Contains("You are the first in line", await late.GetStringAsync(page), StringComparison.Ordinal);

        var line = Assert.IsType<Joined.InLine>(await server.With<Waitlist, Joined>(w => w.Join(offer.Id, "late@example.org", server.Address, default)));
        Assert.Equal(1, await server.With<Waitlist, int>(w => w.Length(offer.Id, default)));
        var leave = $"/outlet/waiting/{line.Id.Value:N}";
        Assert.Contains("Leave the line?", await late.GetStringAsync(leave), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await late.Submit(leave, "leave", [])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await late.GetAsync(leave)).StatusCode);
        Assert.Equal(0, await server.With<Waitlist, int>(w => w.Length(offer.Id, default)));
    }
}
