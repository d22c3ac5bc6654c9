using Hearth.Governance;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Talk;

/// <summary>What became of a change to a comment.</summary>
public abstract record ChangedComment
{
    private ChangedComment() { }

    /// <param name="Comment">The comment.</param>
    /// <param name="Edits">How often it was changed.</param>
    public sealed record Stands(IdeaCommentId Comment, int Edits) : ChangedComment;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : ChangedComment;

    /// <summary>It was changed elsewhere at the same moment.</summary>
    public sealed record ChangedMeanwhile : ChangedComment;

    /// <summary>Somebody else wrote it.</summary>
    public sealed record NotYours : ChangedComment;

    public sealed record Unknown : ChangedComment;
}

/// <summary>Changes one's own comment. What it said before stays open to everybody; a comment that is taken back leaves no words.</summary>
public sealed class ChangeComment(Database db, NamePeople people, TimeProvider clock)
{
    /// <summary>Puts other words in its place.</summary>
    /// <param name="author">Who wrote it.</param>
    /// <param name="idea">The idea it stands below.</param>
    /// <param name="comment">The comment.</param>
    /// <param name="typed">Markdown without HTML, 2 to 4,000 characters; the same words again change nothing.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<ChangedComment> To(Actor author, IdeaId idea, IdeaCommentId comment, string typed, CancellationToken ct) => db.InTransaction<ChangedComment>(async () =>
    {
        var (body, error) = CommentOnIdea.Read(typed);
        if (error is not null) return new ChangedComment.Invalid([error]);
        if (await Standing(idea, comment, ct) is not { Removed: null } was) return new ChangedComment.Unknown();
        if (was.Author != author.Id) return new ChangedComment.NotYours();
        if (was.Body == body) return new ChangedComment.Stands(comment, was.Edits);

        var now = clock.Now();
        var changed = await db.IdeaComments.Where(c => c.Id == comment && c.Edits == was.Edits && c.RemovedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.Body, body).SetProperty(c => c.Edits, c => c.Edits + 1).SetProperty(c => c.EditedAt, now), ct);
        if (changed == 0) return new ChangedComment.ChangedMeanwhile();
        db.Add(new IdeaText { Idea = idea, Comment = comment, Version = was.Edits, Title = null, Body = was.Body, At = was.EditedAt ?? was.At });
        db.Record(new IdeaCommentEdited(idea, comment, author.Id, was.Edits + 1, now));
        await people.In(idea, comment, author, body, now, ct);
        await db.SaveChangesAsync(ct);
        return new ChangedComment.Stands(comment, was.Edits + 1);
    }, ct);

    /// <summary>Takes it back. Its words and what it said before are gone; that somebody spoke stays visible where others answered.</summary>
    public Task<ChangedComment> Remove(Actor author, IdeaId idea, IdeaCommentId comment, CancellationToken ct) => db.InTransaction<ChangedComment>(async () =>
    {
        if (await Standing(idea, comment, ct) is not { } was) return new ChangedComment.Unknown();
        if (was.Author != author.Id) return new ChangedComment.NotYours();
        var now = clock.Now();
        var removed = await db.IdeaComments.Where(c => c.Id == comment && c.RemovedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Body, "").SetProperty(c => c.RemovedAt, now), ct);
        if (removed == 0) return new ChangedComment.Unknown();

        if (was.Root is { } root) await db.IdeaComments.Where(c => c.Id == root).ExecuteUpdateAsync(set => set.SetProperty(c => c.Replies, c => c.Replies - 1), ct);
        await db.Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(set => set.SetProperty(i => i.Comments, i => i.Comments - 1), ct);
        await db.Ideas.Where(i => i.BestAnswer == comment).ExecuteUpdateAsync(set => set.SetProperty(i => i.BestAnswer, (IdeaCommentId?)null), ct);
        await db.IdeaTexts.Where(t => t.Comment == comment).ExecuteDeleteAsync(ct);
        await db.IdeaNamed.Where(n => n.Comment == comment).ExecuteDeleteAsync(ct);
        if (was.FromBrand) await AnsweredAgain(idea, ct);
        db.Record(new IdeaCommentRemoved(idea, comment, author.Id, now));
        await db.SaveChangesAsync(ct);
        return new ChangedComment.Stands(comment, was.Edits);
    }, ct);

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapPut("/{idea:guid}/comments/{comment:guid}", async Task<Results<Ok<ChangedComment.Stands>, ProblemHttpResult>> (
            Guid idea, Guid comment, WordsBody body, HttpContext http, ChangeComment change, CancellationToken ct) =>
            await change.To(http.Actor(), new(idea), new(comment), body.Body, ct) is var outcome && outcome is ChangedComment.Stands stands ? TypedResults.Ok(stands) : Refused(outcome))
            .RequireAuthorization("community").WithSummary("Change one's own comment; what it said before stays open").ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        ideas.MapDelete("/{idea:guid}/comments/{comment:guid}", async Task<Results<NoContent, ProblemHttpResult>> (
            Guid idea, Guid comment, HttpContext http, ChangeComment change, CancellationToken ct) =>
            await change.Remove(http.Actor(), new(idea), new(comment), ct) is var outcome && outcome is ChangedComment.Stands ? TypedResults.NoContent() : Refused(outcome))
            .RequireAuthorization("community").WithSummary("Take one's own comment back").ProducesProblem(403).ProducesProblem(404);
    }

    /// <summary>Other words.</summary>
    /// <param name="Body">Markdown without HTML, 2 to 4,000 characters.</param>
    internal sealed record WordsBody(string Body);

    private static ProblemHttpResult Refused(ChangedComment outcome) => outcome switch
    {
        ChangedComment.Invalid invalid => Problems.Invalid(invalid.Errors),
        ChangedComment.ChangedMeanwhile => Problems.Refused("changed-meanwhile", "The comment was changed elsewhere at the same moment; look again."),
        ChangedComment.NotYours => Problems.Refused("not-yours", "Somebody else wrote it.", StatusCodes.Status403Forbidden),
        _ => Problems.Unknown("comment"),
    };

    private Task<IdeaComment?> Standing(IdeaId idea, IdeaCommentId comment, CancellationToken ct) =>
        db.IdeaComments.AsNoTracking().SingleOrDefaultAsync(c => c.Id == comment && c.Idea == idea && c.RemovedAt == null, ct);

    // An answer that was taken back answered nobody: the idea's first answer is the next word of the brand, or none, and then it waits in the queue again.
    private async Task AnsweredAgain(IdeaId idea, CancellationToken ct)
    {
        var spoke = await db.IdeaComments.Where(c => c.Idea == idea && c.FromBrand && c.RemovedAt == null && c.Removed == null).MinAsync(c => (DateTimeOffset?)c.At, ct);
        var moved = await db.IdeaMoves.Where(m => m.Idea == idea).MinAsync(m => (DateTimeOffset?)m.At, ct);
        var first = spoke is null || moved < spoke ? moved : spoke;
        await db.Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(set => set.SetProperty(i => i.AnsweredAt, first), ct);
    }
}
