using System.Data.Common;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Hearth.Channels.Files;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Database = Hearth.Platform.Database;

namespace Hearth.Ideas.Import;

/// <summary>Makes a board again from what <see cref="ExportBoard"/> wrote: the same ideas, numbers, votes, comments and history, all or nothing.</summary>
public sealed class RestoreBoard(Database db)
{
    /// <summary>Fills an empty board.</summary>
    /// <param name="zip">The export; must be seekable.</param>
    /// <param name="ct">Stops the work; nothing is kept then.</param>
    /// <returns>How many ideas it holds.</returns>
    /// <exception cref="UnreadableFileException">It is no such export, or of a later version, or this board has ideas already.</exception>
    public async Task<int> From(Stream zip, CancellationToken ct)
    {
        await using var archive = await Open(zip, ct);
        return await db.InTransaction(async () =>
        {
            if (await db.Ideas.AnyAsync(ct)) throw new UnreadableFileException("This board has ideas already; an export of a whole board goes into an empty one.");
            await About(archive, ct);
            foreach (var table in BoardTables.Of(db))
            {
                if (archive.GetEntry(table.GetTableName() + ".jsonl") is not { } entry) continue; // written before there was such a table
                await Fill(table, entry, ct);
            }

            return await db.Ideas.CountAsync(ct);
        }, ct);
    }

    private static async Task<ZipArchive> Open(Stream zip, CancellationToken ct)
    {
        try
        {
            return await ZipArchive.CreateAsync(zip, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, ct);
        }
        catch (InvalidDataException)
        {
            throw new UnreadableFileException("The file is no ZIP.");
        }
    }

    private static async Task About(ZipArchive archive, CancellationToken ct)
    {
        if (archive.GetEntry("board.json") is not { } entry) throw new UnreadableFileException("board.json is not in the file: it is no export of a board.");
        await using var stream = await entry.OpenAsync(ct);
        try
        {
            var about = await JsonSerializer.DeserializeAsync<JsonElement>(stream, Json.Options, ct);
            if (about.GetProperty("hearth").GetString() != "ideas" || about.GetProperty("version").GetInt32() is not ExportBoard.Version)
                throw new UnreadableFileException("The export is of a version that is not known here.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UnreadableFileException("board.json cannot be read: it is no export of a board.");
        }
    }

    private async Task Fill(IEntityType table, ZipArchiveEntry entry, CancellationToken ct)
    {
        var name = table.GetTableName()!;
#pragma warning disable EF1002 // names of the model, no input
        await db.Database.ExecuteSqlRawAsync($"DELETE FROM {name}", ct); // what a new board is born with: a shelf, the rules
#pragma warning restore EF1002
        var columns = table.GetProperties().ToList();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = $"INSERT INTO {name} ({string.Join(", ", columns.Select(BoardTables.Quoted))}) VALUES ({string.Join(", ", columns.Select((_, i) => "@p" + i))})";
        await using var stream = await entry.OpenAsync(ct);
        using var lines = new StreamReader(stream);
        for (var line = 1; await lines.ReadLineAsync(ct) is { } json; line++)
        {
            command.Parameters.Clear();
            foreach (var parameter in Values(table, columns, json, command, $"{entry.Name}, line {line}")) command.Parameters.Add(parameter);
            await command.ExecuteNonQueryAsync(ct);
        }

        await CountOn(table, ct);
    }

    private static IEnumerable<DbParameter> Values(IEntityType table, List<IProperty> columns, string json, DbCommand command, string where)
    {
        JsonElement row;
        try
        {
            row = JsonSerializer.Deserialize<JsonElement>(json);
        }
        catch (JsonException)
        {
            throw new UnreadableFileException($"{where} is not JSON.");
        }

        var born = RuntimeHelpers.GetUninitializedObject(table.ClrType); // what a column holds that the export did not have yet
        foreach (var (i, column) in columns.Index())
        {
            object? value;
            try
            {
                value = row.TryGetProperty(column.GetColumnName(), out var said) ? said.Deserialize(column.ClrType, Json.Options) : column.IsNullable ? null : BoardTables.Member(column).GetValue(born);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
            {
                throw new UnreadableFileException($"{where}: '{column.GetColumnName()}' cannot be read.");
            }

            if (value is string text) value = KeptText.Of(text);
            yield return ((RelationalTypeMapping)column.GetTypeMapping()).CreateParameter(command, "@p" + i, value, column.IsNullable);
        }
    }

    // Numbers that the database makes go on after the highest one that was filled in; SQLite does so by itself.
    private async Task CountOn(IEntityType table, CancellationToken ct)
    {
        if (db.Kind != DatabaseKind.Postgres || table.GetProperties().FirstOrDefault(p => p.ValueGenerated == ValueGenerated.OnAdd && p.ClrType == typeof(long)) is not { } made) return;
        var (name, column) = (table.GetTableName()!, made.GetColumnName());
#pragma warning disable EF1002 // names of the model, no input
        await db.Database.ExecuteSqlRawAsync($"SELECT setval(pg_get_serial_sequence('{name}', '{column}'), COALESCE((SELECT MAX({column}) FROM {name}), 1), EXISTS (SELECT 1 FROM {name}))", ct);
#pragma warning restore EF1002
    }
}
