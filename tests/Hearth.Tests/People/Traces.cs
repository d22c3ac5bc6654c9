using System.Data.Common;
using System.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.People;

/// <summary>Looks for a word everywhere: in each text and binary column of each table of either database, and in every byte of the data folder: SQLite's file, its log, and whatever else lies there.</summary>
internal static class Traces
{
    public static async Task<IReadOnlyList<string>> Of(TestHouse house, string word)
    {
        var found = new List<string>();
        await house.With<Database>(async db =>
        {
            await db.Database.OpenConnectionAsync();
            var connection = db.Database.GetDbConnection();
            var columns = await Rows(connection, db.Kind == DatabaseKind.Sqlite
                ? "SELECT m.name, p.name, p.type FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
                : "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'");
            foreach (var (table, column, type) in columns)
            {
                var like = type == "bytea" ? $"position(convert_to('{word}', 'UTF8') in \"{column}\") > 0" : db.Kind == DatabaseKind.Sqlite ? $"instr(lower(CAST(\"{column}\" AS TEXT)), '{word}') > 0" : $"position('{word}' in lower(CAST(\"{column}\" AS text))) > 0";
                await using var command = connection.CreateCommand();
                command.CommandText = $"SELECT count(*) FROM \"{table}\" WHERE {like}";
                if (Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) is > 0 and var count) found.Add($"{table}.{column}: {count}");
            }
        });
        foreach (var file in Directory.EnumerateFiles(house.Location.DataDirectory, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            if (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) is >= 0 and var at) found.Add($"file {Path.GetFileName(file)} at {at}: {Encoding.ASCII.GetString(bytes, Math.Max(0, at - 60), Math.Min(160, bytes.Length - Math.Max(0, at - 60)))}");
        }

        return found;
    }

    private static async Task<List<(string, string, string)>> Rows(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string, string, string)>();
        while (await reader.ReadAsync()) rows.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return rows;
    }
}
