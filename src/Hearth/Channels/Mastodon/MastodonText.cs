using System.Globalization;
using System.Text.RegularExpressions;

namespace Hearth.Channels.Mastodon;

/// <summary>Counts a status as Mastodon counts it, and finds what it will show as links (docs.joinmastodon.org/user/posting).</summary>
public static partial class MastodonText
{
    /// <summary>What Mastodon takes where the instance does not say otherwise.</summary>
    public const int UsualLength = 500;

    /// <summary>What a link counts there, however long it is.</summary>
    public const int UsualLink = 23;

    /// <summary>Graphemes; a link counts a fixed length, and of a person on another server only the name.</summary>
    public static int Count(string text, int link)
    {
        var (counted, at) = (0, 0);
        foreach (var mark in Marks(text))
        {
            counted += Graphemes(text[at..mark.Start]);
            counted += mark.Kind switch
            {
                MarkKind.Link => link,
                MarkKind.Handle => 1 + mark.Value.Split('@')[0].Length,
                _ => Graphemes(text.Substring(mark.Start, mark.Length)),
            };
            at = mark.Start + mark.Length;
        }

        return counted + Graphemes(text[at..]);
    }

    /// <summary>Links that begin with http:// or https://, @handles with or without their server, and #tags, in order, never overlapping.</summary>
    public static IReadOnlyList<TextMark> Marks(string text)
    {
        var found = new List<TextMark>();
        foreach (Match match in Pattern().Matches(text))
        {
            if (match.Groups["link"] is { Success: true } link)
            {
                var address = link.Value;
                while (address.Length > 0 && (".,;:!?'\"".Contains(address[^1], StringComparison.Ordinal) || address[^1] == ')' && !address.Contains('(', StringComparison.Ordinal))) address = address[..^1];
                if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0) found.Add(new(link.Index, address.Length, MarkKind.Link, address));
            }
            else if (match.Groups["handle"] is { Success: true } handle)
            {
                found.Add(new(handle.Index, handle.Length, MarkKind.Handle, handle.Value[1..]));
            }
            else if (match.Groups["tag"] is { Success: true } tag && !tag.Value.AsSpan(1).TrimStart("0123456789").IsEmpty) // digits alone are a number
            {
                found.Add(new(tag.Index, tag.Length, MarkKind.Tag, tag.Value[1..]));
            }
        }

        return found;
    }

    private static int Graphemes(string text) => new StringInfo(text).LengthInTextElements;

    [GeneratedRegex("""
        (?<=^|[\s(\[{"'])(?<link>https?://[^\s<>"]+)
        |(?<=^|[^\w/@])(?<handle>@[a-zA-Z0-9_](?:[a-zA-Z0-9_.-]*[a-zA-Z0-9_])?(?:@[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]+)?)?)
        |(?<=^|[^\w/&])(?<tag>\#[\w·]+)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
