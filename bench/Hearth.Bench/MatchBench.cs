using System.Diagnostics;
using System.Globalization;
using Hearth.Listening.Matching;
using Hearth.Listening.Queries;

namespace Hearth.Bench;

/// <summary>
/// Many queries asked of many posts, against splitting the same posts into words and looking each up in a dictionary of the queries' words, on one thread; then what two threads give, what a query
/// takes in memory, and what it costs to add and remove a thousand.
/// </summary>
internal static class MatchBench
{
    public static Task Run(string[] args)
    {
        var rounds = args is [var r, ..] ? int.Parse(r, CultureInfo.InvariantCulture) : 7;
        var posts = PercolateFiles.Posts(100_000);
        var queries = PercolateFiles.Queries(100_000);
        if (args is [_, "threads"])
        {
            Threads(queries, posts, rounds);
            return Task.CompletedTask;
        }

        Table.Head($"posts matched on one thread, median of {rounds}");
        var sizes = new List<string>();
        foreach (var (count, of) in ((int, List<AskedPost>)[])[(1_000, posts), (10_000, posts), (100_000, posts[..20_000])])
        {
            sizes.Add(Compare($"{count:N0} queries", queries[..count], of, rounds));
            sizes.Add(Compare($"{count:N0} queries, all operators and scripts", MixedWorkload.Queries(queries[..count]), MixedWorkload.Posts(of), rounds));
        }

        Console.WriteLine("\n| queries | matches | checksum | bytes a query, by the heap | by its own estimate | indexed in, ms |\n| --- | --- | --- | --- | --- | --- |");
        sizes.ForEach(Console.WriteLine);
        Threads(queries, posts, rounds * 9);
        Changes(queries, posts, rounds);
        return Task.CompletedTask;
    }

    private static string Compare(string name, List<(int Id, Query Query)> queries, List<AskedPost> posts, int rounds)
    {
        var bound = new SplitAndLookUp(queries.Select(q => q.Query));
        var before = GC.GetTotalMemory(true);
        var watch = Stopwatch.StartNew();
        var index = QueryIndex<int>.Of(queries);
        var built = watch.Elapsed;
        var heap = GC.GetTotalMemory(true) - before;
        var (ours, bounds, scratch) = (new List<double>(), new List<double>(), new MatchScratch<int>());
        for (var round = -2; round < rounds; round++)
        {
            var (o, b) = (Rate(posts, () => Matches(index, posts, scratch)), Rate(posts, () => bound.Count(posts)));
            if (round < 0) continue;
            ours.Add(o);
            bounds.Add(b);
        }

        Table.Row(name, Table.Median(ours), Table.Median(bounds));
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {Matches(index, posts, scratch):N0} | {Sum(index, posts):x16} | {(double)heap / queries.Count:N0} | {(double)index.Bytes / queries.Count:N0} | {built.TotalMilliseconds:N0} |");
    }

    /// <summary>One and two threads by turns, many times: a pass lasts a tenth of a second, and what else the machine does in it falls on both alike.</summary>
    private static void Threads(List<(int Id, Query Query)> queries, List<AskedPost> posts, int rounds)
    {
        Console.WriteLine($"\n| threads, median of {rounds} | one, posts a second | two | ratio of the medians | of the best |\n| --- | --- | --- | --- | --- |");
        foreach (var count in (int[])[10_000, 100_000])
        {
            var index = QueryIndex<int>.Of(queries[..count]);
            var (one, two) = (new List<double>(), new List<double>());
            for (var round = -2; round < rounds; round++)
            {
                var (o, t) = (On(1, index, posts), On(2, index, posts));
                if (round < 0) continue;
                one.Add(o);
                two.Add(t);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {count:N0} queries | {Table.Median(one):N0} | {Table.Median(two):N0} | {Table.Median(two) / Table.Median(one):0.00} | {two.Max() / one.Max():0.00} |"));
        }
    }

    private static void Changes(List<(int Id, Query Query)> queries, List<AskedPost> posts, int rounds)
    {
        var index = QueryIndex<int>.Of(queries);
        var more = queries[..1_000].ConvertAll(q => (q.Id + 1_000_000, q.Query));
        var (adding, removing, reading, undisturbed) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var few = posts[..5_000];
        for (var round = -2; round < rounds; round++)
        {
            var added = Milliseconds(() => index.With(more));
            var removed = Milliseconds(() => index.With([], queries[..1_000].Select(q => q.Id)));
            var alone = Rate(few, () => Matches(index, few, new()));
            using var stop = new CancellationTokenSource();
            var writer = Task.Run(() =>
            {
                while (!stop.IsCancellationRequested) index.With(more);
            });
            var beside = Rate(few, () => Matches(index, few, new()));
            stop.Cancel();
            writer.Wait();
            if (round < 0) continue;
            adding.Add(added);
            removing.Add(removed);
            undisturbed.Add(alone);
            reading.Add(beside);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            | 100,000 queries and 1,000 more, median of {rounds} | |
            | --- | --- |
            | adding them, ms | {Table.Median(adding):0.0} |
            | removing 1,000, ms | {Table.Median(removing):0.0} |
            | a reader alone, posts a second | {Table.Median(undisturbed):N0} |
            | a reader while another thread adds 1,000 over and over | {Table.Median(reading):N0} |
            """));
    }

    private static double Rate(List<AskedPost> posts, Action run) => posts.Count / (Milliseconds(run) / 1_000);

    private static double Milliseconds(Action run)
    {
        var watch = Stopwatch.StartNew();
        run();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static long Matches(QueryIndex<int> index, List<AskedPost> posts, MatchScratch<int> scratch)
    {
        var matches = 0L;
        foreach (var post in posts) matches += index.Match(post, scratch).Length;
        return matches;
    }

    /// <summary>Posts a second from when all threads are ready until the last is done.</summary>
    private static double On(int threads, QueryIndex<int> index, List<AskedPost> posts)
    {
        const int chunk = 128;
        var next = 0;
        var watch = new Stopwatch();
        using var ready = new Barrier(threads, _ => watch.Start());
        using var done = new Barrier(threads, _ => watch.Stop());
        var others = Enumerable.Range(1, threads - 1).Select(_ => new Thread(Work)).ToList();
        others.ForEach(t => t.Start());
        Work();
        others.ForEach(t => t.Join());
        return posts.Count / watch.Elapsed.TotalSeconds;

        void Work()
        {
            var scratch = new MatchScratch<int>();
            foreach (var post in posts.Take(1_000)) index.Match(post, scratch);
            ready.SignalAndWait();
            while (Interlocked.Add(ref next, chunk) - chunk is var from && from < posts.Count)
            {
                for (var i = from; i < Math.Min(from + chunk, posts.Count); i++) index.Match(posts[i], scratch);
            }

            done.SignalAndWait();
        }
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
}
