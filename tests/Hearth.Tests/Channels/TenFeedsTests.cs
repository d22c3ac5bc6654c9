using System.Text;
using Hearth.Channels.Feeds;

namespace Hearth.Tests.Channels;

/// <summary>Feeds of every kind, made by hand to the examples of their specifications, and broken in the ways that feeds are broken.</summary>
public class TenFeedsTests
{
    private static readonly Uri Address = new("https://blog.example/feed/");

    /// <summary>RSS 0.91 asks for a document type (my.netscape.com/publish/formats/rss-0.91.dtd).</summary>
    private const string Rss091 = """
        <?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
        <rss version="0.91"><channel><title>Old news</title><link>https://old.example/</link><description>d</description><language>en</language>
        <item><title>Shoes of 1999</title><link>https://old.example/1</link><description>They last</description></item></channel></rss>
        """;

    /// <summary>RSS 0.92: every part of an item is optional, and there are enclosures (backend.userland.com/rss092).</summary>
    private const string Rss092 = """
        <rss version="0.92"><channel><title>Gratefully</title><link>https://old.example/</link><description>d</description>
        <item><description>No title and no address &lt;b&gt;at all&lt;/b&gt;</description><enclosure url="https://old.example/a.mpg" length="1" type="video/mpeg"/></item></channel></rss>
        """;

    private const string Rss1 = """
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
        <channel rdf:about="https://xml.example/"><title>XML.com</title><link>https://xml.example/</link><description>d</description><items><rdf:Seq><rdf:li resource="https://xml.example/1"/></rdf:Seq></items></channel>
        <item rdf:about="https://xml.example/1"><title>Processing</title><link>https://xml.example/1</link><description>short</description><content:encoded><![CDATA[<p>long & <em>wide</em></p>]]></content:encoded><dc:creator>Ann</dc:creator><dc:date>2003-12-13T18:30:02Z</dc:date></item></rdf:RDF>
        """;

    private const string Rss2 = """
        <?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
        <title>Liftoff</title><link>https://lift.example/</link><description>d</description><language>en-us</language><ttl>90</ttl><atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://lift.example/rss"/>
        <item><title>Star &amp; City</title><link>https://lift.example/1</link><guid isPermaLink="false">g1</guid><pubDate>Tue, 03 Jun 2003 09:39:21 GMT</pubDate><dc:creator>Ben</dc:creator><description>short</description><content:encoded><![CDATA[<p>How do <b>Americans</b> get ready?</p>]]></content:encoded></item>
        <item><guid>https://lift.example/2</guid><description>Sky watchers</description></item></channel></rss>
        """;

    private const string Atom03 = """
        <feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="de"><title>Früher</title><link rel="alternate" type="text/html" href="https://a03.example/"/><modified>2003-12-13T18:30:02Z</modified>
        <entry><title type="text/html" mode="escaped">Schuhe &lt;i&gt;neu&lt;/i&gt;</title><link rel="alternate" type="text/html" href="https://a03.example/1"/><id>tag:a03.example,2003:1</id><issued>2003-12-13T08:29:29-04:00</issued><modified>2003-12-13T18:30:02Z</modified>
        <content type="text/html" mode="escaped">&lt;p&gt;Sie halten&lt;/p&gt;</content></entry></feed>
        """;

    private const string Atom1 = """
        <?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title type="text">dive into mark</title><updated>2005-07-31T12:29:29Z</updated><id>tag:example.org,2003:3</id>
        <link rel="hub" href="https://hub.example/"/><link rel="self" type="application/atom+xml" href="https://example.org/feed.atom"/><at:deleted-entry ref="tag:example.org,2003:3.1" when="2005-11-29T12:11:12Z"/>
        <entry xml:base="https://example.org/posts/"><title>Atom draft-07 snapshot</title><link rel="alternate" type="text/html" href="atom"/><link rel="enclosure" type="image/png" length="1337" href="https://example.org/a.png"/><id>tag:example.org,2003:3.2397</id>
        <updated>2005-07-31T12:29:29Z</updated><published>2003-12-13T08:29:29-04:00</published><author><name>Mark Pilgrim</name></author><summary type="html">&lt;p&gt;Some &amp;eacute;t&amp;eacute;&lt;/p&gt;</summary></entry></feed>
        """;

