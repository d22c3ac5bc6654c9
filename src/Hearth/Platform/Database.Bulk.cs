using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using SQLitePCL;

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
        if (Kind == DatabaseKind.Sqlite) Insert(rows, entity.GetTableName()!, names, columns, ct);
        else await Copy(rows, entity.GetTableName()!, names, columns, ct);
    }, ct);

    // Past the provider's commands, which look each parameter up by its name for each row: most of what a row of ten columns costs.
    private void Insert<T>(IReadOnlyCollection<T> rows, string table, string names, Column[] columns, CancellationToken ct) where T : class
    {
        var connection = ((SqliteConnection)Database.GetDbConnection()).Handle!;
        var sql = $"INSERT INTO {table} ({names}) VALUES ({string.Join(", ", columns.Select((_, i) => $"?{i + 1}"))})";
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection, sql, out var statement), connection);
        using (statement)
        {
            foreach (var row in rows)
            {
                ct.ThrowIfCancellationRequested();
                for (var i = 0; i < columns.Length; i++) SqliteException.ThrowExceptionForRC(Bind(statement, i + 1, columns[i].Of(row)), connection);
                var done = raw.sqlite3_step(statement);
                if (done != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(done, connection);
                raw.sqlite3_reset(statement);
            }
        }
    }

    // As the provider keeps them (Microsoft.Data.Sqlite, "Data types").
    private static int Bind(sqlite3_stmt statement, int at, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, at),
        string text => raw.sqlite3_bind_text(statement, at, text),
        byte[] bytes => raw.sqlite3_bind_blob(statement, at, bytes),
        long number => raw.sqlite3_bind_int64(statement, at, number),
        int or short or byte or bool => raw.sqlite3_bind_int64(statement, at, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        double or float => raw.sqlite3_bind_double(statement, at, Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        decimal exact => raw.sqlite3_bind_text(statement, at, exact.ToString("0.0###########################", CultureInfo.InvariantCulture)),
        DateOnly day => raw.sqlite3_bind_text(statement, at, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"{value.GetType().Name} is not kept this way."),
    };

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
