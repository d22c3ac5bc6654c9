using Hearth.Governance;
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
public sealed class MoveIdea(Database db, TimeProvider clock)
{
    public const int MaxReason = 2_000;

    /// <summary>Moves the idea.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="from">The status that the person saw.</param>
    /// <param name="to">Any other status except submitted, which is only a beginning.</param>
    /// <param name="reason">10 to 2,000 characters for the public to read.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<MovedIdea> To(Actor by, IdeaId idea, IdeaStatus from, IdeaStatus to, string reason, CancellationToken ct) => db.InTransaction<MovedIdea>(async () =>
    {
        reason = reason.Trim().ReplaceLineEndings("\n");
        var errors = Errors(from, to, reason).ToList();
        if (errors.Count > 0) return new MovedIdea.Invalid(errors);
        var now = clock.Now();
        var moved = await db.Ideas.Where(i => i.Id == idea && i.Status == from).ExecuteUpdateAsync(set => set.SetProperty(i => i.Status, to), ct);
        if (moved == 0)
        {
            return await db.Ideas.Where(i => i.Id == idea).Select(i => (IdeaStatus?)i.Status).SingleOrDefaultAsync(ct) is { } status
                ? new MovedIdea.MovedMeanwhile(status) : new MovedIdea.UnknownIdea();
        }

        await db.Answered(idea, now, ct);
        db.Add(new IdeaMove
        {
            Idea = idea, From = from, To = to, Reason = reason, By = by.Id, ByName = by.Name, Department = by.Department, At = now,
        });
        db.Record(new IdeaMoved(idea, from, to, reason, by.Id, now));
        await db.SaveChangesAsync(ct);
        return new MovedIdea.Stands(to);
    }, ct);

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPost("/{idea:guid}/moves",
        async Task<Results<Ok<MovedIdea.Stands>, ProblemHttpResult>> (Guid idea, MoveBody body, HttpContext http, MoveIdea move, CancellationToken ct) =>
            await move.To(http.Actor(), new(idea), body.From, body.To, body.Reason, ct) switch
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
    internal sealed record MoveBody(IdeaStatus From, IdeaStatus To, string Reason);

    private static IEnumerable<FieldError> Errors(IdeaStatus from, IdeaStatus to, string reason)
    {
        if (to == IdeaStatus.Submitted || !Enum.IsDefined(to)) yield return new("to", "must be a status other than submitted");
        if (to == from) yield return new("to", "is where the idea stands already");
        if (reason.Length is < 10 or > MaxReason || reason.Contains('\0')) yield return new("reason", $"must have 10 to {MaxReason:N0} characters: everybody who voted will read it");
    }
}
