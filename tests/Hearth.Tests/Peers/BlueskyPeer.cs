using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>The real Bluesky network that ./test starts.</summary>
internal static class BlueskyPeer
{
    public static Uri Address => new(Environment.GetEnvironmentVariable("HEARTH_TEST_BLUESKY") is { Length: > 0 } given ? given : throw new InvalidOperationException(
        "No Bluesky network to test against. Run ./test, or: tests/peers/install; tests/peers/bluesky start DIR; and export what that prints."));

    /// <summary>The real clock and leave to reach the peer.</summary>
    public static IServiceCollection Use(IServiceCollection services) => services.AddSingleton(TimeProvider.System)
        .Configure<SafeHttpOptions>(o => o.AllowPrivate.Add(Address.Authority)).Configure<JobOptions>(o => o.Lease = TimeSpan.FromSeconds(1));

    /// <summary>A new account with a handle of its own.</summary>
    public static async Task<BlueskyPerson> Join(string name)
    {
        var client = new HttpClient { BaseAddress = new Uri(Address, "/xrpc/") };
        var handle = $"{name}-{Guid.NewGuid().ToString("N")[..8]}.test";
        using var made = await client.PostAsJsonAsync("com.atproto.server.createAccount", new { handle, email = handle + "@example.org", password = "a-long-password" });
        made.EnsureSuccessStatusCode();
        var session = (await made.Content.ReadFromJsonAsync<JsonNode>())!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)session["accessJwt"]!);
        return new BlueskyPerson(client, (string)session["did"]!, handle);
    }

    /// <summary>Connects an account of the peer to a house, with an app password.</summary>
    public static async Task<ChannelAccountView> Connect(this TestHouse house, BlueskyPerson brand)
    {
        var password = await brand.AppPassword();
        var connection = await house.With<ConnectBluesky, Connection>(c => c.With(Address.ToString(), "@" + brand.Handle, password, default));
        return Assert.IsType<Connection.Connected>(connection).Account;
    }

    /// <summary>Lets the house work until something is so; fails after half a minute unless told otherwise.</summary>
    public static async Task<T> Until<T>(this TestHouse house, Func<Task<T?>> look, string what, TimeSpan? within = null) where T : class
    {
        var (facts, jobs, sources) = (house.Services.GetRequiredService<FactDispatcher>(), house.Services.GetRequiredService<JobWorker>(), house.Services.GetRequiredService<SourceRunner>());
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var patience = within ?? TimeSpan.FromSeconds(30);
        using var limit = new CancellationTokenSource(patience);
        while (!limit.IsCancellationRequested)
        {
            await facts.Drain(default);
            await jobs.Drain(default);
            await sources.Drain(default);
            if (await look() is { } found) return found;
            await timer.WaitForNextTickAsync();
        }

        throw new InvalidOperationException($"Not within {patience.TotalSeconds:F0} s: {what}");
    }
}

/// <summary>Somebody on the network, by their own client.</summary>
internal sealed record BlueskyPerson(HttpClient Client, string Did, string Handle)
{
    public async Task<string> AppPassword() => (string)(await Call("com.atproto.server.createAppPassword", new { name = "hearth-" + Guid.NewGuid().ToString("N")[..6] }))["password"]!;

    /// <summary>Posts; a mention of somebody is marked as a real client marks it.</summary>
    public async Task<PostRef> Post(string text, BlueskyPerson? mention = null, (PostRef Root, PostRef Parent)? reply = null)
    {
        var record = new JsonObject { ["$type"] = "app.bsky.feed.post", ["text"] = text, ["createdAt"] = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("o"), ["langs"] = new JsonArray("en") };
        if (mention is not null)
        {
            var start = System.Text.Encoding.UTF8.GetByteCount(text[..text.IndexOf("@" + mention.Handle, StringComparison.Ordinal)]);
            record["facets"] = new JsonArray(new JsonObject
            {
                ["index"] = new JsonObject { ["byteStart"] = start, ["byteEnd"] = start + 1 + mention.Handle.Length },
                ["features"] = new JsonArray(new JsonObject { ["$type"] = "app.bsky.richtext.facet#mention", ["did"] = mention.Did }),
            });
        }

        if (reply is { } to) record["reply"] = new JsonObject { ["root"] = Ref(to.Root), ["parent"] = Ref(to.Parent) };
        var made = await Call("com.atproto.repo.createRecord", new JsonObject { ["repo"] = Did, ["collection"] = "app.bsky.feed.post", ["record"] = record });
        return new((string)made["uri"]!, (string)made["cid"]!);
    }

