using System.Text.Json;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;

namespace Hearth.Listening.Matching;

/// <summary>Lines of JSON as queries and posts.</summary>
internal static class PostLine
{
    /// <summary>The id and the expression of <c>{"id": "...", "query": "..."}</c>.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static (string Id, string Query) Query(Line line)
    {
        using var json = Parse(line);
        return (Required(json.RootElement, "id"), Required(json.RootElement, "query"));
    }

    /// <summary>The id and the post of <c>{"id": "...", "text": "..."}</c> and whatever else is there.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static (string Id, AskedPost Post) Post(Line line)
    {
        using var json = Parse(line);
        var post = json.RootElement;
        var (id, text) = (Required(post, "id"), Required(post, "text"));
        return (id, new(
            text, Text(post, "author")?.TrimStart('@'), Text(post, "lang"), Text(post, "url"), Texts(post, "links"), Text(post, "source"), Text(post, "network"), Number(post, "followers"), Word(post, "kind", PostKind.Original),
            (Texts(post, "has") ?? []).Aggregate(Media.None, (all, one) => all | Word<Media>(one, "has")), Text(post, "sentiment") is { } sentiment ? Word<Sentiment>(sentiment, "sentiment") : null,
            (Texts(post, "intents") ?? []).Aggregate(0, (all, one) => all | 1 << (int)Word<Intent>(one, "intents")), Texts(post, "products")?.ConvertAll(FieldTest.Product.KeyOf)));
    }

    /// <summary>Reads what the line left out and some query asks for.</summary>
    public static AskedPost Understood(AskedPost post, bool language, bool sentiment, bool intent)
    {
        if (!(language && post.Language is null || sentiment && post.Sentiment is null || intent && post.Intents == 0)) return post;
        var reading = Understand.Read(post.Text, post.Language);
        return post with { Language = post.Language ?? reading.Language, Sentiment = post.Sentiment ?? reading.Sentiment, Intents = post.Intents != 0 ? post.Intents : reading.Intents.Bits() };
    }

    private static JsonDocument Parse(Line line)
    {
        if (line.IsTooLong) throw new FormatException($"it is longer than {JsonLines.MaxLength:N0} bytes");
        try
        {
            var json = JsonDocument.Parse(line.Bytes);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw new FormatException("it is no JSON object");
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is no JSON (at byte {e.BytePositionInLine + 1})", e);
        }
    }

    private static string Required(JsonElement of, string name) => Text(of, name) ?? throw new FormatException($"'{name}' is missing");

    private static string? Text(JsonElement of, string name) => !of.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => TextOf(value, name),
        JsonValueKind.Number when name == "id" => value.GetRawText(),
        _ => throw new FormatException($"'{name}' is no text"),
    };

    private static string TextOf(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e) // bytes that are no UTF-8, or half a surrogate pair
        {
            throw new FormatException($"'{name}' is no valid Unicode", e);
        }
    }

    private static List<string>? Texts(JsonElement of, string name)
    {
        if (!of.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.String)) throw new FormatException($"'{name}' is no list of texts");
        return [.. value.EnumerateArray().Select(v => TextOf(v, name))];
    }

    private static long? Number(JsonElement of, string name) => !of.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw new FormatException($"'{name}' is no whole number");

    private static T Word<T>(JsonElement of, string name, T otherwise) where T : struct, Enum => Text(of, name) is { } word ? Word<T>(word, name) : otherwise;

    private static T Word<T>(string word, string name) where T : struct, Enum => word.All(char.IsAsciiLetter) && Enum.TryParse<T>(word, true, out var value) ? value
        : throw new FormatException($"'{name}' is none of {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}");
}
