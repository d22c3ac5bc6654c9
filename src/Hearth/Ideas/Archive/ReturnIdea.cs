using Hearth.Governance;
using Hearth.Ideas.Telling;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Archive;

/// <summary>Brings an archived idea back to where it stood, with everything it had; the archive rule counts its months anew.</summary>
public sealed class ReturnIdea(Database db, TellFollowers tell, TimeProvider clock)
{
    /// <summary>Brings it back.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="idea">An archived idea.</param>
    /// <param name="reason">10 to 2,000 characters for the public to read.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<MovedIdea> FromArchive(Actor by, IdeaId idea, string reason, CancellationToken ct) => db.InTransaction<MovedIdea>(async () =>
    {
        reason = reason.Trim().ReplaceLineEndings("\n");
        if (MoveIdea.ReasonError(reason) is { } error) return new MovedIdea.Invalid([error]);
        if (await db.ShownIdeas.Where(i => i.Id == idea).Select(i => (IdeaStatus?)i.Status).SingleOrDefaultAsync(ct) is not { } status) return new MovedIdea.UnknownIdea();
        var to = await db.IdeaMoves.Where(m => m.Idea == idea && m.To == IdeaStatus.Archived).OrderByDescending(m => m.Number).Select(m => m.From).FirstOrDefaultAsync(ct);
        var now = clock.Now();
        var moved = await db.ShownIdeas.Where(i => i.Id == idea && i.Status == IdeaStatus.Archived)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Status, to).SetProperty(i => i.MovedAt, now), ct);
        if (moved == 0) return new MovedIdea.MovedMeanwhile(status);
        await db.Answered(idea, now, ct);
        await db.Implemented(idea, to, now, ct);
        db.Add(new IdeaMove { Idea = idea, From = IdeaStatus.Archived, To = to, Reason = reason, By = by.Id, ByName = by.Name, Department = by.Department, At = now });
        await tell.OfMove(idea, to, reason, by, null, ct);
        db.Record(new IdeaMoved(idea, IdeaStatus.Archived, to, reason, by.Id, now));
        await db.SaveChangesAsync(ct);
        return new MovedIdea.Stands(to);
    }, ct);

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPost("/{idea:guid}/return",
        async Task<Results<Ok<MovedIdea.Stands>, ProblemHttpResult>> (Guid idea, ReturnBody body, HttpContext http, ReturnIdea bring, CancellationToken ct) =>
            await bring.FromArchive(http.Actor(), new(idea), body.Reason, ct) switch
            {
                MovedIdea.Stands stands => TypedResults.Ok(stands),
                MovedIdea.MovedMeanwhile meanwhile => Problems.Refused("not-archived", $"It is not archived but {meanwhile.Now.Words().ToLowerInvariant()}."),
                MovedIdea.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => Problems.Unknown("idea"),
            })
        .RequireAuthorization("write").WithSummary("Bring an archived idea back to where it stood").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <summary>Why it comes back.</summary>
    /// <param name="Reason">10 to 2,000 characters for the public to read.</param>
    internal sealed record ReturnBody(string Reason);
}
