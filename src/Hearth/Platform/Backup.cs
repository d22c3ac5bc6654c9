using System.IO.Compression;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Hearth.Platform;

/// <summary>What became of a backup or a restore: exactly one of the nested cases.</summary>
public abstract record BackupResult
{
    private BackupResult() { }

    /// <param name="File">The archive written or read.</param>
    /// <param name="Bytes">Its size.</param>
    /// <param name="Rows">Rows per table, to compare before and after.</param>
    public sealed record Done(string File, long Bytes, IReadOnlyDictionary<string, long> Rows) : BackupResult;

    /// <summary>Nothing was changed; <paramref name="Reason"/> is a sentence for the operator.</summary>
    public sealed record Refused(string Reason) : BackupResult;
}

/// <summary>
/// One file with all that the embedded database's folder holds: a consistent copy of the database, taken while the server runs, and the keys
/// that its secrets are protected with. A ZIP archive: hearth.json, hearth.db, files/...
/// </summary>
public sealed class Backup(DatabaseLocation at)
{
    private const string DatabaseFile = "hearth.db";
    private static readonly string[] NotKept = [DatabaseFile, DatabaseFile + "-wal", DatabaseFile + "-shm", "migrate.lock"];

    private sealed record Manifest(string Product, string Version, DateTimeOffset At, Dictionary<string, long> Rows);

    /// <summary>Writes the archive beside its final name and renames it when it is whole, so a killed backup leaves no half file under that name.</summary>
    public async Task<BackupResult> Write(string file, TimeProvider clock, CancellationToken ct)
    {
        if (at.Kind != DatabaseKind.Sqlite) return new BackupResult.Refused("PostgreSQL is backed up with its own tools: pg_dump --format=custom (docs/operations.md).");
        var source = Path.Combine(at.DataDirectory, DatabaseFile);
        if (!File.Exists(source)) return new BackupResult.Refused($"{at.DataDirectory} holds no database.");
        if (Directory.Exists(file)) return new BackupResult.Refused($"{file} is a folder.");

        var part = file + ".part";
        var copy = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(part))!, Path.GetRandomFileName() + ".db");
        try
        {
            Dictionary<string, long> rows;
            await using (var from = Open(source, SqliteOpenMode.ReadWrite))
            {
                await using var vacuum = from.CreateCommand();
                vacuum.CommandText = "VACUUM INTO $copy"; // one read transaction: what is written meanwhile is not in it
                vacuum.Parameters.AddWithValue("$copy", copy);
                await vacuum.ExecuteNonQueryAsync(ct);
            }

            await using (var to = Open(copy, SqliteOpenMode.ReadOnly)) rows = await Count(to, ct);
            await using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
                await using (var manifest = await zip.CreateEntry("hearth.json").OpenAsync(ct))
                {
                    var version = typeof(Backup).Assembly.GetName().Version!.ToString(3);
                    await JsonSerializer.SerializeAsync(manifest, new Manifest("hearth", version, clock.Now(), rows), Json.Options, ct);
                }

                await zip.CreateEntryFromFileAsync(copy, DatabaseFile, CompressionLevel.Fastest, ct);
                foreach (var path in Directory.EnumerateFiles(at.DataDirectory, "*", SearchOption.AllDirectories))
                {
                    var name = Path.GetRelativePath(at.DataDirectory, path).Replace('\\', '/');
                    if (NotKept.Contains(name) || Path.GetFullPath(path) == Path.GetFullPath(part) || Path.GetFullPath(path) == Path.GetFullPath(file) || path == copy) continue;
                    await zip.CreateEntryFromFileAsync(path, "files/" + name, CompressionLevel.Fastest, ct);
                }
            }

            File.Move(part, file, overwrite: true);
            return new BackupResult.Done(file, new FileInfo(file).Length, rows);
        }
        finally
        {
            File.Delete(part);
            File.Delete(copy);
        }
    }

    /// <summary>Fills an empty data folder from an archive. The archive is read and checked whole before anything stands under its final name.</summary>
    public async Task<BackupResult> Restore(string file, CancellationToken ct)
    {
        if (at.Kind != DatabaseKind.Sqlite) return new BackupResult.Refused("PostgreSQL is restored with its own tools: pg_restore (docs/operations.md).");
        if (!File.Exists(file)) return new BackupResult.Refused($"{file} does not exist.");
        if (Directory.EnumerateFileSystemEntries(at.DataDirectory).Any()) return new BackupResult.Refused($"{at.DataDirectory} is not empty; restore into a new folder, or move the old one away.");

        var staging = at.DataDirectory.TrimEnd(Path.DirectorySeparatorChar) + ".restoring";
        if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true); // a restore that was killed
        try
        {
            Directory.CreateDirectory(staging);
            Dictionary<string, long> expected;
            await using (var zip = await ZipFile.OpenReadAsync(file, ct))
            {
                if (zip.GetEntry("hearth.json") is not { } entry || zip.GetEntry(DatabaseFile) is null) return new BackupResult.Refused($"{file} is no backup of Hearth.");
                await using (var manifest = await entry.OpenAsync(ct)) expected = (await JsonSerializer.DeserializeAsync<Manifest>(manifest, Json.Options, ct))!.Rows;
                foreach (var part in zip.Entries.Where(e => e.FullName == DatabaseFile || e.FullName.StartsWith("files/", StringComparison.Ordinal)))
                {
                    var target = Path.GetFullPath(Path.Combine(staging, part.FullName == DatabaseFile ? DatabaseFile : part.FullName["files/".Length..]));
                    if (!target.StartsWith(Path.GetFullPath(staging) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return new BackupResult.Refused($"{file} holds a path that leads outside: {part.FullName}");
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    await part.ExtractToFileAsync(target, ct);
                }
            }

            Dictionary<string, long> rows;
            await using (var connection = Open(Path.Combine(staging, DatabaseFile), SqliteOpenMode.ReadWrite))
            {
                await using var check = connection.CreateCommand();
                check.CommandText = "PRAGMA integrity_check";
                if (await check.ExecuteScalarAsync(ct) is not "ok") return new BackupResult.Refused($"The database in {file} is damaged.");
                rows = await Count(connection, ct);
                if (rows.Count != expected.Count || rows.Any(r => expected.GetValueOrDefault(r.Key, -1) != r.Value)) return new BackupResult.Refused($"The database in {file} does not hold the rows its manifest names.");
            }

            Directory.Delete(at.DataDirectory);
            Directory.Move(staging, at.DataDirectory);
            return new BackupResult.Done(file, new FileInfo(file).Length, rows);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or SqliteException)
        {
            return new BackupResult.Refused($"{file} is no readable backup: {e.Message}");
        }
        finally
        {
            if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static async Task<Dictionary<string, long>> Count(SqliteConnection connection, CancellationToken ct)
    {
        var tables = new List<string>();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' ORDER BY name";
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) tables.Add(reader.GetString(0));
        }

        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            command.CommandText = $"SELECT count(*) FROM \"{table}\"";
            rows[table] = (long)(await command.ExecuteScalarAsync(ct))!;
        }

        return rows;
    }
}
