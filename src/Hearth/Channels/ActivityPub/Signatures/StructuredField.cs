using System.Text;

namespace Hearth.Channels.ActivityPub;

/// <summary>The little of structured fields (RFC 8941) that signatures are written in.</summary>
internal static class StructuredField
{
    /// <summary>The members of a dictionary by their key, each as it was written. A later key wins, as section 4.2.2 says.</summary>
    public static IReadOnlyDictionary<string, string> Dictionary(string field)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in Split(field, ','))
        {
            var at = member.IndexOf('=', StringComparison.Ordinal);
            if (at > 0) members[member[..at].Trim()] = member[(at + 1)..].Trim();
        }

        return members;
    }

    /// <summary>A byte sequence (":…:"); null when it is none.</summary>
    public static byte[]? Bytes(string item)
    {
        if (item is not [':', .. var inside, ':']) return null;
        var bytes = new byte[inside.Length];
        return Convert.TryFromBase64String(inside, bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>An inner list of strings with its parameters; null when it is not one, or an item of it has parameters of its own.</summary>
    public static (IReadOnlyList<string> Items, IReadOnlyDictionary<string, string> Parameters)? InnerList(string member)
    {
        var end = member.IndexOf(')', StringComparison.Ordinal);
        if (member is not ['(', ..] || end < 0) return null;
        var items = new List<string>();
        foreach (var item in member[1..end].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (item is not ['"', .. var name, '"'] || name.Contains('"', StringComparison.Ordinal) || items.Contains(name, StringComparer.Ordinal)) return null;
            items.Add(name);
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in Split(member[(end + 1)..], ';'))
        {
            if (parameter.Length == 0) continue;
            var at = parameter.IndexOf('=', StringComparison.Ordinal);
            parameters[at < 0 ? parameter : parameter[..at].Trim()] = at < 0 ? "" : Plain(parameter[(at + 1)..].Trim());
        }

        return (items, parameters);
    }

    private static string Plain(string value) =>
        value is ['"', .. var inside, '"'] ? inside.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal) : value;

    /// <summary>Parts between separators that stand outside of quotes and brackets.</summary>
    internal static IEnumerable<string> Split(string text, char separator)
    {
        var part = new StringBuilder();
        var (quoted, depth) = (false, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '\\' && i + 1 < text.Length) part.Append(c).Append(text[++i]);
            else if (c == separator && !quoted && depth == 0)
            {
                yield return part.ToString().Trim();
                part.Clear();
            }
            else
            {
                if (c == '"') quoted = !quoted;
                else if (!quoted) depth += c switch { '(' => 1, ')' => -1, _ => 0 };
                part.Append(c);
            }
        }

        if (part.Length > 0) yield return part.ToString().Trim();
    }
}
