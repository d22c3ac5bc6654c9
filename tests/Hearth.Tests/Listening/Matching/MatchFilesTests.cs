using System.IO.Compression;
using System.Text;
using Hearth.Listening.Matching;

namespace Hearth.Tests.Listening.Matching;

public class MatchFilesTests
{
    private const string Queries = """
        {"id": "b", "query": "dell AND stock"}
        {"id": "a", "query": "dell"}
        {"id": "10", "query": "lang:de OR followers:>1000 OR author:ann"}
        {"id": 9, "query": "sentiment:negative"}
        """;

    private const string Posts = """
        {"id": "1", "text": "Dell is out of stock", "sentiment": "neutral"}
        {"id": "2", "text": "nothing", "sentiment": "neutral", "lang": "en"}
        {"id": "3", "text": "This is terrible, I hate it."}

        {"id": "4", "text": "x", "author": "@Ann", "lang": "en", "at": "2026-01-01T00:00:00Z"}
        {"id": "5", "text": "y", "followers": 1001, "lang": "de-AT", "sentiment": "negative", "source": "feed", "kind": "reply", "has": ["link"], "links": ["https://x.y"]}
        """;

    [Fact]
    public void Each_post_that_matched_is_told_with_its_queries_in_order()
    {
        var (done, answers) = Match(Bytes(Queries), Bytes(Posts));

        Assert.Equal("""
            {"id":"1","queries":["a","b"]}
            {"id":"3","queries":["9"]}
            {"id":"4","queries":["10"]}
            {"id":"5","queries":["10","9"]}

            """.ReplaceLineEndings("\n"), answers);
        Assert.Equal((4, 5, 6L, 0, 2), (done.Queries, done.Posts, done.Matches, done.Skipped, done.Threads));
        Assert.Equal(done.Posts / done.Seconds, done.PostsPerSecond);
    }

    [Fact]
    public void Packed_files_and_files_from_Windows_are_read_too()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) gzip.Write(Bytes("\uFEFF" + Posts.ReplaceLineEndings("\r\n")));

        Assert.Equal(Match(Bytes(Queries), Bytes(Posts)).Answers, Match(Bytes(Queries), packed.ToArray()).Answers);
    }

    [Fact]
    public void A_query_that_cannot_be_read_is_named_with_its_line_and_position_and_nothing_is_matched()
    {
        var match = new MatchFiles();

        Assert.False(match.Load(new MemoryStream(Bytes("{\"id\":\"1\",\"query\":\"dell\"}\n{\"id\":\"2\",\"query\":\"dell AND (hp\"}\n{\"id\":\"1\",\"query\":\"hp\"}\n{\"id\":\"3\"}\n[1]\n{")), new MemoryStream(Bytes(Posts))));
        Assert.Equal(
            [(2, "query 2: at character 10: this bracket is never closed"), (3, "query 1: line 1 has the same id"), (4, "'query' is missing"), (5, "it is no JSON object"), (6, "it is no JSON (at byte 2)")],
            match.Wrong.Select(w => (w.Line, w.Reason.Split(';')[0])));
        Assert.All(match.Wrong, w => Assert.Equal("queries", w.File));
    }

    [Fact]
    public void Lines_of_posts_that_cannot_be_read_are_named_and_the_others_matched()
    {
        string[] broken =
        [
            "{\"id\":\"1\",\"text\":\"dell\"}", "{\"id\":\"2\",\"text\":7}", "{\"text\":\"dell\"}", "not json", "{\"id\":\"3\",\"text\":\"\\ud800\"}", "{\"id\":\"4\",\"text\":\"dell\",\"followers\":\"many\"}",
            "{\"id\":\"5\",\"text\":\"dell\",\"sentiment\":\"angry\"}", "{\"id\":\"6\",\"text\":\"dell\",\"links\":\"x\"}", "{\"id\":\"7\",\"text\":\"" + new string('x', JsonLines.MaxLength) + "\"}", "{\"id\":\"8\",\"text\":\"dell\"}",
        ];
        var match = new MatchFiles();
        Assert.True(match.Load(new MemoryStream(Bytes(Queries)), new MemoryStream(Bytes(string.Join('\n', broken)))));
        var answers = new MemoryStream();
        var done = match.Run(1, answers);

        Assert.Equal((2, 8), (done.Posts, done.Skipped));
        Assert.Equal("{\"id\":\"1\",\"queries\":[\"a\"]}\n{\"id\":\"8\",\"queries\":[\"a\"]}\n", Encoding.UTF8.GetString(answers.ToArray()));
        Assert.Equal(
            [
                (2, "'text' is no text"), (3, "'id' is missing"), (4, "it is no JSON (at byte 2)"), (5, "'text' is no valid Unicode"), (6, "'followers' is no whole number"),
                (7, "'sentiment' is none of neutral, positive, negative"), (8, "'links' is no list of texts"), (9, "it is longer than 4,194,304 bytes"),
            ], match.Wrong.Select(w => (w.Line, w.Reason)));
    }

    [Fact]
    public void Without_queries_or_posts_nothing_matches()
    {
        Assert.Equal("", Match([], Bytes(Posts)).Answers);
        Assert.Equal((4, 0), Match(Bytes(Queries), []).Done is var done ? (done.Queries, done.Posts) : default);
    }

    private static (MatchedFiles Done, string Answers) Match(byte[] queries, byte[] posts)
    {
        var match = new MatchFiles();
        Assert.True(match.Load(new MemoryStream(queries), new MemoryStream(posts)));
        var answers = new MemoryStream();
        var done = match.Run(2, answers);
        Assert.Empty(match.Wrong);
        return (done, Encoding.UTF8.GetString(answers.ToArray()));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
