using System.Globalization;
using System.Net;
using System.Security;
using System.Text;
using Hearth.Channels.Feeds;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Listening.Reading;

public class FeedSourceTests : MentionSourceContract
{
    protected override async Task<FakeNetwork> Start() => new Network(await FeedSite.Start());

    private sealed class Network(FeedSite site) : FakeNetwork
    {
        private readonly SortedDictionary<int, (string Id, string Text, DateTimeOffset At)> _entries = [];
        private string _also = "";

        public override string Kind => "feed";

        public override async Task<Dictionary<string, string>> Settings(TestHouse house)
        {
            await Show();
            return new Dictionary<string, string>(StringComparer.Ordinal) { [FeedSource.Url] = site.Address + "/atom" };
        }

        public override Task Post(string id, string text, DateTimeOffset? at = null)
        {
            _entries[-_entries.Count] = (id, text, at ?? TimeProvider.System.GetUtcNow());
            return Show();
        }

        public override Task Edit(string id, string text)
        {
            var (place, old) = _entries.Single(e => e.Value.Id == id);
            _entries[place] = old with { Text = text };
            return Show();
        }

        // RFC 6721
        public override Task Delete(string id)
        {
            _entries.Remove(_entries.Single(e => e.Value.Id == id).Key);
            _also += $"<at:deleted-entry ref=\"{id}\" when=\"2026-01-01T00:00:00Z\"/>";
            return Show();
        }

        public override Task Malformed()
        {
            _also += "<entry><title/></entry><entry>text &nbsp; & more</entry><entry><id>bare</id></entry>\u0007";
            return Show();
        }

        public override Task Huge()
        {
            _also += $"<entry><id>huge</id><content>{new string('x', 4 << 20)}</content></entry>";
            return Show();
        }

        public override Task Break()
        {
            site.IsBroken = true;
            return Task.CompletedTask;
        }

        public override Task Mend()
        {
            site.IsBroken = false;
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => site.DisposeAsync();

        private Task Show()
        {
            var entries = string.Concat(_entries.Values.Select(e => $"<entry><id>{e.Id}</id><published>{e.At.ToString("O", CultureInfo.InvariantCulture)}</published><content>{SecurityElement.Escape(e.Text)}</content></entry>"));
            site.Pages["/atom"] = $"<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:at=\"http://purl.org/atompub/tombstones/1.0\">{_also}{entries}</feed>";
            return Task.CompletedTask;
        }
    }
}

/// <summary>Moving, finding, resting and hubs.</summary>
public class FeedTests
{
    private const string Rss = "<rss version=\"2.0\"><channel><title>Blog</title><item><guid>1</guid><title>One</title></item></channel></rss>";

    [Theory, EveryDatabase]
    public async Task A_feed_that_moved_for_good_or_is_named_on_a_page_is_asked_at_its_own_address_from_then_on(DatabaseKind kind)
    {
        await using var site = await FeedSite.Start();
        await using var house = await TestHouse.Create(kind, s => s.Configure<SafeHttpOptions>(o => o.AllowPrivate.Add("127.0.0.1")));
        site.Pages["/feed"] = Rss;
        site.Pages["/page"] = "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed\"></head></html>";
        site.Pages["/bare/"] = "<html><body>nothing</body></html>";
        (site.Moved["/old"], site.Moved["/for-now"]) = ((301, "/feed"), (302, "/feed"));
        foreach (var at in (string[])["/old", "/for-now", "/page", "/bare/"]) await house.With<Sources, KeptSource>(s => s.Add("feed", at, new Dictionary<string, string> { ["url"] = site.Address + at }, null, default));
        await house.Services.GetRequiredService<SourceRunner>().Drain(default);
        var sources = (await house.With<Sources, IReadOnlyList<SourceView>>(s => s.All(default))).ToDictionary(s => s.Name);
        Assert.All(sources.Values, s => Assert.Equal((1L, null), (s.Mentions, s.LastError)));
        Assert.Equal(site.Address + "/feed", sources["/old"].Settings["url"]);
        Assert.Equal(site.Address + "/for-now", sources["/for-now"].Settings["url"]);
        Assert.Equal(site.Address + "/feed", sources["/page"].Settings["url"]);
        Assert.Equal(site.Address + "/feed", sources["/bare/"].Settings["url"]);
    }

