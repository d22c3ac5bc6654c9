using System.Text;
using System.Text.RegularExpressions;

namespace Hearth.Channels.Mail.Mime;

/// <summary>The header fields of a mail or of a part of it (RFC 5322 section 2.2): unfolded, in their order, words in other alphabets read (RFC 2047).</summary>
internal sealed partial class MimeHeaders
{
    /// <summary>Fields that are read at most; a mail with more is no mail.</summary>
    public const int Most = 500;

    private readonly List<(string Name, string Value)> _fields = [];

    /// <summary>The first field of a name, in any case; null when there is none.</summary>
    public string? this[string name] => _fields.Find(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public IEnumerable<string> All(string name) => _fields.Where(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(f => f.Value);

    /// <summary>Reads fields up to the empty line.</summary>
    /// <param name="bytes">From the first field on.</param>
    /// <param name="body">Where the body begins.</param>
    public static MimeHeaders Read(ReadOnlySpan<byte> bytes, out int body)
    {
        var headers = new MimeHeaders();
        var field = new StringBuilder();
        var at = 0;
        while (at < bytes.Length)
        {
            var end = bytes[at..].IndexOf((byte)'\n');
            var next = end < 0 ? bytes.Length : at + end + 1;
            var line = bytes[at..(end < 0 ? bytes.Length : at + end)];
            if (line.Length > 0 && line[^1] == '\r') line = line[..^1];
            at = next;
            if (line.Length == 0) break;

            // Bytes beyond ASCII are UTF-8 (RFC 6532), or were never allowed.
            var text = Encoding.UTF8.GetString(line);
            if (text[0] is ' ' or '\t') field.Append(' ').Append(text.AsSpan().Trim());
            else
            {
                headers.Add(field.ToString());
                field.Clear().Append(text);
            }
        }

        headers.Add(field.ToString());
        body = at;
        return headers;
    }

    /// <summary>Made of names and values, for a letter that comes as JSON.</summary>
    public static MimeHeaders Of(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var headers = new MimeHeaders();
        foreach (var (name, value) in fields) headers.Add($"{name}: {value.ReplaceLineEndings(" ")}");
        return headers;
    }

    /// <summary>A parameter of a field's value: charset of "text/plain; charset=utf-8", also as RFC 2231 writes it (filename*=utf-8''na%C3%AFve).</summary>
    public static string? Parameter(string? value, string name)
    {
        if (value is null) return null;
        var parts = new SortedDictionary<int, string>();
        foreach (Match m in Parameters().Matches(value))
        {
            var (key, text) = (m.Groups["name"].Value, m.Groups["quoted"].Success ? m.Groups["quoted"].Value.Replace("\\\"", "\"", StringComparison.Ordinal) : m.Groups["plain"].Value.Trim());
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return Words(text);
            if (key.Equals(name + "*", StringComparison.OrdinalIgnoreCase)) return Percent(text);
            if (Continued().Match(key) is { Success: true } c && c.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))
                parts[int.Parse(c.Groups["part"].Value, System.Globalization.CultureInfo.InvariantCulture)] = c.Groups["star"].Length > 0 ? Percent(text) : text;
        }

        return parts.Count == 0 ? null : string.Concat(parts.Values);
    }

    /// <summary>Words written as "=?utf-8?q?...?=" become what they mean; those beside each other are one (RFC 2047 section 6.2).</summary>
    public static string Words(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal)) return text;
        return Encoded().Replace(Between().Replace(text, "${word}"), m =>
        {
            try
            {
                var bytes = m.Groups["how"].Value is "b" or "B" ? Convert.FromBase64String(m.Groups["text"].Value.PadRight((m.Groups["text"].Length + 3) / 4 * 4, '=')) : Quoted(m.Groups["text"].Value);
                return MimePart.Decode(bytes, m.Groups["set"].Value.Split('*')[0]);
            }
            catch (FormatException)
            {
                return m.Value;
            }
        });
    }

    private void Add(string field)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && _fields.Count < Most) _fields.Add((field[..colon].Trim(), field[(colon + 1)..].Trim()));
    }

    private static byte[] Quoted(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), System.Globalization.NumberStyles.HexNumber, null, out var b))
            {
                bytes.Add(b);
                i += 2;
            }
            else bytes.AddRange(text[i] == '_' ? " "u8 : Encoding.UTF8.GetBytes(text[i].ToString()));
        }

        return [.. bytes];
    }

    private static string Percent(string text)
    {
        var parts = text.Split('\'', 3);
        var (charset, value) = parts.Length == 3 ? (parts[0], parts[2]) : ("utf-8", text);
        var bytes = new List<byte>(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '%' && i + 2 < value.Length && byte.TryParse(value.AsSpan(i + 1, 2), System.Globalization.NumberStyles.HexNumber, null, out var b))
            {
                bytes.Add(b);
                i += 2;
            }
            else bytes.AddRange(Encoding.UTF8.GetBytes(value[i].ToString()));
        }

        return MimePart.Decode([.. bytes], charset);
    }

    [GeneratedRegex(""";\s*(?<name>[!#$%&'*+.^_`|~0-9A-Za-z\-]+)\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^;\s]+))""", RegexOptions.CultureInvariant)]
    private static partial Regex Parameters();

    [GeneratedRegex(@"^(?<name>[^*]+)\*(?<part>\d{1,3})(?<star>\*?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Continued();

    [GeneratedRegex(@"(?<word>=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=)\s+(?==\?)", RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?(?<set>[^?\s]+)\?(?<how>[bBqQ])\?(?<text>[^?\s]*)\?=", RegexOptions.CultureInvariant)]
    private static partial Regex Encoded();
}
