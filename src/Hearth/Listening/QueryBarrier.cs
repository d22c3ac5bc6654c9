using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>
/// Keeps a post from slipping between the live matcher and the run over history. On PostgreSQL a batch may have read the saved queries before one was saved,
/// and commit its posts after the run over history has passed them: neither would match them. So a batch holds this lock, shared, from before it
/// reads the queries until it commits; and the run begins by taking it alone for a moment after the query was saved. Then every earlier batch is over and its posts
/// are there to be seen, and every later one knows the query. SQLite has one writer, which gives the same for nothing.
/// </summary>
internal static class QueryBarrier
{
    private const int Lock = 0x51554552;

    /// <summary>For whoever matches posts in the current transaction: before the saved queries are read.</summary>
    public static Task Share(Database db, CancellationToken ct) =>
        db.Kind == DatabaseKind.Postgres ? db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared({Lock}, 0)", ct) : Task.CompletedTask;

    /// <summary>Waits, in the current transaction, until all batches that may not know what was saved are over; holds back new ones until the transaction ends.</summary>
    public static Task Alone(Database db, CancellationToken ct) =>
        db.Kind == DatabaseKind.Postgres ? db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock}, 0)", ct) : Task.CompletedTask;
}
