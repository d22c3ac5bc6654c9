using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Listening.Reading;

/// <summary>What the contract does not ask of Mastodon, on the instance written from its documentation.</summary>
public class MastodonHearingTests
{
    [Theory, EveryDatabase]
    public async Task Boosts_tags_answers_and_media_are_known_for_what_they_are_and_private_words_are_not_kept(DatabaseKind kind)
    {
        await using var server = await FakeMastodon.Start(streams: false);
        await using var house = await House(kind);
        var first = server.Post("<p>My shoes</p>", null, s => (s["tags"], s["media_attachments"]) = (Tags("shoes"), new JsonArray(new JsonObject { ["type"] = "image" })), mentions: false);
        server.Post("<p>Me too</p>", null, s => (s["in_reply_to_id"], s["tags"]) = (first, Tags("shoes")), mentions: false);
        server.Post("", null, s => (s["reblog"], s["tags"]) = (new JsonObject { ["content"] = "<p>boosted words</p>", ["id"] = "1", ["tags"] = new JsonArray() }, Tags("shoes")), mentions: false);
        server.Post("<p>for followers</p>", null, s => (s["visibility"], s["tags"]) = ("private", Tags("shoes")), mentions: false);
        server.Post("<p>a direct question to the brand</p>", null, s => s["visibility"] = "direct");
        await Listen(house, server, ("tags", "#Shoes"));
        var heard = await house.With<Database, List<MentionRow>>(db => db.Set<MentionRow>().AsNoTracking().OrderBy(m => m.ExternalId).ToListAsync());
        Assert.Equal(["My shoes", "Me too", "boosted words", "a direct question to the brand"], heard.Select(m => m.Text));
        Assert.Equal([PostKind.Original, PostKind.Reply, PostKind.Repost, PostKind.Original], heard.Select(m => m.Kind));
        Assert.Equal((Media.Image, 42L, heard[0].ThreadKey, heard[0].ExternalId), (heard[0].Has, heard[0].Followers, heard[1].ThreadKey, heard[1].ParentId));
    }

    [Fact]
    public async Task A_long_first_look_is_kept_page_by_page_and_a_met_limit_is_waited_for()
    {
        await using var server = await FakeMastodon.Start(streams: false);
        await using var house = await House(DatabaseKind.Sqlite);
        for (var n = 0; n < 130; n++) server.Post($"<p>post {n}</p>");
        var asked = 0;
        server.Instead = http =>
        {
            if (!http.Request.Path.Value!.EndsWith("notifications", StringComparison.Ordinal) || ++asked != 3) return false;
            http.Response.StatusCode = 429;
            http.Response.Headers["X-RateLimit-Reset"] = TimeProvider.System.GetUtcNow().AddSeconds(3).UtcDateTime.ToString("O");
            return true;
        };
        await Listen(house, server, wait: false);
        Assert.Equal(80, await house.With<Database, int>(db => db.Set<MentionRow>().CountAsync()));
        var source = (await house.With<Sources, IReadOnlyList<SourceView>>(s => s.All(default))).Single();
        Assert.Contains("rate limit", source.LastError, StringComparison.Ordinal);
        Assert.InRange(source.NextTry!.Value, TimeProvider.System.GetUtcNow().AddSeconds(-2), TimeProvider.System.GetUtcNow().AddSeconds(4));
        await Read(house);
        Assert.Equal(130, await house.With<Database, int>(db => db.Set<MentionRow>().CountAsync()));
    }

    [Fact]
    public async Task The_way_by_the_instances_own_page_ends_with_who_began_it_and_within_ten_minutes()
    {
        await using var server = await FakeMastodon.Start();
        await using var house = await TestHouse.Create(DatabaseKind.Sqlite, s => s.Configure<SafeHttpOptions>(o => o.AllowPrivate.Add("127.0.0.1")));
        var state = await Begin();
        Assert.IsType<Connection.Invalid>(await End(state, "a-good-code", "ben"));
        Assert.IsType<Connection.Unreachable>(await End(state, "a-wrong-code", "ada"));
        Assert.IsType<Connection.Invalid>(await End(state, null, "ada"));
        Assert.IsType<Connection.Connected>(await End(state, "a-good-code", "ada"));
        var late = await Begin();
        house.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.IsType<Connection.Invalid>(await End(late, "a-good-code", "ada"));
        Assert.IsType<Sending.Invalid>(await house.With<ConnectMastodon, Sending>(c => c.Begin("http://plain.example", "https://here.example/back", "ada", default)));

        async Task<string> Begin()
        {
            var to = Assert.IsType<Sending.To>(await house.With<ConnectMastodon, Sending>(c => c.Begin(server.Address, "https://here.example/back", "ada", default)));
            var asked = System.Web.HttpUtility.ParseQueryString(new Uri(to.Address).Query);
            Assert.Equal(("code", "read write:statuses write:media", "S256", "https://here.example/back"), (asked["response_type"], asked["scope"], asked["code_challenge_method"], asked["redirect_uri"]));
            return asked["state"]!;
        }

        Task<Connection> End(string state, string? code, string who) => house.With<ConnectMastodon, Connection>(c => c.End(state, code, who, default));
    }

    private static Task<TestHouse> House(DatabaseKind kind) => TestHouse.Create(kind, s => s.AddSingleton(TimeProvider.System).Configure<SafeHttpOptions>(o => o.AllowPrivate.Add("127.0.0.1")));

    private static JsonArray Tags(string name) => new(new JsonObject { ["name"] = name });

    private static async Task Listen(TestHouse house, FakeMastodon server, (string Name, string Value)? also = null, bool wait = true)
    {
        var account = Assert.IsType<Connection.Connected>(await house.With<ConnectMastodon, Connection>(c => c.With(server.Address, FakeMastodon.Token, default))).Account;
        var settings = new Dictionary<string, string> { ["account"] = account.Id.Value.ToString() };
        if (also is { } more) settings[more.Name] = more.Value;
        Assert.IsType<KeptSource.Done>(await house.With<Sources, KeptSource>(s => s.Add("mastodon", "Mastodon", settings, null, default)));
        await Read(house, wait);
    }

    // Until a look came to its end, or failed.
    private static async Task Read(TestHouse house, bool toTheEnd = true)
    {
        var runner = house.Services.GetRequiredService<SourceRunner>();
        await runner.StartAsync(default);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var patience = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromSeconds(40))
        {
            var source = (await house.With<Sources, IReadOnlyList<SourceView>>(s => s.All(default))).Single();
            var cursor = await house.With<Database, string?>(db => db.Set<SourceRow>().Select(s => s.Cursor).SingleAsync());
            if (toTheEnd ? cursor?.Contains("\"reviewedAt\":\"", StringComparison.Ordinal) == true : source.LastError is not null) break;
            await timer.WaitForNextTickAsync();
        }

        await runner.StopAsync(default);
    }
}
