using System.Text;
using Hearth.Channels.Feeds;

namespace Hearth.Tests.Channels;

public class ReadFeedTests
{
    private static readonly Uri Address = new("https://blog.example/feed/");

    [Fact]
    public void RSS_2_is_read()
    {
        var feed = Read("""
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
              <title>Example blog</title><language>en-us</language>
              <item><title>One &amp; only</title><link>/one</link><guid isPermaLink="false">id-1</guid><pubDate>Mon, 16 Feb 2015 23:36:05 GMT</pubDate>
                <dc:creator>Ann</dc:creator><description>short</description><content:encoded><![CDATA[<p>First<br>line</p><script>evil()</script><p>Second &eacute;</p>]]></content:encoded></item>
              <item><description>No title, no guid</description><link>https://blog.example/two</link></item>
              <item><title>Without anything that names it</title></item>
            </channel></rss>
            """);

        Assert.Equal(("Example blog", "en-us", 3), (feed.Title!, feed.Language!, feed.Items.Count));
        Assert.Equal(new FeedItem("id-1", "One & only", "First\nline\nSecond é", "https://blog.example/one", "Mon, 16 Feb 2015 23:36:05 GMT", "Ann"), feed.Items[0]);
        Assert.Equal("https://blog.example/two", feed.Items[1].Id);
        Assert.StartsWith("sha256:", feed.Items[2].Id, StringComparison.Ordinal); // its words name it
    }

    [Fact]
    public void Atom_is_read_with_every_kind_of_text()
    {
        var feed = Read("""
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title type="html">Blog &lt;b&gt;eins&lt;/b&gt;</title><author><name>Ben</name></author>
              <entry><id>tag:1</id><title>Plain &lt;not html&gt;</title><link rel="self" href="x"/><link href="eins"/><published>2026-03-01T10:00:00+01:00</published>
                <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hallo</p><p>Welt</p></div></content></entry>
              <entry><id>tag:2</id><title>Two</title><updated>2026-03-02T10:00:00Z</updated><summary type="html">&lt;i&gt;kurz&lt;/i&gt;</summary><author><name>Cleo</name></author></entry>
            </feed>
            """);

        Assert.Equal(("Blog eins", "de"), (feed.Title!, feed.Language!));
        Assert.Equal(new FeedItem("tag:1", "Plain <not html>", "Hallo\nWelt", "https://blog.example/feed/eins", "2026-03-01T10:00:00+01:00", "Ben"), feed.Items[0]);
        Assert.Equal(("kurz", "Cleo"), (feed.Items[1].Text!, feed.Items[1].Author!));
    }

    [Fact]
    public void RSS_1_is_read()
    {
        var feed = Read("""
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old</title></channel>
              <item rdf:about="x"><title>T</title><link>https://old.example/1</link><description>D</description><dc:date>2003-12-13T18:30:02Z</dc:date></item></rdf:RDF>
            """);

        Assert.Equal(("Old", "https://old.example/1", "2003-12-13T18:30:02Z"), (feed.Title!, feed.Items[0].Id, feed.Items[0].At!));
    }

    [Fact]
    public void JSON_Feed_is_read()
    {
        var feed = Read("""
            {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [
              {"id": 7, "url": "/seven", "content_html": "<p>Hi &amp; bye</p>", "date_published": "2026-03-01T10:00:00Z", "authors": [{"name": "Dan"}]},
              {"id": "8", "content_text": "plain"}, {"content_text": "nameless"}, 5]}
            """);

        Assert.Equal(2, feed.Items.Count);
        Assert.Equal(new FeedItem("7", null, "Hi & bye", "https://blog.example/seven", "2026-03-01T10:00:00Z", "Dan"), feed.Items[0]);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<html><body>hello</body></html>", "web page")]
    [InlineData("<opml version=\"2.0\"/>", "<opml>")]
    [InlineData("<rss><channel><item></rss>", "broken")]
    [InlineData("{\"items\": []}", "not a JSON Feed")]
    [InlineData("{\"version\": \"https://jsonfeed.org/version/1\"", "broken on line 1")]
    [InlineData("<!DOCTYPE rss [<!ENTITY a \"aaaa\">]><rss><channel><title>&a;</title></channel></rss>", "document type")]
    public void What_is_no_feed_says_why(string document, string why) =>
        Assert.Contains(why, Assert.Throws<NoFeedException>(() => Read(document)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_encoding_is_what_the_document_says()
    {
        var bytes = Encoding.Latin1.GetBytes("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss><channel><item><guid>1</guid><title>Grün</title></item></channel></rss>");

        Assert.Equal("Grün", ReadFeed.From(bytes, Address).Items[0].Title);
    }

    private static Feed Read(string document) => ReadFeed.From(Encoding.UTF8.GetBytes(document), Address);
}
