using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Hearth.Platform;

public sealed partial class Database
{
    /// <summary>
    /// Inserts many rows past the change tracker, several times faster: one prepared statement on SQLite, COPY on PostgreSQL. Joins the caller's transaction.
    /// Keys that the database makes are not given back. A duplicate key is thrown as the database's own error; see <see cref="DatabaseErrors"/>.
    /// </summary>
    /// <exception cref="NotSupportedException">The entity has complex properties.</exception>
    public Task InsertAll<T>(IReadOnlyCollection<T> rows, CancellationToken ct) where T : class => rows.Count == 0 ? Task.CompletedTask : InTransaction(async () =>
    {
        var entity = Model.FindEntityType(typeof(T)) ?? throw new NotSupportedException($"{typeof(T).Name} is no entity.");
        if (entity.GetComplexProperties().Any()) throw new NotSupportedException($"{entity.DisplayName()} has complex properties.");
        var columns = entity.GetProperties().Where(p => p.ValueGenerated != ValueGenerated.OnAddOrUpdate && !(p.ValueGenerated == ValueGenerated.OnAdd && p.ClrType == typeof(long))).Select(p => new Column(p)).ToArray();
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\"")); // one may be a word of SQL ("user")
        if (Kind == DatabaseKind.Sqlite) await Insert(rows, entity.GetTableName()!, names, columns, ct);
        else await Copy(rows, entity.GetTableName()!, names, columns, ct);
    }, ct);

    private async Task Insert<T>(IReadOnlyCollection<T> rows, string table, string names, Column[] columns, CancellationToken ct) where T : class
    {
        await using var command = Database.GetDbConnection().CreateCommand();
        command.Transaction = Database.CurrentTransaction!.GetDbTransaction();
        var parameters = new DbParameter[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            parameters[i] = command.CreateParameter();
            parameters[i].ParameterName = "$" + columns[i].Name;
            command.Parameters.Add(parameters[i]);
        }

        command.CommandText = $"INSERT INTO {table} ({names}) VALUES ({string.Join(", ", parameters.Select(p => p.ParameterName))})";
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Length; i++) parameters[i].Value = columns[i].Of(row) ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task Copy<T>(IReadOnlyCollection<T> rows, string table, string names, Column[] columns, CancellationToken ct) where T : class
    {
        await using var copy = await ((NpgsqlConnection)Database.GetDbConnection()).BeginBinaryImportAsync($"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            foreach (var column in columns)
            {
                if (column.Of(row) is { } value) await copy.WriteAsync(value, ct);
                else await copy.WriteNullAsync(ct);
            }
        }

        await copy.CompleteAsync(ct);
    }

    /// <summary>How one property becomes what the database keeps.</summary>
    private sealed class Column(IProperty property)
    {
        private readonly Func<object?, object?>? _convert = property.GetTypeMapping().Converter?.ConvertToProvider;

        public string Name { get; } = property.GetColumnName();

        public object? Of(object row)
        {
            var value = property.GetGetter().GetClrValue(row);
            if (value is not null && _convert is not null) value = _convert(value);
            return value is string text ? KeptText.Of(text) : value;
        }
    }
}
