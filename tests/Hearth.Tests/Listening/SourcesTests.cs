using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Hearth.Channels.Webhooks;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Listening;

public class SourcesTests
{
    [Theory, EveryDatabase]
    public async Task A_feed_is_asked_conditionally_and_each_item_kept_once(DatabaseKind kind)
    {
        await using var site = await Site.Start();
        await using var house = await TestHouse.Create(kind, s => s.Configure<SafeHttpOptions>(o => o.AllowPrivate.Add("127.0.0.1")));
        site.Feed = Feed(1, 2);
        Assert.IsType<KeptSource.Done>(await Add(house, site));

        await house.Settle();
        house.Clock.Advance(TimeSpan.FromMinutes(6));
        await house.Settle();
        site.Feed = Feed(1, 2, 3);
        house.Clock.Advance(TimeSpan.FromMinutes(6));
        await house.Settle();

        var source = Assert.Single(await house.With<Sources, IReadOnlyList<SourceView>>(s => s.All(default)));
        Assert.Equal((3L, null, 0), (source.Mentions, source.LastError, source.Failures));
        Assert.Equal([200, 304, 200], site.Answers);
        var mention = (await house.With<ListMentions, Page<MentionView>?>(l => l.Run(new(Text: "\"item 3\""), null, 10, default)))!.Items.Single();
        Assert.Equal(("web", "https://blog.example/3"), (mention.Network, mention.Url!));
    }

    [Theory, EveryDatabase]
    public async Task A_feed_that_fails_says_so_backs_off_and_recovers(DatabaseKind kind)
    {
        await using var site = await Site.Start();
        await using var house = await TestHouse.Create(kind, s => s.Configure<SafeHttpOptions>(o => o.AllowPrivate.Add("127.0.0.1")));
        await Add(house, site); // nothing is there: 404

        await house.Settle();
        var first = Assert.Single(await house.With<Sources, IReadOnlyList<SourceView>>(s => s.All(default)));
        Assert.Equal(("The server answered 404 Not Found.", 1), (first.LastError!, first.Failures));
        house.Clock.Advance(first.NextTry!.Value - house.Clock.Now());
        await house.Settle();
        var second = Assert.Single(await house.With<Sources, IReadOnlyList<SourceView>>(s => s.All(default)));
        Assert.Equal(2, second.Failures);
        Assert.True(second.NextTry - house.Clock.Now() > first.NextTry - new DateTimeOffset(2026, 9, 1, 9, 0, 0, TimeSpan.Zero));

        site.Feed = Feed(1);
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await house.Settle();
        var healed = Assert.Single(await house.With<Sources, IReadOnlyList<SourceView>>(s => s.All(default)));
        Assert.Equal((1L, null, 0), (healed.Mentions, healed.LastError, healed.Failures));
    }

    [Theory, EveryDatabase]
    public async Task A_private_address_is_not_asked(DatabaseKind kind)
    {
        await using var site = await Site.Start();
        await using var house = await TestHouse.Create(kind);
        site.Feed = Feed(1);
        await Add(house, site);

        await house.Settle();

        Assert.Contains("private address", Assert.Single(await house.With<Sources, IReadOnlyList<SourceView>>(s => s.All(default))).LastError, StringComparison.Ordinal);
        Assert.Empty(site.Answers);
    }

    [Theory, EveryDatabase]
    public async Task A_signed_message_is_taken_once_and_a_bad_one_never(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var hook = Assert.IsType<KeptSource.Done>(await house.With<Sources, KeptSource>(s => s.Add(Sources.Webhook, "Shop", new Dictionary<string, string>(), null, default)));
        Assert.StartsWith("whsec_", hook.Secret, StringComparison.Ordinal);
        const string post = """{"text": "Broken on arrival", "at": "2026-08-31T10:00:00Z", "author": {"handle": "@ann"}}""";

        Assert.Equal(1, Assert.IsType<WebhookOutcome.Taken>(await Send(house, hook, post, "msg_1")).Received.Kept);
        Assert.Equal(1, Assert.IsType<WebhookOutcome.Taken>(await Send(house, hook, post, "msg_1")).Received.Repeated);
        Assert.Equal(3, Assert.IsType<WebhookOutcome.Taken>(await Send(house, hook, """{"posts": [{"text": "a"}, {"text": "b"}, {"text": "c", "id": "own"}]}""", "msg_2")).Received.Kept);
        Assert.IsType<WebhookOutcome.NotTrusted>(await Send(house, hook, post, "msg_3", secret: StandardWebhook.NewSecret()));
        Assert.IsType<WebhookOutcome.Unknown>(await Send(house, hook with { Source = SourceId.New() }, post, "msg_4"));

        var mention = (await house.With<ListMentions, Page<MentionView>?>(l => l.Run(new(Author: "ann"), null, 10, default)))!.Items.Single();
        Assert.Equal(("msg_1", "ann"), (mention.ExternalId, mention.Author!.Handle));
    }

