using System.Text.Json.Serialization;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations;

/// <summary>What became of a move: exactly one of the nested cases.</summary>
[JsonDerivedType(typeof(Done), "done"), JsonDerivedType(typeof(NotThatWay), "not-that-way"), JsonDerivedType(typeof(MovedMeanwhile), "moved-meanwhile")]
[JsonDerivedType(typeof(ReasonMissing), "reason-missing"), JsonDerivedType(typeof(Unknown), "unknown")]
public abstract record Move
{
    private Move() { }

    public sealed record Done : Move;

    /// <summary>No way leads there from where it is.</summary>
    public sealed record NotThatWay(GapStage From, GapStage To, IReadOnlyList<GapStage> Ways) : Move;

    /// <summary>It no longer stands where the caller believed.</summary>
    public sealed record MovedMeanwhile(GapStage Now) : Move;

    /// <summary>Declining and going back need a reason of 1 to 1,000 characters.</summary>
    public sealed record ReasonMissing : Move;

    public sealed record Unknown : Move;
}

/// <summary>Moves a gap from the stage its mover saw to another, and says who, when and why.</summary>
public sealed class MoveGap(Database db, TimeProvider clock)
{
    public const int MaxReason = 1000;

    /// <param name="gap">Which.</param>
    /// <param name="from">Where the caller believes it stands.</param>
    /// <param name="to">Where it shall stand.</param>
    /// <param name="why">Needed for declining (it may be said in public) and for going back.</param>
    /// <param name="by">Who moves it.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Move> To(GapId gap, GapStage from, GapStage to, string? why, Actor by, CancellationToken ct)
    {
        var reason = string.IsNullOrWhiteSpace(why) ? null : why.Trim();
        if (!GapStages.May(from, to))
        {
            return await Now(gap, ct) switch { null => new Move.Unknown(), var now when now != from => new Move.MovedMeanwhile(now.Value), _ => new Move.NotThatWay(from, to, GapStages.From(from)) };
        }

        if (reason?.Length > MaxReason || (reason is null && GapStages.NeedsReason(from, to))) return new Move.ReasonMissing();
        return await db.InTransaction<Move>(async () =>
        {
            var now = clock.Now();
            var shown = to == GapStage.Declined ? reason : null;
            var moved = await db.Set<Gap>().Where(g => g.Id == gap && g.Stage == from)
                .ExecuteUpdateAsync(set => set.SetProperty(g => g.Stage, to).SetProperty(g => g.MovedAt, now).SetProperty(g => g.Reason, shown), ct);
            if (moved == 0) return await Now(gap, ct) is { } stage ? new Move.MovedMeanwhile(stage) : new Move.Unknown();
            db.Add(new GapMove { GapId = gap, From = from, To = to, Why = reason, By = by.Id, ByName = by.Name, At = now });
            db.Record(new GapMoved(gap, from, to, reason, by.Id, now));
            await db.SaveChangesAsync(ct);
            return new Move.Done();
        }, ct);
    }

    private async Task<GapStage?> Now(GapId gap, CancellationToken ct) => (await db.Set<Gap>().Where(g => g.Id == gap).Select(g => new { g.Stage }).SingleOrDefaultAsync(ct))?.Stage;

    internal static void Map(IEndpointRouteBuilder gaps) => gaps.MapPost("/{id:guid}/moves",
            async Task<Results<NoContent, ProblemHttpResult>> (Guid id, StageMove body, MoveGap move, HttpContext http, CancellationToken ct) =>
                await move.To(GapId.From(id), body.From, body.To, body.Why, http.Actor(), ct) switch
                {
                    Move.Done => TypedResults.NoContent(),
                    Move.NotThatWay n => Problems.Refused("not-that-way", $"From {n.From.Title()} it can go to {string.Join(", ", n.Ways.Select(w => w.Title()))}."),
                    Move.MovedMeanwhile m => Problems.Refused("moved-meanwhile", $"It is {m.Now.Title()} now."),
                    Move.ReasonMissing => Problems.Invalid("why", $"must have 1 to {MaxReason:N0} characters"),
                    _ => Problems.Unknown("gap"),
                })
        .WithName("moveGap").WithSummary("Move a gap from the stage you saw to another").RequireAuthorization("write");
}

/// <summary>A move.</summary>
/// <param name="From">Where you believe it stands.</param>
/// <param name="To">Where it shall stand.</param>
/// <param name="Why">Up to 1,000 characters; needed for declined (said in public), for reopened, and for open from anywhere but proposed.</param>
public sealed record StageMove(GapStage From, GapStage To, string? Why = null);
