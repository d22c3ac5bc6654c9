using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Talk;

/// <summary>What became of pinning an answer.</summary>
public enum PinnedAnswer
{
    /// <summary>It stands so; doing it again changes nothing.</summary>
    Stands,

    /// <summary>Nobody of the brand said it, it stands below another idea, or it was taken back.</summary>
    NoAnswer,

    UnknownIdea,
}

/// <summary>Puts the brand's best answer above all comments, so that a reader need not look for it.</summary>
public sealed class PinAnswer(Database db, TimeProvider clock)
{
    /// <summary>Pins one comment of the brand; null takes down what is pinned.</summary>
    /// <param name="by">A member of staff.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="comment">Written by somebody of the brand below this idea.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<PinnedAnswer> On(Actor by, IdeaId idea, IdeaCommentId? comment, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (comment is not null && !await db.IdeaComments.AnyAsync(c => c.Id == comment && c.Idea == idea && c.FromBrand && c.RemovedAt == null && c.Removed == null, ct)) return PinnedAnswer.NoAnswer;
        var pinned = await db.Ideas.Where(i => i.Id == idea && i.BestAnswer != comment).ExecuteUpdateAsync(set => set.SetProperty(i => i.BestAnswer, comment), ct);
        if (pinned == 0) return await db.Ideas.AnyAsync(i => i.Id == idea, ct) ? PinnedAnswer.Stands : PinnedAnswer.UnknownIdea;
        db.Record(new IdeaAnswerPinned(idea, comment, by.Id, clock.Now()));
        await db.SaveChangesAsync(ct);
        return PinnedAnswer.Stands;
    }, ct);

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPut("/{idea:guid}/best-answer",
        async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, PinBody body, HttpContext http, PinAnswer pin, CancellationToken ct) =>
            await pin.On(http.Actor(), new(idea), body.Comment is { } comment ? new(comment) : null, ct) switch
            {
                PinnedAnswer.Stands => TypedResults.NoContent(),
                PinnedAnswer.NoAnswer => Problems.Invalid("comment", "is no answer of the brand below this idea"),
                _ => Problems.Unknown("idea"),
            })
        .RequireAuthorization("write").WithSummary("Put the brand's best answer above all comments").ProducesProblem(400).ProducesProblem(404);

    /// <summary>What to pin.</summary>
    /// <param name="Comment">A comment that somebody of the brand wrote below the idea; null takes down what is pinned.</param>
    internal sealed record PinBody(Guid? Comment);
}
