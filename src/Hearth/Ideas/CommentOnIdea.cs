using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>What became of a comment.</summary>
public abstract record Commented
{
    private Commented() { }

    public sealed record Stands(IdeaCommentId Comment) : Commented;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Commented;

    public sealed record UnknownIdea : Commented;
}

/// <summary>Speaks below an idea. The first word of the brand's staff answers the idea.</summary>
public sealed class CommentOnIdea(Database db, TimeProvider clock)
{
    public const int MaxBody = 4_000;

    /// <summary>Writes the comment.</summary>
    /// <param name="author">Anybody with an account.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="id">Chosen by the caller; the same id again changes nothing and answers the same.</param>
    /// <param name="body">Markdown without HTML, 2 to 4,000 characters.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Commented> By(Actor author, IdeaId idea, IdeaCommentId id, string body, CancellationToken ct)
    {
        try
        {
            return await Write(author, idea, id, body, ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear(); // sent twice at once: ours came second and is undone as a whole
            return new Commented.Stands(id);
        }
    }

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPost("/{idea:guid}/comments",
        async Task<Results<Created<Commented.Stands>, ProblemHttpResult>> (Guid idea, CommentBody body, HttpContext http, CommentOnIdea comment, CancellationToken ct) =>
            await comment.By(http.Actor(), new(idea), body.Id is { } id ? new(id) : IdeaCommentId.New(), body.Body, ct) switch
            {
                Commented.Stands stands => TypedResults.Created($"/api/v1/ideas/{idea}/comments", stands),
                Commented.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => Problems.Unknown("idea"),
            })
        .RequireAuthorization("community").WithSummary("Comment on an idea").ProducesProblem(400).ProducesProblem(404);

    /// <summary>A comment to be written.</summary>
    /// <param name="Id">Chosen by the caller so that a repeated request writes once; made here when left out.</param>
    /// <param name="Body">Markdown without HTML, 2 to 4,000 characters.</param>
    internal sealed record CommentBody(Guid? Id, string Body);

    private Task<Commented> Write(Actor author, IdeaId idea, IdeaCommentId id, string body, CancellationToken ct) => db.InTransaction<Commented>(async () =>
    {
        body = body.Trim().ReplaceLineEndings("\n");
        if (body.Length is < 2 or > MaxBody || body.Contains('\0')) return new Commented.Invalid([new("body", $"must have 2 to {MaxBody:N0} characters")]);
        if (await db.IdeaComments.AnyAsync(c => c.Id == id, ct)) return new Commented.Stands(id);
        var now = clock.Now();
        var counted = await db.Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(set => set.SetProperty(i => i.Comments, i => i.Comments + 1), ct);
        if (counted == 0) return new Commented.UnknownIdea();

        var fromBrand = author.Role > Role.Community;
        if (fromBrand) await db.Answered(idea, now, ct);
        db.Add(new IdeaComment
        {
            Id = id, Idea = idea, Author = author.Id, AuthorName = author.Name, Department = author.Department, FromBrand = fromBrand, Body = body, At = now,
        });
        db.Record(new IdeaCommented(idea, id, author.Id, fromBrand, now));
        await db.SaveChangesAsync(ct);
        return new Commented.Stands(id);
    }, ct);
}

internal static class Answers
{
    /// <summary>Marks the first time the brand said anything.</summary>
    internal static Task Answered(this Database db, IdeaId idea, DateTimeOffset now, CancellationToken ct) => db.Ideas
        .Where(i => i.Id == idea && i.AnsweredAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.AnsweredAt, now), ct);
}
