using System.Text.Json.Nodes;
using Hearth.Channels.ActivityPub;
using Hearth.Channels.Bluesky;

namespace Hearth.Channels;

/// <summary>A picture, a video or a sound that a post carries. The thing itself is not fetched: it is the network's, and shown there.</summary>
/// <param name="Kind">image, video or audio.</param>
/// <param name="Alt">What its author says that it shows, up to 2,000 characters; null when they say nothing.</param>
/// <param name="Url">Where it can be seen by itself; null where the network has no such address.</param>
public sealed record CarriedMedia(string Kind, string? Alt, string? Url)
{
    public const int MaxAlt = 2_000;

    /// <summary>Networks take four; a few more do no harm.</summary>
    public const int Most = 20;

    internal static CarriedMedia Of(string kind, string? alt, string? url) =>
        new(kind, string.IsNullOrWhiteSpace(alt) ? null : alt.Length <= MaxAlt ? alt.Trim() : alt[..MaxAlt].Trim(), url is { Length: <= 2_000 } ? url : null);

    /// <summary>From a post record's embed: images, a video, or either beside a quote (app.bsky.embed.*).</summary>
    internal static IReadOnlyList<CarriedMedia> OfBluesky(JsonNode? embed)
    {
        if (embed is not JsonObject it) return [];
        if (it["media"] is JsonObject media) return OfBluesky(media);
        if (it["images"] is JsonArray images) return [.. images.OfType<JsonObject>().Take(Most).Select(i => Of("image", i.Text("alt"), null))];
        return it["video"] is JsonObject ? [Of("video", it.Text("alt"), null)] : [];
    }

    /// <summary>From a note's attachments: documents with a media type, or objects that say by their own type what they are (w3.org/TR/activitystreams-vocabulary).</summary>
    internal static IReadOnlyList<CarriedMedia> OfActivityPub(JsonNode? note) => [.. ActivityJson.All(note, "attachment").Select(OfAttachment).OfType<CarriedMedia>().Take(Most)];

    private static CarriedMedia? OfAttachment(JsonNode attachment)
    {
        var address = ActivityJson.All(attachment, "url").Select(u => ActivityJson.Text(u, "href") ?? ActivityJson.Id(u)).FirstOrDefault(u => ActivityJson.HostOf(u) is not null) ?? ActivityJson.Text(attachment, "href");
        var type = ActivityJson.Text(attachment, "mediaType") ?? ActivityJson.All(attachment, "url").Select(u => ActivityJson.Text(u, "mediaType")).FirstOrDefault(t => t is not null) ?? "";
        var kind = type.Split('/')[0] is "image" or "video" or "audio" ? type.Split('/')[0]
            : ActivityJson.Is(attachment, "Image") ? "image" : ActivityJson.Is(attachment, "Video") ? "video" : ActivityJson.Is(attachment, "Audio") ? "audio" : null;
        return kind is null ? null : Of(kind, ActivityJson.Text(attachment, "name") ?? ActivityJson.Text(attachment, "summary"), ActivityJson.HostOf(address) is null ? null : address);
    }

    /// <summary>From a status's attachments (docs.joinmastodon.org/entities/MediaAttachment).</summary>
    internal static IReadOnlyList<CarriedMedia> OfMastodon(JsonNode? attachments) => attachments is not JsonArray all ? [] :
        [.. all.OfType<JsonObject>().Take(Most).Select(a => Of(a.Text("type") switch { "video" or "gifv" => "video", "audio" => "audio", _ => "image" }, a.Text("description"), a.Text("remote_url") ?? a.Text("url")))];
}
