using System.Text.RegularExpressions;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>A shelf of the board.</summary>
/// <param name="Slug">1 to 40 lower-case letters, digits and hyphens; stands in addresses.</param>
/// <param name="Name">As shown, 1 to 60 characters.</param>
/// <param name="Ideas">How many ideas stand on it, archived ones left out.</param>
public sealed record IdeaCategoryLine(string Slug, string Name, int Ideas);

/// <summary>The shelves of the board, in the order the brand gave them.</summary>
public sealed partial class IdeaCategories(Database db)
{
    public async Task<IReadOnlyList<IdeaCategoryLine>> All(CancellationToken ct)
    {
        var counts = await db.IdeaCounts.Where(c => c.Status != IdeaStatus.Archived).GroupBy(c => c.Category).Select(g => new { g.Key, Count = g.Sum(c => c.Ideas) })
            .ToDictionaryAsync(g => g.Key, g => (int)g.Count, ct);
        var all = await db.IdeaCategories.AsNoTracking().OrderBy(c => c.Place).ThenBy(c => c.Name).ToListAsync(ct);
        return [.. all.Select(c => new IdeaCategoryLine(c.Slug, c.Name, counts.GetValueOrDefault(c.Slug)))];
    }

    /// <summary>Adds a category or renames and moves the one that has the slug.</summary>
    /// <param name="slug">1 to 40 lower-case letters, digits and hyphens.</param>
    /// <param name="name">1 to 60 characters.</param>
    /// <param name="place">Lower comes first.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>Null when done, else what was wrong.</returns>
    public async Task<FieldError?> Put(string slug, string name, int place, CancellationToken ct)
    {
        if (!SlugShape().IsMatch(slug)) return new("slug", "must have 1 to 40 lower-case letters, digits and hyphens");
        if (name.Trim().Length is < 1 or > 60) return new("name", "must have 1 to 60 characters");
        if (await db.IdeaCategories.FindAsync([slug], ct) is { } known) (known.Name, known.Place) = (name.Trim(), place);
        else db.Add(new IdeaCategory { Slug = slug, Name = name.Trim(), Place = place });
        await db.SaveChangesAsync(ct);
        return null;
    }

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/categories", async (IdeaCategories categories, CancellationToken ct) => TypedResults.Ok(await categories.All(ct))).AllowAnonymous().WithSummary("The shelves of the board");
        ideas.MapPut("/categories/{slug}", async Task<Results<NoContent, ProblemHttpResult>> (string slug, CategoryBody body, IdeaCategories categories, CancellationToken ct) =>
            await categories.Put(slug, body.Name, body.Place, ct) is { } error ? Problems.Invalid(error) : TypedResults.NoContent())
            .RequireAuthorization("lead").WithSummary("Add, rename or move a shelf").ProducesProblem(400);
    }

    /// <summary>A shelf.</summary>
    /// <param name="Name">1 to 60 characters.</param>
    /// <param name="Place">Lower comes first.</param>
    internal sealed record CategoryBody(string Name, int Place);

    [GeneratedRegex("^[a-z0-9-]{1,40}$", RegexOptions.None, 1000)]
    private static partial Regex SlugShape();
}
