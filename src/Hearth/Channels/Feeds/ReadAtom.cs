using System.Xml.Linq;

namespace Hearth.Channels.Feeds;

/// <summary>Atom 1.0 (RFC 4287) with deleted entries (RFC 6721), and Atom 0.3 (its draft of December 2003), which some servers still give.</summary>
internal static class ReadAtom
{
    private static readonly XNamespace Atom1 = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Atom03 = "http://purl.org/atom/ns#";
    private static readonly XNamespace Tombstones = "http://purl.org/atompub/tombstones/1.0";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";

    public static bool IsAtom(XElement root) => root.Name.Namespace == Atom1 || root.Name.Namespace == Atom03;

    public static Feed From(XElement root, Uri address)
    {
        var ns = root.Name.Namespace;
        var from = Base(root, address);
        var links = root.Elements(ns + "link").ToList();
        return new(Text(root.Element(ns + "title")), (string?)root.Attribute(XNamespace.Xml + "lang"), [.. root.Elements(ns + "entry").Select(e => Entry(e, from)).OfType<FeedItem>()])
        {
            Removed = [.. root.Elements(Tombstones + "deleted-entry").Select(e => (string?)e.Attribute("ref")).OfType<string>()],
            Hub = ReadFeed.Absolute(Href(links, "hub"), from), Self = ReadFeed.Absolute(Href(links, "self"), from),
        };
    }

    private static FeedItem? Entry(XElement entry, Uri feed)
    {
        var (ns, address) = (entry.Name.Namespace, Base(entry, feed));
        var links = entry.Elements(ns + "link").ToList();
        var link = links.Find(l => (string?)l.Attribute("rel") is null or "alternate") ?? links.FirstOrDefault();
        var url = ReadFeed.Absolute((string?)link?.Attribute("href"), address);
        var title = Text(entry.Element(ns + "title"));
        var text = Text(entry.Element(ns + "content")) ?? Text(entry.Element(ns + "summary")) ?? ReadFeed.Trim(entry.Descendants(Media + "description").FirstOrDefault());
        if ((ReadFeed.Trim(entry.Element(ns + "id")) ?? url) is not { } id || title is null && text is null) return null;
        var updated = ReadFeed.Trim(entry.Element(ns + "updated")) ?? ReadFeed.Trim(entry.Element(ns + "modified"));
        var author = ReadFeed.Trim((entry.Element(ns + "author") ?? entry.Element(ns + "source")?.Element(ns + "author") ?? entry.Parent!.Element(ns + "author"))?.Element(ns + "name"));
        var types = links.Where(l => (string?)l.Attribute("rel") == "enclosure").Concat(entry.Descendants(Media + "content")).Select(l => (string?)l.Attribute("type") ?? "").ToList();
        return new(id, title, text, url, ReadFeed.Trim(entry.Element(ns + "published")) ?? ReadFeed.Trim(entry.Element(ns + "issued")) ?? updated, author)
        {
            Updated = entry.Element(ns + "published") is null && entry.Element(ns + "issued") is null ? null : updated,
            HasImage = types.Exists(t => t.StartsWith("image/", StringComparison.Ordinal)) || entry.Descendants(Media + "thumbnail").Any(),
            HasVideo = types.Exists(t => t.StartsWith("video/", StringComparison.Ordinal)),
        };
    }

    // RFC 4287 section 3.1: type is text, html (escaped) or xhtml (a div inside). In 0.3 it is a media type, and "mode" says how it is written.
    private static string? Text(XElement? element) => element is null ? null : ((string?)element.Attribute("type"), (string?)element.Attribute("mode")) switch
    {
        ("xhtml" or "application/xhtml+xml", _) => ReadFeed.PlainText(string.Concat(element.Nodes())),
        (_, "xml") => ReadFeed.PlainText(string.Concat(element.Nodes())),
        ("html" or "text/html", _) => ReadFeed.PlainText(element.Value),
        (_, "base64") => null,
        (null or "text" or "text/plain", _) => element.HasElements ? ReadFeed.PlainText(string.Concat(element.Nodes())) : ReadFeed.Trim(element),
        _ => element.Attribute("src") is null ? ReadFeed.Trim(element) : null,
    };

    private static Uri Base(XElement element, Uri outer) => (string?)element.Attribute(XNamespace.Xml + "base") is { } given && Uri.TryCreate(outer, given, out var inner) && inner.Scheme is "http" or "https" ? inner : outer;

    private static string? Href(List<XElement> links, string rel) => (string?)links.Find(l => (string?)l.Attribute("rel") == rel)?.Attribute("href");
}
