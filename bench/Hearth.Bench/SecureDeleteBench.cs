using System.Data.Common;
using System.Diagnostics;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Bench;

/// <summary>What it costs on SQLite that deleted content is overwritten (PRAGMA secure_delete), against the same work without: posts taken in, and every second of them deleted again in batches. Rounds alternate.</summary>
internal static class SecureDeleteBench
{
    private const int Rounds = 5;
    private const int AtOnce = 2_000;

    public static async Task Run(string[] args)
    {
        var posts = IngestBench.Posts(args is [var n] ? int.Parse(n) : 20_000);
        var (takenIn, deleted) = (new Dictionary<bool, List<double>> { [true] = [], [false] = [] }, new Dictionary<bool, List<double>> { [true] = [], [false] = [] });
        for (var round = 0; round < Rounds * 2; round++)
        {
            var secure = round % 2 == 0;
            await using var database = await BenchDatabase.Create(DatabaseKind.Sqlite, s => s.ConfigureDbContext<Database>(o => o.AddInterceptors(new Overwriting(secure))));
            takenIn[secure].Add(posts.Count / (await IngestBench.Ours(database, posts)).TotalSeconds);
            var watch = Stopwatch.StartNew();
            var rows = await database.With<Database, int>(Delete);
            deleted[secure].Add(rows / watch.Elapsed.TotalSeconds);
        }

        Table.Head($"posts taken in, {posts.Count:N0}: overwritten, and not; median of {Rounds}");
        Table.Row("Sqlite", Table.Median(takenIn[true]), Table.Median(takenIn[false]));
        Table.Head($"posts deleted, {posts.Count / 2:N0}: overwritten, and not; median of {Rounds}");
        Table.Row("Sqlite", Table.Median(deleted[true]), Table.Median(deleted[false]));
    }

    private static async Task<int> Delete(Database db)
    {
        var count = 0;
        while (true)
        {
            var some = await db.InTransaction(() => db.Database.ExecuteSqlAsync($"DELETE FROM listening_mentions WHERE number IN (SELECT number FROM listening_mentions WHERE number % 2 = 0 LIMIT {AtOnce})"), default);
            if (some == 0) break;
            count += some;
        }

        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        return count;
    }

    // Comes after the house's own settings of a connection.
    private sealed class Overwriting(bool on) : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Set(connection);
            return Task.CompletedTask;
        }

        private void Set(DbConnection connection)
        {
            using var command = ((SqliteConnection)connection).CreateCommand();
            command.CommandText = $"PRAGMA secure_delete={(on ? "ON" : "OFF")}; PRAGMA secure_delete;";
            if (Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) != (on ? 1 : 0)) throw new InvalidOperationException("SQLite did not take the setting.");
        }
    }
}
