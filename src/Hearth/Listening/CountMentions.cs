using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Mentions of one UTC day, or of one month where the stretch is long.</summary>
/// <param name="Day">The first day.</param>
/// <param name="Last">The last day, inclusive.</param>
/// <param name="Negative">How many are negative.</param>
/// <param name="Neutral">How many are neutral.</param>
/// <param name="Positive">How many are positive.</param>
public sealed record DayCount(DateOnly Day, DateOnly Last, long Negative, long Neutral, long Positive)
{
    public long Total => Negative + Neutral + Positive;
}

/// <summary>How often a topic is talked of.</summary>
/// <param name="Topic">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Mentions">How many mentions.</param>
/// <param name="People">How many different authors.</param>
public sealed record TopicCount(string Topic, string Name, long Mentions, long People);

/// <summary>Counts mentions for charts and rankings; every number has the same filter as the list behind it.</summary>
public sealed class CountMentions(Database db)
{
    /// <summary>A stretch of more days is counted by month.</summary>
    public const int MaxDays = 186;

    /// <summary>Counts per day, or per month when the mentions span more than <see cref="MaxDays"/>; days and months without mentions are there as well. Empty when nothing is there.</summary>
    public async Task<IReadOnlyList<DayCount>> PerDay(MentionFilter filter, CancellationToken ct)
    {
        var counts = await filter.Rows(db).GroupBy(m => new { m.Day, m.Sentiment }).Select(g => new { g.Key.Day, g.Key.Sentiment, Count = g.LongCount() }).ToListAsync(ct);
        if (counts.Count == 0) return [];
        var (first, last) = (MentionFilter.Date(counts.Min(c => c.Day)), MentionFilter.Date(counts.Max(c => c.Day)));
        var byMonth = last.DayNumber - first.DayNumber >= MaxDays;
        var by = counts.ToLookup(c => Start(MentionFilter.Date(c.Day)));
        var periods = new List<DayCount>();
        for (var day = Start(first); day <= last; day = Next(day))
        {
            // The ends keep to the filter, so that a month cut in two leads to exactly its mentions.
            var (from, to) = (filter.From > day ? filter.From.Value : day, Next(day).AddDays(-1));
            periods.Add(new(from, filter.To < to ? filter.To.Value : to, Of(day, Sentiment.Negative), Of(day, Sentiment.Neutral), Of(day, Sentiment.Positive)));
        }

        return periods;

        DateOnly Start(DateOnly day) => byMonth ? new(day.Year, day.Month, 1) : day;

        DateOnly Next(DateOnly day) => byMonth ? day.AddMonths(1) : day.AddDays(1);

        long Of(DateOnly day, Sentiment sentiment) => by[day].Where(c => c.Sentiment == sentiment).Sum(c => c.Count);
    }

    /// <summary>The topics most talked of, most first.</summary>
    public async Task<IReadOnlyList<TopicCount>> TopTopics(MentionFilter filter, int most, CancellationToken ct)
    {
        var counts = await filter.Rows(db).Join(db.Set<MentionTopic>(), m => m.Id, t => t.Mention, (m, t) => new { t.Topic, m.Person })
            .GroupBy(t => t.Topic).Select(g => new { g.Key, Mentions = g.LongCount(), People = g.Select(t => t.Person).Distinct().Count() })
            .OrderByDescending(g => g.Mentions).ThenBy(g => g.Key).Take(most).ToListAsync(ct);
        return counts.ConvertAll(c => new TopicCount(c.Key, Topics.Name(c.Key), c.Mentions, c.People));
    }

    /// <summary>The languages among the mentions, most first.</summary>
    public async Task<IReadOnlyList<string>> Languages(CancellationToken ct) =>
        await db.Set<MentionRow>().GroupBy(m => m.Language).OrderByDescending(g => g.Count()).Select(g => g.Key).ToListAsync(ct);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var mentions = api.MapGroup("/mentions").WithTags("Listening");
        mentions.MapGet("/days", async Task<Results<Ok<IReadOnlyList<DayCount>>, ProblemHttpResult>> (HttpRequest request, CountMentions count, CancellationToken ct) =>
                ListMentions.Filter(request, out var filter, out var wrong) ? TypedResults.Ok(await count.PerDay(filter, ct)) : wrong)
            .WithName("countMentionsPerDay").WithSummary("Mentions per UTC day by sentiment, with the filters of the list").RequireAuthorization("read");
        mentions.MapGet("/topics", async Task<Results<Ok<IReadOnlyList<TopicCount>>, ProblemHttpResult>> (HttpRequest request, CountMentions count, CancellationToken ct, int most = 10) =>
                ListMentions.Filter(request, out var filter, out var wrong) ? TypedResults.Ok(await count.TopTopics(filter, Math.Clamp(most, 1, 100), ct)) : wrong)
            .WithName("countTopics").WithSummary("The topics most talked of, with the filters of the list (intent=complaint for complaints)").RequireAuthorization("read");
    }
}
