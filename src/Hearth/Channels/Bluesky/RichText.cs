using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Hearth.Channels.Bluesky;

/// <summary>A marked part of a text (app.bsky.richtext.facet).</summary>
/// <param name="ByteStart">Inclusive, counted in bytes of UTF-8.</param>
/// <param name="ByteEnd">Exclusive, counted in bytes of UTF-8.</param>
/// <param name="Kind">What it marks.</param>
/// <param name="Value">The address, the handle without @, or the tag without #.</param>
public sealed record Facet(int ByteStart, int ByteEnd, FacetKind Kind, string Value);

public enum FacetKind
{
    Link,
    Mention,
    Tag,
}

/// <summary>Finds what Bluesky does not find by itself (atproto: rich text is marked by its author), and counts as Bluesky counts.</summary>
public static partial class RichText
{
    /// <summary>The most a post holds, in extended grapheme clusters (UAX 29).</summary>
    public const int MaxGraphemes = 300;

    /// <summary>The most a post holds, in bytes of UTF-8.</summary>
    public const int MaxBytes = 3000;

    /// <summary>The most a tag holds, in graphemes.</summary>
    private const int MaxTag = 64;

    public static int Graphemes(string text) => new StringInfo(text).LengthInTextElements;

    public static TextLength Measure(string text)
    {
        var (graphemes, bytes) = (Graphemes(text), Encoding.UTF8.GetByteCount(text));
        return bytes > MaxBytes && graphemes <= MaxGraphemes ? new(bytes, MaxBytes, "bytes") : new(graphemes, MaxGraphemes, "graphemes");
    }

    /// <summary>Links that begin with http:// or https://, @handles and #tags, in order, never overlapping.</summary>
    public static IReadOnlyList<Facet> Facets(string text)
    {
        var found = new List<Facet>();
        foreach (Match match in Marks().Matches(text))
        {
            var group = match.Groups["link"] is { Success: true } link ? Trimmed(link) : match.Groups["mention"] is { Success: true } mention ? Handle(mention) : Tag(match.Groups["tag"]);
            if (group is not { } mark) continue;
            var start = Encoding.UTF8.GetByteCount(text.AsSpan(0, mark.Start));
            var end = start + Encoding.UTF8.GetByteCount(text.AsSpan(mark.Start, mark.Length));
            found.Add(new(start, end, mark.Kind, mark.Value));
        }

        return found;
    }

    private readonly record struct Mark(int Start, int Length, FacetKind Kind, string Value);

    // A full stop or a bracket after an address belongs to the sentence; a bracket that the address itself opened belongs to it.
    private static Mark? Trimmed(Group link)
    {
        var address = link.Value;
        while (address.Length > 0 && (".,;:!?'\"".Contains(address[^1], StringComparison.Ordinal) || address[^1] == ')' && !address.Contains('(', StringComparison.Ordinal))) address = address[..^1];
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? new(link.Index, address.Length, FacetKind.Link, address) : null;
    }

    private static Mark? Handle(Group mention) => new(mention.Index, mention.Length, FacetKind.Mention, mention.Value[1..].ToLowerInvariant());

    private static Mark? Tag(Group tag)
    {
        var end = tag.Length;
        while (end > 1 && IsPunctuation(tag.Value[end - 1])) end--;
        var name = tag.Value[1..end];
        if (name.Length == 0 || name.All(char.IsDigit) || Graphemes(name) > MaxTag) return null;
        return new(tag.Index, end, FacetKind.Tag, name);
    }

    private static bool IsPunctuation(char c) => char.IsPunctuation(c);

    // A handle is a domain name (atproto.com/specs/handle): labels of letters, digits and hyphens, at least two of them, the last beginning with a letter.
    [GeneratedRegex("""
        (?<=^|[\s(\[{"'])(?<link>https?://[^\s<>"]+)
        |(?<=^|[\s(\[{"'.,])(?<mention>@(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)
        |(?<=^|\s)(?<tag>[#＃](?!\ufe0f)[^\s\u00AD\u2060\u200A\u200B\u200C\u200D\u20e2#＃]+)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
