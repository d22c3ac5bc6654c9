using System.Diagnostics;
using System.Globalization;
using Hearth.Listening;
using Hearth.Listening.Understanding;
using Hearth.Platform;

namespace Hearth.Bench;

/// <summary>Server time of what an analyst opens, over as many mentions as asked for (ten million by default), on both databases or the one named, under a name to keep what was loaded if there is one. The bar is 300 ms.</summary>
internal static class MentionsBench
{
    private const int Times = 15;

    public static async Task Run(string[] args)
    {
        var count = args is [var n, ..] ? int.Parse(n, CultureInfo.InvariantCulture) : 10_000_000;
        foreach (var kind in BenchDatabase.Kinds.Where(k => args.Length < 2 || k.ToString().Equals(args[1], StringComparison.OrdinalIgnoreCase)))
        {
            await using var database = await BenchDatabase.Create(kind, keep: args.ElementAtOrDefault(2));
            var many = new ManyMentions(count);
            var there = await database.With<CountMentions, Counted>(c => c.Total(new(), default));
            var took = there.Count > 0 ? TimeSpan.Zero : await many.Into(database);
            Console.WriteLine($"\n{kind}: {count:N0} mentions {(there.Count > 0 ? "were there" : $"loaded in {took.TotalSeconds:N0} s")}\n");
            Console.WriteLine("| opened | median, ms | 95th percentile, ms |\n| --- | --- | --- |");
            foreach (var (name, open) in Opened(many))
            {
                var times = new List<double>();
                for (var time = 0; time < Times; time++)
                {
                    var watch = Stopwatch.StartNew();
                    await open(database);
                    times.Add(watch.Elapsed.TotalMilliseconds);
                }

                times.Sort();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times[Times / 2]:0.0} | {times[(int)(Times * 0.95)]:0.0} |"));
            }
        }
    }

    private static IEnumerable<(string, Func<BenchDatabase, Task>)> Opened(ManyMentions many)
    {
        var end = DateOnly.FromDateTime(ManyMentions.End.UtcDateTime).AddDays(-1);
        var zone = "Europe/Berlin";
        (string, MentionFilter)[] filters =
        [
            ("no filter", new()), ("30 days", new(From: end.AddDays(-29), To: end) { Zone = zone }), ("a large source", new(Source: many.Source(0))), ("a small source", new(Source: many.Source(39))),
            ("a large query", new(Query: many.Queries[0])), ("a small query", new(Query: many.Queries[199])), ("a language", new(Language: "ja")), ("a sentiment", new(Sentiment: Sentiment.Negative)),
            ("a rare purpose", new(Intent: Intent.Purchase)), ("a topic", new(Topic: Topics.All[10].Key)), ("a busy author", new(Author: many.Author(0))), ("an author", new(Author: many.Author(200_000))),
            ("10,000 followers and an image", new() { MinFollowers = 10_000, Has = Media.Image }), ("a site", new() { Site = "site49.example" }), ("a link", new() { Link = "https://example.com/10000" }),
            ("a common word", new(Text: "word0")), ("a middling word", new(Text: "word300")), ("a rare word", new(Text: "word29000")), ("two common words", new(Text: "word0 word1")), ("a phrase", new(Text: "\"word3 word4\"")),
            ("a query, a language and a sentiment", new(Query: many.Queries[3], Language: "nl", Sentiment: Sentiment.Negative)),
            ("a source, a topic and a word", new(Source: many.Source(2), Topic: Topics.All[3].Key, Text: "word5")),
        ];
        foreach (var (name, filter) in filters)
        {
            yield return ($"list: {name}", db => db.With<ListMentions>(l => l.Run(filter, null, 30, default)));
            yield return ($"chart: {name}", db => db.With<CountMentions>(c => c.Over(filter, null, SplitBy.Sentiment, false, default)));
        }

        string? next = null;
        yield return ("list: the page after the first", async db =>
        {
            next ??= (await db.With<ListMentions, Page<MentionView>?>(l => l.Run(new(), null, 30, default)))!.Next;
            await db.With<ListMentions>(l => l.Run(new(), next, 30, default));
        });
        foreach (var split in Enum.GetValues<SplitBy>())
        {
            yield return ($"chart: 186 days by day, {split}, compared", db => db.With<CountMentions>(c => c.Over(new(From: end.AddDays(-185), To: end) { Zone = zone }, CountBy.Day, split, true, default)));
            yield return ($"chart: five years by month, {split}", db => db.With<CountMentions>(c => c.Over(new() { Zone = zone }, CountBy.Month, split, false, default)));
        }

        yield return ("chart: 30 days by hour", db => db.With<CountMentions>(c => c.Over(new(From: end.AddDays(-29), To: end) { Zone = zone }, CountBy.Hour, SplitBy.Sentiment, false, default)));
        yield return ("chart: 186 days by day in India, half an hour off", db => db.With<CountMentions>(c => c.Over(new(From: end.AddDays(-185), To: end) { Zone = "Asia/Kolkata" }, CountBy.Day, SplitBy.Sentiment, false, default)));
        yield return ("share of voice: 8 queries, 186 days by day, compared", db => db.With<CountMentions>(c => c.Over(
            new(From: end.AddDays(-185), To: end) { Zone = zone }, CountBy.Day, SplitBy.Query, [.. many.Queries.Take(8).Select(q => q.Value.ToString())], true, default)));
        yield return ("complaints by topic", db => db.With<CountMentions>(c => c.TopTopics(new(Intent: Intent.Complaint), 10, default)));
        yield return ("tops: no filter", db => db.With<TopMentions>(t => t.Run(new(), 10, default)));
        yield return ("tops: a query", db => db.With<TopMentions>(t => t.Run(new(Query: many.Queries[0]), 10, default)));
        yield return ("mentions per query and source", db => db.With<CountMentions>(async c =>
        {
            await c.PerQuery(default);
            await c.PerSource(default);
        }));
    }
}
