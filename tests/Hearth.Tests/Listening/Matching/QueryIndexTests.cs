using Hearth.Listening.Matching;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;

namespace Hearth.Tests.Listening.Matching;

public class QueryIndexTests
{
    private const int Queries = 4_000;
    private const int Posts = 400;

    [Fact]
    public void Millions_of_pairs_match_as_the_plain_evaluator_says()
    {
        var (pairs, matches) = (0L, 0L);
        var random = new Random(23);
        foreach (var seen in (TermFrequencies?[])[null, Seen(random)])
        {
            var queries = Enumerable.Range(0, Queries).Select(i => (Id: i, Query: RandomMatching.Query(random, i % 4))).ToArray();
            var posts = Enumerable.Range(0, Posts).Select(_ => RandomMatching.Post(random)).ToArray();
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

    [Fact]
    public void Adding_and_removing_queries_is_the_same_as_having_begun_with_what_is_left()
    {
        var random = new Random(31);
        var posts = Enumerable.Range(0, 40).Select(_ => RandomMatching.Post(random)).ToArray();
        var (index, scratch, next, held) = (QueryIndex<int>.Empty, new MatchScratch<int>(), 0, new Dictionary<int, Query>());
        for (var step = 0; step < 150; step++)
        {
            var removed = held.Keys.Where(_ => random.Next(10) == 0).Append(-1).ToList();
            var replaced = held.Keys.Except(removed).Where(_ => random.Next(20) == 0).ToList();
            var added = replaced.Concat(Enumerable.Range(next, random.Next(4) == 0 ? 40 : 3)).Select(id => (id, RandomMatching.Query(random))).ToList();
            next += 40;
            removed.ForEach(id => held.Remove(id));
            added.ForEach(q => held[q.id] = q.Item2);
            index = index.With(added, removed);

            Assert.Equal(held.Count, index.Count);
            var post = posts[step % posts.Length];
            var tokens = Tokens.Of(post.Text);
            Assert.Equal(held.Where(q => q.Value.Matches(post, tokens)).Select(q => q.Key).Order(), index.Match(post, scratch).ToArray().Order());
        }
    }

    [Fact]
    public async Task Readers_keep_their_index_while_thousands_of_queries_are_added_and_removed()
    {
        var random = new Random(37);
        var post = new AskedPost("dell out of stock");
        var first = QueryIndex<int>.Of(Enumerable.Range(0, 5_000).Select(id => (id, RandomMatching.Query(random))));
        var expected = first.Match(post, new()).ToArray();
        var index = first;
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var (scratch, reads) = (new MatchScratch<int>(), 0);
            for (; !stop.IsCancellationRequested || reads < 100; reads++)
            {
                Assert.Equal(expected, first.Match(post, scratch).ToArray());
                var now = Volatile.Read(ref index);
                Assert.Equal(now.Count - 5_000, now.Match(post, scratch).ToArray().Count(id => id >= 5_000)); // each one added matches, and none that was removed
            }

            return reads;
        })).ToArray();
        for (var n = 5_000; n < 8_000; n += 50)
        {
            var from = n;
            Volatile.Write(ref index, index.With(Enumerable.Range(n, 50).Select(id => (id, (Query)new Query.Words([new("dell", TokenKind.Word)]))), Enumerable.Range(from - 25, 25).Where(id => id >= 5_000)));
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(readers), reads => Assert.InRange(reads, 100, int.MaxValue));
    }

    [Fact]
    public void Matching_allocates_nothing()
    {
        var random = new Random(41);
        var index = QueryIndex<int>.Of(Enumerable.Range(0, 3_000).Select(id => (id, RandomMatching.Query(random)))).With(Enumerable.Range(5_000, 50).Select(id => (id, RandomMatching.Query(random))), [1, 2, 3]);
        var posts = Enumerable.Range(0, 300).Select(_ => RandomMatching.Post(random)).Where(p => p.Url is null || p.Url.Contains("dell.com", StringComparison.Ordinal)).ToArray();
        var scratch = new MatchScratch<int>();
        var matches = posts.Sum(p => index.Match(p, scratch).Length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var again = 0;
        foreach (var post in posts) again += index.Match(post, scratch).Length;

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(matches, again);
        Assert.InRange(matches, 10_000, int.MaxValue);
    }

    [Fact]
    public void Words_that_share_a_key_are_told_apart()
    {
        var key = WordKey.Of("extraordinarily");
        var layout = new SegmentLayout([new(new("extraordinarily", TokenKind.Word), key, 1), new(new("unextraordinary", TokenKind.Word), key, 1)], [new(0, 7, [], false), new(1, 8, [], false)]);

        int Target(ReadOnlySpan<byte> word) => layout.Table.Find(key, word) is >= 0 and var id ? layout.Table.Postings[layout.Table.Slots[id].Postings + 1].Target : -1;
        Assert.Equal((7, 8, -1), (Target("extraordinarily"u8), Target("unextraordinary"u8), Target("somethingelse"u8)));
    }

    [Fact]
    public void A_long_text_and_a_long_query_match_too()
    {
        var words = Enumerable.Range(0, 5_000).Select(i => $"word{i}").ToList();
        var all = words.Select(w => (Query)new Query.Words([new(w, TokenKind.Word)])).ToList();
        var text = string.Join(' ', words);
        var near = new Query.Near(all[10], all[4_999], 100, false);
        var phrase = new Query.Words([.. words.Skip(1_000).Take(900).Select(w => new Term(w, TokenKind.Word))]);
        (int, Query)[] queries = [(1, all.Take(300).Aggregate((a, b) => new Query.And(a, b))), (2, all.Take(300).Aggregate((a, b) => new Query.Or(a, b))), (3, near), (4, phrase), (5, new Query.Not(phrase))];
        var index = QueryIndex<int>.Of(queries);

        Assert.Equal([1, 2, 4], index.Match(new(text), new()).ToArray().Order());
        Assert.Equal([5], index.Match(new("word1000 word1001"), new()).ToArray());
        Assert.Equal([1, 2, 4], index.With([(6, near)]).Match(new(text), new()).ToArray().Order());
    }

    private static TermFrequencies Seen(Random random)
    {
        var seen = new TermFrequencies();
        for (var n = 0; n < 2_000; n++) seen.See(RandomMatching.Text(random));
        return seen;
    }

    private static string Difference((int Id, Query Query)[] queries, AskedPost post, int[] expected, int[] found)
    {
        var wrong = expected.Except(found).Concat(found.Except(expected)).Select(id => queries[id].Query).MinBy(q => q.ToString().Length);
        return $"{(wrong is not null && wrong.Matches(post, Tokens.Of(post.Text)) ? "missed" : "should not match")}: {wrong}\n{post}";
    }
}
