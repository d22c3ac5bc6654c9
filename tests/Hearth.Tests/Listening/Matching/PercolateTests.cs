using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Hearth.Listening.Matching;

namespace Hearth.Tests.Listening.Matching;

/// <summary>The workload of shared/data/percolate: its README gives the totals and checksums of another matcher's answers.</summary>
public class PercolateTests
{
    [Theory]
    [InlineData(1_000, 100_000, 18_319, 0x6da63b46e4765422)]
    [InlineData(10_000, 100_000, 177_163, 0xe1e330890494191b)]
    [InlineData(100_000, 20_000, 363_047, 0xac19cda2cc9601e0)]
    public void The_match_sets_are_the_expected_ones(int queries, int posts, int matches, ulong sum)
    {
        var lines = Matches(queries, posts, 2);
        var pairs = lines.Select(l => JsonDocument.Parse(l).RootElement).SelectMany(l => l.GetProperty("queries").EnumerateArray().Select(q => (Post: Number(l.GetProperty("id")), Query: Number(q)))).ToList();

        Assert.Equal(matches, pairs.Count);
        Assert.Equal(sum, pairs.Aggregate(0UL, (all, pair) => all + Sum(pair.Post, pair.Query)));
    }

    [Fact]
    public void The_answers_are_written_byte_for_byte_as_expected()
    {
        using var expected = new StreamReader(new GZipStream(File.OpenRead(SharedData.File("percolate/expected-10000-queries.jsonl.gz")), CompressionMode.Decompress));

        Assert.Equal(expected.ReadToEnd(), string.Join('\n', Matches(10_000, 100_000, 1)) + "\n");
    }

    private static string[] Matches(int queries, int posts, int threads)
    {
        var match = new MatchFiles();
        Assert.True(match.Load(Head("queries.jsonl", queries), Head("posts.jsonl", posts)));
        var answers = new MemoryStream();
        var done = match.Run(threads, answers);
        Assert.Equal((queries, posts, 0), (done.Queries, done.Posts, done.Skipped));
        return Encoding.UTF8.GetString(answers.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static MemoryStream Head(string file, int lines) => new(Encoding.UTF8.GetBytes(string.Join('\n', File.ReadLines(SharedData.File($"percolate/{file}")).Take(lines))));

    private static ulong Number(JsonElement id) => ulong.Parse(id.GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static ulong Sum(ulong post, ulong query)
    {
        var z = post * 1000003 + query + 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
