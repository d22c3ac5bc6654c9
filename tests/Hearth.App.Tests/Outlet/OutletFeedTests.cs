using System.Net;
using System.Xml.Linq;
using Hearth.Channels.Feeds;
using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.App.Tests.Outlet;

public sealed class OutletFeedTests
{
    private static readonly string[] Kinds = ["atom", "rss", "json"];

    [Fact]
    public async Task Each_format_tells_the_running_offers_whole_and_by_condition()
    {
        await using var server = await HearthServer.Start();
        var offer = await OutletHttpTests.Offer(server, title: "Lantern & <lamp>");
        using var stranger = server.Visitor();

        foreach (var kind in Kinds)
        {
            var all = await Read(stranger, $"/outlet/feed.{kind}");
            Assert.Null(all.Mended);
            var item = Assert.Single(all.Items);
            Assert.Equal($"Lantern & <lamp>, like new, {offer.Price}", item.Title);
            Assert.Equal(new Uri(server.Address, "/outlet/" + offer.Slug).AbsoluteUri, item.Url);
            Assert.Equal(item.Url, item.Id);
            Assert.Contains($"{offer.Price} instead of {offer.ListPrice}, 36 % off. 25 units", item.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Sold out", item.Text, StringComparison.Ordinal);
            Assert.Single((await Read(stranger, $"/outlet/feed.{kind}?condition=refurbished")).Items);
            Assert.Empty((await Read(stranger, $"/outlet/feed.{kind}?condition=scratchAndDent")).Items);
        }
    }

    [Fact]
    public async Task A_sold_out_offer_says_so_also_to_a_reader_that_had_the_feed_and_an_ended_one_is_gone()
    {
        await using var server = await HearthServer.Start();
        var offer = await OutletHttpTests.Offer(server, units: 1);
        using var stranger = server.Visitor();
        var before = new Dictionary<string, string>();
        foreach (var kind in Kinds)
        {
            var first = await stranger.GetAsync($"/outlet/feed.{kind}");
            before[kind] = first.Headers.ETag!.ToString();
            Assert.Null(first.Content.Headers.LastModified);
            Assert.Equal(HttpStatusCode.NotModified, await Again(stranger, kind, before[kind]));
        }

        Assert.IsType<Held.Kept>(await server.With<HoldUnit, Held>(h => h.For(ClaimId.New(), offer.Id, VisitorId.New(), "fan@example.org", default)));
        foreach (var kind in Kinds)
        {
            Assert.Equal(HttpStatusCode.OK, await Again(stranger, kind, before[kind]));
            var item = Assert.Single((await Read(stranger, $"/outlet/feed.{kind}")).Items);
            Assert.StartsWith("Sold out: Beacon", item.Title, StringComparison.Ordinal);
            Assert.StartsWith("Sold out.", item.Text, StringComparison.Ordinal);
        }

        await server.With<EndOffer, Ended>(e => e.Early(offer.Id, "The season is over.", OutletHttpTests.Merchandiser, default));
        foreach (var kind in Kinds) Assert.Empty((await Read(stranger, $"/outlet/feed.{kind}")).Items);
    }

    [Fact]
    public async Task The_documents_are_what_their_standards_ask_for_and_an_empty_outlet_has_them_too()
    {
        await using var server = await HearthServer.Start();
        using var stranger = server.Visitor();
        foreach (var kind in Kinds) Assert.Empty((await Read(stranger, $"/outlet/feed.{kind}")).Items);
        await OutletHttpTests.Offer(server);

        XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = XDocument.Parse(await stranger.GetStringAsync("/outlet/feed.atom?condition=refurbished")).Root!;
        Assert.Contains(feed.Elements(atom + "link"), l => (string?)l.Attribute("rel") == "self" && (string?)l.Attribute("href") == new Uri(server.Address, "/outlet/feed.atom?condition=refurbished").AbsoluteUri);
        Assert.Contains(feed.Elements(atom + "link"), l => (string?)l.Attribute("rel") == "alternate" && (string?)l.Attribute("href") == new Uri(server.Address, "/outlet?condition=refurbished").AbsoluteUri);
        foreach (var (kind, type) in new[] { ("atom", "application/atom+xml"), ("rss", "application/rss+xml"), ("json", "application/feed+json") })
            Assert.Equal(type, (await stranger.GetAsync($"/outlet/feed.{kind}")).Content.Headers.ContentType!.MediaType);
        foreach (var nowhere in (string[])["/outlet/feed.csv", "/outlet/feed.atom?condition=melted"])
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(nowhere)).StatusCode);
    }

    [Fact]
    public async Task The_outlet_page_names_its_feeds_and_shows_one_condition()
    {
        await using var server = await HearthServer.Start();
        await OutletHttpTests.Offer(server);
        using var stranger = server.Visitor();

        var page = await stranger.GetStringAsync("/outlet");
        Assert.Matches("<link rel=\"alternate\" type=\"application/rss[+]xml\" title=\"Follow the outlet by feed\" href=\"/outlet/feed.rss\"", WebUtility.HtmlDecode(page));
        Assert.Contains("<meta name=\"description\" content=\"Today's outlet offers", page, StringComparison.Ordinal);
        var refurbished = await stranger.GetStringAsync("/outlet?condition=refurbished");
        Assert.Contains("href=\"/outlet/feed.json?condition=refurbished\"", refurbished, StringComparison.Ordinal);
        Assert.Contains("Beacon 400 lantern", refurbished, StringComparison.Ordinal);
        Assert.DoesNotContain("Beacon 400 lantern", await stranger.GetStringAsync("/outlet?condition=overstock"), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> Again(HttpClient stranger, string kind, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/outlet/feed.{kind}");
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await stranger.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<Feed> Read(HttpClient stranger, string path) => ReadFeed.From(await stranger.GetByteArrayAsync(path), new(stranger.BaseAddress!, path));
}
