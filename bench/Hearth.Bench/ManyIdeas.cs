using System.Diagnostics;
using System.Reflection;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Likeness;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Bench;

/// <summary>
/// Fills a board as it is after four and a half years: fifty votes and five comments for each idea, few ideas with most of them, as many accounts as ideas. Ideas and
/// comments are made here, the votes by the database's own hand, and what they add up to by <see cref="RecountVotes"/>.
/// </summary>
internal sealed class ManyIdeas(int count, int seed = 1)
{
    private const int AtOnce = 20_000;
    private const int VotesEach = 50;
    private const int CommentsEach = 5;
    public const int Shelves = 20;
    private static readonly DateTimeOffset End = DateTimeOffset.UtcNow;
    private static readonly DateTimeOffset Begin = End.AddDays(-1640);

    private readonly Random _random = new(seed);
    private readonly string[] _words = [.. Syllables().Take(30_000)];
    private readonly int[] _votes = Votes(count);

    public static IdeaId Idea(int n) => IdeaId.From(Known(5, n));

    public static UserId User(int n) => UserId.From(Known(6, n));

    public async Task Into(BenchDatabase database)
    {
        var watch = Stopwatch.StartNew();
        void Say(string what) => Console.Error.WriteLine($"{database.At.Kind}: {what} after {watch.Elapsed.TotalSeconds:N0} s");

        var keys = database.At.Kind == DatabaseKind.Postgres;
        await database.With<RecountVotes>(r => r.All(default)); // the board begins
        await using (var bare = await BareTables.Make(database, "ideas_words_fts", "ideas_ideas", "ideas_votes", "ideas_vote_days", "ideas_comments", "ideas_moves", "ideas_words"))
        {
            await database.With<Database>(async db =>
            {
                foreach (var n in Enumerable.Range(0, Shelves)) await db.Database.ExecuteSqlAsync($"INSERT INTO ideas_categories (slug, name, place) VALUES ({Shelf(n)}, {Shelf(n)}, {n})");
                if (keys) await db.Database.ExecuteSqlRawAsync("ALTER TABLE ideas_votes DROP CONSTRAINT pk_ideas_votes");
            });
            for (var done = 0; done < count; done += AtOnce) await database.With<Database>(db => Ideas(db, done, Math.Min(AtOnce, count - done)));
            Say($"{count:N0} ideas");
            for (var done = 0; done < count * CommentsEach; done += AtOnce) await database.With<Database>(db => db.InsertAll(Comments(done, Math.Min(AtOnce, (count * CommentsEach) - done)), default));
            Say($"{count * CommentsEach:N0} comments");
            await database.With<Database>(GiveVotes);
            Say($"{_votes.Sum(v => (long)v):N0} votes");
            if (keys)
            {
                await database.With<Database>(async db =>
                {
                    await Prepare(db);
                    await db.Database.ExecuteSqlRawAsync("""ALTER TABLE ideas_votes ADD CONSTRAINT pk_ideas_votes PRIMARY KEY (idea, "user")""");
                });
            }

            await database.With<Database>(async db =>
            {
                await Prepare(db);
                await new RecountVotes(db, new(db, TimeProvider.System)).All(default);
            });
            Say("counted");
            await bare.Restore();
            Say("indexed");
        }

        await database.With<Database>(async db =>
        {
            await db.Migrate(database.At, default); // counts what the triggers did not see
            db.Database.SetCommandTimeout(7200);
            await db.Database.ExecuteSqlRawAsync(db.Kind == DatabaseKind.Sqlite ? "PRAGMA wal_checkpoint(TRUNCATE)" : "CHECKPOINT");
            await db.Database.ExecuteSqlRawAsync(db.Kind == DatabaseKind.Sqlite ? "PRAGMA optimize" : "VACUUM (ANALYZE)");
        });
        Say("ready");
    }

    private static async Task Prepare(Database db)
    {
        db.Database.SetCommandTimeout(7200);
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync(db.Kind == DatabaseKind.Sqlite ? "PRAGMA synchronous = OFF; PRAGMA temp_store = FILE" : "SET maintenance_work_mem = '1GB'; SET work_mem = '512MB'");
    }

