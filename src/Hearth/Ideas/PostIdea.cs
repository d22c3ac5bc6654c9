using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Ideas.DoubleDippers;
using Hearth.Ideas.Likeness;
using Hearth.Ideas.Members;
using Hearth.Ideas.Words;
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
/// <param name="Template">The three answers; the body is made of them when given.</param>
/// <param name="Products">What it is about, at most 5 products of the catalogue.</param>
/// <param name="Images">Pictures that the author has brought before, at most 4, in this order.</param>
/// <param name="BuildsOn">The idea that it builds on.</param>
/// <param name="AnewOf">The archived idea that it posts anew.</param>
public sealed record IdeaDraft(
    string Title, string Body, string Category, IdeaTemplate? Template = null, IReadOnlyList<ProductId>? Products = null, IReadOnlyList<IdeaImageId>? Images = null,
    IdeaId? BuildsOn = null, IdeaId? AnewOf = null)
{
    /// <summary>What is kept as the body.</summary>
    internal string Text => (Template?.Body() ?? Body).Trim().ReplaceLineEndings("\n");
}

/// <summary>Puts an idea on the board.</summary>
public sealed class PostIdea(Database db, KeepWords words, TimeProvider clock)
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
        var errors = await words.Check(draft, ct);
        if (await db.RefusesToHear(author, ct) is { } refused) errors = [refused];
        if (errors.Count > 0) return new PostedIdea.Invalid(errors);
        if (await db.Ideas.AnyAsync(i => i.Id == id, ct)) return new PostedIdea.Stands(id);

        db.Add(new Idea
        {
            Id = id, Title = title, Body = draft.Text, Category = draft.Category, Author = author.Id, AuthorName = author.Name, At = clock.Now(),
            What = draft.Template?.What.Trim(), ForWhom = draft.Template?.ForWhom.Trim(), Why = draft.Template?.Why.Trim(), BuildsOn = draft.BuildsOn, AnewOf = draft.AnewOf,
        });
        await words.Keep(author, id, draft, ct);
        await words.TellOfExtension(author, id, draft, ct);
        db.Record(new IdeaPosted(id, author.Id, title, draft.Category, clock.Now()));
        try
        {
            await db.SaveChangesAsync(ct);
            await db.Index(id, ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear(); // sent twice at once: ours came second
        }

        return new PostedIdea.Stands(id);
    }, ct);

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPost("/",
        async Task<Results<Created<PostedIdea.Stands>, ProblemHttpResult>> (IdeaBody body, HttpContext http, PostIdea post, SeeVoter see, CancellationToken ct) =>
        {
            switch (await post.By(http.Actor(), body.Id is { } id ? new(id) : IdeaId.New(), body.Draft(), ct))
            {
                case PostedIdea.Stands stands:
                    await see.Posted(http, http.Actor().Id, stands.Idea, ct);
                    return TypedResults.Created($"/api/v1/ideas/{stands.Idea.Value}", stands);
                case PostedIdea.Invalid invalid:
                    return Problems.Invalid(invalid.Errors);
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        })
        .RequireAuthorization("guest").WithSummary("Post an idea").ProducesProblem(400);

    /// <summary>An idea to be posted.</summary>
    /// <param name="Id">Chosen by the caller so that a repeated request posts once; made here when left out.</param>
    /// <param name="Title">5 to 120 characters, one line.</param>
    /// <param name="Body">Markdown without HTML, 10 to 10,000 characters; left out when the template is filled in.</param>
    /// <param name="Category">The slug of a category.</param>
    /// <param name="Template">What, for whom and why; the body is made of them.</param>
    /// <param name="Products">Ids of products of the catalogue, at most 5.</param>
    /// <param name="Images">Ids of pictures brought before, at most 4.</param>
    /// <param name="BuildsOn">The idea that it builds on.</param>
    /// <param name="AnewOf">The archived idea that it posts anew.</param>
    internal sealed record IdeaBody(
        Guid? Id, string Title, string? Body, string Category, IdeaTemplate? Template = null, IReadOnlyList<Guid>? Products = null, IReadOnlyList<Guid>? Images = null, Guid? BuildsOn = null,
        Guid? AnewOf = null)
    {
        public IdeaDraft Draft() => new(
            Title, Body ?? "", Category, Template, Products?.Select(p => new ProductId(p)).ToList(), Images?.Select(i => new IdeaImageId(i)).ToList(), BuildsOn is { } on ? new IdeaId(on) : null,
            AnewOf is { } old ? new IdeaId(old) : null);
    }
}
