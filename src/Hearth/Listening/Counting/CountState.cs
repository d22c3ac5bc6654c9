using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Counting;

/// <summary>Which stored mentions the counts hold already.</summary>
internal readonly record struct CountState(long Done, long Until)
{
    /// <summary>False while mentions from before there were counts are still being counted.</summary>
    public bool IsComplete => Done >= Until;

    /// <summary>True when a change of this mention must be written; one that is not counted yet will be counted as it then is.</summary>
    public bool Holds(long number) => number <= Done || number > Until;

    public static async Task<CountState> Read(Database db, CancellationToken ct) =>
        await db.Set<CountStateRow>().AsNoTracking().Select(s => new CountState(s.Done, s.Until)).SingleOrDefaultAsync(ct);

    /// <summary>Read inside a transaction that changes counted mentions: counting older ones waits until it is over.</summary>
    public static async Task<CountState> ForChange(Database db, CancellationToken ct)
    {
        var state = await Read(db, ct);
        if (state.IsComplete || db.Kind == DatabaseKind.Sqlite) return state; // SQLite has one writer
        return (await new Sql(db).Read("SELECT done, until FROM listening_count_state FOR SHARE", r => new CountState(r.GetInt64(0), r.GetInt64(1)), ct)).Single();
    }
}
