using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Hearth.Channels.Feeds;

/// <summary>Mends what is usually wrong with feeds: a wrong label of the encoding, control characters, entities of HTML, bare ampersands, a document type without declarations.</summary>
internal static partial class MendXml
{
    /// <summary>The text of a document, whatever it says of its encoding.</summary>
    /// <param name="document">Bytes.</param>
    /// <param name="said">What was wrong with the label; null when nothing.</param>
    public static string Decode(byte[] document, out string? said)
    {
        said = null;
        var label = Label().Match(Encoding.Latin1.GetString(document, 0, Math.Min(200, document.Length))) is { Success: true } found ? found.Groups["label"].Value : "utf-8";
        try
        {
            return Strict(Encoding.GetEncoding(label)).GetString(document);
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException)
        {
            said = $"the encoding is not {label}";
        }

        try
        {
            return Strict(Encoding.UTF8).GetString(document);
        }
        catch (DecoderFallbackException)
        {
            return Western(document); // what a program writes that knows of no encodings
        }
    }

    /// <summary>The document as XML can be read, and what was done; null when nothing.</summary>
    public static (string Text, string? What) Mend(string text)
    {
        var done = new SortedSet<string>(StringComparer.Ordinal);
        text = Declaration().Replace(text, "", 1); // it speaks of bytes; these are characters
        // XML 1.0 section 2.2: these may not stand in a document at all.
        var clean = Control().Replace(text, "");
        if (clean.Length != text.Length) done.Add("control characters");
        var plain = DocumentType().Replace(clean, "", 1);
        if (plain.Length != clean.Length) done.Add("a document type");
        var mended = Ampersand().Replace(plain, m =>
        {
            if (m.Value[0] == '<' || m.Groups["known"].Success) return m.Value;
            if (m.Groups["name"] is { Success: true, Value: var name } && WebUtility.HtmlDecode($"&{name};") is var read && read != $"&{name};")
            {
                done.Add("entities that are not declared");
                return string.Concat(read.EnumerateRunes().Select(r => string.Create(CultureInfo.InvariantCulture, $"&#{r.Value};")));
            }

            done.Add("ampersands");
            return "&amp;" + m.Value[1..];
        });
        return (mended, done.Count == 0 ? null : string.Join(", ", done));
    }

    // The five quotes and dashes of Windows-1252 that people's programs write; the rest of it is Latin-1.
    private static string Western(byte[] document)
    {
        const string High = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
        return string.Create(document.Length, document, (chars, bytes) =>
        {
            for (var i = 0; i < bytes.Length; i++) chars[i] = bytes[i] is >= 0x80 and < 0xA0 ? High[bytes[i] - 0x80] : (char)bytes[i];
        });
    }

    private static Encoding Strict(Encoding encoding) => Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    [GeneratedRegex("""<\?xml[^>]*encoding\s*=\s*["'](?<label>[A-Za-z0-9._-]+)["']""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Label();

    [GeneratedRegex("""^\s*<\?xml[^>]*\?>""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Declaration();

    [GeneratedRegex("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Control();

    // RSS 0.91 asks for one; it may name a definition, which is not fetched, but declare nothing of its own.
    [GeneratedRegex("""<!DOCTYPE\s+[^>\[]*>""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex DocumentType();

    // CDATA and comments are left as they are.
    [GeneratedRegex("""<!\[CDATA\[.*?\]\]>|<!--.*?-->|&(?:(?<known>(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9A-Fa-f]+);)|(?<name>[A-Za-z][A-Za-z0-9]*);)?""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Ampersand();
}
