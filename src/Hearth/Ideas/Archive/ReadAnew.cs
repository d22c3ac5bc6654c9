using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Archive;

/// <summary>Archived ideas and those that post them anew.</summary>
/// <param name="Earlier">The archived idea that this one posts anew, if any.</param>
/// <param name="Later">The ideas that post this one anew, earliest first.</param>
public sealed record AnewLinks(IdeaLink? Earlier, IReadOnlyList<IdeaLink> Later);

/// <summary>Reads which ideas were posted anew after the archive.</summary>
public sealed class ReadAnew(Database db)
{
    public async Task<AnewLinks> Of(IdeaId idea, CancellationToken ct)
    {
        var anew = await db.Ideas.Where(i => i.Id == idea).Select(i => i.AnewOf).SingleOrDefaultAsync(ct);
        return new(
            anew is null ? null : await Links(db.ShownIdeas.Where(i => i.Id == anew)).SingleOrDefaultAsync(ct),
            await Links(db.ShownIdeas.Where(i => i.AnewOf == idea).OrderBy(i => i.Number).Take(50)).ToListAsync(ct));
    }

    internal static void Map(IEndpointRouteBuilder ideas) =>
        ideas.MapGet("/{idea:guid}/anew", async Task<Ok<AnewLinks>> (Guid idea, ReadAnew read, CancellationToken ct) => TypedResults.Ok(await read.Of(new(idea), ct)))
            .AllowAnonymous().WithSummary("The archived idea that it posts anew, and those that post it anew");

    private static IQueryable<IdeaLink> Links(IQueryable<Idea> ideas) => ideas.Select(i => new IdeaLink(i.Id, i.Title, i.Status, i.Points));
}