    private const string AtomXhtml = """
        <feed xmlns="http://www.w3.org/2005/Atom"><title>X</title><id>x</id><updated>2005-07-31T12:29:29Z</updated><author><name>Cleo</name></author>
        <entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">One <em>&amp;</em> two</div></title><id>x1</id><updated>2005-07-31T12:29:29Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p><i>[Update]</i></p><p>Done.</p></div></content></entry></feed>
        """;

    private const string Json1 = """{"version":"https://jsonfeed.org/version/1","title":"My Example Feed","author":{"name":"Dan"},"items":[{"id":"2","content_text":"This is a second item.","url":"https://json.example/second","author":{"name":"Eve"}},{"id":1,"content_html":"<p>Hello, world!</p>"}]}""";

    private const string Json11 = """{"version":"https://jsonfeed.org/version/1.1","title":"J","language":"fr","feed_url":"https://json.example/feed.json","hubs":[{"type":"WebSub","url":"https://hub.example/"}],"items":[{"id":"a","title":"Titre","content_html":"<p>Été</p>","image":"https://json.example/i.png","date_published":"2020-08-07T11:44:36Z","date_modified":"2020-08-08T11:44:36Z","authors":[{"name":"Fay"}],"attachments":[{"url":"https://json.example/v.mp4","mime_type":"video/mp4"}]}]}""";

    private const string Podcast = """
        <rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Hiking</title><itunes:author>The Sunset Explorers</itunes:author>
        <item><title>Boots</title><itunes:summary>Which boots last?</itunes:summary><itunes:author>Gil</itunes:author><guid>e1</guid><enclosure length="498537" type="audio/mpeg" url="https://pod.example/1.mp3"/><media:content url="https://pod.example/1.jpg" type="image/jpeg"/></item></channel></rss>
        """;

    public static TheoryData<string, string, string?, string, string, string?, string?> Good => new()
    {
        { Rss091, "Old news", "en", "https://old.example/1", "Shoes of 1999|They last", null, "https://old.example/1" },
        { Rss092, "Gratefully", null, ReadFeed.HashOf(null, "No title and no address at all"), "|No title and no address at all", null, null },
        { Rss1, "XML.com", null, "https://xml.example/1", "Processing|long & wide", "Ann", "https://xml.example/1" },
        { Rss2, "Liftoff", "en-us", "g1", "Star & City|How do Americans get ready?", "Ben", "https://lift.example/1" },
        { Atom03, "Früher", "de", "tag:a03.example,2003:1", "Schuhe neu|Sie halten", null, "https://a03.example/1" },
        { Atom1, "dive into mark", null, "tag:example.org,2003:3.2397", "Atom draft-07 snapshot|Some été", "Mark Pilgrim", "https://example.org/posts/atom" },
        { AtomXhtml, "X", null, "x1", "One & two|[Update]\nDone.", "Cleo", null },
        { Json1, "My Example Feed", null, "2", "|This is a second item.", "Eve", "https://json.example/second" },
        { Json11, "J", "fr", "a", "Titre|Été", "Fay", null },
        { Podcast, "Hiking", null, "e1", "Boots|Which boots last?", "Gil", "https://blog.example/feed/e1" },
    };

    [Theory, MemberData(nameof(Good))]
    public void Each_kind_of_feed_is_read(string document, string title, string? language, string id, string words, string? author, string? url)
    {
        var feed = Read(document);
        var item = feed.Items[0];
        Assert.Equal((title, language, id, words, author, url), (feed.Title, feed.Language, item.Id, $"{item.Title}|{item.Text}", item.Author, item.Url));
    }

