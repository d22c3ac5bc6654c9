using Hearth.Listening.Matching;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;

namespace Hearth.Tests.Listening.Matching;

public class QueryIndexTests
{
    private const int Queries = 4_000;
    private const int Posts = 700;

    [Fact]
    public void Millions_of_pairs_match_as_the_plain_evaluator_says()
    {
        var (pairs, matches) = (0L, 0L);
        var random = new Random(23);
        for (var round = 0; round < 1; round++)
        {
            var queries = Enumerable.Range(0, Queries).Select(i => (Id: i, Query: RandomMatching.Query(random, i % 4))).ToArray();
            var posts = Enumerable.Range(0, Posts).Select(_ => RandomMatching.Post(random)).ToArray();
            var seen = new TermFrequencies();
            var index = QueryIndex<int>.Of(queries, seen);
            Parallel.ForEach(posts.Chunk(Posts / 8), chunk =>
            {
                var scratch = new MatchScratch<int>();
                foreach (var post in chunk)
                {
                    var tokens = Tokens.Of(post.Text);
                    var found = index.Match(post, scratch).ToArray().Order().ToArray();
                    var expected = queries.Where(q => q.Query.Matches(post, tokens)).Select(q => q.Id).ToArray();
                    if (!expected.SequenceEqual(found)) Assert.Fail(Difference(queries, post, expected, found));
                    Interlocked.Add(ref pairs, queries.Length);
                    Interlocked.Add(ref matches, found.Length);
                }
            });
        }

        TestContext.Current.SendDiagnosticMessage($"{pairs:N0} pairs, {matches:N0} matches");
        Assert.InRange(pairs, 2_000_000, long.MaxValue);
        Assert.InRange((double)matches / pairs, 0.1, 0.5);
    }

    private static string Difference((int Id, Query Query)[] queries, AskedPost post, int[] expected, int[] found)
    {
        var wrong = expected.Except(found).Concat(found.Except(expected)).Select(id => queries[id].Query).MinBy(q => q.ToString().Length);
        return $"{(wrong is not null && wrong.Matches(post, Tokens.Of(post.Text)) ? "missed" : "should not match")}: {wrong}\n{post}";
    }
}
