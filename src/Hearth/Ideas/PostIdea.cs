using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>What became of posting an idea.</summary>
public abstract record PostedIdea
{
    private PostedIdea() { }

    public sealed record Stands(IdeaId Idea) : PostedIdea;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : PostedIdea;
}

/// <summary>An idea as its author writes it.</summary>
/// <param name="Title">5 to 120 characters, one line.</param>
/// <param name="Body">Markdown without HTML, 10 to 10,000 characters: what, for whom, why.</param>
/// <param name="Category">The slug of a category.</param>
public sealed record IdeaDraft(string Title, string Body, string Category);

/// <summary>Puts an idea on the board.</summary>
public sealed class PostIdea(Database db, TimeProvider clock)
{
    public const int MaxTitle = 120;
    public const int MaxBody = 10_000;

    /// <summary>Posts the idea.</summary>
    /// <param name="author">Anybody with an account.</param>
    /// <param name="id">Chosen by the caller; posting the same id again changes nothing and answers the same.</param>
    /// <param name="draft">The idea.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<PostedIdea> By(Actor author, IdeaId id, IdeaDraft draft, CancellationToken ct) => db.InTransaction<PostedIdea>(async () =>
    {
        var title = draft.Title.Trim();
        var body = draft.Body.Trim().ReplaceLineEndings("\n");
        var errors = Errors(title, body).ToList();
        if (!await db.IdeaCategories.AnyAsync(c => c.Slug == draft.Category, ct)) errors.Add(new("category", "is not a category of this board"));
        if (errors.Count > 0) return new PostedIdea.Invalid(errors);
        if (await db.Ideas.AnyAsync(i => i.Id == id, ct)) return new PostedIdea.Stands(id);

        db.Add(new Idea { Id = id, Title = title, Body = body, Category = draft.Category, Author = author.Id, AuthorName = author.Name, At = clock.Now() });
        db.Record(new IdeaPosted(id, author.Id, title, draft.Category, clock.Now()));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear(); // sent twice at once: ours came second
        }

        return new PostedIdea.Stands(id);
    }, ct);

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPost("/",
        async Task<Results<Created<PostedIdea.Stands>, ProblemHttpResult>> (IdeaBody body, HttpContext http, PostIdea post, CancellationToken ct) =>
            await post.By(http.Actor(), body.Id is { } id ? new(id) : IdeaId.New(), new(body.Title, body.Body, body.Category), ct) switch
            {
                PostedIdea.Stands stands => TypedResults.Created($"/api/v1/ideas/{stands.Idea.Value}", stands),
                PostedIdea.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => throw new System.Diagnostics.UnreachableException(),
            })
        .RequireAuthorization("community").WithSummary("Post an idea").ProducesProblem(400);

    /// <summary>An idea to be posted.</summary>
    /// <param name="Id">Chosen by the caller so that a repeated request posts once; made here when left out.</param>
    /// <param name="Title">5 to 120 characters, one line.</param>
    /// <param name="Body">Markdown without HTML, 10 to 10,000 characters.</param>
    /// <param name="Category">The slug of a category.</param>
    internal sealed record IdeaBody(Guid? Id, string Title, string Body, string Category);

    private static IEnumerable<FieldError> Errors(string title, string body)
    {
        if (title.Length is < 5 or > MaxTitle) yield return new("title", $"must have 5 to {MaxTitle} characters");
        if (title.Any(char.IsControl)) yield return new("title", "must be one line");
        if (body.Length is < 10 or > MaxBody) yield return new("body", $"must have 10 to {MaxBody:N0} characters");
        if (title.Contains('\0') || body.Contains('\0')) yield return new("body", "must not contain the character NUL");
    }
}