    /// <summary>Posts several at once, at most 200, numbered from <paramref name="from"/>.</summary>
    public Task PostMany(int from, int count, Func<int, string> text)
    {
        var writes = Enumerable.Range(from, count).Select(n => (JsonNode)new JsonObject
        {
            ["$type"] = "com.atproto.repo.applyWrites#create", ["collection"] = "app.bsky.feed.post",
            ["value"] = new JsonObject { ["$type"] = "app.bsky.feed.post", ["text"] = text(n), ["createdAt"] = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("o") },
        });
        return Call("com.atproto.repo.applyWrites", new JsonObject { ["repo"] = Did, ["writes"] = new JsonArray([.. writes]) });
    }

    /// <summary>Puts another text in a post's place.</summary>
    public Task Put(PostRef post, string text) => Call("com.atproto.repo.putRecord", new JsonObject
    {
        ["repo"] = Did, ["collection"] = "app.bsky.feed.post", ["rkey"] = post.Uri[(post.Uri.LastIndexOf('/') + 1)..],
        ["record"] = new JsonObject { ["$type"] = "app.bsky.feed.post", ["text"] = text, ["createdAt"] = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("o") },
    });

    /// <summary>Likes or reposts what the network shows.</summary>
    public Task React(string kind, JsonNode post) => Call("com.atproto.repo.createRecord", new JsonObject
    {
        ["repo"] = Did, ["collection"] = "app.bsky.feed." + kind,
        ["record"] = new JsonObject { ["$type"] = "app.bsky.feed." + kind, ["subject"] = Ref(new((string)post["uri"]!, (string)post["cid"]!)), ["createdAt"] = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("o") },
    });

    public Task Delete(PostRef post) => Call("com.atproto.repo.deleteRecord", new JsonObject { ["repo"] = Did, ["collection"] = "app.bsky.feed.post", ["rkey"] = post.Uri[(post.Uri.LastIndexOf('/') + 1)..] });

    /// <summary>The network's operator deletes the account.</summary>
    public async Task DeleteAccount()
    {
        using var admin = new HttpClient { BaseAddress = Client.BaseAddress };
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("admin:admin-pass"u8)); // as the peer's own tooling sets it
        using var answer = await admin.PostAsJsonAsync("com.atproto.admin.deleteAccount", new { did = Did });
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Everything in the account's own repository of posts.</summary>
    public async Task<IReadOnlyList<JsonNode>> Posts() => [.. ((await Get($"com.atproto.repo.listRecords?repo={Did}&collection=app.bsky.feed.post&limit=100"))?["records"] as JsonArray ?? []).OfType<JsonNode>()];

    /// <summary>The answers to a post, as the network shows them.</summary>
    public async Task<IReadOnlyList<JsonNode>> Answers(PostRef post) =>
        [.. ((await Get($"app.bsky.feed.getPostThread?uri={Uri.EscapeDataString(post.Uri)}"))?["thread"]!["replies"] as JsonArray ?? []).Select(r => r!["post"]!)];

    /// <summary>What an account has posted, as the network shows it.</summary>
    public async Task<IReadOnlyList<JsonNode>> Feed(string did) => [.. ((await Get($"app.bsky.feed.getAuthorFeed?actor={did}"))?["feed"] as JsonArray ?? []).Select(f => f!["post"]!)];

    public async Task<JsonNode> Call(string nsid, object body)
    {
        using var answer = await Client.PostAsJsonAsync(nsid, body);
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonNode>())! : throw new InvalidOperationException(nsid + ": " + await answer.Content.ReadAsStringAsync());
    }

    // The network needs a moment to learn of a new account or post; until then there is none.
    private async Task<JsonNode?> Get(string path)
    {
        using var answer = await Client.GetAsync(path);
        return answer.StatusCode == System.Net.HttpStatusCode.BadRequest ? null : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>();
    }

    private static JsonObject Ref(PostRef post) => new() { ["uri"] = post.Uri, ["cid"] = post.Cid };
}
