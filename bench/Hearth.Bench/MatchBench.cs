using System.Collections.Frozen;
using System.Diagnostics;
using Hearth.Listening.Matching;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;

namespace Hearth.Bench;

internal static class MatchBench
{
    public static Task Run(string[] args)
    {
        var rounds = args is [var r] ? int.Parse(r) : 5;
        var all = PercolateFiles.Posts(100_000);
        var queries = PercolateFiles.Queries(100_000);
        Table.Head("posts matched, one thread");
        foreach (var (count, posts) in ((int, List<AskedPost>)[])[(1_000, all), (10_000, all), (100_000, all[..20_000])])
        {
            var of = queries[..count];
            var watch = Stopwatch.StartNew();
            var seen = new TermFrequencies();
            foreach (var post in posts.Take(20_000)) seen.See(post.Text);
            var index = QueryIndex<int>.Of(of.Select(q => (q.Id, q.Query)), Environment.GetEnvironmentVariable("NOSEEN") is null ? seen : null);
            var built = watch.Elapsed;
            var bound = new SplitAndLookUp(of.SelectMany(q => Words(q.Query)).Select(t => t.Text));
            var (ours, bounds) = (new List<double>(), new List<double>());
            var matches = 0L;
            for (var round = 0; round < rounds + 1; round++)
            {
                var o = Rate(posts, () => Ours(index, posts, out matches));
                var b = Rate(posts, () => bound.Count(posts));
                if (round == 0) continue;
                ours.Add(o);
                bounds.Add(b);
            }

            Table.Row($"{count:N0} queries", Table.Median(ours), Table.Median(bounds));
            Console.WriteLine($"{matches} matches, sum {Sum(index, posts):x16}, built in {built.TotalMilliseconds:N0} ms, {index.Bytes / count} bytes a query");
        }

        return Task.CompletedTask;
    }

    private static double Rate(List<AskedPost> posts, Action run)
    {
        var watch = Stopwatch.StartNew();
        run();
        return posts.Count / watch.Elapsed.TotalSeconds;
    }

    private static void Ours(QueryIndex<int> index, List<AskedPost> posts, out long matches)
    {
        var scratch = new MatchScratch<int>();
        matches = 0;
        foreach (var post in posts) matches += index.Match(post, scratch).Length;
    }

    private static ulong Sum(QueryIndex<int> index, List<AskedPost> posts)
    {
        var scratch = new MatchScratch<int>();
        var sum = 0UL;
        for (var i = 0; i < posts.Count; i++)
        {
            foreach (var query in index.Match(posts[i], scratch)) sum += PercolateFiles.Sum(i, query);
        }

        return sum;
    }

    private static IEnumerable<Term> Words(Query query) => query switch
    {
        Query.Words w => w.Terms,
        Query.And and => Words(and.Left).Concat(Words(and.Right)),
        Query.Or or => Words(or.Left).Concat(Words(or.Right)),
        Query.Not not => Words(not.Inner),
        _ => [],
    };
}

/// <summary>The bound of matching: runs of ASCII letters, digits and underscores, in lower case, looked up in a dictionary of the queries' words; nothing more.</summary>
internal sealed class SplitAndLookUp
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _words;

    public SplitAndLookUp(IEnumerable<string> words)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in words) numbers.TryAdd(word, numbers.Count);
        _words = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public long Count(List<AskedPost> posts)
    {
        var found = 0L;
        foreach (var post in posts) found += Count(post.Text);
        return found;
    }

    private int Count(ReadOnlySpan<char> text)
    {
        Span<char> word = stackalloc char[128];
        var (length, found) = (0, 0);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_')
            {
                if (length < word.Length) word[length++] = (char)(c | (char.IsAsciiLetterUpper(c) ? 0x20 : 0));
                continue;
            }

            if (length > 0 && _words.TryGetValue(word[..length], out _)) found++;
            length = 0;
        }

        if (length > 0 && _words.TryGetValue(word[..length], out _)) found++;
        return found;
    }
}
