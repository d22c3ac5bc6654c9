using Hearth.Catalog;
using Hearth.Listening.Counting;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>How often something was spoken of, day by day. Every list has one number for each UTC day from <paramref name="From"/> on.</summary>
/// <param name="From">The first day.</param>
/// <param name="Mentions">Mentions with the attribute, and of the product when one was asked for.</param>
/// <param name="Critical">Those of them that do not praise: a complaint is often told without a bad word.</param>
/// <param name="All">All mentions of whatever.</param>
/// <param name="Others">Critical mentions of every other attribute, and of the same one of other products (under its own key), without those counted in <paramref name="Critical"/>.</param>
public sealed record TopicDays(DateOnly From, IReadOnlyList<int> Mentions, IReadOnlyList<int> Critical, IReadOnlyList<int> All, IReadOnlyDictionary<string, IReadOnlyList<int>> Others);

/// <summary>
/// Counts what is said of an attribute, of all products or of one, by day, with what else is said beside it. The counts that are kept answer for the rest of the stream; what is asked for is read
/// from its own mentions, so that a post which speaks of two attributes is not in both the series and its comparison.
/// </summary>
public sealed class TopicSeries(Database db, Products products)
{
    /// <summary>Most days that are counted at once.</summary>
    public const int MostDays = 800;

    private const long Day = 86_400_000_000;

    /// <param name="attribute">Key of a topic ("delivery-time").</param>
    /// <param name="product">Null for all of them and none in particular.</param>
    /// <param name="from">First day, UTC.</param>
    /// <param name="until">First day that is not counted; at most <see cref="MostDays"/> later.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="ArgumentOutOfRangeException">The days are none or too many.</exception>
    public async Task<TopicDays> Of(string attribute, ProductId? product, DateOnly from, DateOnly until, CancellationToken ct)
    {
        var days = until.DayNumber - from.DayNumber;
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1, nameof(until));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MostDays, nameof(until));
        var first = new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero);
        var end = first.AddDays(days);
        var found = await Found(attribute, product, first, end, ct);

        var (mentions, critical) = (new int[days], new int[days]);
        foreach (var (_, at, isCritical, _) in found.Where(f => !f.IsOwn))
        {
            var n = (int)((at.ToUnixMicroseconds() - first.ToUnixMicroseconds()) / Day);
            mentions[n]++;
            if (isCritical) critical[n]++;
        }

        var counts = new ReadCounts(db);
        var cuts = Enumerable.Range(0, days + 1).Select(d => first.AddDays(d).ToUnixMicroseconds()).ToList();
        var all = new int[days];
        foreach (var line in (await counts.Between(Dimension.All, await counts.Series(Dimension.All, null, ct), cuts, ct)).Values)
        {
            for (var n = 0; n < days; n++) all[n] += (int)line[n].Total;
        }

        var topics = await counts.Series(Dimension.Topic, null, ct);
        var others = (await counts.Between(Dimension.Topic, topics, cuts, ct)).ToDictionary(t => topics[t.Key], t => t.Value.Select(m => (int)(m.Negative + m.Neutral)).ToArray(), StringComparer.Ordinal);
        await TakeOut(found.Where(f => f.IsCritical).Select(f => f.Id).ToList(), first, others, ct);
        return new(from, mentions, critical, all, others.Where(o => o.Value.Any(n => n > 0)).ToDictionary(o => o.Key, o => (IReadOnlyList<int>)[.. o.Value.Select(n => Math.Max(0, n))], StringComparer.Ordinal));
    }

    private async Task<List<(MentionId Id, DateTimeOffset At, bool IsCritical, bool IsOwn)>> Found(string attribute, ProductId? product, DateTimeOffset first, DateTimeOffset end, CancellationToken ct)
    {
        var rows = from t in db.Set<MentionTopic>().AsNoTracking()
                   where t.Topic == attribute && t.At >= first && t.At < end
                   join m in db.Set<MentionRow>() on t.Mention equals m.Id
                   where m.RemovedAt == null
                   select m;
        if (product is null) return [.. (await rows.Select(m => new { m.Id, m.At, m.Sentiment, m.IsOwn }).ToListAsync(ct)).Select(m => (m.Id, m.At, m.Sentiment != Sentiment.Positive, m.IsOwn))];
        if (await products.Of(product.Value, ct) is not { } wanted) return [];
        var names = new ProductNames([wanted]);
        var found = new List<(MentionId, DateTimeOffset, bool, bool)>();
        await foreach (var m in rows.Select(m => new { m.Id, m.At, m.Sentiment, m.IsOwn, m.Text }).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (names.In(Tokens.Of(m.Text)).Count > 0) found.Add((m.Id, m.At, m.Sentiment != Sentiment.Positive, m.IsOwn));
        }

        return found;
    }

    // What speaks of two attributes was counted in both.
    private async Task TakeOut(List<MentionId> counted, DateTimeOffset first, Dictionary<string, int[]> others, CancellationToken ct)
    {
        foreach (var chunk in counted.Chunk(2_000))
        {
            foreach (var topic in await db.Set<MentionTopic>().AsNoTracking().Where(t => chunk.Contains(t.Mention)).Select(t => new { t.Topic, t.At }).ToListAsync(ct))
            {
                if (others.TryGetValue(topic.Topic, out var days)) days[(int)((topic.At.ToUnixMicroseconds() - first.ToUnixMicroseconds()) / Day)]--;
            }
        }
    }
}
