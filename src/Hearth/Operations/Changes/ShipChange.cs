using Hearth.Governance;
using Hearth.Operations.Telling;
using Hearth.Operations.Verification;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Changes;

/// <summary>Says that a change is out, or that it is taken back.</summary>
/// <remarks>Of many who ship it at once one does: the state is compared and set by one guarded UPDATE in the transaction that moves its gaps and starts telling and verification.</remarks>
public sealed class ShipChange(Database db, ServeGaps serve, TimeProvider clock)
{
    /// <summary>How long ago something may have shipped that is told only now.</summary>
    public static readonly TimeSpan LongestAgo = TimeSpan.FromDays(60);

    /// <param name="change">Which; planned until now.</param>
    /// <param name="at">From when on people meet it: not in the future, at most 60 days ago; null for now.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Changing> Run(ChangeId change, DateTimeOffset? at, Actor by, CancellationToken ct)
    {
        var now = clock.Now();
        if (at > now || at < now - LongestAgo) return new Changing.Invalid([new("at", "must not be in the future, nor more than 60 days ago")]);
        var shipped = Time.FromUnixMicroseconds((at ?? now).ToUnixMicroseconds());
        return await db.InTransaction<Changing>(async () =>
        {
            var won = await db.Set<ChangeRow>().Where(c => c.Id == change && c.State == ChangeState.Planned)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, ChangeState.Shipped).SetProperty(c => c.ShippedAt, shipped), ct);
            if (await db.Set<ChangeRow>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == change, ct) is not { } row) return new Changing.Unknown();
            if (won == 0) return new Changing.NotNow(row.State);
            var why = $"Change {row.Number}: {row.Title}";
            var gaps = await Gaps(change, ct);
            foreach (var gap in gaps)
            {
                await serve.Lead(gap, GapStage.ChangePlanned, why, by, ct, GapStage.Open, GapStage.Investigating, GapStage.Reopened);
                await serve.Lead(gap, GapStage.Shipped, why, by, ct, GapStage.ChangePlanned);
            }

            var ideas = await db.Set<ServedIdea>().Where(i => i.ChangeId == change).Select(i => i.Idea).ToListAsync(ct);
            db.Record(new ChangeShipped(change, gaps, ideas, shipped, by.Id, now, by.Name));
            if (gaps.Count > 0)
            {
                db.Enqueue(new PrepareTelling(change, now), now);
                db.Enqueue(new VerifyChange(change), Measured.From(row));
            }

            await db.SaveChangesAsync(ct);
            return new Changing.Done(change);
        }, ct);
    }

    /// <summary>Takes a change back, before or after it was out. Nobody else is told of it, and its gaps are open again unless another change serves them.</summary>
    /// <param name="change">Which.</param>
    /// <param name="why">1 to 1,000 characters.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Changing> Back(ChangeId change, string? why, Actor by, CancellationToken ct)
    {
        var reason = why?.Trim();
        if (reason is not { Length: > 0 and <= MoveGap.MaxReason }) return new Changing.Invalid([new("why", $"must have 1 to {MoveGap.MaxReason:N0} characters")]);
        return await db.InTransaction<Changing>(async () =>
        {
            var now = clock.Now();
            var won = await db.Set<ChangeRow>().Where(c => c.Id == change && c.State != ChangeState.RolledBack).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.State, ChangeState.RolledBack).SetProperty(c => c.RolledBackAt, now).SetProperty(c => c.RollBackReason, reason), ct);
            if (await db.Set<ChangeRow>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == change, ct) is not { } row) return new Changing.Unknown();
            if (won == 0) return new Changing.NotNow(row.State);
            var gaps = await Gaps(change, ct);
            foreach (var gap in gaps) await serve.Release(gap, $"Change {row.Number} was rolled back: {reason}", by, ct);
            db.Record(new ChangeRolledBack(change, gaps, reason, by.Id, now, by.Name));
            await db.SaveChangesAsync(ct);
            return new Changing.Done(change);
        }, ct);
    }

    private async Task<List<GapId>> Gaps(ChangeId change, CancellationToken ct) => await db.Set<ServedGap>().Where(g => g.ChangeId == change).Select(g => g.GapId).ToListAsync(ct);

    internal static void Map(IEndpointRouteBuilder changes)
    {
        changes.MapPost("/{id:guid}/ship", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Shipping body, ShipChange ship, HttpContext http, CancellationToken ct) =>
                ChangeAnswers.Of(await ship.Run(ChangeId.From(id), body.At, http.Actor(), ct)))
            .WithName("shipChange").WithSummary("Say that a change is out: telling is prepared and verification begins").RequireAuthorization("write");
        changes.MapPost("/{id:guid}/roll-back", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, RollingBack body, ShipChange ship, HttpContext http, CancellationToken ct) =>
                ChangeAnswers.Of(await ship.Back(ChangeId.From(id), body.Why, http.Actor(), ct)))
            .WithName("rollBackChange").WithSummary("Take a change back; its gaps are open again").RequireAuthorization("write");
    }
}

/// <summary>That a change is out.</summary>
/// <param name="At">From when on people meet it: not in the future, at most 60 days ago; now when left out.</param>
public sealed record Shipping(DateTimeOffset? At = null);

/// <summary>That a change is taken back.</summary>
/// <param name="Why">1 to 1,000 characters.</param>
public sealed record RollingBack(string? Why);
