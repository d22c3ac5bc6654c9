using System.Text.Json.Nodes;
using Hearth.Platform;

namespace Hearth.Channels.Bluesky;

/// <summary>Everything Hearth asks of Bluesky, as one of the brand's accounts. Reads of the network go through the account's own server, which passes them on.</summary>
/// <remarks>
/// A met rate limit is a <see cref="LaterException"/>, a refusal that will not pass a <see cref="ChannelRefusedException"/>; every other
/// exception may pass by itself. Both kinds are noted on the account for people to see.
/// </remarks>
public sealed class BlueskyClient(BlueskySessions sessions, Xrpc xrpc)
{
    /// <summary>The latest notifications, the newest first.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="cursor">Null for the newest.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<BlueskyPage<BlueskyNotification>> Notifications(ChannelAccountId account, string? cursor, CancellationToken ct)
    {
        var answer = await Call(account, s => xrpc.Get(s.Host, "app.bsky.notification.listNotifications", s.AccessToken, [("limit", "100"), ("cursor", cursor)], ct), ct);
        return Page(answer, "notifications", (n, at) => n.Text("reason") is not { } reason ? null
            : reason is not ("mention" or "reply" or "quote") ? new(reason, at, null)
            : BlueskyPost.Read(n) is { } post ? new BlueskyNotification(reason, at, post) : null);
    }

    /// <summary>Posts that hold the words, the newest first.</summary>
    /// <param name="account">Who asks.</param>
    /// <param name="words">In the network's own search language.</param>
    /// <param name="since">Not older than this; null for no bound.</param>
    /// <param name="cursor">Null for the newest.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<BlueskyPage<BlueskyPost>> Search(ChannelAccountId account, string words, DateTimeOffset? since, string? cursor, CancellationToken ct)
    {
        var answer = await Call(account, s => xrpc.Get(s.Host, "app.bsky.feed.searchPosts", s.AccessToken,
            [("q", words), ("sort", "latest"), ("limit", "100"), ("since", since is null ? null : Stamp(since.Value)), ("cursor", cursor)], ct), ct);
        return Page(answer, "posts", (p, _) => BlueskyPost.Read(p));
    }

    /// <summary>Up to 25 posts by their addresses; what is gone is left out.</summary>
    public async Task<IReadOnlyList<BlueskyPost>> Posts(ChannelAccountId account, IReadOnlyCollection<string> uris, CancellationToken ct) =>
        Posts(await Call(account, s => xrpc.Get(s.Host, "app.bsky.feed.getPosts", s.AccessToken, [.. uris.Select(u => ("uris", (string?)u))], ct), ct), "posts");

    /// <summary>One post; null when it is gone.</summary>
    public async Task<BlueskyPost?> Post(ChannelAccountId account, string uri, CancellationToken ct) => await Posts(account, [uri], ct) is [var post, ..] ? post : null;

    /// <summary>True when the network says that there is no such post; false when it is there, or when its author does not let this account see it.</summary>
    public async Task<bool> IsGone(ChannelAccountId account, string uri, CancellationToken ct)
    {
        try
        {
            var answer = await Call(account, s => xrpc.Get(s.Host, "app.bsky.feed.getPostThread", s.AccessToken, [("uri", uri), ("depth", "0"), ("parentHeight", "0")], ct), ct);
            return answer["thread"]?.Text("$type") == "app.bsky.feed.defs#notFoundPost";
        }
        catch (ChannelRefusedException e) when (e.InnerException is XrpcException { Error: "NotFound" })
        {
            return true; // any other refusal says nothing about the post, and what was heard is not thrown away for it
        }
    }

    /// <summary>A post and, flat, the answers below it in reading order, up to the depth; empty when it is gone.</summary>
    /// <param name="account">Who asks.</param>
    /// <param name="uri">The post.</param>
    /// <param name="depth">0 to 1000 levels of answers.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<BlueskyPost>> Thread(ChannelAccountId account, string uri, int depth, CancellationToken ct)
    {
        var answer = await Known(() => Call(account, s => xrpc.Get(s.Host, "app.bsky.feed.getPostThread", s.AccessToken, [("uri", uri), ("depth", $"{depth}"), ("parentHeight", "0")], ct), ct));
        var posts = new List<BlueskyPost>();
        Walk(answer?["thread"]);
        return posts;

        void Walk(JsonNode? node)
        {
            if (BlueskyPost.Read(node?["post"]) is { } post) posts.Add(post);
            foreach (var reply in node?["replies"] as JsonArray ?? []) Walk(reply);
        }
    }

    /// <summary>Who an account is; null when the network does not know it.</summary>
    public async Task<BlueskyAuthor?> Profile(ChannelAccountId account, string who, CancellationToken ct)
    {
        var p = await Known(() => Call(account, s => xrpc.Get(s.Host, "app.bsky.actor.getProfile", s.AccessToken, [("actor", who)], ct), ct));
        return p is null ? null : new((string)p["did"]!, (string?)p["handle"] ?? "", (string?)p["displayName"], (string?)p["avatar"]);
    }

    /// <summary>The DID behind a handle; null when nobody has it.</summary>
    public async Task<string?> Resolve(ChannelAccountId account, string handle, CancellationToken ct) =>
        (string?)(await Known(() => Call(account, s => xrpc.Get(s.Host, "com.atproto.identity.resolveHandle", s.AccessToken, [("handle", handle)], ct), ct)))?["did"];

