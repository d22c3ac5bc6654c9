using Hearth.Governance;
using Hearth.Ideas.Members;
using Hearth.Ideas.Merging;
using Hearth.Ideas.Talk;
using Hearth.Ideas.Telling;
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

    /// <summary>What it answers was never said below this idea, or was taken back.</summary>
    public sealed record UnknownComment : Commented;
}

/// <summary>Speaks below an idea. The first word of the brand's staff answers the idea.</summary>
public sealed class CommentOnIdea(Database db, NamePeople people, TellAccount tell, TimeProvider clock)
{
    public const int MaxBody = 4_000;

    /// <summary>Writes the comment.</summary>
    /// <param name="author">Anybody with an account.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="id">Chosen by the caller; the same id again changes nothing and answers the same.</param>
    /// <param name="body">Markdown without HTML, 2 to 4,000 characters.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<Commented> By(Actor author, IdeaId idea, IdeaCommentId id, string body, CancellationToken ct) => By(author, idea, id, body, null, ct);

    /// <inheritdoc cref="By(Actor, IdeaId, IdeaCommentId, string, CancellationToken)"/>
    /// <param name="replyTo">The comment that it answers; null when it speaks to the idea.</param>
    public async Task<Commented> By(Actor author, IdeaId idea, IdeaCommentId id, string body, IdeaCommentId? replyTo, CancellationToken ct)
    {
        try
        {
            return await Write(author, idea, id, body, replyTo, ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear(); // sent twice at once: ours came second and is undone as a whole
            return new Commented.Stands(id);
        }
    }

    /// <summary>True when there is such a comment.</summary>
    internal Task<bool> Is(IdeaCommentId id, CancellationToken ct) => db.IdeaComments.AnyAsync(c => c.Id == id, ct);

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPost("/{idea:guid}/comments",
        async Task<Results<Created<Commented.Stands>, ProblemHttpResult>> (Guid idea, CommentBody body, HttpContext http, CommentOnIdea comment, CancellationToken ct) =>
            await comment.By(http.Actor(), new(idea), body.Id is { } id ? new(id) : IdeaCommentId.New(), body.Body, body.ReplyTo is { } to ? new(to) : null, ct) switch
            {
                Commented.Stands stands => TypedResults.Created($"/api/v1/ideas/{idea}/comments", stands),
                Commented.Invalid invalid => Problems.Invalid(invalid.Errors),
                Commented.UnknownComment => Problems.Invalid("replyTo", "is no comment below this idea"),
                _ => Problems.Unknown("idea"),
            })
        .RequireAuthorization("guest").WithSummary("Comment on an idea").ProducesProblem(400).ProducesProblem(404);

    /// <summary>A comment to be written.</summary>
    /// <param name="Id">Chosen by the caller so that a repeated request writes once; made here when left out.</param>
    /// <param name="Body">Markdown without HTML, 2 to 4,000 characters.</param>
    /// <param name="ReplyTo">The comment that it answers; left out when it speaks to the idea.</param>
    internal sealed record CommentBody(Guid? Id, string Body, Guid? ReplyTo = null);

    /// <summary>The words as they are kept, or what is wrong with them.</summary>
    internal static (string Body, FieldError? Error) Read(string typed)
    {
        var body = typed.Trim().ReplaceLineEndings("\n");
        return (body, body.Length is < 2 or > MaxBody || body.Contains('\0') ? new("body", $"must have 2 to {MaxBody:N0} characters") : null);
    }

    private Task<Commented> Write(Actor author, IdeaId idea, IdeaCommentId id, string typed, IdeaCommentId? replyTo, CancellationToken ct) => db.InTransaction<Commented>(async () =>
    {
        var (body, error) = Read(typed);
        error = await db.RefusesToHear(author, ct) ?? error;
        if (error is not null) return new Commented.Invalid([error]);
        if (await db.IdeaComments.AnyAsync(c => c.Id == id, ct)) return new Commented.Stands(id);
        var now = clock.Now();
        idea = await db.ShownFor(idea, ct);
        while (await db.ShownIdeas.Where(i => i.Id == idea).ExecuteUpdateAsync(set => set.SetProperty(i => i.Comments, i => i.Comments + 1), ct) == 0)
        {
            if (await db.ShownFor(idea, ct) is var shown && shown == idea) return new Commented.UnknownIdea();
            idea = shown; // merged between our look and our count
        }

        // The count holds the idea's row: from here on no merge moves what is answered.
        var parent = replyTo is null ? null
            : await db.IdeaComments.Where(c => c.Id == replyTo && c.Idea == idea && c.RemovedAt == null && c.Removed == null).Select(c => new { c.Id, c.Root, c.Home, c.Author }).SingleOrDefaultAsync(ct);
        if (replyTo is not null && parent is null)
        {
            await db.Ideas.Where(i => i.Id == idea).ExecuteUpdateAsync(set => set.SetProperty(i => i.Comments, i => i.Comments - 1), ct);
            return new Commented.UnknownComment();
        }

        var root = parent is null ? (IdeaCommentId?)null : parent.Root ?? parent.Id;

        var fromBrand = author.Role > Role.Community;
        if (fromBrand) await db.Answered(idea, now, ct);
        if (root is not null) await db.IdeaComments.Where(c => c.Id == root).ExecuteUpdateAsync(set => set.SetProperty(c => c.Replies, c => c.Replies + 1), ct);
        db.Add(new IdeaComment
        {
            Id = id, Idea = idea, Author = author.Id, AuthorName = author.Name, Department = author.Department, FromBrand = fromBrand, Body = body, At = now,
            ReplyTo = replyTo, Root = root, Home = parent?.Home,
        });
        db.Record(new IdeaCommented(idea, id, author.Id, fromBrand, now, replyTo));
        var named = await people.In(idea, id, author, body, now, ct);
        if (parent is not null && parent.Author != author.Id && !named.Contains(parent.Author))
        {
            await tell.To(parent.Author, IdeaNewsKind.Answered, idea, $"{author.Name} answered you: {NamePeople.Excerpt(body)}", ct, $"answer:{id.Value:N}");
        }

        await db.SaveChangesAsync(ct);
        return new Commented.Stands(id);
    }, ct);
}

internal static class Answers
{
    /// <summary>Marks the first time the brand said anything.</summary>
    internal static Task Answered(this Database db, IdeaId idea, DateTimeOffset now, CancellationToken ct) => db.Ideas
        .Where(i => i.Id == idea && i.AnsweredAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.AnsweredAt, now), ct);

    /// <summary>Marks the first time it was there, in part or whole; forgets it when it is moved back.</summary>
    internal static async Task Implemented(this Database db, IdeaId idea, IdeaStatus to, DateTimeOffset now, CancellationToken ct)
    {
        if (to.IsImplemented()) await db.Ideas.Where(i => i.Id == idea && i.ImplementedAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.ImplementedAt, now), ct);
        else await db.Ideas.Where(i => i.Id == idea && i.ImplementedAt != null).ExecuteUpdateAsync(set => set.SetProperty(i => i.ImplementedAt, (DateTimeOffset?)null), ct);
    }
}
