using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Hearth.Platform;

namespace Hearth.Channels.Mastodon;

/// <summary>A status as it is to be sent (docs.joinmastodon.org/methods/statuses/#create).</summary>
/// <param name="Text">All of it, who is answered included.</param>
/// <param name="ReplyTo">The instance's id of the answered status.</param>
/// <param name="Visibility">As the API calls it.</param>
/// <param name="Language">ISO 639.</param>
/// <param name="Media">Ids of uploaded pictures.</param>
/// <param name="At">When it was written; what stood earlier is not this one.</param>
internal sealed record MastodonDraft(string Text, string? ReplyTo, string Visibility, string? Language, IReadOnlyList<string> Media, DateTimeOffset At);

/// <summary>The calls that change something at an instance, each sent once.</summary>
public sealed class MastodonPosting(MastodonClient client, MastodonApi api, TimeProvider clock)
{
    /// <summary>An instance's clock may be this far from ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>How often an upload is looked at before the message waits for its next turn.</summary>
    private const int Looks = 30;

    internal async Task<JsonNode> Create(ChannelAccountId account, MastodonDraft draft, string key, CancellationToken ct) =>
        (await client.Call(account, s => api.Write(s.Service, HttpMethod.Post, "/api/v1/statuses", s.Token, Form(draft), key, ct), ct)).Body;

    internal async Task<JsonNode> Change(ChannelAccountId account, string id, MastodonDraft draft, CancellationToken ct) =>
        (await client.Call(account, s => api.Write(s.Service, HttpMethod.Put, Path(id), s.Token, Form(draft), null, ct), ct)).Body;

    /// <summary>Deletes; a status that is gone already is fine.</summary>
    /// <exception cref="ChannelRefusedException">The server does not delete by its API (snac2), or will not.</exception>
    internal async Task Delete(ChannelAccountId account, string id, CancellationToken ct)
    {
        if (await MastodonClient.Known(() => client.Call(account, s => api.Write(s.Service, HttpMethod.Delete, Path(id), s.Token, null, null, ct), ct)) is not null) return;
        if (await client.Status(account, id, ct) is { } stands) throw new ChannelRefusedException($"The server does not delete for programs; delete it there by hand: {stands.Url}");
    }

    /// <summary>A status as it stands; null when it is gone.</summary>
    internal async Task<JsonNode?> Read(ChannelAccountId account, string id, CancellationToken ct) =>
        (await MastodonClient.Known(() => client.Call(account, s => api.Get(s.Service, Path(id), s.Token, [], ct), ct)))?.Body;

    /// <summary>The account's own statuses that may be the draft: same answered status, not older than it, the same words. The oldest first.</summary>
    internal async Task<IReadOnlyList<JsonNode>> Likely(ChannelAccountId account, MastodonDraft draft, CancellationToken ct)
    {
        var me = MastodonStatus.Word((await client.Call(account, s => api.Get(s.Service, "/api/v1/accounts/verify_credentials", s.Token, [], ct), ct)).Body as JsonObject ?? [], "id") ?? "";
        var own = await client.Call(account, s => api.Get(s.Service, $"/api/v1/accounts/{Uri.EscapeDataString(me)}/statuses", s.Token, [("limit", $"{MastodonClient.PageSize}"), ("exclude_reblogs", "true")], ct), ct);
        var found = new List<JsonNode>();
        foreach (var node in MastodonClient.Items(own.Body))
        {
            if (MastodonStatus.Read(node) is not { Boosted: null } status || status.At < draft.At - Skew || status.ReplyTo != SteadyId.OfAny(draft.ReplyTo)) continue;
            if (await Source(account, status.Id, ct) is { } source ? source == draft.Text : Flat(status.Text) == Flat(draft.Text)) found.Insert(0, node);
        }

        return found;
    }

    /// <summary>The instance's id of a status by its ActivityPub address; null when it cannot be found.</summary>
    internal async Task<string?> Resolve(ChannelAccountId account, string uri, CancellationToken ct)
    {
        var answer = await client.Call(account, s => api.Get(s.Service, "/api/v2/search", s.Token, [("q", uri), ("type", "statuses"), ("resolve", "true"), ("limit", "1")], ct), ct);
        return MastodonClient.Items(answer.Body["statuses"]).Select(MastodonStatus.Read).OfType<MastodonStatus>().FirstOrDefault(s => s.Uri == uri || s.Url == uri)?.Id;
    }

    /// <summary>Uploads a picture and waits until the instance is done with it.</summary>
    /// <returns>The id to name in a status.</returns>
    internal async Task<string> Upload(ChannelAccountId account, OutgoingImage image, CancellationToken ct)
    {
        var answer = await client.Call(account, s => api.Write(s.Service, HttpMethod.Post, "/api/v2/media", s.Token, File(image), null, ct), ct);
        var id = MastodonStatus.Word(answer.Body as JsonObject ?? [], "id") ?? throw new ChannelRefusedException("The instance took the picture and gave it no id.");
        using var timer = new PeriodicTimer(LookEvery, clock);
        for (var look = 0; answer.Status is HttpStatusCode.Accepted or HttpStatusCode.PartialContent; look++) // 202, then 206 until it is done (docs.joinmastodon.org/methods/media)
        {
            if (look == Looks) throw new HttpRequestException("The instance is still at work on the picture.");
            await timer.WaitForNextTickAsync(ct);
            answer = await client.Call(account, s => api.Get(s.Service, "/api/v1/media/" + Uri.EscapeDataString(id), s.Token, [], ct), ct);
        }

        return id;
    }

    /// <summary>How people met statuses of the account, by their ids; what is gone is missing.</summary>
    internal async Task<IReadOnlyList<(string Id, Receipts Receipts)>> Receipts(ChannelAccountId account, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var read = new List<(string, Receipts)>();
        foreach (var id in ids)
        {
            if (await Read(account, id, ct) is JsonObject status) read.Add((id, new(Count(status, "favourites_count"), Count(status, "reblogs_count"), Count(status, "replies_count"))));
        }

        return read;
    }

    // The words as they were sent, which HTML does not give back.
    private async Task<string?> Source(ChannelAccountId account, string id, CancellationToken ct) =>
        MastodonStatus.Word((await MastodonClient.Known(() => client.Call(account, s => api.Get(s.Service, Path(id) + "/source", s.Token, [], ct), ct)))?.Body as JsonObject ?? [], "text");

    private static string Flat(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static int Count(JsonObject of, string name) => of[name] is JsonValue v && v.TryGetValue(out int n) ? Math.Max(n, 0) : 0;

    private static string Path(string id) => "/api/v1/statuses/" + Uri.EscapeDataString(id);

    private static HttpContent Form(MastodonDraft draft) => MastodonApi.Form(
    [
        ("status", draft.Text), ("in_reply_to_id", draft.ReplyTo), ("visibility", draft.Visibility), ("language", draft.Language), .. draft.Media.Select(id => ("media_ids[]", (string?)id)),
    ]);

    // Names in quotation marks and the boundary without: as browsers write it, which is all that some servers read (snac2).
    private static MultipartFormDataContent File(OutgoingImage image)
    {
        var boundary = "hearth" + Guid.NewGuid().ToString("N");
        var file = new ByteArrayContent(image.Bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(image.MediaType);
        var form = new MultipartFormDataContent(boundary) { { new StringContent(image.Alt), "\"description\"" }, { file, "\"file\"", $"\"picture.{image.MediaType[(image.MediaType.IndexOf('/') + 1)..]}\"" } };
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=" + boundary);
        return form;
    }
}
