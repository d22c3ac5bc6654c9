using Microsoft.EntityFrameworkCore;

namespace Hearth.Platform;

/// <summary>Whether this node can do its work, and what a person should look at.</summary>
/// <param name="Status">"ready"; "degraded" when it works but something is stuck; "unready" when it cannot work.</param>
/// <param name="Database">The database answers and has the tables of this version.</param>
/// <param name="FactsWaiting">Subscribers' places (of 16 each) that are behind the record; above zero for moments is normal.</param>
/// <param name="FactsRetrying">Places where a subscriber failed and will try again.</param>
/// <param name="FactsParked">Facts set aside after repeated failures, until somebody retries them.</param>
/// <param name="JobsFailed">Jobs set aside after repeated failures.</param>
/// <param name="JobsLate">Jobs that should have begun over five minutes ago.</param>
/// <param name="Reason">Why it is not ready; null when it is.</param>
public sealed record HealthState(string Status, bool Database, int FactsWaiting, int FactsRetrying, int FactsParked, int JobsFailed, int JobsLate, string? Reason)
{
    public bool Ready => Status != "unready";
}

public sealed class HouseHealth(Database db, TimeProvider clock)
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    public async Task<HealthState> Look(CancellationToken ct)
    {
        try
        {
            var missing = await db.Database.GetPendingMigrationsAsync(ct);
            if (missing.Any()) return Unready("the database is of an older version; restart to bring it up");
            var late = clock.Now() - Late;
            var waiting = await db.Set<FactCursor>().CountAsync(c => db.Set<FactRow>().Any(f => f.Partition == c.Partition && f.Position > c.Position), ct);
            var retrying = await db.Set<FactCursor>().CountAsync(c => c.RetryAt != null, ct);
            var parked = await db.Set<ParkedFact>().CountAsync(ct);
            var failed = await db.Set<JobRow>().CountAsync(j => j.State == JobState.Failed, ct);
            var behind = await db.Set<JobRow>().CountAsync(j => j.State == JobState.Waiting && j.LeaseUntil == null && j.Due < late, ct);
            return new(retrying + parked + failed + behind > 0 ? "degraded" : "ready", true, waiting, retrying, parked, failed, behind, null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Unready("the database does not answer: " + e.GetType().Name);
        }
    }

    private static HealthState Unready(string reason) => new("unready", false, 0, 0, 0, 0, 0, reason);
}
