using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Hearth.Platform;

public static class DatabaseErrors
{
    /// <summary>True when the database refused a row whose key it already holds.</summary>
    public static bool IsDuplicateKey(this DbUpdateException error) => IsDuplicateKey(error.InnerException);

    /// <inheritdoc cref="IsDuplicateKey(DbUpdateException)"/>
    public static bool IsDuplicateKey(this Exception? error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        SqliteException { SqliteErrorCode: 19, SqliteExtendedErrorCode: 1555 or 2067 } => true, // primary key, unique
        _ => false,
    };

    /// <summary>True when the same work may succeed if it is simply done again: a lock not had in time, a deadlock, a lost connection.</summary>
    public static bool IsPassing(this Exception? error) => error switch
    {
        PostgresException e => e.IsTransient || e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        NpgsqlException e => e.IsTransient,
        SqliteException { SqliteErrorCode: 5 or 6 } => true, // busy, locked
        DbUpdateException e => IsPassing(e.InnerException),
        InvalidOperationException { InnerException: { } inner } => IsPassing(inner),
        _ => false,
    };
}
