using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>The board in numbers.</summary>
/// <param name="Submitted">All ideas on the board; merged and removed ones left out.</param>
/// <param name="Implemented">Those implemented, in part or whole.</param>
/// <param name="Unanswered">Those to which nobody of the brand has said anything; archived ones left out.</param>
/// <param name="MedianDaysToAnswer">From posting to the brand's first word, over the answered ones, in whole hours (from ten days on in whole days, from a hundred on in tens of days); null while there is none.</param>
/// <param name="ByStatus">How many stand in each status.</param>
public sealed record IdeaCounts(int Submitted, int Implemented, int Unanswered, double? MedianDaysToAnswer, IReadOnlyDictionary<IdeaStatus, int> ByStatus);

/// <summary>Counts what became of all ideas, from counts that are kept (<see cref="IdeaCounting"/>): a page of the board opens as fast with a million ideas as with ten.</summary>
public sealed class CountIdeas(Database db)
{
    /// <summary>The whole board.</summary>
    public Task<IdeaCounts> Now(CancellationToken ct) => Now(null, ct);

    /// <summary>One category, by slug, or with null the whole board.</summary>
    public async Task<IdeaCounts> Now(string? category, CancellationToken ct)
    {
        var counts = await db.IdeaCounts.AsNoTracking().Where(c => (category == null || c.Category == category) && c.Ideas > 0).ToListAsync(ct);
        var byStatus = counts.GroupBy(c => c.Status).ToDictionary(g => g.Key, g => (int)g.Sum(c => c.Ideas));
        var unanswered = (int)counts.Where(c => !c.Answered && c.Status != IdeaStatus.Archived).Sum(c => c.Ideas);
        var hours = await db.IdeaAnswerCounts.AsNoTracking().Where(c => (category == null || c.Category == category) && c.Ideas > 0)
            .GroupBy(c => c.Hours).Select(g => new { Hours = g.Key, Ideas = g.Sum(c => c.Ideas) }).OrderBy(g => g.Hours).ToListAsync(ct);
        return new(byStatus.Values.Sum(), byStatus.GetValueOrDefault(IdeaStatus.Implemented) + byStatus.GetValueOrDefault(IdeaStatus.PartiallyImplemented),
            unanswered, Median([.. hours.Select(h => (h.Hours, h.Ideas))]) / 24, byStatus);
    }

    internal static void Map(IEndpointRouteBuilder ideas) =>
        ideas.MapGet("/counts", async (string? category, CountIdeas count, CancellationToken ct) => TypedResults.Ok(await count.Now(category, ct)))
            .AllowAnonymous().WithSummary("The board in numbers").WithDescription("The whole board, or one category by its slug.");

    private static double? Median(IReadOnlyList<(int Hours, long Ideas)> sorted)
    {
        var all = sorted.Sum(h => h.Ideas);
        return all == 0 ? null : (At((all - 1) / 2) + At(all / 2)) / 2.0;

        int At(long place)
        {
            foreach (var (hours, ideas) in sorted)
            {
                if (place < ideas) return hours;
                place -= ideas;
            }

            return sorted[^1].Hours;
        }
    }
}
