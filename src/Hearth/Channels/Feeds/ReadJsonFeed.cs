using System.Text.Json;

namespace Hearth.Channels.Feeds;

/// <summary>JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1).</summary>
internal static class ReadJsonFeed
{
    public static Feed From(ReadOnlyMemory<byte> document, Uri address)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            var root = json.RootElement;
            if (Text(root, "version") is not { } version || !version.StartsWith("https://jsonfeed.org/version/", StringComparison.Ordinal)) throw new NoFeedException("The document is JSON, but not a JSON Feed (no version).");
            if (!root.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array) throw new NoFeedException("The JSON Feed has no items.");
            var hub = root.TryGetProperty("hubs", out var hubs) && hubs.ValueKind == JsonValueKind.Array
                ? hubs.EnumerateArray().Where(h => h.ValueKind == JsonValueKind.Object && string.Equals(Text(h, "type"), "WebSub", StringComparison.OrdinalIgnoreCase)).Select(h => Text(h, "url")).FirstOrDefault() : null;
            return new(Text(root, "title"), Text(root, "language"), [.. items.EnumerateArray().Select(i => Item(i, address)).OfType<FeedItem>()])
            {
                Hub = ReadFeed.Absolute(hub, address), Self = ReadFeed.Absolute(Text(root, "feed_url"), address),
            };
        }
        catch (JsonException e)
        {
            throw new NoFeedException($"The JSON is broken on line {e.LineNumber + 1}.");
        }
        catch (InvalidOperationException)
        {
            throw new NoFeedException("The JSON is broken: a string holds half a surrogate pair.");
        }
    }

    private static FeedItem? Item(JsonElement item, Uri address)
    {
        if (item.ValueKind != JsonValueKind.Object) return null;
        var url = ReadFeed.Absolute(Text(item, "url") ?? Text(item, "external_url"), address);
        var text = Text(item, "content_text") ?? ReadFeed.PlainText(Text(item, "content_html")) ?? Text(item, "summary");
        if ((Text(item, "id") ?? url) is not { } id || text is null && Text(item, "title") is null) return null;
        var author = item.TryGetProperty("authors", out var authors) && authors.ValueKind == JsonValueKind.Array && authors.GetArrayLength() > 0 && authors[0].ValueKind == JsonValueKind.Object ? Text(authors[0], "name")
            : item.TryGetProperty("author", out var one) && one.ValueKind == JsonValueKind.Object ? Text(one, "name") : null;
        var types = item.TryGetProperty("attachments", out var files) && files.ValueKind == JsonValueKind.Array ? files.EnumerateArray().Where(f => f.ValueKind == JsonValueKind.Object).Select(f => Text(f, "mime_type") ?? "").ToList() : [];
        return new(id, Text(item, "title"), text, url, Text(item, "date_published") ?? Text(item, "date_modified"), author)
        {
            Updated = Text(item, "date_published") is null ? null : Text(item, "date_modified"),
            HasImage = Text(item, "image") is not null || types.Exists(t => t.StartsWith("image/", StringComparison.Ordinal)),
            HasVideo = types.Exists(t => t.StartsWith("video/", StringComparison.Ordinal)),
        };
    }

    // JSON Feed 1.1: an id that is a number is to be read as a string.
    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value)
        ? value.ValueKind switch { JsonValueKind.String => value.GetString() is { Length: > 0 } s ? s : null, JsonValueKind.Number => value.GetRawText(), _ => null } : null;
}
