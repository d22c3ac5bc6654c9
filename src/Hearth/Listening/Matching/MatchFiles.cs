using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Listening.Queries;

namespace Hearth.Listening.Matching;

/// <summary>What matching two files gave.</summary>
/// <param name="Queries">How many queries were asked.</param>
/// <param name="Posts">Of how many posts.</param>
/// <param name="Matches">Pairs of a query and a post that match.</param>
/// <param name="Skipped">Lines of posts that could not be read.</param>
/// <param name="Seconds">For matching alone, after loading and one pass to warm up.</param>
/// <param name="PostsPerSecond">Posts by seconds.</param>
/// <param name="Threads">How many matched at once.</param>
/// <param name="BytesPerQuery">What the index added to the heap, by queries; their texts and ids are not part of it.</param>
public sealed record MatchedFiles(
    [property: JsonPropertyName("queries")] int Queries, [property: JsonPropertyName("posts")] int Posts, [property: JsonPropertyName("matches")] long Matches, [property: JsonPropertyName("skipped")] int Skipped,
    [property: JsonPropertyName("seconds")] double Seconds, [property: JsonPropertyName("posts_per_second")] double PostsPerSecond, [property: JsonPropertyName("threads")] int Threads,
    [property: JsonPropertyName("bytes_per_query")] double BytesPerQuery);

/// <summary>A line that cannot be read.</summary>
/// <param name="File">"queries" or "posts".</param>
/// <param name="Line">From 1.</param>
/// <param name="Reason">For a person.</param>
public sealed record WrongLine(string File, long Line, string Reason);

/// <summary>Asks the queries of one file of the posts of another: <c>hearth match</c>.</summary>
public sealed class MatchFiles
{
    /// <summary>Posts from which the frequency of words is taken.</summary>
    private const int Sample = 20_000;

    private readonly List<string> _queryIds = [], _postIds = [];
    private readonly List<string> _expressions = [];
    private AskedPost[] _posts = [];
    private QueryIndex<int> _index = QueryIndex<int>.Empty;
    private double _bytes;

    /// <summary>Lines that could not be read, in order: of posts, whose other lines are matched, or of queries, and then nothing is.</summary>
    public List<WrongLine> Wrong { get; } = [];