    [Fact]
    public void What_a_feed_says_beside_its_entries_is_read()
    {
        var (rss, atom, json) = (Read(Rss2), Read(Atom1), Read(Json11));
        Assert.Equal(("https://hub.example/", "https://lift.example/rss", TimeSpan.FromMinutes(90)), (rss.Hub, rss.Self, rss.TimeToLive));
        Assert.Equal(("https://hub.example/", "https://example.org/feed.atom"), (atom.Hub, atom.Self));
        Assert.Equal(["tag:example.org,2003:3.1"], atom.Removed);
        Assert.Equal(("https://hub.example/", "2020-08-08T11:44:36Z", true, true), (json.Hub, json.Items[0].Updated, json.Items[0].HasImage, json.Items[0].HasVideo));
        Assert.Equal((true, true, true), (Read(Rss092).Items[0].HasVideo, Read(Podcast).Items[0].HasImage, atom.Items[0].HasImage));
    }

    [Theory]
    [InlineData("<rss><channel><title>Caf&eacute;&nbsp;&hearts;</title><item><guid>1</guid><title>Gr&uuml;n &amp; rot</title></item></channel></rss>", "Grün & rot", "entities that are not declared")]
    [InlineData("<rss><channel><item><guid>1</guid><title>Fish & chips at A&B &c.</title><description><![CDATA[<p>R&D &eacute;</p>]]></description></item></channel></rss>", "Fish & chips at A&B &c.", "ampersands")]
    [InlineData("<rss><channel><item><guid>1</guid><title>con\u0002trol\u001b</title></item></channel></rss>", "control", "control characters")]
    [InlineData("<?xml version=\"1.0\" encoding=\"x-unheard-of\"?><rss><channel><item><guid>1</guid><title>Schön</title></item></channel></rss>", "Schön", "the encoding is not x-unheard-of")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-16\"?><rss><channel><item><guid>1</guid><title>Schön</title></item></channel></rss>", "Schön", null)]
    public void What_is_usually_broken_is_mended(string document, string title, string? what)
    {
        var feed = Read(document);
        Assert.Equal(title, feed.Items[0].Title);
        if (what is not null) Assert.Contains(what, feed.Mended, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_label_of_the_encoding_is_noticed()
    {
        byte[] bytes = [.. "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss><channel><item><guid>1</guid><title>Gr"u8, 0xFC, (byte)'n', 0x93, (byte)'x', 0x94, .. "</title></item></channel></rss>"u8];
        var feed = ReadFeed.From(bytes, Address);
        Assert.Equal("Grün“x”", feed.Items[0].Title);
        Assert.Equal("the encoding is not utf-8", feed.Mended);
        Assert.Null(Read(Rss2).Mended);
    }

    [Theory]
    [InlineData("<rss>\n<channel>\n<item><title>x</item>\n</channel></rss>", "line 3")]
    [InlineData("<rss><channel><item><title>cut o", "line 1")]
    [InlineData("<!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><rss><channel><item><title>&b;</title></item></channel></rss>", "document type")]
    [InlineData("<!doctype html><html><head><meta charset=utf-8><title>Page<body>", "web page")]
    [InlineData("<rss/>", "without a channel")]
    public void What_cannot_be_mended_is_refused_with_its_line_and_reason(string document, string why) =>
        Assert.Contains(why, Assert.Throws<NoFeedException>(() => Read(document)).Message, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_page_names_its_feeds()
    {
        const string Page = """
            <html><head><base href="https://cdn.example/x/"><link rel="stylesheet" href="a.css"><link rel="alternate" type="application/json" href="/wp.json"><link rel="alternate home" type="application/rss+xml" href="feed"><link rel=alternate type="application/atom+xml; charset=utf-8" href="https://blog.example/atom"></head></html>
            """;
        Assert.Equal(["https://blog.example/atom", "https://cdn.example/x/feed", "https://cdn.example/wp.json"], FindFeed.NamedOn(Page, Address).Select(u => u.AbsoluteUri));
        Assert.Contains(new Uri("https://blog.example/news/rss.xml"), FindFeed.UsuallyAt(new("https://blog.example/news")));
        Assert.Contains(new Uri("https://blog.example/rss.xml"), FindFeed.UsuallyAt(new("https://blog.example/news")));
    }

    private static Feed Read(string document) => ReadFeed.From(Encoding.UTF8.GetBytes(document), Address);
}
