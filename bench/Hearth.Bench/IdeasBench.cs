using System.Diagnostics;
using System.Globalization;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Bench;

/// <summary>
/// A board of a million ideas. <c>fill FOLDER [Sqlite|Postgres] [ideas]</c> makes it in a folder that is kept (PostgreSQL: in a database of the folder's name); <c>measure FOLDER [Sqlite|Postgres]</c>
/// opens it as it is and times what readers and voters do, in server time; <c>hot [seconds] [Sqlite|Postgres]</c> has 64 accounts vote on one idea of a small board, over and over.
/// </summary>
internal static class IdeasBench
{
    private const int AtOnce = 64;

    public static Task Run(string[] args) => args switch
    {
        ["fill", var folder, .. var more] => Fill(folder, Kinds(more.ElementAtOrDefault(0)), more.Length > 1 ? int.Parse(more[1], CultureInfo.InvariantCulture) : 1_000_000),
        ["measure", var folder, .. var more] => Measure(folder, Kinds(more.ElementAtOrDefault(0))),
        ["hot", .. var more] => Hot(more.Length > 0 ? int.Parse(more[0], CultureInfo.InvariantCulture) : 20, Kinds(more.ElementAtOrDefault(1))),
        _ => Console.Error.WriteLineAsync("fill FOLDER [Sqlite|Postgres] [ideas], measure FOLDER [Sqlite|Postgres], or hot [seconds] [Sqlite|Postgres]"),
    };

    private static IEnumerable<DatabaseKind> Kinds(string? named) => BenchDatabase.Kinds.Where(k => named is null || k.ToString().Equals(named, StringComparison.OrdinalIgnoreCase));

    private static async Task Fill(string folder, IEnumerable<DatabaseKind> kinds, int ideas)
    {
        foreach (var kind in kinds)
        {
            await using var database = await BenchDatabase.Create(kind, keep: Path.GetFullPath(folder));
            if (await database.With<CountIdeas, IdeaCounts>(c => c.Now(default)) is { Submitted: > 0 }) throw new InvalidOperationException($"There are ideas in {folder} already.");
            await new ManyIdeas(ideas).Into(database);
        }
    }

    private static async Task Measure(string folder, IEnumerable<DatabaseKind> kinds)
    {
        foreach (var kind in kinds)
        {
            await using var database = await BenchDatabase.Create(kind, keep: Path.GetFullPath(folder), asItIs: true);
            var opened = new OpenedIdeas(database);
            await opened.Look();
            Console.WriteLine($"\n{kind}: {opened.Size}\n\n| what | times | median, ms | 95th percentile, ms |\n| --- | --- | --- | --- |");
            foreach (var (name, times, open) in opened.All())
            {
                var took = new List<double>();
                for (var time = -3; time < times; time++)
                {
                    var watch = Stopwatch.StartNew();
                    await open(time + 3);
                    if (time >= 0) took.Add(watch.Elapsed.TotalMilliseconds); // the first ones compile queries and open connections
                }

                took.Sort();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times} | {took[times / 2]:0.0} | {took[(int)(times * 0.95)]:0.0} |"));
            }
        }
    }

    // Different accounts that vote on one idea as fast as they are answered; every one that was answered must stand, once.
    private static async Task Hot(int seconds, IEnumerable<DatabaseKind> kinds)
    {
        Console.WriteLine($"| votes on one idea for {seconds} s, {AtOnce} at once | a second | 95th percentile, ms | bare, one a transaction, a second | ratio |\n| --- | --- | --- | --- | --- |");
        foreach (var kind in kinds)
        {
            await using var database = await BenchDatabase.Create(kind);
            var (idea, author) = (IdeaId.New(), new Actor(UserId.New(), "Bench", "B", null, Role.Community));
            await database.With<PostIdea, PostedIdea>(p => p.By(author, idea, new("A hot idea", "Everybody wants this one.", "general"), default));
            await VoteFor(database, idea, TimeSpan.FromSeconds(2)); // queries are compiled, connections opened
            var before = (await database.With<ReadIdea, IdeaView?>(r => r.Of(idea, null, default)))!.Line.Promotions;
            var (answered, slow, took) = await VoteFor(database, idea, TimeSpan.FromSeconds(seconds));
            var after = (await database.With<ReadIdea, IdeaView?>(r => r.Of(idea, null, default)))!.Line.Promotions;
            var rows = await database.With<Database, int>(db => db.Set<IdeaVote>().CountAsync());
            if (after - before != answered || rows != after) throw new InvalidOperationException($"{answered} votes were answered, {after - before} counted, {rows - before} are there.");
            var bare = await Bare(database, 2_000);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {kind} | {answered / took.TotalSeconds:N0} | {slow:0.0} | {bare:N0} | {answered / took.TotalSeconds / bare:0.00} |"));
        }
    }

    private static async Task<(int Answered, double Slow, TimeSpan Took)> VoteFor(BenchDatabase database, IdeaId idea, TimeSpan time)
    {
        var (times, watch) = (new List<double>(), Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>();
            while (watch.Elapsed < time)
            {
                var began = watch.Elapsed;
                var voter = new Actor(UserId.New(), "Bench", "B", null, Role.Community);
                var cast = await database.With<CastVote, VoteCast>(v => v.For(voter, idea, Stance.Promote, default));
                if (cast is not VoteCast.Stands) throw new InvalidOperationException($"A vote was answered {cast}.");
                mine.Add((watch.Elapsed - began).TotalMilliseconds);
            }

            lock (times) times.AddRange(mine);
        })));
        var took = watch.Elapsed;
        times.Sort();
        return (times.Count, times[(int)(times.Count * 0.95)], took);
    }

    // One row added, one row counted up, committed: what any vote must do at least.
    private static Task<double> Bare(BenchDatabase database, int count) => database.With<Database, double>(async db =>
    {
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE bare_ideas (id INTEGER PRIMARY KEY, points INTEGER NOT NULL)");
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE bare_votes (voter TEXT PRIMARY KEY, idea INTEGER NOT NULL)");
        await db.Database.ExecuteSqlRawAsync("INSERT INTO bare_ideas (id, points) VALUES (1, 0)");
        await db.Database.OpenConnectionAsync();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            await db.InTransaction(async () =>
            {
                await db.Database.ExecuteSqlAsync($"INSERT INTO bare_votes (voter, idea) VALUES ({Guid.NewGuid().ToString()}, 1)");
                await db.Database.ExecuteSqlRawAsync("UPDATE bare_ideas SET points = points + 10 WHERE id = 1");
            }, default);
        }

        return count / watch.Elapsed.TotalSeconds;
    });
}