    /// <summary>Reads both files and indexes the queries.</summary>
    /// <returns>False when a query cannot be read.</returns>
    public bool Load(Stream queries, Stream posts)
    {
        ReadQueries(queries);
        if (Wrong.Count > 0) return false;
        _posts = [.. ReadPosts(posts)];
        var seen = new TermFrequencies();
        foreach (var post in _posts.Take(Sample)) seen.See(post.Text);
        var order = Enumerable.Range(0, _queryIds.Count).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(_queryIds[a], _queryIds[b]));
        var before = GC.GetTotalMemory(true);
        _index = QueryIndex<int>.Of(order.Select((query, rank) => (rank, ((Parsed.Ok)ParseQuery.Read(_expressions[query])).Query)), seen);
        _bytes = GC.GetTotalMemory(true) - before;
        _queryIds.Sort(string.CompareOrdinal); // a query's number is its rank from here on
        var (language, sentiment, intent) = (_index.Asks<FieldTest.Language>(), _index.Asks<FieldTest.Sentiment>(), _index.Asks<FieldTest.Intent>());
        if (language || sentiment || intent) Parallel.For(0, _posts.Length, i => _posts[i] = PostLine.Understood(_posts[i], language, sentiment, intent));
        return true;
    }

    /// <summary>Matches all posts twice on the same threads: once to warm up, telling the matches when asked to, and once to measure, from when the last thread is ready until the last is done.</summary>
    /// <param name="threads">1 or more.</param>
    /// <param name="to">Gets a line for each post that matched, in the order of posts, its queries sorted by their characters; null when nobody wants them.</param>
    public MatchedFiles Run(int threads, Stream? to)
    {
        var found = to is null ? null : new int[_posts.Length][];
        var (warm, measured) = (new Pass(), new Pass());
        var watch = new Stopwatch();
        using var ready = new Barrier(threads, _ => watch.Start());
        using var done = new Barrier(threads, _ => watch.Stop());
        var others = Enumerable.Range(1, threads - 1).Select(_ => new Thread(Work)).ToList();
        others.ForEach(t => t.Start());
        Work();
        others.ForEach(t => t.Join());
        var seconds = watch.Elapsed.TotalSeconds;
        if (measured.Matches != warm.Matches) throw new InvalidOperationException($"The same posts matched {warm.Matches} times and then {measured.Matches} times.");
        if (found is not null) Write(found, to!);
        return new(_index.Count, _posts.Length, measured.Matches, Wrong.Count, seconds, _posts.Length / seconds, threads, _index.Count == 0 ? 0 : Math.Round(_bytes / _index.Count, 1));

        void Work()
        {
            var scratch = new MatchScratch<int>();
            Match(warm, scratch, found);
            ready.SignalAndWait();
            Match(measured, scratch, null);
            done.SignalAndWait();
        }
    }

    private void Match(Pass pass, MatchScratch<int> scratch, int[][]? found)
    {
        var matches = 0L;
        while (pass.Take() is var from && from < _posts.Length) matches += Match(from, scratch, found);
        pass.Add(matches);
    }

    private long Match(int from, MatchScratch<int> scratch, int[][]? found)
    {
        var matches = 0L;
        for (var i = from; i < Math.Min(from + Pass.Chunk, _posts.Length); i++)
        {
            var numbers = _index.Match(_posts[i], scratch);
            matches += numbers.Length;
            if (found is null || numbers.Length == 0) continue;
            found[i] = numbers.ToArray();
            Array.Sort(found[i]);
        }

        return matches;
    }

    private void Write(int[][] found, Stream to)
    {
        using var text = new BufferedStream(to, 1 << 16);
        using var json = new Utf8JsonWriter(text, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] is null) continue;
            json.WriteStartObject();
            json.WriteString("id", _postIds[i]);
            json.WriteStartArray("queries");
            foreach (var number in found[i]) json.WriteStringValue(_queryIds[number]);
            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            text.WriteByte((byte)'\n');
        }
    }

    private void ReadQueries(Stream file)
    {
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in JsonLines.Read(file))
        {
            try
            {
                var (id, query) = PostLine.Query(line);
                if (!lines.TryAdd(id, line.Number)) Wrong.Add(new("queries", line.Number, $"query {id}: line {lines[id]} has the same id"));
                else if (ParseQuery.Read(query) is Parsed.Wrong wrong) Wrong.Add(new("queries", line.Number, $"query {id}: {wrong.Sentence}"));
                _queryIds.Add(id);
                _expressions.Add(query);
            }
            catch (FormatException e)
            {
                Wrong.Add(new("queries", line.Number, e.Message));
            }
        }
    }

    private IEnumerable<AskedPost> ReadPosts(Stream file)
    {
        foreach (var line in JsonLines.Read(file))
        {
            AskedPost? post = null;
            try
            {
                (var id, post) = PostLine.Post(line);
                _postIds.Add(id);
            }
            catch (FormatException e)
            {
                Wrong.Add(new("posts", line.Number, e.Message));
            }

            if (post is not null) yield return post;
        }
    }

    /// <summary>The posts that are left of one pass, and what the threads found in it.</summary>
    private sealed class Pass
    {
        /// <summary>Posts handed to a thread at once.</summary>
        public const int Chunk = 128;

        private int _next;
        private long _matches;

        public long Matches => _matches;

        public int Take() => Interlocked.Add(ref _next, Chunk) - Chunk;

        public void Add(long matches) => Interlocked.Add(ref _matches, matches);
    }
}
