using Hearth.Listening.Counting;
using Hearth.Listening.Understanding;
using Hearth.Platform;
using Hearth.Statistics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Spikes;

/// <summary>A count of a query's mentions that stood out.</summary>
/// <param name="At">Where the count begins.</param>
/// <param name="Minutes">How long it is: 5 or 60.</param>
/// <param name="Negative">True when only negative mentions were counted.</param>
/// <param name="Count">So many there were.</param>
/// <param name="Expected">So many were usual for that hour of the day.</param>
/// <param name="Score">-log10 of the share of counts that lie as far out: 4 is one in 10,000.</param>
/// <param name="IsTold">True when those who asked for it were told: it was found as it happened, and nothing of the same wave was told before.</param>
public sealed record SpikeView(DateTimeOffset At, int Minutes, bool Negative, long Count, double Expected, double Score, bool IsTold);

/// <summary>An hour of a query.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Mentions">So many mentions.</param>
/// <param name="Usual">So many the detector took for usual before it saw them.</param>
public sealed record UsualHour(DateTimeOffset At, long Mentions, double Usual);

/// <summary>What stood out among a query's mentions.</summary>
/// <param name="Spikes">The latest first, at most 50.</param>
/// <param name="Hours">The last seven days.</param>
/// <param name="WatchedUntil">Counts before this moment have been judged; null when it is not watched yet.</param>
public sealed record QuerySpikes(IReadOnlyList<SpikeView> Spikes, IReadOnlyList<UsualHour> Hours, DateTimeOffset? WatchedUntil);

/// <summary>Reads what stood out among the mentions of a saved query.</summary>
public sealed class ReadSpikes(Database db, TimeProvider clock)
{
    private const int Most = 50;
    private const int Shown = 7 * 24;
    private const int Learned = 28 * 24;

    /// <returns>Null when there is no such query.</returns>
    public async Task<QuerySpikes?> Of(QueryId query, CancellationToken ct)
    {
        if (!await db.Set<QueryRow>().AnyAsync(q => q.Id == query, ct)) return null;
        var spikes = await db.Set<SpikeRow>().Where(s => s.Query == query).OrderByDescending(s => s.At).ThenBy(s => s.Minutes).ThenBy(s => s.Negative).Take(Most)
            .Select(s => new SpikeView(s.At, s.Minutes, s.Negative, s.Count, s.Expected, s.Score, s.IsTold)).ToListAsync(ct);
        return new(spikes, await Hours(query, ct), await db.Set<SpikeWatch>().Where(w => w.Query == query).MinAsync(w => (DateTimeOffset?)w.Until, ct));
    }

    private async Task<IReadOnlyList<UsualHour>> Hours(QueryId query, CancellationToken ct)
    {
        var end = new DateTimeOffset(clock.Now().UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        var cuts = Enumerable.Range(0, Shown + Learned + 1).Select(n => end.AddHours(n - Shown - Learned)).ToList();
        var counts = new ReadCounts(db);
        var series = await counts.Series(Dimension.Query, [MentionRollups.Key(query.Value)], ct);
        var hours = (await counts.Between(Dimension.Query, series, [.. cuts.Select(c => c.ToUnixMicroseconds())], ct)).Values.SingleOrDefault() ?? new Moods[cuts.Count - 1];
        var detector = new SpikeDetector(new());
        return [.. hours.Select((h, n) => new UsualHour(cuts[n], h.Total, detector.Next(cuts[n], Math.Max(0, h.Total)).Expected)).Skip(Learned)];
    }

    internal static void Map(IEndpointRouteBuilder api) => api.MapGet("/queries/{id:guid}/spikes", async Task<Results<Ok<QuerySpikes>, ProblemHttpResult>> (Guid id, ReadSpikes read, CancellationToken ct) =>
            await read.Of(QueryId.From(id), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("query"))
        .WithTags("Listening").WithName("listSpikes").WithSummary("What stood out among a query's mentions, and its last seven days beside what was usual").RequireAuthorization("read");
}
