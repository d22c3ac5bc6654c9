using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Bench;

/// <summary>Takes the indices and triggers from tables while they are filled, and makes them again at once: many times faster than row by row.</summary>
internal sealed class BareTables : IAsyncDisposable
{
    private readonly BenchDatabase _database;
    private readonly List<string> _again = [];

    private BareTables(BenchDatabase database) => _database = database;

    public static Task<BareTables> Make(BenchDatabase database) => Make(database, "listening_mentions_fts", "listening_mentions", "listening_mention_topics", "listening_mention_queries");

    /// <param name="database">Where.</param>
    /// <param name="search">The full-text table that SQLite keeps by triggers, built anew at the end.</param>
    /// <param name="names">The tables, by names of ours.</param>
    public static async Task<BareTables> Make(BenchDatabase database, string search, params string[] names)
    {
        var made = new BareTables(database);
        await database.With<Database>(async db =>
        {
            var tables = $"('{string.Join("', '", names)}')";
            var isSqlite = db.Kind == DatabaseKind.Sqlite;
            var objects = await db.Database.SqlQueryRaw<string>(isSqlite
                ? $"SELECT type || ' ' || name || '|' || sql AS Value FROM sqlite_master WHERE tbl_name IN {tables} AND sql IS NOT NULL AND type IN ('index', 'trigger')"
                : $"SELECT 'index ' || indexname || '|' || indexdef AS \"Value\" FROM pg_indexes WHERE tablename IN {tables} AND indexname NOT LIKE 'pk_%'").ToListAsync();
            foreach (var one in objects)
            {
                var bar = one.IndexOf('|', StringComparison.Ordinal);
                var drop = "DROP " + one[..bar]; // a name from the catalogue, not from outside
                await db.Database.ExecuteSqlRawAsync(drop);
                made._again.Add(one[(bar + 1)..].Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
            }

            if (isSqlite)
            {
                made._again.Add($"INSERT INTO {search}({search}) VALUES ('rebuild')");
                return;
            }

            foreach (var name in names)
            {
                await db.Database.ExecuteSqlRawAsync($"ALTER TABLE {name} DISABLE TRIGGER USER");
                made._again.Add($"ALTER TABLE {name} ENABLE TRIGGER USER");
            }
        });
        return made;
    }

    public Task Restore() => _database.With<Database>(async db =>
    {
        db.Database.SetCommandTimeout(3600);
        if (db.Kind == DatabaseKind.Postgres)
        {
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlRawAsync("SET maintenance_work_mem = '512MB'");
        }

        foreach (var statement in _again) await db.Database.ExecuteSqlRawAsync(statement);
        _again.Clear();
    });

    public async ValueTask DisposeAsync()
    {
        if (_again.Count > 0) await Restore();
    }
}
