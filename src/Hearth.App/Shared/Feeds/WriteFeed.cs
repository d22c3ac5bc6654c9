using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace Hearth.App.Shared.Feeds;

/// <summary>Writes a feed as RSS 2.0 (rssboard.org/rss-specification), Atom 1.0 (RFC 4287) or JSON Feed 1.1 (jsonfeed.org/version/1.1).</summary>
internal static class WriteFeed
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";

    public static byte[] AsRss(FeedPage feed) => Xml(xml =>
    {
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteAttributeString("xmlns", "atom", null, Atom);
        xml.WriteAttributeString("xmlns", "dc", null, DublinCore);
        xml.WriteStartElement("channel");
        xml.WriteElementString("title", feed.Title);
        xml.WriteElementString("link", feed.Home);
        xml.WriteElementString("description", feed.Description);
        xml.WriteElementString("language", "en");
        xml.WriteElementString("lastBuildDate", Rfc822(feed.Updated));
        xml.WriteElementString("ttl", "5");
        xml.WriteStartElement("atom", "link", Atom);
        xml.WriteAttributeString("href", feed.Self);
        xml.WriteAttributeString("rel", "self");
        xml.WriteAttributeString("type", "application/rss+xml");
        xml.WriteEndElement();
        foreach (var item in feed.Items)
        {
            xml.WriteStartElement("item");
            xml.WriteElementString("title", NoMarkup(item.Title));
            xml.WriteElementString("link", item.Url);
            xml.WriteElementString("description", item.Html);
            xml.WriteElementString("dc", "creator", DublinCore, item.By);
            foreach (var tag in item.Tags) xml.WriteElementString("category", tag);
            xml.WriteStartElement("guid");
            xml.WriteAttributeString("isPermaLink", "true");
            xml.WriteString(item.Url);
            xml.WriteEndElement();
            xml.WriteElementString("pubDate", Rfc822(item.At));
            xml.WriteEndElement();
        }
    });

    public static byte[] AsAtom(FeedPage feed) => Xml(xml =>
    {
        xml.WriteStartElement("feed", Atom);
        xml.WriteElementString("id", feed.Self);
        xml.WriteElementString("title", feed.Title);
        xml.WriteElementString("subtitle", feed.Description);
        xml.WriteElementString("updated", Rfc3339(feed.Updated));
        Link(xml, feed.Self, "self", "application/atom+xml");
        Link(xml, feed.Home, "alternate", "text/html");
        foreach (var item in feed.Items)
        {
            xml.WriteStartElement("entry");
            xml.WriteElementString("id", item.Url);
            xml.WriteElementString("title", item.Title);
            xml.WriteElementString("published", Rfc3339(item.At));
            xml.WriteElementString("updated", Rfc3339(item.At));
            xml.WriteStartElement("author");
            xml.WriteElementString("name", item.By);
            xml.WriteEndElement();
            Link(xml, item.Url, "alternate", "text/html");
            foreach (var tag in item.Tags)
            {
                xml.WriteStartElement("category");
                xml.WriteAttributeString("term", tag);
                xml.WriteEndElement();
            }

            xml.WriteStartElement("content");
            xml.WriteAttributeString("type", "html");
            xml.WriteString(item.Html);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
    });

    public static byte[] AsJson(FeedPage feed) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["version"] = "https://jsonfeed.org/version/1.1",
        ["title"] = feed.Title,
        ["description"] = feed.Description,
        ["home_page_url"] = feed.Home,
        ["feed_url"] = feed.Self,
        ["language"] = "en",
        ["items"] = feed.Items.Select(i => new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["id"] = i.Url, ["url"] = i.Url, ["title"] = i.Title, ["content_html"] = i.Html, ["date_published"] = Rfc3339(i.At),
            ["authors"] = new[] { new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = i.By } }, ["tags"] = i.Tags,
        }),
    }, Options);

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    private static void Link(XmlWriter xml, string href, string rel, string type)
    {
        xml.WriteStartElement("link");
        xml.WriteAttributeString("href", href);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("type", type);
        xml.WriteEndElement();
    }

    private static byte[] Xml(Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            write(xml);
            xml.WriteEndDocument();
        }

        return bytes.ToArray();
    }

    // Half of all readers take a title of RSS for HTML; so written, both halves show the same (rssboard.org/rss-profile, "Character Data").
    private static string NoMarkup(string text) => text.Replace("&", "&#x26;", StringComparison.Ordinal).Replace("<", "&#x3C;", StringComparison.Ordinal);

    private static string Rfc822(DateTimeOffset at) => at.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    private static string Rfc3339(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
