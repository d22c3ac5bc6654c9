using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Somebody else reads the source now, or a person changed it: what was read under the old lease is not kept.</summary>
internal sealed class LeaseLostException() : Exception("The source is read by somebody else now.");

/// <summary>The right to read one source, for as long as it is renewed. Every write of its reader asks for it, so that a reader that was thought dead does no harm.</summary>
internal sealed class SourceLease(SourceId source, TimeSpan length, DateTimeOffset since)
{
    /// <summary>A reader that has lived this long without a fault is well, even if nothing came.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(5);

    public SourceId Source => source;

    public Guid Owner { get; } = Ids.New();

    public bool IsSteady(DateTimeOffset now) => now - since >= Steady;

    /// <summary>Takes the lease of an active source that nobody holds; false when another was quicker.</summary>
    public async Task<bool> Take(Database db, CancellationToken ct)
    {
        var until = since + length;
        return await db.Set<SourceRow>().Where(s => s.Id == source && s.State == SourceState.Active && (s.LeaseUntil == null || s.LeaseUntil < since))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.LeaseOwner, Owner).SetProperty(s => s.LeaseUntil, until), ct) == 1;
    }

    /// <summary>Lengthens the lease; inside a transaction this also keeps others from the source until it ends.</summary>
    /// <exception cref="LeaseLostException">It is not ours any more.</exception>
    public async Task Renew(Database db, DateTimeOffset now, CancellationToken ct)
    {
        var until = now + length;
        if (await db.Set<SourceRow>().Where(s => s.Id == source && s.LeaseOwner == Owner).ExecuteUpdateAsync(set => set.SetProperty(s => s.LeaseUntil, until), ct) == 0) throw new LeaseLostException();
    }

    /// <summary>Writes how the reading ended and gives the lease back; does nothing when it was lost.</summary>
    public Task End(Database db, Action<SourceRow> outcome, CancellationToken ct) => db.InTransaction(async () =>
    {
        db.ChangeTracker.Clear();
        if (await db.Set<SourceRow>().Where(s => s.Id == source && s.LeaseOwner == Owner).ExecuteUpdateAsync(set => set.SetProperty(s => s.LeaseOwner, (Guid?)null), ct) == 0) return;
        var row = await db.Set<SourceRow>().SingleAsync(s => s.Id == source, ct);
        row.LeaseUntil = null;
        outcome(row);
        await db.SaveChangesAsync(ct);
    }, ct);
}
