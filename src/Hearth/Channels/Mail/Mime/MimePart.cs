using System.Buffers.Text;
using System.Text;

namespace Hearth.Channels.Mail.Mime;

/// <summary>A mail, or a part of one (RFC 2045, 2046): its fields and either a body or parts.</summary>
internal sealed record MimePart(MimeHeaders Headers, byte[] Raw, IReadOnlyList<MimePart> Parts)
{
    /// <summary>How deep parts may stand in parts.</summary>
    private const int Deepest = 20;

    /// <summary>Parts that are read at most; the rest is left.</summary>
    private const int MostParts = 200;

    /// <summary>"text/plain", in lower case; what says nothing is plain text.</summary>
    public string Type { get; } = (Headers["Content-Type"] is { } type ? type.Split(';')[0].Trim().ToLowerInvariant() : "") is { Length: > 2 } given && given.Contains('/', StringComparison.Ordinal) ? given : "text/plain";

    public string? FileName => MimeHeaders.Parameter(Headers["Content-Disposition"], "filename") ?? MimeHeaders.Parameter(Headers["Content-Type"], "name");

    public bool IsAttachment => Headers["Content-Disposition"]?.TrimStart().StartsWith("attachment", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The body's bytes, without the transfer's encoding.</summary>
    public byte[] Bytes => Headers["Content-Transfer-Encoding"]?.Trim().ToLowerInvariant() switch
    {
        "base64" => Base64Bytes(Raw),
        "quoted-printable" => QuotedPrintable(Raw),
        _ => Raw,
    };

    /// <summary>The body as text, in the charset that it names.</summary>
    public string Text => Decode(Bytes, MimeHeaders.Parameter(Headers["Content-Type"], "charset"));

    public static MimePart Read(ReadOnlySpan<byte> bytes)
    {
        var budget = MostParts;
        return Read(bytes, 0, ref budget);
    }

    /// <summary>Itself and all parts below, in their order.</summary>
    public IEnumerable<MimePart> Leaves() => Parts.Count == 0 ? [this] : Parts.SelectMany(p => p.Leaves());

    /// <summary>Text in a charset; one that is unknown or not named is read as UTF-8, and as Windows-1252 where that is not possible.</summary>
    public static string Decode(byte[] bytes, string? charset)
    {
        try
        {
            if (!string.IsNullOrWhiteSpace(charset) && !charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase)) return Charset(charset.Trim()).GetString(bytes);
        }
        catch (ArgumentException)
        {
            // a name that nobody knows
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Charset("windows-1252").GetString(bytes);
        }
    }

    private static Encoding Charset(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);

    private static MimePart Read(ReadOnlySpan<byte> bytes, int depth, ref int budget)
    {
        var headers = MimeHeaders.Read(bytes, out var body);
        var raw = bytes[body..];
        var parts = new List<MimePart>();
        var type = headers["Content-Type"] ?? "";
        if (type.TrimStart().StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && MimeHeaders.Parameter(type, "boundary") is { Length: > 0 and <= 200 } boundary && depth < Deepest)
        {
            var line = Encoding.UTF8.GetBytes("--" + boundary);
            var start = -1;
            for (var at = 0; at < raw.Length && budget > 0;)
            {
                var found = raw[at..].IndexOf(line);
                if (found < 0) break;
                var here = at + found;
                if (here > 0 && raw[here - 1] != '\n')
                {
                    at = here + line.Length; // in the middle of a line it is text
                    continue;
                }

                if (start >= 0)
                {
                    budget--;
                    parts.Add(Read(Without(raw[start..here]), depth + 1, ref budget));
                }

                var after = raw[(here + line.Length)..];
                var eol = after.IndexOf((byte)'\n');
                if (after.StartsWith("--"u8) || eol < 0)
                {
                    start = -1;
                    break;
                }

                start = at = here + line.Length + eol + 1;
            }

            if (start >= 0 && budget > 0) parts.Add(Read(raw[start..], depth + 1, ref budget)); // cut off before its end
        }

        return new(headers, parts.Count > 0 ? [] : raw.ToArray(), parts);
    }

    // The line break before a boundary belongs to the boundary (RFC 2046 section 5.1.1).
    private static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> part) => part.EndsWith("\r\n"u8) ? part[..^2] : part.EndsWith("\n"u8) ? part[..^1] : part;

    private static byte[] Base64Bytes(byte[] raw)
    {
        var only = Array.FindAll(raw, b => b is >= (byte)'A' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'z' or >= (byte)'0' and <= (byte)'9' or (byte)'+' or (byte)'/');
        var whole = only.Length / 4 * 4 + (only.Length % 4 is 1 ? 0 : only.Length % 4);
        var padded = new byte[(whole + 3) / 4 * 4];
        only.AsSpan(0, whole).CopyTo(padded);
        padded.AsSpan(whole).Fill((byte)'=');
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(padded.Length)];
        Base64.DecodeFromUtf8(padded, bytes, out _, out var written);
        return bytes[..written];
    }

    private static byte[] QuotedPrintable(byte[] raw)
    {
        var bytes = new List<byte>(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '=')
            {
                bytes.Add(raw[i]);
                continue;
            }

            if (i + 2 < raw.Length && byte.TryParse(raw.AsSpan(i + 1, 2), System.Globalization.NumberStyles.HexNumber, null, out var b))
            {
                bytes.Add(b);
                i += 2;
            }
            else if (i + 1 < raw.Length && raw[i + 1] == '\n') i++;
            else if (i + 2 < raw.Length && raw[i + 1] == '\r' && raw[i + 2] == '\n') i += 2;
            else bytes.Add(raw[i]);
        }

        return [.. bytes];
    }
}
