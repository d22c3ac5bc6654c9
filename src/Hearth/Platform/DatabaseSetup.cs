using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Hearth.Platform;

/// <summary>Where the one database is: a folder with an embedded SQLite database, or a PostgreSQL connection.</summary>
public sealed record DatabaseLocation(DatabaseKind Kind, string ConnectionString, string DataDirectory)
{
    /// <summary>Reads what the operator gave.</summary>
    /// <param name="dataDirectory">The folder of everything Hearth keeps on disk; made when it is missing.</param>
    /// <param name="postgres">A PostgreSQL connection string or postgresql:// address; null or empty for the embedded database.</param>
    /// <exception cref="FormatException">The connection cannot be read; the message says why.</exception>
    public static DatabaseLocation Of(string dataDirectory, string? postgres)
    {
        var folder = Path.GetFullPath(dataDirectory);
        Directory.CreateDirectory(folder);
        if (string.IsNullOrWhiteSpace(postgres))
        {
            var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "hearth.db"), ForeignKeys = true, DefaultTimeout = 60 };
            return new(DatabaseKind.Sqlite, file.ToString(), folder);
        }

        return new(DatabaseKind.Postgres, PostgresConnection(postgres), folder);
    }

    // libpq's form postgresql://user:password@host:port/database?sslmode=... is what people have at hand; Npgsql reads only key=value pairs.
    private static string PostgresConnection(string given)
    {
        try
        {
            if (!given.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) || !given.Contains("://", StringComparison.Ordinal))
            {
                return new NpgsqlConnectionStringBuilder(given).ToString();
            }

            var address = new Uri(given);
            var user = address.UserInfo.Split(':', 2);
            var made = new NpgsqlConnectionStringBuilder
            {
                Host = address.Host, Port = address.Port > 0 ? address.Port : 5432, Database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/')),
                Username = Uri.UnescapeDataString(user[0]), Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            };
            foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var (key, value) = pair.Split('=', 2) is [var k, var v] ? (k, v) : (pair, "");
                made[Uri.UnescapeDataString(key)] = Uri.UnescapeDataString(value);
            }

            return made.ToString();
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or FormatException or KeyNotFoundException)
        {
            throw new FormatException("--database: " + e.Message, e);
        }
    }
}

/// <summary>Brings the database to the model of this version, one process at a time.</summary>
public static class DatabaseSetup
{
    public static DbContextOptionsBuilder Use(this DbContextOptionsBuilder builder, DatabaseLocation at)
    {
        // The two histories live in this assembly; each knows its own by the namespace of its migrations.
        _ = at.Kind == DatabaseKind.Sqlite
            ? builder.UseSqlite(at.ConnectionString)
            : builder.UseNpgsql(at.ConnectionString);
        return builder
            .ReplaceService<Microsoft.EntityFrameworkCore.Migrations.IMigrationsAssembly, Schema.MigrationsByDatabase>()
            .AddInterceptors(new CommitWatch(), new SqliteSettings(), new SqliteWriteGate(), new TextDoor());
    }

    /// <summary>Applies what is missing under a lock; when two processes start at once the second waits for the first.</summary>
    public static async Task Migrate(this Database db, DatabaseLocation at, CancellationToken ct)
    {
        // Filling a large table in takes minutes, and so does waiting for another node that does: nothing here may end for lack of time.
        var limit = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(TimeSpan.Zero);
        await Locked(db, at, ct);
        db.Database.SetCommandTimeout(limit);
    }

    private static async Task Locked(Database db, DatabaseLocation at, CancellationToken ct)
    {
        if (at.Kind == DatabaseKind.Sqlite)
        {
            using var held = await FileLock.Take(Path.Combine(at.DataDirectory, "migrate.lock"), ct);

            // EF Core's own lock on SQLite is a row that a killed process leaves behind; we hold ours, so a row there is a dead one's.
            await using (var connection = new SqliteConnection(at.ConnectionString))
            {
                await connection.OpenAsync(ct);
                await using var unlock = connection.CreateCommand();
                unlock.CommandText = "PRAGMA journal_mode=WAL";
                await unlock.ExecuteNonQueryAsync(ct);
                unlock.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
                if (unlock.ExecuteScalar() is > 0L)
                {
                    unlock.CommandText = "DELETE FROM __EFMigrationsLock";
                    await unlock.ExecuteNonQueryAsync(ct);
                }
            }

            await Apply(db, ct);
            return;
        }

        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_lock(4919131752989213764)", ct); // "HEARTHMD", let go with the connection
            await Apply(db, ct);
            await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_unlock(4919131752989213764)", ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task Apply(Database db, CancellationToken ct)
    {
        var newer = (await db.Database.GetAppliedMigrationsAsync(ct)).Except(db.Database.GetMigrations(), StringComparer.Ordinal).ToArray();
        if (newer.Length > 0) throw new DatabaseTooNewException($"The database was brought to {newer[^1]} by a newer version of Hearth. Start that version, or restore a backup from before.");
        await db.Database.MigrateAsync(ct);
        foreach (var statement in db.Rooms.SelectMany(room => room.Objects(db.Kind))) await db.Database.ExecuteSqlRawAsync(statement, ct);
    }
}

/// <summary>The database carries migrations that this version does not know; running on would lose what it cannot see.</summary>
public sealed class DatabaseTooNewException(string message) : Exception(message);
