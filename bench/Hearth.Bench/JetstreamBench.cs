using System.Diagnostics;
using System.Globalization;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Bench;

/// <summary>
/// A million events of a Jetstream replay server, read by a process of its own, decoded, matched against 10,000 saved queries and all stored, with the process killed on the way: the
/// rate over all, and that exactly the posts that were sent are there. <c>jetstream EVENTS KILLS [Sqlite|Postgres]</c>.
/// </summary>
internal static class JetstreamBench
{
    private const int Queries = 10_000;

    public static async Task Run(string[] args)
    {
        var count = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var kills = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var events = new RecordedEvents(RecordedEvents.Folder);
        await using var server = await ReplayServer.Start(events, count);
        Console.WriteLine($"| Jetstream, {count:N0} events, {Queries:N0} queries, {kills} kills | events a second | posts sent | mentions | query matches | MB of database |\n| --- | --- | --- | --- | --- | --- |");
        foreach (var kind in BenchDatabase.Kinds.Where(k => args.Length < 3 || k.ToString() == args[2]))
        {
            await using var database = await BenchDatabase.Create(kind);
            var source = await Prepare(database, server.Address);
            var watch = Stopwatch.StartNew();
            for (var part = 1; part <= kills + 1; part++)
            {
                using var reader = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["jetstream-read", kind.ToString(), database.At.ConnectionString, database.At.DataDirectory]) { UseShellExecute = false })!;
                var until = part > kills ? count - 1 : count * part / (kills + 1);
                while (await At(database, source) < until)
                {
                    if (reader.HasExited) throw new InvalidOperationException("The reader ended.");
                    await Task.Delay(part > kills ? 100 : Random.Shared.Next(20, 200));
                }

                reader.Kill();
                await reader.WaitForExitAsync();
            }

            watch.Stop();
            await Report(database, kind, count, events.Posts(count), watch.Elapsed);
        }
    }

    /// <summary>The process that is killed.</summary>
    public static async Task Read(string[] args)
    {
        var services = new ServiceCollection().AddLogging().AddHearth(new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]))
            .Configure<SafeHttpOptions>(o => o.AllowPrivate.Add("127.0.0.1")).Configure<JobOptions>(o => o.Lease = TimeSpan.FromSeconds(1));
        await using var house = services.BuildServiceProvider();
        await house.GetRequiredService<SourceRunner>().StartAsync(default);
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task<SourceId> Prepare(BenchDatabase database, string address)
    {
        var texts = File.ReadLines(Path.Combine(RecordedEvents.Folder, "percolate", "queries.jsonl")).Take(Queries).Select(l => System.Text.Json.Nodes.JsonNode.Parse(l)!).Select((q, n) => new QueryRow { Id = QueryId.New(), Name = $"query {n}", Text = (string)q["query"]!, HistoryDone = true, CreatedAt = DateTimeOffset.UtcNow, ChangedAt = DateTimeOffset.UtcNow }).ToList();
        await database.With<Database>(db => db.InsertAll(texts, default));
        database.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<SafeHttpOptions>>().Value.AllowPrivate.Add("127.0.0.1");
        var settings = new Dictionary<string, string> { [RepoSource.Address] = address, [SourceSettings.Keep] = "all" };
        var source = ((KeptSource.Done)await database.With<Sources, KeptSource>(s => s.Add("jetstream", "Replay", settings, false, default))).Source;
        await database.With<Database>(db => db.Set<SourceRow>().Where(s => s.Id == source).ExecuteUpdateAsync(set => set.SetProperty(s => s.Cursor, $"{RecordedEvents.Begin}")));
        return source;
    }

    private static async Task<long> At(BenchDatabase database, SourceId source)
    {
        var cursor = await database.With<Database, string?>(db => db.Set<SourceRow>().Where(s => s.Id == source).Select(s => s.Cursor).SingleAsync());
        return (long.Parse(cursor!, CultureInfo.InvariantCulture) - RecordedEvents.Begin) / RecordedEvents.Step;
    }

    private static Task Report(BenchDatabase database, DatabaseKind kind, long count, long posts, TimeSpan took) => database.With<Database>(async db =>
    {
        var mentions = await db.Set<MentionRow>().LongCountAsync();
        var matches = await db.Set<MentionQuery>().LongCountAsync();
        var size = kind == DatabaseKind.Sqlite ? new DirectoryInfo(database.At.DataDirectory).GetFiles().Sum(f => f.Length) : await db.Database.SqlQuery<long>($"SELECT pg_database_size(current_database()) AS \"Value\"").SingleAsync();
        Console.WriteLine($"| {kind} | {count / took.TotalSeconds:N0} | {posts:N0} | {mentions:N0} | {matches:N0} | {size >> 20:N0} |");
        if (mentions != posts) throw new InvalidOperationException($"{mentions:N0} mentions of {posts:N0} posts.");
    });
}
