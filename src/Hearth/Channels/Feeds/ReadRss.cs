using System.Globalization;
using System.Xml.Linq;

namespace Hearth.Channels.Feeds;

/// <summary>RSS 0.90, 0.91, 0.92, 2.0 (rssboard.org/rss-specification) and 1.0 (web.resource.org/rss/1.0/spec), with content:encoded, Dublin Core, Media RSS and the podcasts' elements.</summary>
internal static class ReadRss
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace Dublin = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";
    private static readonly XNamespace Itunes = "http://www.itunes.com/dtds/podcast-1.0.dtd";

    public static Feed From(XElement root, Uri address)
    {
        // RSS 1.0 puts items beside the channel, others inside; 0.90 and 1.0 have namespaces of their own.
        var channel = root.Elements().FirstOrDefault(e => e.Name.LocalName == "channel") ?? throw new NoFeedException("The document is RSS without a channel.");
        var items = channel.Elements().Concat(root.Elements()).Where(e => e.Name.LocalName == "item");
        var links = channel.Elements(Atom + "link").ToList();
        return new(ReadFeed.PlainText(Text(channel, "title")), Text(channel, "language") ?? ReadFeed.Trim(channel.Element(Dublin + "language")), [.. items.Select(i => Item(i, address)).OfType<FeedItem>()])
        {
            Hub = ReadFeed.Absolute((string?)links.Find(l => (string?)l.Attribute("rel") == "hub")?.Attribute("href"), address),
            Self = ReadFeed.Absolute((string?)links.Find(l => (string?)l.Attribute("rel") == "self")?.Attribute("href"), address),
            TimeToLive = int.TryParse(Text(channel, "ttl"), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? TimeSpan.FromMinutes(Math.Min(minutes, 100_000)) : null,
        };
    }

    private static FeedItem? Item(XElement item, Uri address)
    {
        var guid = Text(item, "guid");
        var link = ReadFeed.Absolute(Text(item, "link") ?? (string?)item.Element(Atom + "link")?.Attribute("href"), address);
        var title = ReadFeed.PlainText(Text(item, "title") ?? ReadFeed.Trim(item.Element(Media + "title")));
        var text = ReadFeed.PlainText(ReadFeed.Trim(item.Element(Content + "encoded")) ?? Text(item, "description") ?? ReadFeed.Trim(item.Element(Itunes + "summary")) ?? ReadFeed.Trim(item.Descendants(Media + "description").FirstOrDefault()));
        if (title is null && text is null) return null;
        if (guid is not null && link is null && (string?)item.Elements().First(e => e.Name.LocalName == "guid").Attribute("isPermaLink") != "false") link = ReadFeed.Absolute(guid, address);
        var types = item.Elements().Where(e => e.Name.LocalName == "enclosure").Concat(item.Descendants(Media + "content")).Select(e => (string?)e.Attribute("type") ?? (string?)e.Attribute("medium") ?? "").ToList();
        return new(guid ?? link ?? ReadFeed.HashOf(title, text), title, text, link, Text(item, "pubDate") ?? ReadFeed.Trim(item.Element(Dublin + "date")),
            ReadFeed.Trim(item.Element(Dublin + "creator")) ?? Text(item, "author") ?? ReadFeed.Trim(item.Element(Itunes + "author")))
        {
            Updated = ReadFeed.Trim(item.Element(Atom + "updated")),
            HasImage = types.Exists(t => t.StartsWith("image", StringComparison.Ordinal)) || item.Descendants(Media + "thumbnail").Any(),
            HasVideo = types.Exists(t => t.StartsWith("video", StringComparison.Ordinal)),
        };
    }

    // An element of RSS itself: without a namespace, or in that of its parent.
    private static string? Text(XElement parent, string name) =>
        parent.Elements().Where(e => e.Name.LocalName == name && (e.Name.Namespace == XNamespace.None || e.Name.Namespace == parent.Name.Namespace)).Select(ReadFeed.Trim).FirstOrDefault(t => t is not null);
}