    private async Task Ideas(Database db, int from, int many)
    {
        var (ideas, moves, words) = (new List<Idea>(many), new List<IdeaMove>(many), new List<IdeaWordsRow>(many));
        for (var n = from; n < from + many; n++)
        {
            var at = At(n);
            var idea = new Idea { Id = Idea(n), Title = Text(_random.Next(4, 10)), Body = Text(_random.Next(20, 60)), Category = Shelf(Zipf(Shelves)), Author = User(_random.Next(count)), AuthorName = $"Account {n % 977}", At = at };
            var status = Status(_random.Next(100));
            Comment.Set(idea, CommentsEach);
            if (status != IdeaStatus.Submitted)
            {
                var answered = at + (End - at) * Math.Pow(_random.NextDouble(), 6);
                Stand.Set(idea, status);
                Answered.Set(idea, answered);
                Moved.Set(idea, answered);
                if (status is IdeaStatus.Implemented or IdeaStatus.PartiallyImplemented) Made.Set(idea, answered);
                moves.Add(new() { Idea = idea.Id, From = IdeaStatus.Submitted, To = status, Reason = Text(12), By = User(0), ByName = "Somebody of the brand", Department = Department.Product, At = answered });
            }

            var row = new IdeaWordsRow { Idea = idea.Id, Title = idea.Title };
            Kept.Set(row, LikeWords.Kept(idea.Title, idea.Body));
            ideas.Add(idea);
            words.Add(row);
        }

        await db.InTransaction(async () =>
        {
            await db.InsertAll(ideas, default);
            await db.InsertAll(words, default);
            await db.InsertAll(moves, default);
        }, default);
    }

    private List<IdeaComment> Comments(int from, int many) =>
    [
        .. Enumerable.Range(from, many).Select(n => new IdeaComment
        {
            Id = IdeaCommentId.From(Known(7, n)), Idea = Idea(n % count), Author = User(_random.Next(count)), AuthorName = $"Account {n % 977}", Department = null, FromBrand = false,
            Body = Text(_random.Next(4, 20)), At = At(n % count) + TimeSpan.FromMinutes(n % 90_000),
        }),
    ];

    // Voter k of idea n is account (n·7919 + k·stride) of as many accounts as there are ideas, so nobody votes twice; early votes are many, late ones few; one in 3 to 19 demotes.
    private async Task GiveVotes(Database db)
    {
        await Prepare(db);
        var isSqlite = db.Kind == DatabaseKind.Sqlite;
        var (stride, end) = (Stride(count), End.ToUnixMicroseconds());
        await db.Database.ExecuteSqlRawAsync("CREATE TEMP TABLE these (n bigint PRIMARY KEY, id " + (isSqlite ? "blob" : "uuid") + " NOT NULL, at bigint NOT NULL, votes int NOT NULL)");
        if (isSqlite)
        {
            await db.Database.ExecuteSqlRawAsync($"CREATE TEMP TABLE ks (k INTEGER PRIMARY KEY); WITH RECURSIVE s(k) AS (VALUES (0) UNION ALL SELECT k + 1 FROM s WHERE k < {_votes.Max()}) INSERT INTO ks SELECT k FROM s");
        }

        for (var from = 0; from < count; from += AtOnce)
        {
            var rows = string.Join(',', Enumerable.Range(from, Math.Min(AtOnce, count - from)).Select(n => isSqlite
                ? $"({n}, x'{Idea(n).Value:N}', {At(n).ToUnixMicroseconds()}, {_votes[n]})" : $"({n}, '{Idea(n).Value}', {At(n).ToUnixMicroseconds()}, {_votes[n]})"));
            await db.Database.ExecuteSqlRawAsync("DELETE FROM these; INSERT INTO these VALUES " + rows);
            var (number, user) = ($"(i.n * 7919 + CAST(k.k AS bigint) * {stride}) % {count}", "");
            user = isSqlite ? $"unhex(printf('000000060000700080000000%08x', {number}))" : $"('00000006-0000-7000-8000-0000' || lpad(to_hex({number}), 8, '0'))::uuid";
            const string early = "((i.n * 104729 + k.k * 7907) % 10007)";
            var series = isSqlite ? "CROSS JOIN ks k ON k.k < i.votes" : "CROSS JOIN LATERAL generate_series(CAST(0 AS bigint), CAST(i.votes - 1 AS bigint)) AS k (k)";
            await db.Database.ExecuteSqlRawAsync($"""
                INSERT INTO ideas_votes (idea, "user", stance, at, weight, held)
                SELECT i.id, {user}, CASE WHEN (k.k * 31 + i.n) % (3 + i.n % 17) = 0 THEN -1 ELSE 1 END, i.at + ({end} - i.at) / 10007 * ({early} * {early} / 10007), 1000, {(isSqlite ? "0" : "false")}
                FROM these i {series}
                """);
        }
    }

