using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Bench;

/// <summary>
/// Makes fifty mentions of each by the database's own hand: at another moment of the same hour, so that the counts are fifty times what they were, in the order of
/// time, as mentions come in. Making ten million rows here would take an hour, and they would be no more different.
/// </summary>
internal static class Multiply
{
    public const int Copies = 50;
    private const int Chunk = 10_000;

    public static Task All(BenchDatabase database) => database.With<Database>(async db =>
    {
        db.Database.SetCommandTimeout(3600);
        await db.Database.OpenConnectionAsync(); // the tables below are this connection's
        var isSqlite = db.Kind == DatabaseKind.Sqlite;
        var series = isSqlite ? $"WITH RECURSIVE k(k) AS (VALUES (0) UNION ALL SELECT k + 1 FROM k WHERE k < {Copies - 1}) SELECT k FROM k" : $"SELECT generate_series(0, CAST({Copies - 1} AS bigint)) AS k";
        await Do(db, $"CREATE TEMP TABLE k AS {series}");
        foreach (var table in (string[])["mentions", "mention_topics", "mention_queries"])
        {
            await Do(db, $"CREATE TEMP TABLE base_{table} AS SELECT * FROM listening_{table}");
            await Do(db, isSqlite ? $"DELETE FROM listening_{table}" : $"TRUNCATE listening_{table}");
        }

        var (first, last) = (await db.Database.SqlQueryRaw<long>("SELECT min(number) AS \"Value\" FROM base_mentions").SingleAsync(), await db.Database.SqlQueryRaw<long>("SELECT max(number) AS \"Value\" FROM base_mentions").SingleAsync());
        var columns = db.Model.FindEntityType(typeof(MentionRow))!.GetProperties().Select(p => p.GetColumnName()).Where(c => c != "number").ToArray();
        for (var from = first; from <= last; from += Chunk)
        {
            await Do(db, $"INSERT INTO listening_mentions ({string.Join(", ", columns)}) SELECT {string.Join(", ", columns.Select(c => Value(c, isSqlite)))} FROM base_mentions m CROSS JOIN k WHERE m.number >= {from} AND m.number < {from + Chunk} ORDER BY m.number, k.k");
        }

        await Do(db, $"INSERT INTO listening_mention_topics (mention, topic, polarity, at) SELECT {Id("mention", isSqlite)}, topic, polarity, {At} FROM base_mention_topics m CROSS JOIN k");
        await Do(db, $"INSERT INTO listening_mention_queries (mention, query, at) SELECT {Id("mention", isSqlite)}, query, {At} FROM base_mention_queries m CROSS JOIN k");
        await Do(db, $"UPDATE listening_counts SET negative = negative * {Copies}, neutral = neutral * {Copies}, positive = positive * {Copies}");
        foreach (var table in (string[])["base_mentions", "base_mention_topics", "base_mention_queries", "k"]) await Do(db, $"DROP TABLE {table}");
    });

    private static Task<int> Do(Database db, string statement) => db.Database.ExecuteSqlRawAsync(statement);

    private static string Value(string column, bool isSqlite) => column switch
    {
        "id" => Id("id", isSqlite),
        "at" or "heard_at" => At,
        "external_id" or "thread_key" or "parent_id" => $"m.{column} || '-' || k.k",
        _ => "m." + column,
    };

    private static string Id(string column, bool isSqlite) => isSqlite ? $"unhex(substr(hex(m.{column}), 1, 30) || printf('%02d', k.k))" : $"(substr(CAST(m.{column} AS text), 1, 34) || lpad(CAST(k.k AS text), 2, '0'))::uuid";

    private const string At = "m.at - m.at % 3600000000 + (m.at % 3600000000 + k.k * 71999983) % 3600000000";
}
