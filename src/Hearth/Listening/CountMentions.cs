using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Mentions of one UTC day.</summary>
public sealed record DayCount(DateOnly Day, long Negative, long Neutral, long Positive)
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
    /// <summary>The longest stretch that is shown by day.</summary>
    public const int MaxDays = 366;

    /// <summary>Counts per day, days without mentions included; of a longer stretch its last <see cref="MaxDays"/>. Empty when nothing is there.</summary>
    public async Task<IReadOnlyList<DayCount>> PerDay(MentionFilter filter, CancellationToken ct)
    {
        var counts = await filter.Rows(db).GroupBy(m => new { m.Day, m.Sentiment }).Select(g => new { g.Key.Day, g.Key.Sentiment, Count = g.LongCount() }).ToListAsync(ct);
        if (counts.Count == 0) return [];
        var last = counts.Max(c => c.Day);
        var first = Math.Max(counts.Min(c => c.Day), last - MaxDays + 1);
        var by = counts.ToDictionary(c => (c.Day, c.Sentiment), c => c.Count);
        return [.. Enumerable.Range(first, last - first + 1).Select(day => new DayCount(MentionFilter.Date(day),
            by.GetValueOrDefault((day, Sentiment.Negative)), by.GetValueOrDefault((day, Sentiment.Neutral)), by.GetValueOrDefault((day, Sentiment.Positive))))];
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
