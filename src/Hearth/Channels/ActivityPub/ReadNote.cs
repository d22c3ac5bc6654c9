using System.Text.Json.Nodes;
using Hearth.Channels;

namespace Hearth.Channels.ActivityPub;

/// <summary>Reads notes of other servers.</summary>
internal static class ReadNote
{
    private const int MaxText = 100_000;

    /// <summary>True for what people write: a note, and what other programs call theirs.</summary>
    public static bool IsOne(JsonNode? o) => ActivityJson.Is(o, "Note", "Article", "Page", "Question", "Event", "Video", "Image", "Audio");

    /// <summary>Makes sense of a note.</summary>
    /// <param name="note">Its object.</param>
    /// <param name="author">Who brought it, and wrote it.</param>
    /// <param name="root">The first note of its thread.</param>
    /// <param name="isUpdate">True when it was changed.</param>
    /// <param name="now">The time here: no note is from later.</param>
    public static HeardNote Of(JsonObject note, RemoteActorRow author, string? root, bool isUpdate, DateTimeOffset now)
    {
        var id = ActivityJson.Text(note, "id")!;
        var read = HtmlText.Of(ActivityJson.Text(note, "content") ?? FirstOf(note["contentMap"]));
        string?[] parts = [ActivityJson.Text(note, "name"), HtmlText.Of(ActivityJson.Text(note, "summary")).Text, read.Text];
        var text = string.Join("\n\n", parts.Where(p => !string.IsNullOrWhiteSpace(p)));
        var media = CarriedMedia.OfActivityPub(note).Select(m => m.Kind).ToHashSet(StringComparer.Ordinal);
        if (text.Length == 0) text = string.Join('\n', ActivityJson.All(note, "attachment").Select(a => ActivityJson.Text(a, "name")).OfType<string>());
        var at = ActivityJson.Instant(note, "published") is { } published && published < now ? published : now;
        var edited = isUpdate ? ActivityJson.Instant(note, "updated") is { } updated && updated < now ? updated : now : (DateTimeOffset?)null;
        return new(id, text.Length > MaxText ? text[..MaxText] : text.Length == 0 ? "(no words)" : text, at,
            new(author.Id, $"{author.Username}@{author.Host}", author.Name, author.Avatar, author.Url ?? author.Id), Web(note) ?? id, Language(note), ActivityJson.Id(note, "inReplyTo"), root, edited,
            Audience(note).Any(ActivityJson.IsPublic), media.Contains("image"), media.Contains("video") || media.Contains("audio"),
            read.Links, [.. SpeaksTo(note)]) { Carries = CarriedMedia.OfActivityPub(note) };
    }

    /// <summary>Those whom it is sent to.</summary>
    public static IEnumerable<string> Audience(JsonNode? o) => ActivityJson.Ids(o, "to").Concat(ActivityJson.Ids(o, "cc")).Concat(ActivityJson.Ids(o, "audience"));

    /// <summary>Those whom it is sent to or names.</summary>
    public static IEnumerable<string> SpeaksTo(JsonNode? o) => Audience(o).Where(a => !ActivityJson.IsPublic(a))
        .Concat(ActivityJson.All(o, "tag").Where(t => ActivityJson.Is(t, "Mention")).Select(t => ActivityJson.Text(t, "href")).OfType<string>()).Distinct(StringComparer.Ordinal);

    private static string? Web(JsonObject note) => ActivityJson.All(note, "url")
        .Select(u => ActivityJson.Is(u, "Link") ? ActivityJson.Text(u, "mediaType") is null or "text/html" ? ActivityJson.Text(u, "href") : null : ActivityJson.Id(u)).FirstOrDefault(u => ActivityJson.HostOf(u) is not null);

    private static string? Language(JsonObject note) => note["contentMap"] is JsonObject { Count: 1 } map && map.First().Key is { Length: > 1 and < 12 } language && language != "und" ? language : null;

    private static string? FirstOf(JsonNode? map) => map is JsonObject { Count: > 0 } o ? ActivityJson.Text(o, o.First().Key) : null;
}
