using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hearth.Channels.Discourse;

/// <summary>A post of a Discourse forum (docs.discourse.org, "Posts").</summary>
/// <param name="Id">The forum's number for it; stays when the post is moved to another topic.</param>
/// <param name="Topic">The topic's number.</param>
/// <param name="Number">Its place in the topic; 1 began it.</param>
/// <param name="ReplyTo">The place of the post that it answers; null when it answers the topic.</param>
/// <param name="Title">The topic's title; null when not told.</param>
/// <param name="Slug">The topic's name in addresses.</param>
/// <param name="Username">Who wrote it.</param>
/// <param name="Name">Their full name; null when they show none.</param>
/// <param name="Avatar">A picture's address on the forum, or elsewhere.</param>
/// <param name="At">When it was written.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">1 when it was never changed visibly; grows with each change.</param>
/// <param name="Text">Plain text of what its author wrote: quotes of others are left out.</param>
/// <param name="Links">Where its links lead.</param>
/// <param name="HasImage">It shows a picture (an emoji is none).</param>
/// <param name="HasVideo">It shows a video.</param>
/// <param name="IsGone">Deleted, hidden, or waiting for approval.</param>
public sealed record DiscoursePost(
    long Id, long Topic, int Number, int? ReplyTo, string? Title, string? Slug, string Username, string? Name, string? Avatar, DateTimeOffset At, DateTimeOffset UpdatedAt, int Version,
    string Text, IReadOnlyList<string> Links, bool HasImage, bool HasVideo, bool IsGone)
{
    /// <summary>What the forum's own marks around a post say, and others' words.</summary>
    private const string NotTheirs = "aside.quote, aside.onebox, .lightbox-wrapper .meta, .cooked-selection-barrier, .hashtag-icon-placeholder, svg";

    /// <summary>Reads a post of the API or a webhook.</summary>
    /// <returns>Null when it is none that people wrote in public: no id, a small action ("closed this"), a whisper among the staff, a private message.</returns>
    public static DiscoursePost? Read(JsonNode? node)
    {
        if (node is not JsonObject p || Whole(p, "id") is not { } id || Whole(p, "topic_id") is not { } topic || Word(p, "username") is not { } username || Time(p, "created_at") is not { } at) return null;
        if (Whole(p, "post_type") is not (null or 1 or 2) || Word(p, "topic_archetype") == "private_message") return null; // 3 is a small action, 4 a whisper
        var cooked = Word(p, "cooked") ?? "";
        var content = HtmlText.Of(cooked, NotTheirs);
        return new(
            id, topic, (int)Math.Clamp(Whole(p, "post_number") ?? 1, 1, int.MaxValue), Whole(p, "reply_to_post_number") is { } to and > 0 and < int.MaxValue ? (int)to : null, Word(p, "topic_title") ?? Word(p, "title"), Word(p, "topic_slug"),
            username, Word(p, "name"), Word(p, "avatar_template")?.Replace("{size}", "96", StringComparison.Ordinal), at, Time(p, "updated_at") ?? at, (int)Math.Clamp(Whole(p, "version") ?? 1, 1, int.MaxValue),
            content.Text, content.Links, HasPicture(cooked), cooked.Contains("<video", StringComparison.OrdinalIgnoreCase) || cooked.Contains("lazy-video-container", StringComparison.Ordinal),
            Flag(p, "hidden") || Flag(p, "user_deleted") || Word(p, "deleted_at") is not null);
    }

    internal static string? Word(JsonObject of, string name) => of[name] is JsonValue v && v.GetValueKind() == JsonValueKind.String && (string?)v is { Length: > 0 } text ? text : null;

    internal static long? Whole(JsonObject of, string name) => of[name] is JsonValue v && v.GetValueKind() == JsonValueKind.Number && v.TryGetValue(out long number) ? number : null;

    private static bool Flag(JsonObject of, string name) => of[name] is JsonValue v && v.GetValueKind() == JsonValueKind.True;

    private static DateTimeOffset? Time(JsonObject of, string name) => Word(of, name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static bool HasPicture(string cooked)
    {
        for (var i = cooked.IndexOf("<img", StringComparison.OrdinalIgnoreCase); i >= 0; i = cooked.IndexOf("<img", i + 4, StringComparison.OrdinalIgnoreCase))
        {
            var end = cooked.IndexOf('>', i);
            var tag = end < 0 ? cooked.AsSpan(i) : cooked.AsSpan(i, end - i);
            if (tag.IndexOf("emoji", StringComparison.Ordinal) < 0 && tag.IndexOf("avatar", StringComparison.Ordinal) < 0) return true;
        }

        return false;
    }
}
