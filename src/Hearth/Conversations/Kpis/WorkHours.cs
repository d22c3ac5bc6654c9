using System.Numerics;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Kpis;

/// <summary>An hour in which one of ours was at the console, minute by minute.</summary>
/// <remarks>Two numbers an hour and not a row a minute: 160 people at work for a year are 320,000 rows and not nineteen millions, and a report reads them all.</remarks>
internal sealed class WorkHour
{
    public required UserId User { get; init; }

    /// <summary>Hours since 1970.</summary>
    public required long Hour { get; init; }

    /// <summary>Bit n is set when they were at the console in minute n.</summary>
    public long Present { get; set; }

    /// <summary>Bit n is set when they had a conversation before them in minute n.</summary>
    public long Handling { get; set; }
}

/// <summary>Minutes at the console, and how many of them with a conversation before one.</summary>
internal readonly record struct Work(int Handling, int Present)
{
    private const long Whole = (1L << 60) - 1;

    /// <summary>The minutes of an hour that begin at or after one minute and before another, both counted since 1970.</summary>
    public static Work In(long hour, long present, long handling, long from, long until)
    {
        var (first, last) = (Math.Clamp(from - hour * 60, 0, 60), Math.Clamp(until - hour * 60, 0, 60));
        var mask = first >= last ? 0 : Whole >> (int)(60 - last) & Whole << (int)first;
        return new(BitOperations.PopCount((ulong)(handling & mask)), BitOperations.PopCount((ulong)(present & mask)));
    }
}

/// <summary>Keeps who was at work when, minute by minute: what occupancy is counted from. It says nothing of what they did.</summary>
public sealed class WorkHours(Database db, TimeProvider clock)
{
    /// <summary>One of ours is at the console now.</summary>
    /// <param name="user">Who.</param>
    /// <param name="handling">True when a conversation lies open before them.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task See(UserId user, bool handling, CancellationToken ct)
    {
        var (hour, minute) = Math.DivRem(Minute(clock.Now()), 60);
        var (present, handled) = (1L << (int)minute, handling ? 1L << (int)minute : 0);
        var known = await db.Set<WorkHour>().AsNoTracking().Where(w => w.User == user && w.Hour == hour).Select(w => new { w.Present, w.Handling }).SingleOrDefaultAsync(ct);
        if (known is not null && (known.Present & present) != 0 && (known.Handling & handled) == handled) return;
        object key = db.Kind == DatabaseKind.Sqlite ? user.Value.ToByteArray(true) : user.Value;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO conversations_work_hours ("user", hour, present, handling) VALUES ({key}, {hour}, {present}, {handled})
            ON CONFLICT ("user", hour) DO UPDATE SET present = conversations_work_hours.present | excluded.present, handling = conversations_work_hours.handling | excluded.handling
            """, ct);
    }

    /// <summary>Whole minutes since 1970 at an instant.</summary>
    internal static long Minute(DateTimeOffset at) => (long)Math.Floor((at - DateTimeOffset.UnixEpoch).TotalMinutes);
}
