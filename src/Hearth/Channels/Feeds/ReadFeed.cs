using System.Xml;
using System.Xml.Linq;
using AngleSharp.Html.Parser;

namespace Hearth.Channels.Feeds;

/// <summary>
/// Reads RSS 0.90 to 2.0 and 1.0 with their common modules, Atom 0.3 and 1.0 (RFC 4287), and JSON Feed 1 and 1.1. A document that is broken in one of the usual ways is mended (<see cref="MendXml"/>). Document types
/// are not followed, so no entity can grow or reach out.
/// </summary>
public static class ReadFeed
{
    /// <summary>Reads a document.</summary>
    /// <param name="document">The bytes as they came; XML says its own encoding.</param>
    /// <param name="address">Where it came from; relative addresses start there.</param>
    /// <exception cref="NoFeedException">It is none of the formats, or too broken; the message names the line.</exception>
    public static Feed From(byte[] document, Uri address)
    {
        var start = document.AsSpan().TrimStart([(byte)0xEF, (byte)0xBB, (byte)0xBF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']);
        if (start.IsEmpty) throw new NoFeedException("The document is empty.");
        return start[0] == '{' ? ReadJsonFeed.From(document.AsMemory(document.Length - start.Length), address) : Xml(start.ToArray(), address);
    }

    /// <summary>The text that a person reads of a piece of HTML: tags gone, entities read, blocks on lines of their own.</summary>
    public static string? PlainText(string? html)
    {
        if (string.IsNullOrWhiteSpace(html)) return null;
        if (html.AsSpan().IndexOfAny('<', '&') < 0) return html.Trim();
        var body = new HtmlParser().ParseDocument(html).Body!;
        foreach (var unseen in body.QuerySelectorAll("script, style, template").ToList()) unseen.Remove();
        foreach (var block in body.QuerySelectorAll("p, div, br, li, h1, h2, h3, h4, h5, h6, tr, blockquote").ToList()) block.After(block.Owner!.CreateTextNode("\n"));
        var lines = body.TextContent.Split('\n').Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0);
        return string.Join('\n', lines) is { Length: > 0 } text ? text : null;
    }

    internal static string? Absolute(string? url, Uri address) => url is not null && Uri.TryCreate(address, url.Trim(), out var whole) && whole.Scheme is "http" or "https" ? whole.AbsoluteUri : null;

    internal static string? Trim(XElement? element) => element?.Value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>What names an entry that has neither id nor address.</summary>
    internal static string HashOf(string? title, string? text) => "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{title}\n{text}")));

    private static Feed Xml(byte[] document, Uri address)
    {
        var (root, mended) = Parse(document, address);
        var feed = root.Name.LocalName switch
        {
            "rss" or "RDF" => ReadRss.From(root, address),
            "feed" when ReadAtom.IsAtom(root) => ReadAtom.From(root, address),
            "html" => throw new NoFeedException("This is a web page, not a feed; look on it for the address of its feed.") { IsPage = true },
            var name => throw new NoFeedException($"The document begins with <{name}>; a feed begins with <rss>, <feed> or <rdf:RDF>."),
        };
        return feed with { Mended = mended };
    }

    private static (XElement Root, string? Mended) Parse(byte[] document, Uri address)
    {
        try
        {
            return (Load(XmlReader.Create(new MemoryStream(document), Settings(), address.ToString())), null);
        }
        catch (Exception e) when (e is XmlException or ArgumentException or System.Text.DecoderFallbackException)
        {
            var text = MendXml.Decode(document, out var encoding);
            if (LooksLikePage(text)) throw new NoFeedException("This is a web page, not a feed; look on it for the address of its feed.") { IsPage = true };
            var (mended, what) = MendXml.Mend(text);
            try
            {
                var root = Load(XmlReader.Create(new StringReader(mended), Settings(), address.ToString()));
                return (root, string.Join(", ", new[] { encoding, what }.OfType<string>()) is { Length: > 0 } said ? said : e.Message);
            }
            catch (XmlException broken)
            {
                throw new NoFeedException(broken.Message.Contains("DTD", StringComparison.Ordinal) ? "The document has a document type (DTD) with declarations, which are not read for safety." : $"The XML is broken: {broken.Message}");
            }
        }
    }

    private static bool LooksLikePage(string text)
    {
        var start = text.AsSpan(0, Math.Min(2_000, text.Length));
        return start.Contains("<html", StringComparison.OrdinalIgnoreCase) || start.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase);
    }

    private static XmlReaderSettings Settings() => new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 20_000_000, IgnoreComments = true };

    private static XElement Load(XmlReader reader)
    {
        using (reader) return XElement.Load(reader);
    }
}
