using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Storms;

/// <summary>What became of an idea for a storm.</summary>
public abstract record StormIdea
{
    private StormIdea() { }

    public sealed record Stands(IdeaId Idea) : StormIdea;

    /// <summary>It has not begun, or is over.</summary>
    public sealed record NotOpen(DateTimeOffset OpensAt, DateTimeOffset ClosesAt) : StormIdea;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : StormIdea;

    public sealed record UnknownStorm : StormIdea;
}

/// <summary>Answers a storm's question with an idea, which stands on the board like any other.</summary>
public sealed class PostIntoStorm(Database db, PostIdea post, TimeProvider clock)
{
    /// <summary>Posts the idea into the storm: both or neither.</summary>
    /// <param name="author">Anybody with an account.</param>
    /// <param name="storm">The storm; it must be open.</param>
    /// <param name="id">Chosen by the caller; posting the same id again changes nothing and answers the same.</param>
    /// <param name="title">5 to 120 characters, one line.</param>
    /// <param name="body">Markdown without HTML, 10 to 10,000 characters.</param>
    /// <param name="ct">Stops the work.</param>
    public Task<StormIdea> By(Actor author, StormId storm, IdeaId id, string title, string body, CancellationToken ct) => db.InTransaction<StormIdea>(async () =>
    {
        if (await db.Storms.AsNoTracking().SingleOrDefaultAsync(s => s.Id == storm, ct) is not { } asked) return new StormIdea.UnknownStorm();
        if (await db.Ideas.AnyAsync(i => i.Id == id && i.Storm == storm, ct)) return new StormIdea.Stands(id);
        var now = clock.Now();
        if (now < asked.OpensAt || now >= asked.ClosesAt) return new StormIdea.NotOpen(asked.OpensAt, asked.ClosesAt);
        if (await post.By(author, id, new(title, body, asked.Category), ct) is PostedIdea.Invalid invalid) return new StormIdea.Invalid(invalid.Errors);
        await db.Ideas.Where(i => i.Id == id && i.Author == author.Id && i.Storm == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.Storm, storm), ct);
        return new StormIdea.Stands(id);
    }, ct);

    internal static void Map(IEndpointRouteBuilder storms) => storms.MapPost("/{storm:guid}/ideas",
        async Task<Results<Created<StormIdea.Stands>, ProblemHttpResult>> (Guid storm, StormIdeaBody body, HttpContext http, PostIntoStorm post, CancellationToken ct) =>
            await post.By(http.Actor(), new(storm), body.Id is { } id ? new(id) : IdeaId.New(), body.Title, body.Body, ct) switch
            {
                StormIdea.Stands stands => TypedResults.Created($"/api/v1/ideas/{stands.Idea.Value}", stands),
                StormIdea.NotOpen shut => Problems.Refused("not-open", $"It is open from {shut.OpensAt:u} to {shut.ClosesAt:u}."),
                StormIdea.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => Problems.Unknown("storm"),
            })
        .RequireAuthorization("community").WithSummary("Post an idea into a storm").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <summary>An idea for a storm.</summary>
    /// <param name="Id">Chosen by the caller so that a repeated request posts once; made here when left out.</param>
    /// <param name="Title">5 to 120 characters, one line.</param>
    /// <param name="Body">Markdown without HTML, 10 to 10,000 characters.</param>
    internal sealed record StormIdeaBody(Guid? Id, string Title, string Body);
}
