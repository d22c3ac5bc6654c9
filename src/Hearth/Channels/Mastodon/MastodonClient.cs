using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Hearth.Channels.Mastodon;

/// <summary>Everything Hearth asks of a Mastodon instance, or of a server that speaks its client API, as one of the brand's accounts.</summary>
/// <remarks>
/// A met rate limit is a <see cref="Platform.LaterException"/>, a refusal that will not pass a <see cref="ChannelRefusedException"/>; every other
/// exception may pass by itself. Both kinds are noted on the account for people to see.
/// </remarks>
public sealed class MastodonClient(MastodonSessions sessions, MastodonApi api)
{
    /// <summary>Items a page asks for; the most that timelines give (docs.joinmastodon.org/methods/timelines).</summary>
    public const int PageSize = 40;

    /// <summary>Threads that are remembered.</summary>
    private const int MostRoots = 20_000;

    private readonly ConcurrentDictionary<(ChannelAccountId Account, string Status), string> _roots = new();
    private readonly ConcurrentDictionary<string, string?> _streaming = new(StringComparer.Ordinal);

    /// <summary>Statuses that mention the account, the newest first.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="minId">Only what follows this notification, from the oldest on.</param>
    /// <param name="sinceId">Only what is newer than this notification, from the newest on.</param>
    /// <param name="maxId">Only what is older than this notification.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<MastodonPage> Mentions(ChannelAccountId account, string? minId, string? sinceId, string? maxId, CancellationToken ct)
    {
        var answer = await Get(account, "/api/v1/notifications", [("types[]", "mention"), ("limit", $"{PageSize}"), ("min_id", minId), ("since_id", sinceId), ("max_id", maxId)], ct);
        // A server that does not know types[] gives every kind.
        return new([.. Items(answer.Body).Select(Notification).OfType<MastodonNotification>().Select(n => new MastodonItem(n.Id, n.Type == "mention" ? n.Status : null, n is { Type: "mention", Status: null }))], answer.IsPaged);
    }

    /// <summary>Statuses that whom the account follows wrote or boosted, the newest first.</summary>
    /// <inheritdoc cref="Mentions"/>
    public Task<MastodonPage> Home(ChannelAccountId account, string? minId, string? sinceId, string? maxId, CancellationToken ct) => Timeline(account, "home", minId, sinceId, maxId, ct);

    /// <summary>Public statuses with a hashtag, the newest first.</summary>
    /// <inheritdoc cref="Mentions"/>
    public Task<MastodonPage> Tag(ChannelAccountId account, string tag, string? minId, string? sinceId, string? maxId, CancellationToken ct) =>
        Timeline(account, "tag/" + Uri.EscapeDataString(tag), minId, sinceId, maxId, ct);

    /// <summary>Statuses that the instance's search finds, in its own order. Without full-text search on the instance there are none.</summary>
    public async Task<IReadOnlyList<MastodonStatus>> Search(ChannelAccountId account, string words, CancellationToken ct)
    {
        var answer = await Get(account, "/api/v2/search", [("q", words), ("type", "statuses"), ("limit", $"{PageSize}")], ct);
        return [.. Items(answer.Body["statuses"]).Select(MastodonStatus.Read).OfType<MastodonStatus>()];
    }

    /// <summary>One status as it stands now; null when it is gone.</summary>
    public async Task<MastodonStatus?> Status(ChannelAccountId account, string id, CancellationToken ct) =>
        MastodonStatus.Read((await Known(() => Get(account, "/api/v1/statuses/" + Uri.EscapeDataString(id), [], ct)))?.Body);

