using System.Data.Common;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Database = Hearth.Platform.Database;

namespace Hearth.Listening.Counting;

/// <summary>A statement that is put together with its values beside it, never inside.</summary>
internal sealed class Sql(Database db)
{
    private readonly List<object> _values = [];

    public bool IsSqlite { get; } = db.Kind == DatabaseKind.Sqlite;

    /// <summary>Takes a value and gives the name by which the statement refers to it.</summary>
    public string this[object value]
    {
        get
        {
            _values.Add(value is Guid id && IsSqlite ? id.ToByteArray(true) : value is Enum word ? Convert.ToInt32(word, null) : value);
            return $"@p{_values.Count - 1}";
        }
    }

    public async Task<List<T>> Read<T>(string statement, Func<DbDataReader, T> row, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = statement;
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            for (var n = 0; n < _values.Count; n++)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"@p{n}", _values[n]);
                command.Parameters.Add(parameter);
            }

            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            // SQLite answers on this thread anyway, and its asynchronous form costs as much again for each row.
            while (IsSqlite ? reader.Read() : await reader.ReadAsync(ct)) rows.Add(row(reader));
            return rows;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>An id, as the database gives it.</summary>
    public Guid Id(DbDataReader row, int column) => IsSqlite ? new Guid(row.GetFieldValue<byte[]>(column), true) : row.GetGuid(column);
}
