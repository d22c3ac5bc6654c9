using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Channels.Files;

namespace Hearth.Channels.Mastodon;

/// <summary>One item of a file of statuses: exactly one of status, passing over, and an error.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Status">The status; null when the item is none that can be kept.</param>
/// <param name="IsActivity">True for an ActivityPub object, whose answers are named by address and not by the instance's id.</param>
/// <param name="Error">Why it cannot be read; null for a status, and for what is no public post (a boost without its text, a message to followers).</param>
public sealed record ArchiveItem(long Line, MastodonStatus? Status, bool IsActivity, string? Error);

/// <summary>
/// Reads statuses from a file: an account's archive (<c>outbox.json</c>, an ActivityStreams collection of activities), or statuses as the API gives them, one a line or in an
/// array. What is not public is passed over.
/// </summary>
public static class ReadArchive
{
    private const string Everybody = "https://www.w3.org/ns/activitystreams#Public";

    /// <summary>Items until the end of the file.</summary>
    internal static IEnumerable<ArchiveItem> From(TextReader text)
    {
        foreach (var item in new JsonItems(text).Read()) yield return item.Json is { } json ? Read(item.Line, json) : new(item.Line, null, false, item.Error);
    }

    private static ArchiveItem Read(long line, string json)
    {
        JsonObject item;
        try
        {
            item = JsonNode.Parse(json) as JsonObject ?? [];
            var isActivity = item["account"] is null;
            var status = isActivity ? Activity(item, out var error) : Status(item, out error);
            return new(line, status is { Visibility: MastodonVisibility.Public or MastodonVisibility.Unlisted, Text.Length: > 0 } ? status : null, isActivity, error);
        }
        catch (JsonException e)
        {
            return new(line, null, false, $"not JSON at character {(e.BytePositionInLine ?? 0) + 1}");
        }
        catch (InvalidOperationException)
        {
            return new(line, null, false, "a string holds half a surrogate pair, which is no text");
        }
        catch (ArgumentException)
        {
            return new(line, null, false, "a name stands twice in it");
        }
    }

    private static MastodonStatus? Status(JsonObject item, out string? error)
    {
        var status = MastodonStatus.Read(item);
        error = status is null ? "no status: it has no id, account or created_at" : null;
        return status;
    }

    // w3.org/TR/activitystreams-vocabulary; what Mastodon's export holds is docs.joinmastodon.org/spec/activitypub.
    private static MastodonStatus? Activity(JsonObject item, out string? error)
    {
        error = null;
        var type = MastodonStatus.Word(item, "type");
        if (type == "Announce") return null; // a boost names its post and does not hold it
        var note = type is "Create" or "Update" ? item["object"] as JsonObject : item;
        if (note is null || MastodonStatus.Word(note, "id") is not { } id || MastodonStatus.Word(note, "content") is null && note["attachment"] is null)
        {
            if (type is not ("Create" or "Note" or "Article" or "Question" or "Page")) return null;
            error = "no post: it has no id or no content";
            return null;
        }

        if (MastodonStatus.Time(note, "published") is not { } at || (MastodonStatus.Word(note, "attributedTo") ?? MastodonStatus.Word(item, "actor")) is not { } author)
        {
            error = "no post: it has no time or no author";
            return null;
        }

        // The shape that the API would give the same post in; one reader for both.
        var (to, cc) = (Words(note["to"] ?? item["to"]), Words(note["cc"] ?? item["cc"]));
        var handle = author.TrimEnd('/')[(author.TrimEnd('/').LastIndexOf('/') + 1)..].TrimStart('@');
        var tags = (note["tag"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        return MastodonStatus.Read(new JsonObject
        {
            ["id"] = id, ["uri"] = id, ["url"] = MastodonStatus.Word(note, "url") ?? id, ["created_at"] = at.ToString("O", CultureInfo.InvariantCulture),
            ["edited_at"] = MastodonStatus.Time(note, "updated") is { } edited && edited > at ? edited.ToString("O", CultureInfo.InvariantCulture) : null,
            ["visibility"] = to.Contains(Everybody) || to.Contains("as:Public") ? "public" : cc.Contains(Everybody) || cc.Contains("as:Public") ? "unlisted" : "private",
            ["account"] = new JsonObject { ["id"] = author, ["acct"] = Uri.TryCreate(author, UriKind.Absolute, out var home) ? $"{handle}@{home.Authority}" : handle, ["url"] = author },
            ["content"] = MastodonStatus.Word(note, "content") ?? "", ["spoiler_text"] = MastodonStatus.Word(note, "summary"), ["in_reply_to_id"] = MastodonStatus.Word(note, "inReplyTo"),
            ["language"] = (note["contentMap"] as JsonObject)?.Select(m => m.Key).FirstOrDefault(),
            ["mentions"] = new JsonArray([.. tags.Where(t => MastodonStatus.Word(t, "type") == "Mention").Select(t => new JsonObject { ["url"] = MastodonStatus.Word(t, "href") })]),
            ["tags"] = new JsonArray([.. tags.Where(t => MastodonStatus.Word(t, "type") == "Hashtag").Select(t => new JsonObject { ["name"] = MastodonStatus.Word(t, "name")?.TrimStart('#') })]),
            ["media_attachments"] = new JsonArray([.. (note["attachment"] as JsonArray ?? []).OfType<JsonObject>().Select(a => new JsonObject
            {
                ["type"] = MastodonStatus.Word(a, "mediaType")?.Split('/')[0], ["description"] = MastodonStatus.Word(a, "name"),
            })]),
        });
    }

    private static HashSet<string> Words(JsonNode? node) => node switch
    {
        JsonArray many => [.. many.OfType<JsonValue>().Select(v => v.ToString())],
        JsonValue one => [one.ToString()],
        _ => [],
    };
}