    [Fact]
    public async Task What_server_and_feed_say_of_resting_is_obeyed_within_bounds()
    {
        await using var site = await FeedSite.Start();
        await using var house = await TestHouse.Create(DatabaseKind.Sqlite, s => s.Configure<SafeHttpOptions>(o => o.AllowPrivate.Add("127.0.0.1")));
        site.Pages["/feed"] = Rss.Replace("<item>", "<ttl>100000</ttl><item>", StringComparison.Ordinal);
        await house.With<Sources, KeptSource>(s => s.Add("feed", "Blog", new Dictionary<string, string> { ["url"] = site.Address + "/feed" }, null, default));
        var runner = house.Services.GetRequiredService<SourceRunner>();
        for (var minute = 0; minute < 125; minute += 5)
        {
            await runner.Drain(default);
            house.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(3, site.Asked.Count(a => a == "GET /feed")); // at once, after one hour and after two
    }

    [Theory, EveryDatabase]
    public async Task A_hub_is_asked_answered_and_believed_only_with_its_signature(DatabaseKind kind)
    {
        await using var site = await FeedSite.Start();
        await using var house = await TestHouse.Create(kind, s => s.Configure<SafeHttpOptions>(o => o.AllowPrivate.Add("127.0.0.1")).AddSingleton(new PublicAddress("https://hearth.example")));
        var topic = site.Address + "/feed";
        site.Pages["/feed"] = Rss.Replace("<item>", $"<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"hub\" href=\"{site.Address}/hub\"/><item>", StringComparison.Ordinal);
        site.Pages["/hub"] = "accepted";
        var source = Assert.IsType<KeptSource.Done>(await house.With<Sources, KeptSource>(s => s.Add("feed", "Blog", new Dictionary<string, string> { ["url"] = topic }, null, default))).Source;
        var runner = house.Services.GetRequiredService<SourceRunner>();
        await runner.Drain(default);
        var asked = site.Forms.Single();
        Assert.Equal(("subscribe", topic, $"https://hearth.example/api/v1/sources/{source.Value}/websub"), (asked["hub.mode"], asked["hub.topic"], asked["hub.callback"]));

        Assert.Null(await Verify("subscribe", "https://other.example/feed"));
        Assert.Null(await Verify("unsubscribe", topic));
        Assert.Equal("challenge", await Verify("subscribe", topic));
        Assert.Null(await house.With<FeedHubs, string?>(h => h.Verify(SourceId.New(), "subscribe", topic, "challenge", "60", default)));

        var news = Encoding.UTF8.GetBytes("<rss version=\"2.0\"><channel><item><guid>2</guid><title>Two</title></item></channel></rss>");
        Assert.Equal(0, (await Take(WebSub.Sign("guess", news), news))!.Kept);
        Assert.Equal(0, (await Take(null, news))!.Kept);
        Assert.Equal(1, (await Take(WebSub.Sign(asked["hub.secret"], news), news))!.Kept);
#pragma warning disable CA5350 // what a hub that chose sha1 sends
        Assert.Equal(1, (await Take("sha1=" + Convert.ToHexString(System.Security.Cryptography.HMACSHA1.HashData(Encoding.UTF8.GetBytes(asked["hub.secret"]), news)), news))!.Repeated);
#pragma warning restore CA5350

        // While the hub tells, the feed is asked once an hour; near the end of the lease the hub is asked again.
        for (var hour = 0; hour < 24 * 10; hour++)
        {
            house.Clock.Advance(TimeSpan.FromHours(1));
            await runner.Drain(default);
            await runner.Drain(default);
        }

        Assert.InRange(site.Forms.Count, 2, 30);
        Assert.Equal(asked["hub.secret"], site.Forms[1]["hub.secret"]);
        Assert.Equal(2, await house.With<Database, int>(db => db.Set<MentionRow>().CountAsync()));

        Task<string?> Verify(string mode, string what) => house.With<FeedHubs, string?>(h => h.Verify(source, mode, what, "challenge", "864000", default));

        Task<Received?> Take(string? signature, byte[] body) => house.With<FeedHubs, Received?>(h => h.Take(source, signature, body, default));
    }
}

/// <summary>A site that shows pages, knows ETags, and has moved some.</summary>
internal sealed class FeedSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FeedSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Answer);
    }

    public string Address => _app.Urls.First();

    public volatile bool IsBroken;

    public System.Collections.Concurrent.ConcurrentDictionary<string, string> Pages { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, (int Status, string To)> Moved { get; } = new(StringComparer.Ordinal);

    public List<string> Asked { get; } = [];

    public List<Dictionary<string, string>> Forms { get; } = [];

    public static async Task<FeedSite> Start()
    {
        var site = new FeedSite();
        await site._app.StartAsync();
        return site;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        lock (Asked) Asked.Add($"{http.Request.Method} {path}");
        if (http.Request.HasFormContentType) Forms.Add((await http.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal));
        if (Moved.TryGetValue(path, out var moved)) (http.Response.StatusCode, http.Response.Headers.Location) = (moved.Status, moved.To);
        else if (IsBroken) http.Response.StatusCode = (int)HttpStatusCode.InternalServerError;
        else if (!Pages.TryGetValue(path, out var page)) http.Response.StatusCode = (int)HttpStatusCode.NotFound;
        else
        {
            var etag = $"\"{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(page)))}\"";
            http.Response.Headers.ETag = etag;
            if (http.Request.Headers.IfNoneMatch == etag) http.Response.StatusCode = (int)HttpStatusCode.NotModified;
            else await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(page));
        }
    }
}
