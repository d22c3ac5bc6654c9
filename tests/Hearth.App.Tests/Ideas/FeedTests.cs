using System.Net;
using System.Xml.Linq;
using Hearth.Channels.Feeds;
using Hearth.Governance;
using Hearth.Ideas;

namespace Hearth.App.Tests.Ideas;

public sealed class FeedTests
{
    private static readonly string[] Kinds = ["atom", "rss", "json"];

    [Fact]
    public async Task Each_format_is_read_whole_by_our_own_reader_without_mending()
    {
        await using var server = await HearthServer.Start();
        var lid = await Post(server, "A lid that locks & <stays> “shut”", "So that **nothing** spills ]]> & more.\u0001\n\n<script>alert(1)</script>");
        await Post(server, "A wider strap", "It cuts in from twelve kilos on.");
        await Move(server, lid, IdeaStatus.Planned, "It goes into the *spring* batch.");
        using var stranger = server.Visitor();

        foreach (var kind in Kinds)
        {
            var all = await Read(stranger, $"/ideas/feed.{kind}");
            Assert.Null(all.Mended);
            Assert.Equal(["A wider strap", "A lid that locks & <stays> “shut”"], all.Items.Select(i => i.Title));
            Assert.Contains("nothing spills ]]> & more.", all.Items[1].Text);
            Assert.Equal(new Uri(server.Address, $"/ideas/{lid.Value}").AbsoluteUri, all.Items[1].Url);
            Assert.Equal(all.Items[1].Url, all.Items[1].Id);
            Assert.Equal("Ada Lovelace", all.Items[1].Author);

            var planned = Assert.Single((await Read(stranger, $"/ideas/feed.{kind}?category=general&status=planned")).Items);
            Assert.Equal(("Planned: A lid that locks & <stays> “shut”", "It goes into the spring batch."), (planned.Title, planned.Text));
            Assert.StartsWith($"{server.Address}ideas/{lid.Value}#move-", planned.Url);
            Assert.Empty((await Read(stranger, $"/ideas/feed.{kind}?status=implemented")).Items);
            Assert.Equal(2, (await Read(stranger, $"/ideas/{lid.Value}/feed.{kind}")).Items.Count);
        }
    }

    [Fact]
    public async Task The_documents_are_what_their_standards_ask_for()
    {
        await using var server = await HearthServer.Start();
        await Post(server, "A lid that locks", "So that nothing spills.");
        using var stranger = server.Visitor();
        XNamespace atom = "http://www.w3.org/2005/Atom";

        var feed = XDocument.Parse(await stranger.GetStringAsync("/ideas/feed.atom")).Root!;
        foreach (var part in (XElement[])[feed, feed.Element(atom + "entry")!])
        {
            foreach (var name in (string[])["id", "title", "updated"]) Assert.Single(part.Elements(atom + name)); // RFC 4287, sections 4.1.1 and 4.1.2
            Assert.True(Uri.IsWellFormedUriString(part.Element(atom + "id")!.Value, UriKind.Absolute));
        }

        Assert.Contains(feed.Elements(atom + "link"), l => (string?)l.Attribute("rel") == "self" && (string?)l.Attribute("href") == new Uri(server.Address, "/ideas/feed.atom").AbsoluteUri);
        var channel = XDocument.Parse(await stranger.GetStringAsync("/ideas/feed.rss")).Root!.Element("channel")!;
        foreach (var name in (string[])["title", "link", "description"]) Assert.Single(channel.Elements(name)); // RSS 2.0, "Required channel elements"
        Assert.EndsWith("GMT", channel.Element("item")!.Element("pubDate")!.Value);

        foreach (var (kind, type) in new[] { ("atom", "application/atom+xml"), ("rss", "application/rss+xml"), ("json", "application/feed+json") })
            Assert.Equal(type, (await stranger.GetAsync($"/ideas/feed.{kind}")).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_reader_that_has_it_already_is_told_so_until_there_is_news()
    {
        await using var server = await HearthServer.Start();
        await Post(server, "A lid that locks", "So that nothing spills.");
        using var stranger = server.Visitor();
        foreach (var kind in Kinds)
        {
            var first = await stranger.GetAsync($"/ideas/feed.{kind}");
            Assert.Equal(HttpStatusCode.NotModified, await Again(first.Headers.ETag!.ToString(), null));
            Assert.Equal(HttpStatusCode.NotModified, await Again(null, first.Content.Headers.LastModified));
            await Post(server, $"Another idea for {kind}", "Because one is not enough.");
            Assert.Equal(HttpStatusCode.OK, await Again(first.Headers.ETag!.ToString(), null));

            async Task<HttpStatusCode> Again(string? tag, DateTimeOffset? since)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/ideas/feed.{kind}");
                if (tag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
                request.Headers.IfModifiedSince = since;
                return (await stranger.SendAsync(request)).StatusCode;
            }
        }
    }

    [Fact]
    public async Task Pages_name_their_feeds_and_what_is_not_there_has_none()
    {
        await using var server = await HearthServer.Start();
        var id = await Post(server, "A lid that locks", "So that nothing spills.");
        using var stranger = server.Visitor();

        Assert.Contains("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Follow this list by feed\" href=\"/ideas/feed.atom?category=general&status=planned\"", WebUtility.HtmlDecode(await stranger.GetStringAsync("/ideas?tab=new&category=general&status=planned")));
        Assert.Contains($"href=\"/ideas/{id.Value}/feed.rss\"", await stranger.GetStringAsync($"/ideas/{id.Value}"));
        foreach (var nowhere in (string[])["/ideas/feed.csv", "/ideas/feed.atom?status=sideways", "/ideas/feed.atom?category=nowhere", $"/ideas/{Guid.NewGuid()}/feed.atom"])
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(nowhere)).StatusCode);
    }

    private static async Task<Feed> Read(HttpClient stranger, string path) => ReadFeed.From(await stranger.GetByteArrayAsync(path), new(stranger.BaseAddress!, path));

    private static async Task<IdeaId> Post(HearthServer server, string title, string body)
    {
        var id = IdeaId.New();
        var author = await server.Somebody(Role.Community);
        Assert.IsType<PostedIdea.Stands>(await server.With<PostIdea, PostedIdea>(p => p.By(author, id, new(title, body, "general"), default)));
        return id;
    }

    private static async Task Move(HearthServer server, IdeaId idea, IdeaStatus to, string reason)
    {
        var agent = await server.Somebody(Role.Agent, Department.Product);
        Assert.IsType<MovedIdea.Stands>(await server.With<MoveIdea, MovedIdea>(m => m.To(agent, idea, IdeaStatus.Submitted, to, reason, default)));
    }
}
