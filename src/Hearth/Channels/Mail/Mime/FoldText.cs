using System.Text.RegularExpressions;

namespace Hearth.Channels.Mail.Mime;

/// <summary>A letter's text in two: what its author says now, and what only comes along.</summary>
/// <param name="Own">What they wrote.</param>
/// <param name="Folded">Their signature and the letters quoted below; null when there is none.</param>
public sealed record FoldedText(string Own, string? Folded);

/// <summary>
/// Finds where quoting and signatures begin. Answers written between the quoted lines stay with what they answer: nothing that somebody wrote is folded away. When all would be folded, nothing is.
/// </summary>
internal static partial class FoldText
{
    public static FoldedText Of(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var end = lines.Length;
        for (var i = 0; i < lines.Length; i++)
        {
            if (IsSignature(lines, i) || IsHead(lines, i) && RestIsQuoted(lines, HeadEnd(lines, i)) || IsForwardHead(lines[i]) && i > 0 || IsQuoted(lines[i]) && RestIsQuoted(lines, i))
            {
                end = i;
                break;
            }
        }

        var (own, folded) = (string.Join('\n', lines[..end]).Trim(), string.Join('\n', lines[end..]).Trim());
        return own.Length == 0 ? new(folded, null) : new(own, folded.Length == 0 ? null : folded);
    }

    // "-- " alone on a line (RFC 3676 section 4.3); what many send has lost the space. The lines of a phone stand alone at the end.
    private static bool IsSignature(string[] lines, int at) => lines[at] is "-- " || lines[at] is "--" && lines.Length - at <= 12 || Phone().IsMatch(lines[at]) && lines[(at + 1)..].All(l => string.IsNullOrWhiteSpace(l) || IsQuoted(l) || IsAnyHead(l));

    private static bool IsQuoted(string line) => line.TrimStart().StartsWith('>');

    private static bool IsAnyHead(string line) => Wrote().IsMatch(line) || IsForwardHead(line);

    // "On Monday Ann wrote:", perhaps on two lines.
    private static bool IsHead(string[] lines, int at) => Wrote().IsMatch(lines[at]) || at + 1 < lines.Length && Opens().IsMatch(lines[at]) && Wrote().IsMatch(lines[at] + " " + lines[at + 1]);

    private static int HeadEnd(string[] lines, int at) => Wrote().IsMatch(lines[at]) ? at + 1 : at + 2;

    private static bool IsForwardHead(string line) => Original().IsMatch(line);

    private static bool RestIsQuoted(string[] lines, int from)
    {
        var rest = lines[Math.Min(from, lines.Length)..].Where(l => !string.IsNullOrWhiteSpace(l)).ToList();
        for (var i = 0; i < rest.Count; i++)
        {
            if (rest[i] is "-- " or "--") return true;
            if (!IsQuoted(rest[i]) && !Phone().IsMatch(rest[i])) return false;
        }

        return true;
    }

    [GeneratedRegex(@"^\s*(on|am|le|el|op|il|den|em)\b.{3,200}\b(wrote|schrieb|a écrit|escribió|schreef|ha scritto|skrev|escreveu)\b.{0,80}:\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Wrote();

    [GeneratedRegex(@"^\s*(on|am|le|el|op|il|den|em)\s.{3,200}$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Opens();

    [GeneratedRegex(@"^\s*(-{2,}\s*(original message|ursprüngliche nachricht|message d'origine|mensaje original|forwarded message|weitergeleitete nachricht)\s*-{2,}|_{20,})\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Original();

    [GeneratedRegex(@"^\s*(sent from my \w+|von meinem \w+ gesendet|gesendet von meinem \w+|envoyé de mon \w+|enviado desde mi \w+|get outlook for \w+).{0,60}$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Phone();
}
