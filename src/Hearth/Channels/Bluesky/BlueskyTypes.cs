using System.Globalization;
using System.Text.Json.Nodes;

namespace Hearth.Channels.Bluesky;

/// <summary>Who wrote a post, as the network says.</summary>
public sealed record BlueskyAuthor(string Did, string Handle, string? DisplayName, string? Avatar);

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
    public string Url => BlueskyAddress.Web(Author.Did, BlueskyAddress.Key(Ref.Uri));

    /// <summary>Reads a post view or a notification; null when it is not a post with text.</summary>
    internal static BlueskyPost? Read(JsonNode? view)
    {
        if (view?["record"] is not JsonObject record || (string?)record["text"] is not { } text || view["author"] is not { } author || (string?)view["uri"] is not { } uri) return null;
        var indexed = Instant(view["indexedAt"]) ?? DateTimeOffset.UnixEpoch;
        var created = Instant(record["createdAt"]) ?? indexed;
        return new(new(uri, (string?)view["cid"]),
            new((string)author["did"]!, (string?)author["handle"] ?? "", (string?)author["displayName"], (string?)author["avatar"]),
            text, created < indexed ? created : indexed, indexed, (string?)(record["langs"] as JsonArray)?.FirstOrDefault(), Refs(record["reply"]),
            (int?)view["likeCount"] ?? 0, (int?)view["repostCount"] ?? 0);
    }

    private static ReplyRefs? Refs(JsonNode? reply) => Strong(reply?["parent"]) is { } parent ? new(parent, Strong(reply?["root"])) : null;

    private static PostRef? Strong(JsonNode? node) => (string?)node?["uri"] is { } uri ? new(uri, (string?)node["cid"]) : null;

    private static DateTimeOffset? Instant(JsonNode? node) =>
        DateTimeOffset.TryParse((string?)node, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}

/// <summary>Somebody did something that concerns the account.</summary>
/// <param name="Reason">"mention", "reply", "quote" (these carry a post), "like", "repost", "follow" ...</param>
/// <param name="At">When the network took it in.</param>
/// <param name="Post">What was written; null when nothing was.</param>
public sealed record BlueskyNotification(string Reason, DateTimeOffset At, BlueskyPost? Post);

/// <summary>A stretch of a list.</summary>
/// <param name="Items">In the network's order, the latest first.</param>
/// <param name="Next">Pass on for older ones; null at the end.</param>
public sealed record BlueskyPage<T>(IReadOnlyList<T> Items, string? Next);

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
