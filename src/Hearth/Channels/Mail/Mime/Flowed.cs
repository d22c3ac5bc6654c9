using System.Text;

namespace Hearth.Channels.Mail.Mime;

/// <summary>Text whose paragraphs are broken so that every reader can join them again (RFC 3676, "format=flowed").</summary>
internal static class Flowed
{
    /// <summary>Where lines are broken, in characters; section 4.2 asks for 78 at most.</summary>
    public const int Width = 76;

    private const string Signature = "-- ";

    /// <summary>Breaks long lines; lines that begin with &gt; are quoted, and stay so when they are broken.</summary>
    public static string Write(string text)
    {
        var flowed = new StringBuilder();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var (depth, content) = Quoted(line, isFlowed: false);
            Break(flowed, new string('>', depth), line == Signature ? line : content.TrimEnd(' '));
        }

        return flowed.ToString(0, Math.Max(0, flowed.Length - 2));
    }

    /// <summary>Joins what was broken and takes away what only kept it apart from quotes.</summary>
    /// <param name="text">As it came.</param>
    /// <param name="deletesSpace">True when the space at which a line was broken is none of the text (DelSp=yes).</param>
    public static string Read(string text, bool deletesSpace)
    {
        var lines = new List<string>();
        var (open, depthBefore) = (false, -1);
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var (depth, content) = Quoted(raw, isFlowed: true);
            var isSignature = content == Signature;
            if (open && depth == depthBefore && !isSignature) lines[^1] += content;
            else lines.Add((depth == 0 ? "" : new string('>', depth) + " ") + content);
            open = content.EndsWith(' ') && !isSignature; // section 4.3: the line of a signature flows into nothing
            if (open && deletesSpace) lines[^1] = lines[^1][..^1];
            depthBefore = depth;
        }

        return string.Join('\n', lines);
    }

    // How deep a line is quoted, and what it says. Sent text may have one space after the last mark that is none of it.
    private static (int Depth, string Content) Quoted(string line, bool isFlowed)
    {
        var depth = 0;
        if (isFlowed)
        {
            while (depth < line.Length && line[depth] == '>') depth++;
            return (depth, depth < line.Length && line[depth] == ' ' ? line[(depth + 1)..] : line[depth..]);
        }

        // "> > text", as people see it, is quoted twice as well.
        var at = 0;
        while (at < line.Length && line[at] == '>')
        {
            (depth, at) = (depth + 1, at + 1);
            if (at < line.Length && line[at] == ' ') at++;
        }

        return (depth, line[at..]);
    }

    private static void Break(StringBuilder into, string marks, string content)
    {
        var room = Math.Max(20, Width - marks.Length - 1);
        while (true)
        {
            // A word longer than a line stays whole: an address that is broken leads nowhere.
            var end = content.Length <= room ? -1 : content.LastIndexOf(' ', room - 1);
            if (end <= 0 && content.Length > room) end = content.IndexOf(' ', room);
            while (end > 0 && end + 1 < content.Length && (content[end + 1] == ' ' || content.AsSpan(0, end + 1) is Signature)) end = content[end + 1] == ' ' ? end + 1 : content.IndexOf(' ', end + 1);
            if (end <= 0 || end + 1 >= content.Length) break;
            Line(into, marks, content[..(end + 1)]);
            content = content[(end + 1)..];
        }

        Line(into, marks, content);
    }

    // Section 4.4: what could be taken for something else has a space before it.
    private static void Line(StringBuilder into, string marks, string content)
    {
        into.Append(marks);
        if (marks.Length > 0 && content.Length > 0 || content.StartsWith(' ') || content.StartsWith('>') || content.StartsWith("From ", StringComparison.Ordinal)) into.Append(' ');
        into.Append(content).Append("\r\n");
    }
}
