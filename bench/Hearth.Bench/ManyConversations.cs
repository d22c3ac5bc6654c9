using System.Diagnostics;
using Hearth.Conversations;
using Hearth.Conversations.Kpis;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Bench;

/// <summary>
/// Fills a database with the inbox of a large care team after five years: 160 agents in 8 departments, 200 labels, most of it closed, 7 % open or waiting, words as frequent as in any
/// language, the figures that reports are counted from, and who was at the console when. Written past the way in, with the counts made by the statements that count what an older version left.
/// </summary>
internal sealed class ManyConversations(int count, int seed = 1)
{
    private const int AtOnce = 20_000;

    private readonly MadeConversations _made = new(count, seed);

    public int Count => count;

    public UserId[] Agents => _made.Agents;

    public string[] Labels => _made.Labels;

    public PersonId Person(int n) => _made.People[n % _made.People.Length];

    public async Task<TimeSpan> Into(BenchDatabase database)
    {
        var watch = Stopwatch.StartNew();
        await database.With<Database>(async db =>
        {
            await db.InsertAll(_made.Sources, default);
            await db.InsertAll([.. _made.People.Select(p => new Person { Id = p, Since = MadeConversations.Begin })], default);
            await db.InsertAll(_made.Identities(), default);
            await db.InsertAll(_made.Work(), default);
        });
        await using var heard = await BareTables.Make(database);
        await using var bare = await BareTables.Make(database, "conversations_entries_fts", "conversations_entries", "conversations_conversations", "conversations_labels", "conversations_records",
            "conversations_responses", "conversations_open_spans");
        for (var done = 0; done < count; done += AtOnce)
        {
            var some = _made.Next(done, Math.Min(AtOnce, count - done));
            await database.With<Database>(db => db.InTransaction(async () =>
            {
                await db.InsertAll(some.Conversations, default);
                await db.InsertAll(some.Entries, default);
                await db.InsertAll(some.Labels, default);
                await db.InsertAll(some.Named, default);
                await db.InsertAll(some.Mentions, default);
                await db.InsertAll(some.Records, default);
                await db.InsertAll(some.Responses, default);
                await db.InsertAll(some.Spans, default);
            }, default));
            if (done / AtOnce % 10 == 9) Console.Error.WriteLine($"{database.At.Kind}: {done + AtOnce:N0} after {watch.Elapsed.TotalSeconds:N0} s");
        }

        await bare.Restore();
        await heard.Restore();
        await database.With<Database>(async db =>
        {
            db.Database.SetCommandTimeout(3600);
            foreach (var statement in Tallies.Fill) await db.Database.ExecuteSqlRawAsync(statement);
            if (await db.Set<RecordRow>().AnyAsync(r => !db.Set<Conversation>().Any(c => c.Number == r.Number && c.Id == r.Conversation))) throw new InvalidOperationException("A record has another's number.");
            await db.Database.ExecuteSqlRawAsync(db.Kind == DatabaseKind.Sqlite ? "PRAGMA wal_checkpoint(TRUNCATE)" : "CHECKPOINT");
            if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlRawAsync("VACUUM (ANALYZE)"); // as autovacuum leaves them some minutes later
        });
        return watch.Elapsed;
    }
}
