using System.Diagnostics;
using System.Globalization;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Likeness;
using Hearth.Ideas.Likeness.Ranking;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Bench;

/// <summary>
/// Server time of finding duplicates while a title is typed and of search, over as many ideas as asked for (a million by default), on both databases or the one named, under a name to
/// keep what was loaded if there is one; a database that holds ideas already is measured as it is. The bar is 50 ms at the 95th percentile.
/// </summary>
internal static class LikenessBench
{
    private const int Times = 300;
    private const int AtOnce = 20_000;
    private const int Vocabulary = 30_000;
    private static readonly DateTimeOffset Begin = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task Run(string[] args)
    {
        var count = args is [var n, ..] ? int.Parse(n, CultureInfo.InvariantCulture) : 1_000_000;
        foreach (var kind in BenchDatabase.Kinds.Where(k => args.Length < 2 || k.ToString().Equals(args[1], StringComparison.OrdinalIgnoreCase)))
        {
            await using var database = await BenchDatabase.Create(kind, keep: args.ElementAtOrDefault(2));
            var watch = Stopwatch.StartNew();
            var there = await database.With<Database, int>(db => db.Ideas.CountAsync());
            if (there == 0) await Fill(database, count);
            var indexed = await database.With<IndexIdeas, int>(i => i.Missing(default));
            if (kind == DatabaseKind.Postgres) await database.With<Database>(db => db.Database.ExecuteSqlRawAsync("ANALYZE ideas_ideas, ideas_words"));
            Console.WriteLine($"\n{kind}: {Math.Max(there, count):N0} ideas, {(there > 0 ? "were there" : "loaded")}, {indexed:N0} indexed now; {watch.Elapsed.TotalSeconds:N0} s\n");
            Console.WriteLine("| asked | median, ms | 95th percentile, ms | 99th, ms |\n| --- | --- | --- | --- |");
            await Measure(database);
        }
    }

    private static async Task Measure(BenchDatabase database)
    {
        var random = new Random(5);
        var last = await database.With<Database, long>(db => db.Ideas.MaxAsync(i => i.Number));
        var titles = new List<string>();
        while (titles.Count < Times)
        {
            var from = random.NextInt64(last);
            titles.Add(await database.With<Database, string>(db => db.Ideas.Where(i => i.Number >= from).OrderBy(i => i.Number).Select(i => i.Title).FirstAsync()));
        }

        foreach (var typed in (double[])[0.5, 0.75, 1])
        {
            await Row(database, $"like a title, {typed:P0} typed", titles, t => t[..(int)Math.Ceiling(t.Length * typed)],
                (db, text) => db.With<FindLikeIdeas>(f => f.To(text, typed < 1, 5, null, default)));
        }

        // What an order says costs the same whatever it has learned.
        await database.With<Database>(async db =>
        {
            await db.IdeaRankers.ExecuteDeleteAsync();
            db.Add(new RankerRow { Version = 1, State = RankerState.Current, At = Begin, By = "bench", Said = 0, Learned = 0, HeldOut = 0, Map = 0, Before = 0, Data = LearnedOrder.Learn([], [], default).Save() });
            await db.SaveChangesAsync();
        });
        foreach (var typed in (double[])[0.5, 1])
        {
            await Row(database, $"like a title, {typed:P0} typed, in a learned order", titles, t => t[..(int)Math.Ceiling(t.Length * typed)],
                (db, text) => db.With<FindLikeIdeas>(f => f.To(text, typed < 1, 5, null, default)));
        }

        (string, Func<string, string>)[] searches =
        [
            ("one word of a title", t => Word(t, random)), ("two words of a title", t => Word(t, random) + " " + Word(t, random)), ("a word begun", t => Word(t, random) is var w ? w[..Math.Min(w.Length, 4)] : ""),
        ];
        foreach (var (name, ask) in searches)
        {
            await Row(database, "search: " + name, titles, ask, (db, text) => db.With<ListIdeas>(l => l.Of(new(Search: text), null, null, 30, default)));
            await Row(database, $"search: {name}, newest first, of a status", titles, ask,
                (db, text) => db.With<ListIdeas>(l => l.Of(new(IdeaOrder.New, IdeaStatus.Planned, Search: text), null, null, 30, default)));
        }
    }

    private static async Task Row(BenchDatabase database, string name, List<string> titles, Func<string, string> ask, Func<BenchDatabase, string, Task> open)
    {
        var times = new List<double>();
        foreach (var title in titles.Take(20)) await open(database, ask(title));
        foreach (var title in titles)
        {
            var text = ask(title);
            var watch = Stopwatch.StartNew();
            await open(database, text);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times[times.Count / 2]:0.0} | {times[(int)(times.Count * 0.95)]:0.0} | {times[(int)(times.Count * 0.99)]:0.0} |"));
    }

    private static string Word(string title, Random random) => title.Split(' ') is var words ? words[random.Next(words.Length)] : title;

    // Words as rare as in a language (Zipf): the n-th is n times as rare as the first.
    private static async Task Fill(BenchDatabase database, int count)
    {
        var random = new Random(1);
        var ids = Enumerable.Range(0, 8).Select(_ => UserId.New()).ToArray();
        string[] words = [.. Enumerable.Range(0, Vocabulary).Select(n => Spelled(n))];
        for (var done = 0; done < count; done += AtOnce)
        {
            var ideas = Enumerable.Range(done, Math.Min(AtOnce, count - done)).Select(n => new Idea
            {
                Id = IdeaId.New(), Title = Text(random, words, random.Next(4, 10)), Body = Text(random, words, random.Next(20, 60)), Category = "general", Author = ids[n % 8],
                AuthorName = "Ana Fox", At = Begin.AddMinutes(n),
            }).ToList();
            await database.With<Database>(db => db.InsertAll(ideas, default));
        }

        await database.With<Database>(db =>
        {
            db.Database.SetCommandTimeout(0);
            return db.Database.ExecuteSqlRawAsync("UPDATE ideas_ideas SET score = number * 7919 % 1000003, status = number % 9");
        });
    }

    private static string Text(Random random, string[] words, int length) =>
        string.Join(' ', Enumerable.Range(0, length).Select(_ => words[Math.Min((int)Math.Exp(random.NextDouble() * Math.Log(Vocabulary)), Vocabulary - 1)]));

    private static string Spelled(int number)
    {
        const string Consonants = "bcdfgklmnprtvz", Vowels = "aeiou";
        var word = "";
        for (var left = number + 100; left > 0; left /= 70) word += $"{Consonants[left % 70 / 5]}{Vowels[left % 5]}";
        return word;
    }
}