    [Theory]
    [InlineData("not json", "$")]
    [InlineData("[]", "$")]
    [InlineData("{}", "text")]
    [InlineData("""{"text": 5}""", "text")]
    [InlineData("""{"text": "x", "at": "yesterday"}""", "at")]
    [InlineData("""{"posts": []}""", "posts")]
    [InlineData("""{"posts": [{"text": "fine"}, {"text": ""}]}""", "posts[1].text")]
    [InlineData("""{"posts": [{"text": "fine"}, {"text": "x", "author": "ann"}]}""", "posts[1].author")]
    [InlineData("""{"posts": [null]}""", "posts[0]")]
    public async Task What_is_wrong_with_a_message_is_named_by_its_field(string body, string field)
    {
        await using var house = await TestHouse.Create(DatabaseKind.Sqlite);
        var hook = Assert.IsType<KeptSource.Done>(await house.With<Sources, KeptSource>(s => s.Add(Sources.Webhook, "Shop", new Dictionary<string, string>(), null, default)));

        var invalid = Assert.IsType<WebhookOutcome.Invalid>(await Send(house, hook, body, "msg_1"));

        Assert.Equal(field, invalid.Error.Field);
    }

    [Theory, EveryDatabase]
    public async Task A_source_that_cannot_work_is_refused_by_field(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);

        Assert.Equal(["kind"], await Fields("pigeon", "x", "https://a.example"));
        Assert.Equal(["name", "url"], await Fields("feed", "", "ftp://a.example"));
        Assert.Empty(await Fields("feed", "A", "https://a.example"));
        Assert.Equal(["name"], await Fields("feed", " A ", "https://a.example"));

        async Task<string[]> Fields(string of, string name, string url) =>
            await house.With<Sources, KeptSource>(s => s.Add(of, name, new Dictionary<string, string> { ["url"] = url }, null, default)) is KeptSource.Invalid invalid ? [.. invalid.Errors.Select(e => e.Field)] : [];
    }

    private static Task<WebhookOutcome> Send(TestHouse house, KeptSource.Done hook, string body, string id, string? secret = null)
    {
        var (bytes, now) = (Encoding.UTF8.GetBytes(body), house.Clock.Now());
        return house.With<ReceiveWebhook, WebhookOutcome>(w => w.Run(hook.Source, id, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), StandardWebhook.Sign(secret ?? hook.Secret!, id, now, bytes), bytes, default));
    }

    private static Task<KeptSource> Add(TestHouse house, Site site) =>
        house.With<Sources, KeptSource>(s => s.Add("feed", "Blog", new Dictionary<string, string> { [FeedSource.Url] = site.Address + "/feed" }, null, default));

    private static string Feed(params int[] items) => $"<rss version=\"2.0\"><channel><title>Blog</title>{string.Concat(items.Select(n =>
        $"<item><guid isPermaLink=\"false\">g{n}</guid><title>Item {n}</title><link>https://blog.example/{n}</link><pubDate>Mon, 31 Aug 2026 10:0{n}:00 GMT</pubDate></item>"))}</channel></rss>";

    /// <summary>A small web site with one feed that knows ETags.</summary>
    private sealed class Site(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<int> _answers = new();

        public string? Feed { get; set; }

        public int[] Answers => [.. _answers];

        public string Address => app.Urls.First();

        public static async Task<Site> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var site = new Site(app);
            app.MapGet("/feed", (HttpRequest request) => site.Answer(request));
            await app.StartAsync();
            return site;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private IResult Answer(HttpRequest request)
        {
            if (Feed is null) return Results.NotFound();
            var etag = $"\"{Feed.Length}\"";
            var known = request.Headers.IfNoneMatch == etag;
            _answers.Enqueue(known ? 304 : 200);
            request.HttpContext.Response.Headers.ETag = etag;
            return known ? Results.StatusCode(304) : Results.Text(Feed, "application/rss+xml");
        }
    }
}
