using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Hearth.Channels.ActivityPub;

/// <summary>Writes a plain text as the HTML of a note: paragraphs, line ends, links, and the people it names.</summary>
internal static partial class NoteHtml
{
    /// <param name="text">As a person wrote it.</param>
    /// <param name="named">Those it names, by the words they are named with ("@ada@example.org").</param>
    public static string Paragraphs(string text, IReadOnlyDictionary<string, NamedActor>? named = null)
    {
        var html = new StringBuilder();
        foreach (var paragraph in BlankLine().Split(text.ReplaceLineEndings("\n").Trim()))
        {
            html.Append("<p>");
            var from = 0;
            foreach (var (start, length, word) in Marked(paragraph))
            {
                if (Html(word, named) is not { } marked) continue;
                Plain(html, paragraph[from..start]);
                html.Append(marked);
                from = start + length;
            }

            Plain(html, paragraph[from..]);
            html.Append("</p>");
        }

        return html.ToString();
    }

    /// <summary>The links and handles in a text, in order, as they will be shown.</summary>
    public static IEnumerable<(int Start, int Length, string Value)> Marked(string text)
    {
        foreach (Match match in Marks().Matches(text))
        {
            var word = match.Value[0] == '@' ? match.Value.TrimEnd('.') : Address(match.Value);
            if (word is not null) yield return (match.Index, word.Length, word);
        }
    }

    /// <summary>The handles that a text names, as they stand in it.</summary>
    public static IEnumerable<string> Handles(string text) => Marked(text).Select(m => m.Value).Where(v => v[0] == '@').Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>A paragraph that is a link.</summary>
    public static string Link(string url, string title) => $"<p><a href=\"{WebUtility.HtmlEncode(url)}\" rel=\"nofollow noopener\" target=\"_blank\">{WebUtility.HtmlEncode(title)}</a></p>";

    public static string Mention(NamedActor actor) =>
        $"<span class=\"h-card\"><a href=\"{WebUtility.HtmlEncode(actor.Url)}\" class=\"u-url mention\">@{WebUtility.HtmlEncode(actor.Username)}</a></span>";

    // A handle that nobody has stays plain text.
    private static string? Html(string word, IReadOnlyDictionary<string, NamedActor>? named)
    {
        if (word[0] == '@') return named?.FirstOrDefault(n => string.Equals(n.Key, word, StringComparison.OrdinalIgnoreCase)).Value is { } actor ? Mention(actor) : null;
        var safe = WebUtility.HtmlEncode(word);
        return $"<a href=\"{safe}\" rel=\"nofollow noopener\" target=\"_blank\">{safe}</a>";
    }

    // What ends a sentence is none of the address.
    private static string? Address(string word)
    {
        var address = word.TrimEnd('.', ',', ';', ':', '!', '?', '\'', '"', ')');
        if (address.Contains('(', StringComparison.Ordinal) && word.Length > address.Length && word[address.Length] == ')') address += ")";
        return Uri.TryCreate(address, UriKind.Absolute, out _) ? address : null;
    }

    private static void Plain(StringBuilder html, string text) => html.Append(WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal));

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex BlankLine();

    [GeneratedRegex(@"https?://[^\s<>""]+|\B@[A-Za-z0-9_][A-Za-z0-9_.\-]*@[A-Za-z0-9][A-Za-z0-9.\-]*(:\d+)?")]
    private static partial Regex Marks();
}

/// <summary>Somebody that a note names.</summary>
/// <param name="Id">The actor's address.</param>
/// <param name="Username">The part before the second @.</param>
/// <param name="Host">The part after it.</param>
/// <param name="Url">Where people see them.</param>
internal sealed record NamedActor(string Id, string Username, string Host, string Url)
{
    public string Handle => $"@{Username}@{Host}";

    public static NamedActor Of(RemoteActorRow row) => new(row.Id, row.Username, row.Host, row.Url ?? row.Id);
}
