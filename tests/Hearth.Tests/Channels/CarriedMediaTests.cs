using System.Text;
using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Channels.Bluesky;
using Hearth.Channels.Mastodon;

namespace Hearth.Tests.Channels;

public class CarriedMediaTests
{
    private const string Images = """{"$type":"app.bsky.embed.images","images":[{"alt":"A cracked lid","image":{"$type":"blob","ref":{"$link":"x"}},"aspectRatio":{"width":1,"height":2}},{"alt":" ","image":{}},7]}""";
    private const string Video = """{"$type":"app.bsky.embed.video","video":{"$type":"blob"},"alt":"It drips"}""";

    [Theory]
    [InlineData(Images, "image: A cracked lid; image: -")]
    [InlineData(Video, "video: It drips")]
    [InlineData("""{"$type":"app.bsky.embed.recordWithMedia","record":{"record":{"uri":"at://did:plc:a/app.bsky.feed.post/1","cid":"c"}},"media":{"$type":"app.bsky.embed.images","images":[{"alt":"Both","image":{}}]}}""", "image: Both")]
    [InlineData("""{"$type":"app.bsky.embed.external","external":{"uri":"https://example.org","title":"t","description":"d"}}""", "")]
    [InlineData("""{"images":"none","video":[]}""", "")]
    public void What_a_post_of_Bluesky_carries_is_read_with_its_description_by_both_readers(string embed, string expected)
    {
        var record = $$"""{"text":"Look","createdAt":"2026-09-01T09:00:00Z","embed":{{embed}}}""";
        var streamed = PostRecord.Read(Encoding.UTF8.GetBytes(record), "did:plc:ann", "1", "cid", DateTimeOffset.UnixEpoch.AddYears(60), isUpdate: false)!;
        var viewed = BlueskyPost.Read(JsonNode.Parse($$$"""{"uri":"at://did:plc:ann/app.bsky.feed.post/1","cid":"c","author":{"did":"did:plc:ann"},"indexedAt":"2026-09-01T09:00:00Z","record":{{{record}}}}"""))!;
        Assert.Equal(expected, Told(viewed.Carries));
        if (expected.Length > 0) Assert.Equal(expected, Told(streamed.Carries));
    }

    [Fact]
    public void What_a_status_carries_is_read_with_its_description_and_its_address()
    {
        var status = MastodonStatus.Read(JsonNode.Parse("""
            {"id":"1","account":{"id":"2","acct":"ann"},"created_at":"2026-09-01T09:00:00Z","content":"<p>Look</p>","media_attachments":[
              {"type":"image","url":"https://files.example/a.png","description":"A cracked lid"},{"type":"gifv","remote_url":"https://else.example/b.mp4","url":"https://files.example/b.mp4"},{"type":"audio"},"nothing"]}
            """))!;
        Assert.Equal("image: A cracked lid https://files.example/a.png; video: - https://else.example/b.mp4; audio: -", Told(status.Carries));
    }

    [Theory]
    [InlineData("""[{"type":"Document","mediaType":"image/jpeg","url":"https://files.example/a.jpg","name":"A cracked lid"}]""", "image: A cracked lid https://files.example/a.jpg")] // Mastodon, snac2
    [InlineData("""{"type":"Image","url":{"type":"Link","href":"https://files.example/a.webp","mediaType":"image/webp"},"summary":"A lid"}""", "image: A lid https://files.example/a.webp")]
    [InlineData("""[{"type":"Video","url":[{"href":"https://films.example/v"}]},{"type":"Audio"}]""", "video: - https://films.example/v; audio: -")]
    [InlineData("""[{"type":"Link","href":"https://example.org"},{"type":"Document","mediaType":"application/pdf","url":"https://files.example/a.pdf"},7]""", "")]
    [InlineData("""[{"type":"Document","mediaType":"image/png","url":"javascript:alert(1)","name":"x"}]""", "image: x")]
    public void What_a_note_carries_is_read_with_its_description_and_its_address(string attachment, string expected) =>
        Assert.Equal(expected, Told(CarriedMedia.OfActivityPub(JsonNode.Parse($$"""{"attachment":{{attachment}}}"""))));

    private static string Told(IReadOnlyList<CarriedMedia> media) => string.Join("; ", media.Select(m => $"{m.Kind}: {m.Alt ?? "-"}{(m.Url is null ? "" : " " + m.Url)}"));
}
