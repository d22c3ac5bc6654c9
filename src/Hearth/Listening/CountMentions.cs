using Hearth.Listening.Counting;
using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>A number of mentions.</summary>
/// <param name="Count">How many.</param>
/// <param name="IsMore">True when there are more than that, which nobody has counted.</param>
public sealed record Counted(long Count, bool IsMore);

/// <summary>How often something is talked of.</summary>
/// <param name="Topic">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Mentions">How many mentions.</param>
public sealed record TopicCount(string Topic, string Name, long Mentions);

/// <summary>
/// Counts mentions for charts and rankings; every number has the same filter as the list behind it. One filter alone is answered by counts that are kept
/// (<see cref="MentionRollups"/>), however many mentions there are; several at once by looking through the latest <see cref="MentionScan.Budget"/>.
/// </summary>
public sealed partial class CountMentions(Database db)
{
    private const int MostLines = 8;

    private readonly ReadCounts _counts = new(db);
    private readonly MentionScan _scan = new(db);

    /// <summary>How many there are; exact when one filter is set, or when few fit.</summary>
    public async Task<Counted> Total(MentionFilter filter, CancellationToken ct)
    {
        if (CountPlan.Of(filter) is not { } plan)
        {
            var look = await _scan.Run(filter, null, MentionScan.Budget, ct);
            return new(look.Rows.Count, look.End is not null);
        }

        var (from, until) = filter.Range();
        var series = await _counts.Series(plan.Dimension, [plan.Key], ct);
        return new((await _counts.Totals(plan.Dimension, series, from, until, ct)).Values.Sum(t => t.Only(filter.Sentiment).Total), false);
    }

    /// <summary>Counts mentions over time.</summary>
    /// <param name="filter">Which. Without a beginning or an end, from the first mention or to the last.</param>
    /// <param name="by">How long a span is; null lets the stretch decide, and one that gives too many spans is made longer.</param>
    /// <param name="split">What the lines are.</param>
    /// <param name="compare">True counts the stretch of the same length before as well.</param>
    /// <param name="ct">Stops.</param>
    public Task<MentionCounts> Over(MentionFilter filter, CountBy? by, SplitBy split, bool compare, CancellationToken ct) => Over(filter, by, split, null, compare, ct);

    /// <summary>As above, with lines for these keys alone, in this order.</summary>
    public async Task<MentionCounts> Over(MentionFilter filter, CountBy? by, SplitBy split, IReadOnlyList<string>? keys, bool compare, CancellationToken ct)
    {
        var zone = filter.TimeZone;
        var plan = CountPlan.Of(filter);
        var lines = split == SplitBy.Sentiment ? null : plan?.By(DimensionOf(split));
        Look? look = null;
        if (plan is null || split != SplitBy.Sentiment && lines is null) look = await _scan.Run(filter, null, MentionScan.Budget + 1, ct);
        var series = look is null ? await _counts.Series(plan!.Value.Dimension, [plan.Value.Key], ct) : [];
        var (from, until) = await Stretch(filter, zone, look, series.Keys, ct);
        var days = (until - from) / 86_400_000_000.0;
        var chosen = by ?? Cut.Best(days);
        while (chosen < CountBy.Month && !Cut.Fits(chosen, days)) chosen++;
        var cuts = from >= until ? [] : Cut.At(zone, chosen, Time.FromUnixMicroseconds(from), Time.FromUnixMicroseconds(until));
        var places = cuts.ConvertAll(c => c.ToUnixMicroseconds());

        var counted = look is not null
            ? await FromLook(look, filter, split, keys, places, ct)
            : await FromCounts(plan!.Value, series, lines, filter.Sentiment, split, keys, places, ct);
        var before = compare && look?.End is null && Previous(filter, zone, until) is { } previous ? await Over(previous, chosen, split, [.. counted.Lines.Where(l => !l.IsRest).Select(l => l.Key)], false, ct) : null;
        return new(chosen, split, filter.Zone ?? "UTC", Spans(zone, cuts), counted.Lines, counted.All.Aggregate(new Moods(), (sum, m) => sum + m),
            look?.Since is { } since ? Time.FromUnixMicroseconds(since) : null, (await CountState.Read(db, ct)).IsComplete) { All = counted.All, Before = before };
    }

