using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hearth.Channels.ActivityPub;

/// <summary>
/// Reads activities as the network writes them: JSON-LD compacted with the context of ActivityStreams, where one value may stand for a list of one and an
/// object for its address. Anything may be missing or of another type; then there is none.
/// </summary>
internal static class ActivityJson
{
    public const string Type = "application/activity+json";
    public const string Profile = "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";
    public const string Public = "https://www.w3.org/ns/activitystreams#Public";

    /// <summary>The object in a body; null when it is none.</summary>
    public static JsonObject? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body, null, new JsonDocumentOptions { MaxDepth = 32 }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string? Text(JsonNode? node, string name) => node is JsonObject o && Value(o[name]) is { Length: > 0 } text ? text : null;

    /// <summary>The address that a value is, or that of the object or the first of a list that it is.</summary>
    public static string? Id(JsonNode? node) => node switch
    {
        JsonValue => Value(node),
        JsonObject o => Value(o["id"]),
        JsonArray { Count: > 0 } list => Id(list[0]),
        _ => null,
    };

    public static string? Id(JsonNode? node, string name) => node is JsonObject o ? Id(o[name]) : null;

    /// <summary>All addresses of a value.</summary>
    public static IEnumerable<string> Ids(JsonNode? node, string name) => All(node, name).Select(Id).OfType<string>();

    /// <summary>A value as the list that it may be.</summary>
    public static IEnumerable<JsonNode> All(JsonNode? node, string name) => (node is JsonObject o ? o[name] : null) switch
    {
        JsonArray list => list.OfType<JsonNode>(),
        { } one => [one],
        null => [],
    };

    /// <summary>True when the object is of one of the kinds.</summary>
    public static bool Is(JsonNode? node, params ReadOnlySpan<string> kinds)
    {
        foreach (var type in All(node, "type"))
        {
            if (Value(type) is { } word && kinds.Contains(word)) return true;
        }

        return false;
    }

    public static DateTimeOffset? Instant(JsonNode? node, string name) =>
        DateTimeOffset.TryParse(Text(node, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>True for the address of everybody, in its three spellings.</summary>
    public static bool IsPublic(string id) => id is Public or "as:Public" or "Public";

    /// <summary>Host, with the port when it is not the scheme's own; null when the address is none.</summary>
    public static string? HostOf(string? id) => Uri.TryCreate(id, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? uri!.Authority.ToLowerInvariant() : null;

    /// <summary>True when two things are of one server: only then may one speak for the other.</summary>
    public static bool SameHost(string? one, string? other) => HostOf(one) is { } host && host == HostOf(other);

    private static string? Value(JsonNode? node) => node is JsonValue v && v.TryGetValue(out string? text) ? text : null;
}
