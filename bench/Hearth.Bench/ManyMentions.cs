using System.Diagnostics;
using Hearth.Listening;
using Hearth.Listening.Counting;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Bench;

/// <summary>
/// Fills a database with mentions as a large brand has them after five years: 40 sources, 200 queries, 8 languages and 300,000 authors, few of them with
/// most of it, more talk in the evening and every year. Written past the way in, with the counts made in bulk, so that ten million take minutes.
/// </summary>
internal sealed class ManyMentions(int wanted, int seed = 1)
{
    private readonly int _count = wanted > 1_000_000 ? wanted / Multiply.Copies : wanted;
    private const int AtOnce = 20_000;
    private static readonly string[] Languages = ["en", "de", "es", "fr", "pt", "und", "ja", "nl"];
    private static readonly DateTimeOffset Begin = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);
    private readonly SourceId[] _sources = [.. Enumerable.Range(0, 40).Select(n => SourceId.From(Known(1, n)))];
    private readonly PersonId[] _people = [.. Enumerable.Range(0, Math.Min(300_000, wanted)).Select(n => PersonId.From(Known(3, n)))];
    private readonly string[] _topics = [.. Topics.All.Select(t => t.Key)];

    // The n-th word is n times as rare as the first (Zipf), as in any language: word0 stands in most posts, word29999 in a few of ten million.
    private readonly string[] _words = [.. Enumerable.Range(0, 30_000).Select(n => $"word{n}")];

    public QueryId[] Queries { get; } = [.. Enumerable.Range(0, 200).Select(n => QueryId.From(Known(2, n)))];

    // The same in every run, so that what is loaded once can be measured again.
    private static Guid Known(int kind, int n) => new(kind, 0, 0x7000, 0x80, 0, 0, 0, (byte)(n >> 24), (byte)(n >> 16), (byte)(n >> 8), (byte)n);

    public SourceId Source(int n) => _sources[n];

    public string Author(int n) => $"author{n}";

    public async Task<TimeSpan> Into(BenchDatabase database)
    {
        var watch = Stopwatch.StartNew();
        await database.With<Database>(async db =>
        {
            await db.InsertAll([.. _sources.Select((s, n) => new SourceRow { Id = s, Kind = "file", Network = "file", Name = $"Source {n}", Settings = "{}", Engage = false, CreatedAt = Begin })], default);
            await db.InsertAll([.. Queries.Select((q, n) => new QueryRow { Id = q, Name = $"Query {n:D3}", Text = $"word{n}", CreatedAt = Begin, ChangedAt = Begin, HistoryDone = true })], default);
        });
        var counts = new MentionRollups();
        await using var bare = await BareTables.Make(database);
        for (var done = 0; done < _count; done += AtOnce)
        {
            var made = Make(done, Math.Min(AtOnce, _count - done));
            var topics = made.Topics.ToLookup(t => t.Mention, t => t.Topic);
            var queries = made.Queries.ToLookup(q => q.Mention, q => q.Query);
            foreach (var mention in made.Mentions) counts.Count(1, mention, topics[mention.Id], queries[mention.Id]);
            await database.With<Database>(db => db.InTransaction(async () =>
            {
                await db.InsertAll(made.Mentions, default);
                await db.InsertAll(made.Topics, default);
                await db.InsertAll(made.Queries, default);
                if (done / AtOnce % 25 == 24 || done + AtOnce >= _count) await counts.Write(db, default);
            }, default));
            if (done / AtOnce % 25 == 24) Console.Error.WriteLine($"{database.At.Kind}: {done + AtOnce:N0} after {watch.Elapsed.TotalSeconds:N0} s");
        }

        if (_count < wanted) await Multiply.All(database);
        Console.Error.WriteLine($"{database.At.Kind}: filled after {watch.Elapsed.TotalSeconds:N0} s");
        await bare.Restore();
        Console.Error.WriteLine($"{database.At.Kind}: indexed after {watch.Elapsed.TotalSeconds:N0} s");
        await database.With<Database>(async db =>
        {
            db.Database.SetCommandTimeout(3600);
            while (await new KeepCountsRun(db).Fold(1_000_000, default)) { }
            await db.Database.ExecuteSqlRawAsync(db.Kind == DatabaseKind.Sqlite ? "PRAGMA wal_checkpoint(TRUNCATE)" : "CHECKPOINT");
            if (db.Kind == DatabaseKind.Postgres)
            {
                // As autovacuum leaves them some minutes later.
                await db.Database.ExecuteSqlRawAsync("VACUUM (ANALYZE) listening_mentions, listening_counts, listening_mention_topics, listening_mention_queries");
            }
        });
        return watch.Elapsed;
    }

    private (List<MentionRow> Mentions, List<MentionTopic> Topics, List<MentionQuery> Queries) Make(int from, int many)
    {
        var (mentions, topics, queries) = (new List<MentionRow>(many), new List<MentionTopic>(many), new List<MentionQuery>(many * 2));
        for (var n = from; n < from + many; n++)
        {
            var at = At(n);
            var text = string.Join(' ', Enumerable.Range(0, _random.Next(8, 24)).Select(_ => _words[Zipf(_words.Length)]));
            if (_random.Next(6) == 0) text += $" #tag{Zipf(2_000)}";
            if (_random.Next(5) == 0) text += $" https://example.com/{Zipf(20_000)}";
            var author = Zipf(_people.Length);
            var mood = _random.Next(10) switch { < 2 => Sentiment.Negative, < 7 => Sentiment.Neutral, _ => Sentiment.Positive };
            var language = Languages[Zipf(Languages.Length)];
            var mention = new MentionRow
            {
                Id = MentionId.From(Guid.CreateVersion7(at)), Source = _sources[Zipf(_sources.Length)], Network = "file", ExternalId = $"p{n}", Text = text,
                Words = MentionSearch.Words(Tokens.Of(text), MentionSearch.LinksOf(text, null)), At = at, Day = MentionRow.DayOf(at), HeardAt = at, Url = $"https://site{Zipf(50)}.example/p{n}",
                AuthorId = Author(author), AuthorHandle = Author(author), AuthorName = $"Author {author}", Person = _people[author], ThreadKey = $"t{n / 3}", ParentId = n % 3 == 0 ? null : $"p{n / 3 * 3}",
                Language = language, Sentiment = mood, Strength = (int)mood * 0.5, Intents = 1 << Zipf(6), Kind = n % 3 == 0 ? PostKind.Original : PostKind.Reply,
                Has = text.Contains("https://", StringComparison.Ordinal) ? Media.Link : Media.None, Followers = _random.Next(3) == 0 ? null : Zipf(1_000_000),
            };
            mentions.Add(mention);
            foreach (var topic in Some(_topics.Length, 0.8)) topics.Add(new() { Mention = mention.Id, Topic = _topics[topic], Polarity = mood, At = at });
            foreach (var query in Some(Queries.Length, 1.5)) queries.Add(new() { Mention = mention.Id, Query = Queries[query], At = at });
        }

        return (mentions, topics, queries);
    }

    private IEnumerable<int> Some(int of, double mean) => Enumerable.Range(0, (int)mean + (_random.NextDouble() < mean - (int)mean ? 1 : 0)).Select(_ => Zipf(of)).Distinct();

    // More every year, and in the evening; they come in the order in which they are written, but for some minutes.
    private DateTimeOffset At(int n)
    {
        var part = Math.Sqrt((n + 0.5) / _count * 0.96 + 0.04);
        var at = Begin + (End - Begin) * ((part - 0.2) / 0.8);
        var hour = Math.Max(_random.NextDouble(), _random.NextDouble()) * 24;
        return Time.FromUnixMicroseconds(new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero).AddHours(hour).AddMicroseconds(_random.Next(1_000_000)).ToUnixMicroseconds());
    }

    // Inverse of a continuous 1/x density between 1 and n+1: close enough to Zipf, and cheap.
    private int Zipf(int n) => Math.Min(n - 1, (int)Math.Exp(_random.NextDouble() * Math.Log(n + 1)) - 1);
}
