using System.Globalization;
using System.Text.Json.Nodes;

namespace Hearth.Channels.Bluesky;

/// <summary>Who wrote a post, as the network says.</summary>
public sealed record BlueskyAuthor(string Did, string Handle, string? DisplayName, string? Avatar)
{
    /// <summary>What it says of itself; null where the network does not tell (in search, in threads).</summary>
    public string? Description { get; init; }
}

/// <summary>A post as the network shows it.</summary>
/// <param name="Ref">Its address and hash.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Text">As it was written.</param>
/// <param name="CreatedAt">What its author's program said.</param>
/// <param name="IndexedAt">When the network took it in.</param>
/// <param name="Language">The first language it was marked with; null without one.</param>
/// <param name="Reply">What it answers; null for a post of its own.</param>
/// <param name="Likes">0 or more.</param>
/// <param name="Reposts">0 or more.</param>
public sealed record BlueskyPost(PostRef Ref, BlueskyAuthor Author, string Text, DateTimeOffset CreatedAt, DateTimeOffset IndexedAt, string? Language, ReplyRefs? Reply, int Likes, int Reposts)
{
    /// <summary>0 or more.</summary>
    public int Replies { get; init; }

    public string Url => BlueskyAddress.Web(Author.Did, BlueskyAddress.Key(Ref.Uri));

    /// <summary>Its pictures and videos, with what they show.</summary>
    public IReadOnlyList<CarriedMedia> Carries { get; init; } = [];

    /// <summary>Reads a post view or a notification; null when it is not a post with text, or not as the lexicon says.</summary>
    internal static BlueskyPost? Read(JsonNode? view)
    {
        if (view is not JsonObject || view["record"] is not JsonObject record || view["author"] is not JsonObject author || view.Text("uri") is not { } uri) return null;
        if (record.Text("text") is not { } text || author.Text("did") is not { } did || view.Instant("indexedAt") is not { } indexed) return null;
        var created = record.Instant("createdAt") ?? indexed;
        var language = record["langs"] is JsonArray { Count: > 0 } langs && langs[0] is JsonValue first && first.TryGetValue(out string? named) ? named : null;
        return new(new(uri, view.Text("cid")), new(did, author.Text("handle") ?? "", author.Text("displayName"), author.Text("avatar")) { Description = author.Text("description") },
            text, created < indexed ? created : indexed, indexed, language, Refs(record["reply"]), Count(view["likeCount"]), Count(view["repostCount"])) { Replies = Count(view["replyCount"]), Carries = CarriedMedia.OfBluesky(record["embed"]) };
    }

    private static ReplyRefs? Refs(JsonNode? reply) => reply is JsonObject && Strong(reply["parent"]) is { } parent ? new(parent, Strong(reply["root"])) : null;

    private static PostRef? Strong(JsonNode? node) => node is JsonObject && node.Text("uri") is { } uri ? new(uri, node.Text("cid")) : null;

    private static int Count(JsonNode? node) => node is JsonValue v && v.TryGetValue(out int count) ? count : 0;
}

internal static class BlueskyJson
{
    /// <summary>A field's text; null when it is absent or no text.</summary>
    public static string? Text(this JsonNode node, string name) => node[name] is JsonValue v && v.TryGetValue(out string? text) ? text : null;

    /// <summary>A field's time; null when it is absent or none.</summary>
    public static DateTimeOffset? Instant(this JsonNode node, string name) =>
        DateTimeOffset.TryParse(node.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}

/// <summary>Somebody did something that concerns the account.</summary>
/// <param name="Reason">"mention", "reply", "quote" (these carry a post), "like", "repost", "follow" ...</param>
/// <param name="At">When the network took it in.</param>
/// <param name="Post">What was written; null when nothing was.</param>
public sealed record BlueskyNotification(string Reason, DateTimeOffset At, BlueskyPost? Post);

/// <summary>A stretch of a list.</summary>
/// <param name="Items">In the network's order, the latest first.</param>
/// <param name="Next">Pass on for older ones; null at the end.</param>
/// <param name="Unreadable">When the network took in those that are not as its lexicon says; they are not among the items.</param>
public sealed record BlueskyPage<T>(IReadOnlyList<T> Items, string? Next, IReadOnlyList<DateTimeOffset> Unreadable);

public static class BlueskyAddress
{
    public const string Posts = "app.bsky.feed.post";

    /// <summary>at://did/app.bsky.feed.post/key.</summary>
    public static string Of(string did, string key) => $"at://{did}/{Posts}/{key}";

    /// <summary>The last part of an at:// address.</summary>
    public static string Key(string uri) => uri[(uri.LastIndexOf('/') + 1)..];

    /// <summary>Where people see a post.</summary>
    /// <param name="who">Handle or DID.</param>
    /// <param name="key">The record key.</param>
    public static string Web(string who, string key) => $"https://bsky.app/profile/{who}/post/{key}";
}
