using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Channels.ActivityPub;

/// <summary>What is over is forgotten.</summary>
public sealed record ForgetActivities : IJob;

/// <summary>Forgets what was sent once no delivery of it can be left, and which follows, likes and the like were taken once nobody sends them again.</summary>
internal sealed class ForgetActivitiesRun(Database db, TimeProvider clock) : IRun<ForgetActivities>
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(6);

    /// <summary>Longer than a server that is away is tried.</summary>
    private static readonly TimeSpan Sent = TimeSpan.FromDays(3);

    /// <summary>Far longer than a signature is good, and than servers try again.</summary>
    private static readonly TimeSpan Taken = TimeSpan.FromDays(30);

    public async Task Run(ForgetActivities job, CancellationToken ct)
    {
        var (sent, taken) = (clock.Now() - Sent, clock.Now() - Taken);
        await db.Set<SentRow>().Where(s => s.At < sent).ExecuteDeleteAsync(ct);
        await db.Set<DeliveryRow>().Where(d => !db.Set<SentRow>().Any(s => s.Activity == d.Activity)).ExecuteDeleteAsync(ct);
        await db.Set<TakenRow>().Where(t => t.Kind == TakenKind.Other && t.At < taken).ExecuteDeleteAsync(ct);
        await NotePictures.Tidy(db, clock.Now(), ct);
    }
}
