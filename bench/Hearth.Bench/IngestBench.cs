using System.Data.Common;
using System.Diagnostics;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Bench;

/// <summary>
/// Posts taken in by <see cref="ReceiveMentions"/> (read for language, sentiment, intent and topics, matched, indexed for search, authors resolved, fact recorded)
/// against a bare insert of the same id and text in transactions of the same size, on the same database.
/// </summary>
internal static class IngestBench
{
    private const int Batch = 500;

    public static async Task Run(string[] args)
    {
        var count = args is [var n] ? int.Parse(n) : 20_000;
        var posts = Posts(count);
        Table.Head($"posts taken in, {count:N0}, median of three");
        foreach (var kind in BenchDatabase.Kinds)
        {
            var (ours, bound) = (new List<double>(), new List<double>());
            for (var round = 0; round < 3; round++)
            {
                await using var database = await BenchDatabase.Create(kind);
                ours.Add(count / (await Ours(database, posts)).TotalSeconds);
                bound.Add(count / (await Bare(database, posts)).TotalSeconds);
            }

            Table.Row(kind.ToString(), Table.Median(ours), Table.Median(bound));
        }
    }

    internal static async Task<TimeSpan> Ours(BenchDatabase database, List<IncomingPost> posts)
    {
        var source = await database.With<Sources, SourceId>(s => s.ForFile("bench", default));
        var watch = Stopwatch.StartNew();
        foreach (var chunk in posts.Chunk(Batch)) await database.With<ReceiveMentions>(r => r.Run(source, chunk, (string?)null, default));
        return watch.Elapsed;
    }

    private static async Task<TimeSpan> Bare(BenchDatabase database, List<IncomingPost> posts) => await database.With<Database, TimeSpan>(async db =>
    {
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE bare (id TEXT PRIMARY KEY, body TEXT NOT NULL)");
        var watch = Stopwatch.StartNew();
        foreach (var chunk in posts.Chunk(Batch))
        {
            await db.InTransaction(async () =>
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.Transaction = (DbTransaction)((Microsoft.EntityFrameworkCore.Infrastructure.IInfrastructure<DbTransaction>)db.Database.CurrentTransaction!).Instance;
                command.CommandText = "INSERT INTO bare (id, body) VALUES (@id, @body)";
                foreach (var name in (string[])["@id", "@body"])
                {
                    var parameter = command.CreateParameter();
                    parameter.ParameterName = name;
                    parameter.Value = "";
                    command.Parameters.Add(parameter);
                }

                await command.PrepareAsync();
                foreach (var post in chunk)
                {
                    (command.Parameters[0].Value, command.Parameters[1].Value) = (post.ExternalId, post.Text);
                    await command.ExecuteNonQueryAsync();
                }
            }, default);
        }

        return watch.Elapsed;
    });

    internal static List<IncomingPost> Posts(int count)
    {
        string[] words = ["the", "stove", "was", "late", "again", "and", "nobody", "answers", "love", "my", "new", "lantern", "#camping", "refund", "please", "when", "does", "it", "ship", "great", "battery"];
        var random = new Random(1);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return [.. Enumerable.Range(0, count).Select(i => new IncomingPost(
            $"p{i}", string.Join(' ', Enumerable.Range(0, random.Next(8, 25)).Select(_ => words[random.Next(words.Length)])), start.AddSeconds(i * 30),
            new IncomingAuthor($"author{random.Next(count / 3)}")))];
    }
}
