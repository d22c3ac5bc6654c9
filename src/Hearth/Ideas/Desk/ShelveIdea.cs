using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Desk;

/// <summary>Moves an idea to the category whose partners can answer it. Its words stay the author's.</summary>
public sealed class ShelveIdea(Database db, TimeProvider clock)
{
    /// <summary>Puts the idea into a category; where it is already nothing changes.</summary>
    /// <returns>Null when there is no such idea; else what was wrong, with no reason when nothing was.</returns>
    public Task<IReadOnlyList<FieldError>?> Into(Actor by, IdeaId idea, string category, CancellationToken ct) => db.InTransaction<IReadOnlyList<FieldError>?>(async () =>
    {
        if (!await db.IdeaCategories.AnyAsync(c => c.Slug == category, ct)) return [new("category", "is not a category of this board")];
        if (await db.Ideas.Where(i => i.Id == idea).Select(i => i.Category).SingleOrDefaultAsync(ct) is not { } from) return null;
        var moved = await db.Ideas.Where(i => i.Id == idea && i.Category == from && i.Category != category).ExecuteUpdateAsync(set => set.SetProperty(i => i.Category, category), ct);
        if (moved > 0) db.Record(new IdeaShelved(idea, from, category, by.Id, clock.Now()));
        await db.SaveChangesAsync(ct);
        return [];
    }, ct);

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapPut("/{idea:guid}/category",
        async Task<Results<NoContent, ProblemHttpResult>> (Guid idea, ShelfBody body, HttpContext http, ShelveIdea shelve, CancellationToken ct) =>
            await shelve.Into(http.Actor(), new(idea), body.Category, ct) is not { } errors ? Problems.Unknown("idea")
                : errors.Count > 0 ? Problems.Invalid(errors) : TypedResults.NoContent())
        .RequireAuthorization("write").WithSummary("Move an idea to another category").ProducesProblem(400).ProducesProblem(404);

    /// <summary>Where the idea belongs.</summary>
    /// <param name="Category">The slug of a category.</param>
    internal sealed record ShelfBody(string Category);
}