    /// <summary>Puts a record under a key of the account; the same record put again changes nothing.</summary>
    public async Task<PostRef> Put(ChannelAccountId account, string collection, string key, JsonNode record, CancellationToken ct)
    {
        var answer = await Call(account, s => xrpc.Post(s.Host, "com.atproto.repo.putRecord", s.AccessToken,
            new JsonObject { ["repo"] = s.Did, ["collection"] = collection, ["rkey"] = key, ["record"] = record.DeepClone() }, ct), ct);
        return new((string)answer["uri"]!, (string?)answer["cid"]);
    }

    /// <summary>Adds a record under a key that must be free.</summary>
    public async Task<PostRef> Create(ChannelAccountId account, string collection, string? key, JsonNode record, CancellationToken ct)
    {
        var answer = await Call(account, s =>
        {
            var body = new JsonObject { ["repo"] = s.Did, ["collection"] = collection, ["record"] = record.DeepClone() };
            if (key is not null) body["rkey"] = key;
            return xrpc.Post(s.Host, "com.atproto.repo.createRecord", s.AccessToken, body, ct);
        }, ct);
        return new((string)answer["uri"]!, (string?)answer["cid"]);
    }

    /// <summary>What stands under a key of the account itself; null when nothing does.</summary>
    public async Task<(PostRef Ref, JsonNode Value)?> Get(ChannelAccountId account, string collection, string key, CancellationToken ct)
    {
        var answer = await Known(() => Call(account, s => xrpc.Get(s.Host, "com.atproto.repo.getRecord", s.AccessToken, [("repo", s.Did), ("collection", collection), ("rkey", key)], ct), ct));
        return answer is null ? null : (new((string)answer["uri"]!, (string?)answer["cid"]), answer["value"]!);
    }

    /// <summary>Takes a record away; nothing happens when there is none.</summary>
    public Task Delete(ChannelAccountId account, string collection, string key, CancellationToken ct) =>
        Call(account, s => xrpc.Post(s.Host, "com.atproto.repo.deleteRecord", s.AccessToken, new JsonObject { ["repo"] = s.Did, ["collection"] = collection, ["rkey"] = key }, ct), ct);

    /// <summary>Uploads a picture; the answer is put into a record as it is, within the hour, or the server forgets it.</summary>
    public async Task<JsonNode> Upload(ChannelAccountId account, byte[] bytes, string mediaType, CancellationToken ct) =>
        (await Call(account, s => xrpc.Upload(s.Host, "com.atproto.repo.uploadBlob", s.AccessToken, bytes, mediaType, ct), ct))["blob"]!.DeepClone();

    /// <summary>The account's DID and handle as its session says.</summary>
    internal async Task<(string Did, string Handle)> Me(ChannelAccountId account, CancellationToken ct)
    {
        var session = await sessions.Open(account, null, ct);
        return (session.Did, session.Handle);
    }

    internal static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<JsonNode> Call(ChannelAccountId account, Func<BlueskySession, Task<JsonNode>> call, CancellationToken ct)
    {
        try
        {
            var (answer, session) = await Signed(account, call, ct);
            if (session.WasTroubled) await sessions.Note(account, null, needsSignIn: false, ct);
            return answer;
        }
        catch (XrpcException e) when (e.IsPassing)
        {
            await sessions.Note(account, e.Said, needsSignIn: false, ct);
            throw new HttpRequestException(e.Message, e, e.Status);
        }
        catch (XrpcException e)
        {
            if (e.IsAuthentication) await sessions.Note(account, e.Said, needsSignIn: true, ct);
            throw new ChannelRefusedException(e.Said, e);
        }
        catch (HttpRequestException e)
        {
            await sessions.Note(account, e.Message, needsSignIn: false, ct);
            throw;
        }
    }

    private async Task<(JsonNode Answer, BlueskySession Session)> Signed(ChannelAccountId account, Func<BlueskySession, Task<JsonNode>> call, CancellationToken ct)
    {
        var session = await sessions.Open(account, null, ct);
        try
        {
            return (await call(session), session);
        }
        catch (XrpcException e) when (e.IsExpired || e.Error == "InvalidToken")
        {
            // Expired, or signed with a key that the server no longer has; its password decides.
            session = await sessions.Open(account, session.AccessToken.Value, ct);
            return (await call(session), session);
        }
    }

    // "There is none" is an answer here, not a refusal.
    private static async Task<JsonNode?> Known(Func<Task<JsonNode>> call)
    {
        try
        {
            return await call();
        }
        catch (ChannelRefusedException e) when (e.InnerException is XrpcException { IsAuthentication: false } x && (x.Error is "RecordNotFound" or "NotFound" or "HandleNotFound" or "InvalidRequest"))
        {
            return null;
        }
    }

    private static IEnumerable<JsonNode> Items(JsonNode answer, string name) => (answer[name] as JsonArray ?? []).OfType<JsonNode>();

    private static IReadOnlyList<BlueskyPost> Posts(JsonNode answer, string name) => [.. Items(answer, name).Select(BlueskyPost.Read).OfType<BlueskyPost>()];

    // One item that is not as the lexicon says must not keep the others out. When it has no date either, it came in when its neighbour did.
    private static BlueskyPage<T> Page<T>(JsonNode answer, string name, Func<JsonNode, DateTimeOffset, T?> read) where T : class
    {
        var items = new List<T>();
        var unreadable = new List<DateTimeOffset>();
        DateTimeOffset? neighbour = null;
        foreach (var item in Items(answer, name).OfType<JsonObject>())
        {
            var at = item.Instant("indexedAt");
            neighbour = at ?? neighbour;
            if (at is { } dated && read(item, dated) is { } one) items.Add(one);
            else if (neighbour is { } near) unreadable.Add(near);
        }

        return new(items, answer.Text("cursor"), unreadable);
    }
}
