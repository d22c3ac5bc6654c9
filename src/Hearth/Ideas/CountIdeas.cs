using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>The board in numbers.</summary>
/// <param name="Submitted">All ideas ever posted.</param>
/// <param name="Implemented">Those implemented, in part or whole.</param>
/// <param name="Unanswered">Those to which nobody of the brand has said anything; archived ones left out.</param>
/// <param name="MedianDaysToAnswer">From posting to the brand's first word, over the answered ones; null while there is none.</param>
/// <param name="ByStatus">How many stand in each status.</param>
public sealed record IdeaCounts(int Submitted, int Implemented, int Unanswered, double? MedianDaysToAnswer, IReadOnlyDictionary<IdeaStatus, int> ByStatus);

/// <summary>Counts what became of all ideas.</summary>
public sealed class CountIdeas(Database db)
{
    public async Task<IdeaCounts> Now(CancellationToken ct)
    {
        var byStatus = await db.Ideas.GroupBy(i => i.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var unanswered = await db.Ideas.CountAsync(i => i.AnsweredAt == null && i.Status != IdeaStatus.Archived, ct);
        var answered = await db.Ideas.Where(i => i.AnsweredAt != null).Select(i => new { i.At, i.AnsweredAt }).ToListAsync(ct);
        var days = answered.Select(a => (a.AnsweredAt!.Value - a.At).TotalDays).Order().ToArray();
        return new(byStatus.Values.Sum(), byStatus.GetValueOrDefault(IdeaStatus.Implemented) + byStatus.GetValueOrDefault(IdeaStatus.PartiallyImplemented),
            unanswered, Median(days), byStatus);
    }

    internal static void Map(IEndpointRouteBuilder ideas) =>
        ideas.MapGet("/counts", async (CountIdeas count, CancellationToken ct) => TypedResults.Ok(await count.Now(ct))).AllowAnonymous().WithSummary("The board in numbers");

    private static double? Median(double[] sorted) => sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