    /// <summary>Several statuses at once as they stand now, without what is gone; null when the instance cannot (before Mastodon 4.3).</summary>
    /// <param name="account">Who asks.</param>
    /// <param name="ids">At most 20.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<MastodonStatus>?> Statuses(ChannelAccountId account, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var answer = await Known(() => Get(account, "/api/v1/statuses", [.. ids.Select(id => ("id[]", (string?)id))], ct));
        return answer?.Body is JsonArray list ? [.. list.Select(MastodonStatus.Read).OfType<MastodonStatus>()] : null;
    }

    /// <summary>The id of the status that began the thread of an answer; the answered one when that is all there is to know. What was asked once is remembered.</summary>
    public async Task<string> Root(ChannelAccountId account, MastodonStatus answer, CancellationToken ct)
    {
        var parent = answer.ReplyTo ?? throw new ArgumentException("This status answers nothing.", nameof(answer));
        if (!_roots.TryGetValue((account, parent), out var root))
        {
            var context = await Known(() => Get(account, $"/api/v1/statuses/{Uri.EscapeDataString(answer.Id)}/context", [], ct));
            root = Items(context?.Body["ancestors"]).Select(MastodonStatus.Read).OfType<MastodonStatus>().FirstOrDefault()?.Id ?? parent;
            if (_roots.Count >= MostRoots) _roots.Clear();
            _roots[(account, parent)] = root;
        }

        _roots[(account, answer.Id)] = root;
        return root;
    }

    /// <summary>Where the instance streams ("https://streaming.example"); null when it says no host. Asked once.</summary>
    public async Task<string?> StreamingHost(ChannelAccountId account, CancellationToken ct)
    {
        var session = await sessions.Open(account, ct);
        if (_streaming.TryGetValue(session.Service, out var known)) return known;
        var v2 = await Known(() => Get(account, "/api/v2/instance", [], ct));
        var named = MastodonStatus.Word(v2?.Body["configuration"]?["urls"] as JsonObject ?? [], "streaming");
        if (named is null)
        {
            var v1 = await Known(() => Get(account, "/api/v1/instance", [], ct));
            named = MastodonStatus.Word(v1?.Body["urls"] as JsonObject ?? [], "streaming_api");
        }

        // Named for WebSocket; the same host answers server-sent events over http (docs.joinmastodon.org/methods/streaming).
        var host = named?.TrimEnd('/').Replace("wss://", "https://", StringComparison.Ordinal).Replace("ws://", "http://", StringComparison.Ordinal);
        return _streaming[session.Service] = host;
    }

    /// <summary>What happens from now on, until the stream ends or nothing came for too long; then it ends without an error.</summary>
    /// <param name="account">Who listens.</param>
    /// <param name="host">As <see cref="StreamingHost"/> gives it.</param>
    /// <param name="tag">Null for the account's own stream (home and notifications), else that of a hashtag.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="HttpRequestException">The instance does not stream, or cannot be reached; polling may still work.</exception>
    public async Task<MastodonStream> Stream(ChannelAccountId account, string host, string? tag, CancellationToken ct)
    {
        var session = await sessions.Open(account, ct);
        var address = MastodonApi.Address(host, tag is null ? "/api/v1/streaming/user" : "/api/v1/streaming/hashtag", [("tag", tag)]);
        try
        {
            return new(await api.Open(address, session.Token, ct), tag);
        }
        catch (MastodonException e)
        {
            throw new HttpRequestException(e.Message, e, e.Status);
        }
    }

    internal static MastodonNotification? Notification(JsonNode? node) => node is JsonObject n && MastodonStatus.Word(n, "id") is { } id
        ? new(id, MastodonStatus.Word(n, "type") ?? "", MastodonStatus.Read(n["status"])) : null;

    private async Task<MastodonPage> Timeline(ChannelAccountId account, string which, string? minId, string? sinceId, string? maxId, CancellationToken ct)
    {
        var answer = await Get(account, "/api/v1/timelines/" + which, [("limit", $"{PageSize}"), ("min_id", minId), ("since_id", sinceId), ("max_id", maxId)], ct);
        return new([.. Items(answer.Body).OfType<JsonObject>().Where(s => MastodonStatus.Word(s, "id") is not null).Select(s => Item(SteadyId.Of(MastodonStatus.Word(s, "id")!), MastodonStatus.Read(s)))], answer.IsPaged);
    }

    private static MastodonItem Item(string id, MastodonStatus? status) => new(id, status, status is null);

    private Task<MastodonAnswer> Get(ChannelAccountId account, string path, (string Name, string? Value)[] query, CancellationToken ct) =>
        Call(account, s => api.Get(s.Service, path, s.Token, query, ct), ct);

    /// <summary>Makes one call as the account, and notes on it whether that worked.</summary>
    internal async Task<MastodonAnswer> Call(ChannelAccountId account, Func<MastodonSession, Task<MastodonAnswer>> call, CancellationToken ct)
    {
        var session = await sessions.Open(account, ct);
        try
        {
            var answer = await call(session);
            if (session.WasTroubled) await sessions.Note(account, null, needsSignIn: false, ct);
            return answer;
        }
        catch (MastodonException e) when (e.IsPassing)
        {
            await sessions.Note(account, e.Said, needsSignIn: false, ct);
            throw new HttpRequestException(e.Message, e, e.Status);
        }
        catch (MastodonException e)
        {
            if (e.IsAuthentication) await sessions.Note(account, "The instance no longer accepts the sign-in: " + e.Said, needsSignIn: true, ct);
            throw new ChannelRefusedException(e.IsAuthentication ? $"@{session.Handle} must be connected again: {e.Said}"
                : e.IsOutOfScope ? $"@{session.Handle} was connected for reading only: connect it again, and it can post. {e.Said}" : e.Message, e);
        }
        catch (HttpRequestException e)
        {
            await sessions.Note(account, e.Message, needsSignIn: false, ct);
            throw;
        }
    }

    // "There is none" is an answer here, not a refusal.
    internal static async Task<MastodonAnswer?> Known(Func<Task<MastodonAnswer>> call)
    {
        try
        {
            return await call();
        }
        catch (ChannelRefusedException e) when (e.InnerException is MastodonException { IsMissing: true })
        {
            return null;
        }
    }

    internal static IEnumerable<JsonNode> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonNode>();
}
