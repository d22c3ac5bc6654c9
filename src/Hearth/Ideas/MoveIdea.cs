using Hearth.Governance;
using Hearth.Ideas.Telling;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>What became of a move.</summary>
public abstract record MovedIdea
{
    private MovedIdea() { }

    public sealed record Stands(IdeaStatus Status) : MovedIdea;

    /// <summary>Somebody else moved it since the caller looked; look again before deciding.</summary>
    public sealed record MovedMeanwhile(IdeaStatus Now) : MovedIdea;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : MovedIdea;

    public sealed record UnknownIdea : MovedIdea;
}

/// <summary>Says in public what becomes of an idea, by a named person and with a reason.</summary>
public sealed class MoveIdea(Database db, TellFollowers tell, TimeProvider clock)
{
    public const int MaxReason = 2_000;
    public const int MaxPlace = 500;

    /// <summary>Moves the idea.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="from">The status that the person saw.</param>
    /// <param name="to">Any other status except submitted, which is only a beginning.</param>
    /// <param name="reason">10 to 2,000 characters for the public to read.</param>
    /// <param name="ct">Stops the work.</param>
    /// <param name="change">The change of Operations that brings it about, by its id; null when there is none.</param>
    /// <param name="details">Where it is to be had, or the day it is planned for.</param>
    public Task<MovedIdea> To(Actor by, IdeaId idea, IdeaStatus from, IdeaStatus to, string reason, CancellationToken ct, Guid? change = null, MoveDetails? details = null) => db.InTransaction<MovedIdea>(async () =>
    {
        reason = reason.Trim().ReplaceLineEndings("\n");
        details = new(string.IsNullOrWhiteSpace(details?.Place) ? null : details.Place.Trim(), details?.Due);
        var now = clock.Now();
        var errors = Errors(from, to, reason).Concat(details.Errors(to, now)).ToList();
        if (errors.Count > 0) return new MovedIdea.Invalid(errors);
        var moved = await db.ShownIdeas.Where(i => i.Id == idea && i.Status == from).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Status, to).SetProperty(i => i.MovedAt, now).SetProperty(i => i.ArchiveAt, (DateTimeOffset?)null), ct);
        if (moved == 0)
        {
            return await db.ShownIdeas.Where(i => i.Id == idea).Select(i => (IdeaStatus?)i.Status).SingleOrDefaultAsync(ct) is { } status
                ? new MovedIdea.MovedMeanwhile(status) : new MovedIdea.UnknownIdea();
        }

        await db.Answered(idea, now, ct);
        await db.Implemented(idea, to, now, ct);
        db.Add(new IdeaMove
        {
            Idea = idea, From = from, To = to, Reason = reason, By = by.Id, ByName = by.Name, Department = by.Department, At = now, Change = change,
            Place = details.Place, Due = details.Due,
        });
        await tell.OfMove(idea, to, reason, by, change, ct);
        db.Record(new IdeaMoved(idea, from, to, reason, by.Id, now));
        await db.SaveChangesAsync(ct);
        return new MovedIdea.Stands(to);
    }, ct);

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPost("/{idea:guid}/moves",
        async Task<Results<Ok<MovedIdea.Stands>, ProblemHttpResult>> (Guid idea, MoveBody body, HttpContext http, MoveIdea move, CancellationToken ct) =>
            await move.To(http.Actor(), new(idea), body.From, body.To, body.Reason, ct, details: new(body.Place, body.Due)) switch
            {
                MovedIdea.Stands stands => TypedResults.Ok(stands),
                MovedIdea.MovedMeanwhile meanwhile => Problems.Refused("moved-meanwhile", $"Somebody moved it to {meanwhile.Now.Words().ToLowerInvariant()} meanwhile."),
                MovedIdea.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => Problems.Unknown("idea"),
            })
        .RequireAuthorization("write").WithSummary("Say what becomes of an idea").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <summary>A move to be made.</summary>
    /// <param name="From">The status that was seen.</param>
    /// <param name="To">Any other status except submitted.</param>
    /// <param name="Reason">10 to 2,000 characters for the public to read.</param>
    /// <param name="Place">Where it is to be had: an http or https address, or a path of this site; needed for already offered, possible for implemented ones.</param>
    /// <param name="Due">The day it is planned for; only with planned.</param>
    internal sealed record MoveBody(IdeaStatus From, IdeaStatus To, string Reason, string? Place = null, DateOnly? Due = null);

    private static IEnumerable<FieldError> Errors(IdeaStatus from, IdeaStatus to, string reason)
    {
        if (to == IdeaStatus.Submitted || !Enum.IsDefined(to)) yield return new("to", "must be a status other than submitted");
        if (to == from) yield return new("to", "is where the idea stands already");
        if (ReasonError(reason) is { } error) yield return error;
    }

    internal static FieldError? ReasonError(string reason) => reason.Length is < 10 or > MaxReason || reason.Contains('\0')
        ? new("reason", $"must have 10 to {MaxReason:N0} characters: everybody who voted will read it") : null;
}
