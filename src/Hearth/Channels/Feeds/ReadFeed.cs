using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using AngleSharp.Html.Parser;

namespace Hearth.Channels.Feeds;

/// <summary>Reads RSS 2.0 and 1.0, Atom 1.0 (RFC 4287) and JSON Feed 1.1. Document types are refused, so no entity can grow or reach out.</summary>
public static class ReadFeed
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace Dublin = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Rss1 = "http://purl.org/rss/1.0/";

    /// <summary>Reads a document.</summary>
    /// <param name="document">The bytes as they came; XML says its own encoding.</param>
    /// <param name="address">Where it came from; relative addresses start there.</param>
    /// <exception cref="NoFeedException">It is none of the formats, or broken; the message names the line.</exception>
    public static Feed From(byte[] document, Uri address)
    {
        var start = document.AsSpan().TrimStart([(byte)0xEF, (byte)0xBB, (byte)0xBF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']);
        if (start.IsEmpty) throw new NoFeedException("The document is empty.");
        return start[0] == '{' ? Json(document.AsMemory(document.Length - start.Length), address) : Xml(document.AsSpan(document.Length - start.Length).ToArray(), address);
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

    private static Feed Xml(byte[] document, Uri address)
    {
        XElement root;
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 20_000_000, IgnoreComments = true };
            using var reader = XmlReader.Create(new MemoryStream(document), settings, address.ToString());
            root = XElement.Load(reader);
        }
        catch (XmlException e)
        {
            throw new NoFeedException(e.Message.Contains("DTD", StringComparison.Ordinal) ? "The document has a document type (DTD), which is not read for safety." : $"The XML is broken: {e.Message}");
        }

        return root.Name.LocalName switch
        {
            "rss" when root.Element("channel") is { } channel => new(Trim(channel.Element("title")), Trim(channel.Element("language")), [.. channel.Elements("item").Select(i => Rss(i, "", address)).OfType<FeedItem>()]),
            "RDF" => new(Trim(root.Element(Rss1 + "channel")?.Element(Rss1 + "title")), null, [.. root.Elements(Rss1 + "item").Select(i => Rss(i, Rss1, address)).OfType<FeedItem>()]),
            "feed" when root.Name.Namespace == Atom => new(AtomText(root.Element(Atom + "title")), (string?)root.Attribute(XNamespace.Xml + "lang"), [.. root.Elements(Atom + "entry").Select(e => AtomEntry(e, address)).OfType<FeedItem>()]),
            "html" => throw new NoFeedException("This is a web page, not a feed; look on it for the address of its feed."),
            var name => throw new NoFeedException($"The document begins with <{name}>; a feed begins with <rss>, <feed> or <rdf:RDF>."),
        };
    }

    private static FeedItem? Rss(XElement item, XNamespace ns, Uri address)
    {
        var link = Absolute(Trim(item.Element(ns + "link")) ?? (string?)item.Element(Atom + "link")?.Attribute("href"), address);
        var guid = Trim(item.Element(ns + "guid"));
        var title = PlainText(Trim(item.Element(ns + "title")));
        var text = PlainText(Trim(item.Element(Content + "encoded")) ?? Trim(item.Element(ns + "description")));
        if ((guid ?? link) is not { } id || title is null && text is null) return null;
        if (link is null && guid is not null && (string?)item.Element(ns + "guid")!.Attribute("isPermaLink") != "false") link = Absolute(guid, address);
        return new(id, title, text, link, Trim(item.Element(ns + "pubDate")) ?? Trim(item.Element(Dublin + "date")), Trim(item.Element(Dublin + "creator")) ?? Trim(item.Element(ns + "author")));
    }

    private static FeedItem? AtomEntry(XElement entry, Uri address)
    {
        var links = entry.Elements(Atom + "link").ToList();
        var link = links.Find(l => (string?)l.Attribute("rel") is null or "alternate") ?? links.FirstOrDefault();
        var url = Absolute((string?)link?.Attribute("href"), address);
        var title = AtomText(entry.Element(Atom + "title"));
        var text = AtomText(entry.Element(Atom + "content")) ?? AtomText(entry.Element(Atom + "summary"));
        if ((Trim(entry.Element(Atom + "id")) ?? url) is not { } id || title is null && text is null) return null;
        var author = Trim((entry.Element(Atom + "author") ?? entry.Parent!.Element(Atom + "author"))?.Element(Atom + "name"));
        return new(id, title, text, url, Trim(entry.Element(Atom + "published")) ?? Trim(entry.Element(Atom + "updated")), author);
    }

    // RFC 4287 section 3.1: type is text, html (escaped) or xhtml (a div inside).
    private static string? AtomText(XElement? element) => element is null ? null : (string?)element.Attribute("type") switch
    {
        "html" or "text/html" => PlainText(element.Value),
        "xhtml" => PlainText(string.Concat(element.Nodes())),
        null or "text" => Trim(element),
        _ => element.Attribute("src") is null ? Trim(element) : null,
    };

    private static Feed Json(ReadOnlyMemory<byte> document, Uri address)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            var root = json.RootElement;
            if (Text(root, "version") is not { } version || !version.StartsWith("https://jsonfeed.org/version/", StringComparison.Ordinal)) throw new NoFeedException("The document is JSON, but not a JSON Feed (no version).");
            if (!root.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array) throw new NoFeedException("The JSON Feed has no items.");
            return new(Text(root, "title"), Text(root, "language"), [.. items.EnumerateArray().Select(i => JsonItem(i, address)).OfType<FeedItem>()]);
        }
        catch (JsonException e)
        {
            throw new NoFeedException($"The JSON is broken on line {e.LineNumber + 1}.");
        }
    }

    private static FeedItem? JsonItem(JsonElement item, Uri address)
    {
        if (item.ValueKind != JsonValueKind.Object) return null;
        var url = Absolute(Text(item, "url") ?? Text(item, "external_url"), address);
        var text = Text(item, "content_text") ?? PlainText(Text(item, "content_html")) ?? Text(item, "summary");
        if ((Text(item, "id") ?? url) is not { } id || text is null && Text(item, "title") is null) return null;
        var author = item.TryGetProperty("authors", out var authors) && authors.ValueKind == JsonValueKind.Array && authors.GetArrayLength() > 0 && authors[0].ValueKind == JsonValueKind.Object ? Text(authors[0], "name")
            : item.TryGetProperty("author", out var one) && one.ValueKind == JsonValueKind.Object ? Text(one, "name") : null;
        return new(id, Text(item, "title"), text, url, Text(item, "date_published") ?? Text(item, "date_modified"), author);
    }

    // JSON Feed 1.1: an id that is a number is to be read as a string.
    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value)
        ? value.ValueKind switch { JsonValueKind.String => value.GetString() is { Length: > 0 } s ? s : null, JsonValueKind.Number => value.GetRawText(), _ => null } : null;

    private static string? Trim(XElement? element) => element?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static string? Absolute(string? url, Uri address) => url is not null && Uri.TryCreate(address, url.Trim(), out var whole) && whole.Scheme is "http" or "https" ? whole.AbsoluteUri : null;
}