    /// <summary>The topics most talked of, most first.</summary>
    public async Task<IReadOnlyList<TopicCount>> TopTopics(MentionFilter filter, int most, CancellationToken ct)
    {
        var plan = CountPlan.Of(filter);
        var by = plan switch
        {
            { Dimension: Dimension.All } => (Dimension.Topic, null),
            { Dimension: Dimension.Intent, Key: nameof(Intent.Complaint) } => (Dimension.Complaint, null),
            { Dimension: Dimension.Topic or Dimension.Complaint } one => (one.Dimension, one.Key),
            _ => ((Dimension Dimension, string? Key)?)null,
        };
        Dictionary<string, long> counts;
        if (by is var (dimension, key))
        {
            var series = await _counts.Series(dimension, key is null ? null : [key], ct);
            var (from, until) = filter.Range();
            counts = (await _counts.Totals(dimension, series, from, until, ct)).ToDictionary(t => series[t.Key], t => t.Value.Only(filter.Sentiment).Total);
        }
        else
        {
            var look = await _scan.Run(filter, null, MentionScan.Budget, ct);
            counts = await TopicsOf(look.Rows, ct);
        }

        return [.. counts.Where(c => c.Value > 0).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(most).Select(c => new TopicCount(c.Key, Topics.Name(c.Key), c.Value))];
    }

    /// <summary>The languages among the mentions, most first.</summary>
    public async Task<IReadOnlyList<string>> Languages(CancellationToken ct) =>
        [.. (await Ever(Dimension.Language, ct)).Where(l => l.Value.Total > 0).OrderByDescending(l => l.Value.Total).ThenBy(l => l.Key, StringComparer.Ordinal).Select(l => l.Key)];

    /// <summary>How many mentions each saved query matched, by its id.</summary>
    public Task<IReadOnlyDictionary<QueryId, Moods>> PerQuery(CancellationToken ct) => PerQuery(null, ct);

    /// <summary>How many mentions written since then each saved query matched, by its id.</summary>
    /// <param name="since">Counted from the hour in which it lies; null for all.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<IReadOnlyDictionary<QueryId, Moods>> PerQuery(DateTimeOffset? since, CancellationToken ct) =>
        (await Ever(Dimension.Query, ct, since?.ToUnixMicroseconds() ?? long.MinValue)).ToDictionary(q => QueryId.From(Guid.Parse(q.Key)), q => q.Value);

    /// <summary>How many mentions each source brought, by its id.</summary>
    public async Task<IReadOnlyDictionary<SourceId, Moods>> PerSource(CancellationToken ct) => (await Ever(Dimension.Source, ct)).ToDictionary(q => SourceId.From(Guid.Parse(q.Key)), q => q.Value);

    private async Task<Dictionary<string, Moods>> Ever(Dimension dimension, CancellationToken ct, long from = long.MinValue)
    {
        var series = await _counts.Series(dimension, null, ct);
        return (await _counts.Totals(dimension, series, from, long.MaxValue, ct)).ToDictionary(t => series[t.Key], t => t.Value);
    }

    private async Task<Dictionary<string, long>> TopicsOf(IReadOnlyCollection<Found> rows, CancellationToken ct)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var chunk in rows.Chunk(5_000))
        {
            var ids = chunk.Select(r => MentionId.From(r.Id)).ToArray();
            foreach (var topic in await db.Set<MentionTopic>().Where(t => ids.Contains(t.Mention)).GroupBy(t => t.Topic).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(ct))
                counts[topic.Key] = counts.GetValueOrDefault(topic.Key) + topic.Count;
        }

        return counts;
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var mentions = api.MapGroup("/mentions").WithTags("Listening");
        mentions.MapGet("/counts", async Task<Results<Ok<MentionCounts>, ProblemHttpResult>> (HttpRequest request, CountMentions count, CancellationToken ct, CountBy? by = null, SplitBy split = SplitBy.Sentiment, bool compare = false) =>
                ListMentions.Filter(request, out var filter, out var wrong) ? TypedResults.Ok(await count.Over(filter, by, split, compare, ct)) : wrong)
            .WithName("countMentions").WithSummary("Mentions over time, with the filters of the list")
            .WithDescription("by: hour, day, week or month (left out, the stretch decides; what would give more than 800 spans is made longer). split: sentiment, query, source or language. compare: the stretch of the same length before as well.").RequireAuthorization("read");
        mentions.MapGet("/total", async Task<Results<Ok<Counted>, ProblemHttpResult>> (HttpRequest request, CountMentions count, CancellationToken ct) =>
                ListMentions.Filter(request, out var filter, out var wrong) ? TypedResults.Ok(await count.Total(filter, ct)) : wrong)
            .WithName("countAllMentions").WithSummary("How many mentions the filters of the list find").RequireAuthorization("read");
        mentions.MapGet("/topics", async Task<Results<Ok<IReadOnlyList<TopicCount>>, ProblemHttpResult>> (HttpRequest request, CountMentions count, CancellationToken ct, int most = 10) =>
                ListMentions.Filter(request, out var filter, out var wrong) ? TypedResults.Ok(await count.TopTopics(filter, Math.Clamp(most, 1, 100), ct)) : wrong)
            .WithName("countTopics").WithSummary("The topics most talked of, with the filters of the list (intent=complaint for complaints)").RequireAuthorization("read");
    }

    private static Dimension DimensionOf(SplitBy split) => split switch { SplitBy.Query => Dimension.Query, SplitBy.Source => Dimension.Source, _ => Dimension.Language };
}