    private DateTimeOffset At(int n) => Time.FromUnixMicroseconds((Begin + (End - Begin) * ((n + 0.5) / count)).ToUnixMicroseconds());

    private string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => _words[Zipf(_words.Length)]));

    // Inverse of a continuous 1/x density between 1 and n+1: close enough to Zipf, and cheap.
    private int Zipf(int n) => Math.Min(n - 1, (int)Math.Exp(_random.NextDouble() * Math.Log(n + 1)) - 1);

    private static IEnumerable<string> Syllables()
    {
        var parts = (from c in "bdfgklmnprstvz" from v in "aeiou" select $"{c}{v}").ToArray();
        for (var n = 0; ; n++) yield return parts[n * 37 % 70] + parts[(n / 70 + n) * 11 % 70] + (n < 4900 ? "" : parts[n / 4900 % 70]);
    }

    // The r-th of the ideas has votes like 1/(r+5)^0.9, so the first of a million has hundreds of thousands and half of them have fewer than ten.
    private static int[] Votes(int count)
    {
        var shares = Enumerable.Range(0, count).Select(r => Math.Pow(r + 5, -0.9)).ToArray();
        var scale = count * (double)VotesEach / shares.Sum();
        var step = Stride(count);
        return [.. Enumerable.Range(0, count).Select(n => (int)Math.Min(count - 1, shares[(int)((n * (long)step + 11) % count)] * scale))];
    }

    private static int Stride(int count)
    {
        for (var step = (int)(count * 0.618) | 1; ; step += 2) if (System.Numerics.BigInteger.GreatestCommonDivisor(step, count) == 1) return step;
    }

    private static IdeaStatus Status(int percent) => percent switch
    {
        < 3 => IdeaStatus.Implemented, < 4 => IdeaStatus.PartiallyImplemented, < 5 => IdeaStatus.Planned, < 7 => IdeaStatus.UnderReview, < 11 => IdeaStatus.NotPlanned,
        < 13 => IdeaStatus.AlreadyOffered, < 53 => IdeaStatus.Archived, < 73 => IdeaStatus.Acknowledged, _ => IdeaStatus.Submitted,
    };

    public static string Shelf(int n) => $"shelf{n}";

    private static Guid Known(int kind, int n) => new(kind, 0, 0x7000, 0x80, 0, 0, 0, (byte)(n >> 24), (byte)(n >> 16), (byte)(n >> 8), (byte)n);

    // What only the room itself may set elsewhere.
    private static readonly Property<Idea, IdeaStatus> Stand = new(nameof(Hearth.Ideas.Idea.Status));
    private static readonly Property<Idea, DateTimeOffset?> Answered = new(nameof(Hearth.Ideas.Idea.AnsweredAt));
    private static readonly Property<Idea, DateTimeOffset?> Moved = new(nameof(Hearth.Ideas.Idea.MovedAt));
    private static readonly Property<Idea, DateTimeOffset?> Made = new(nameof(Hearth.Ideas.Idea.ImplementedAt));
    private static readonly Property<Idea, int> Comment = new(nameof(Hearth.Ideas.Idea.Comments));
    private static readonly Property<IdeaWordsRow, string?> Kept = new(nameof(IdeaWordsRow.Words));

    private sealed class Property<TRow, TValue>(string name)
    {
        public Action<TRow, TValue> Set { get; } =
            typeof(TRow).GetProperty(name, BindingFlags.Public | BindingFlags.Instance)!.GetSetMethod(nonPublic: true)!.CreateDelegate<Action<TRow, TValue>>();
    }
}
