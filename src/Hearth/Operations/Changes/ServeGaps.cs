using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Changes;

/// <summary>Says which gaps and ideas a change serves, and leads the gaps along with it.</summary>
public sealed class ServeGaps(Database db, MoveGap move, TimeProvider clock)
{
    /// <summary>Adds a gap to a planned change; one that is there already stays.</summary>
    public async Task<Changing> Add(ChangeId change, GapId gap, Actor by, CancellationToken ct)
    {
        var errors = await Check([gap], ct);
        if (errors.Count > 0) return new Changing.Invalid(errors);
        return await OfPlanned(change, async row =>
        {
            if (!await db.Set<ServedGap>().AnyAsync(g => g.ChangeId == change && g.GapId == gap, ct)) await Add(row, gap, by, ct);
        }, ct);
    }

    /// <summary>Takes a gap off a planned change.</summary>
    public Task<Changing> Remove(ChangeId change, GapId gap, Actor by, CancellationToken ct) => OfPlanned(change, async row =>
    {
        if (await db.Set<ServedGap>().Where(g => g.ChangeId == change && g.GapId == gap).ExecuteDeleteAsync(ct) > 0) await Release(gap, $"No longer served by “{row.Title}”.", by, ct);
    }, ct);

    /// <summary>Adds an idea that a change carries out, or takes it off. One that is there already stays, without a word.</summary>
    public Task<Changing> Idea(ChangeId change, Guid idea, bool serves, Actor by, CancellationToken ct) => db.InTransaction<Changing>(async () =>
    {
        // Whoever ships it meanwhile waits for this row, or is waited for.
        await db.Set<ChangeRow>().Where(c => c.Id == change).ExecuteUpdateAsync(set => set.SetProperty(c => c.Title, c => c.Title), ct);
        if (await db.Set<ChangeRow>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == change, ct) is not { } row) return new Changing.Unknown();
        if (serves && row.State == ChangeState.RolledBack) return new Changing.NotNow(row.State);
        var there = db.Set<ServedIdea>().Where(i => i.ChangeId == change && i.Idea == idea);
        if (serves == await there.AnyAsync(ct)) return new Changing.Done(change);
        if (serves) db.Add(new ServedIdea { ChangeId = change, Idea = idea });
        else await there.ExecuteDeleteAsync(ct);
        db.Record(new ChangeCarriesIdea(change, idea, serves, by.Id, by.Name, clock.Now()));
        await db.SaveChangesAsync(ct);
        return new Changing.Done(change);
    }, ct);

    internal async Task<IReadOnlyList<FieldError>> Check(IReadOnlyCollection<GapId> gaps, CancellationToken ct)
    {
        if (gaps.Count > 100) return [new("gaps", "must be at most 100")];
        var known = await db.Set<Gap>().AsNoTracking().Where(g => gaps.Contains(g.Id)).Select(g => new { g.Id, g.Stage, g.Title }).ToListAsync(ct);
        if (known.Count < gaps.Distinct().Count()) return [new("gaps", "must all exist")];
        return [.. known.Where(g => g.Stage is GapStage.Proposed or GapStage.Declined).Select(g => new FieldError("gaps", $"“{g.Title}” is {g.Stage.Title()}: {(g.Stage == GapStage.Proposed ? "accept it first" : "open it first")}"))];
    }

    internal async Task Add(ChangeRow change, GapId gap, Actor by, CancellationToken ct)
    {
        db.Add(new ServedGap { ChangeId = change.Id, GapId = gap });
        await db.SaveChangesAsync(ct);
        await Lead(gap, GapStage.ChangePlanned, $"Change {change.Number}: {change.Title}", by, ct, GapStage.Open, GapStage.Investigating, GapStage.Reopened);
    }

    /// <summary>Moves a gap when it stands at one of some stages; at any other it has gone its way by itself and stays.</summary>
    internal async Task Lead(GapId gap, GapStage to, string why, Actor by, CancellationToken ct, params GapStage[] from)
    {
        var now = await db.Set<Gap>().AsNoTracking().Where(g => g.Id == gap).Select(g => new { g.Stage }).SingleOrDefaultAsync(ct);
        if (now is null || !from.Contains(now.Stage)) return;
        var moved = await move.To(gap, now.Stage, to, why.Length > MoveGap.MaxReason ? why[..MoveGap.MaxReason] : why, by, ct);
        if (moved is not (Move.Done or Move.MovedMeanwhile)) throw new InvalidOperationException($"A gap could not go from {now.Stage} to {to}: {moved}.");
    }

    /// <summary>Opens a gap again that no other change serves any more.</summary>
    internal async Task Release(GapId gap, string why, Actor by, CancellationToken ct)
    {
        var others = from g in db.Set<ServedGap>() join c in db.Set<ChangeRow>() on g.ChangeId equals c.Id where g.GapId == gap && c.State != ChangeState.RolledBack select c.State;
        var states = await others.ToListAsync(ct);
        if (states.Contains(ChangeState.Shipped)) return;
        await Lead(gap, GapStage.Reopened, why, by, ct, GapStage.Shipped, GapStage.Verifying, GapStage.Verified);
        if (states.Count == 0) await Lead(gap, GapStage.Open, why, by, ct, GapStage.ChangePlanned);
    }

    private Task<Changing> OfPlanned(ChangeId change, Func<ChangeRow, Task> work, CancellationToken ct) => db.InTransaction<Changing>(async () =>
    {
        // Whoever ships it meanwhile waits for this row.
        await db.Set<ChangeRow>().Where(c => c.Id == change).ExecuteUpdateAsync(set => set.SetProperty(c => c.Title, c => c.Title), ct);
        if (await db.Set<ChangeRow>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == change, ct) is not { } row) return new Changing.Unknown();
        if (row.State != ChangeState.Planned) return new Changing.NotNow(row.State);
        await work(row);
        return new Changing.Done(change);
    }, ct);

    internal static void Map(IEndpointRouteBuilder changes)
    {
        changes.MapPut("/{id:guid}/gaps/{gap:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Guid gap, ServeGaps serve, HttpContext http, CancellationToken ct) =>
                ChangeAnswers.Of(await serve.Add(ChangeId.From(id), GapId.From(gap), http.Actor(), ct)))
            .WithName("serveGap").WithSummary("Let a planned change serve a gap").RequireAuthorization("write");
        changes.MapDelete("/{id:guid}/gaps/{gap:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Guid gap, ServeGaps serve, HttpContext http, CancellationToken ct) =>
                ChangeAnswers.Of(await serve.Remove(ChangeId.From(id), GapId.From(gap), http.Actor(), ct)))
            .WithName("releaseGap").WithSummary("Take a gap off a planned change").RequireAuthorization("write");
        changes.MapPut("/{id:guid}/ideas/{idea:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Guid idea, ServeGaps serve, HttpContext http, CancellationToken ct) =>
                ChangeAnswers.Of(await serve.Idea(ChangeId.From(id), idea, true, http.Actor(), ct)))
            .WithName("serveIdea").WithSummary("Say that a change carries out an idea").RequireAuthorization("write");
        changes.MapDelete("/{id:guid}/ideas/{idea:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Guid idea, ServeGaps serve, HttpContext http, CancellationToken ct) =>
                ChangeAnswers.Of(await serve.Idea(ChangeId.From(id), idea, false, http.Actor(), ct)))
            .WithName("releaseIdea").WithSummary("Take an idea off a change").RequireAuthorization("write");
    }
}
