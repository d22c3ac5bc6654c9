using Hearth.Listening.Counting;
using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

public sealed partial class CountMentions
{
    private sealed record Drawn(IReadOnlyList<CountLine> Lines, Moods[] All);

    // Where the filter leaves an end open, the first and the last mention set it, at the day's own ends.
    private async Task<(long From, long Until)> Stretch(MentionFilter filter, TimeZoneInfo zone, Look? look, IReadOnlyCollection<int> series, CancellationToken ct)
    {
        var (from, until) = filter.Range();
        var extent = look is null ? await _counts.Extent(series, ct) : look.Rows.Count == 0 ? null : (look.Rows[^1].At, look.Rows[0].At + 1);
        if (extent is null && (from == long.MinValue || until == long.MaxValue)) return (0, 0);
        if (from == long.MinValue) from = zone.Start(zone.Day(Time.FromUnixMicroseconds(extent!.Value.From))).ToUnixMicroseconds();
        if (until == long.MaxValue) until = zone.Start(zone.Day(Time.FromUnixMicroseconds(Math.Max(extent!.Value.Until - 1, from))).AddDays(1)).ToUnixMicroseconds();
        if (look?.Since is { } since) from = Math.Max(from, since);
        return (from, until);
    }

    private async Task<Drawn> FromCounts(
        CountPlan plan, Dictionary<int, string> series, (Dimension Dimension, string? Key)? by, Sentiment? sentiment, SplitBy split, IReadOnlyList<string>? keys, List<long> cuts, CancellationToken ct)
    {
        if (cuts.Count < 2) return new([], []);
        var all = new Moods[cuts.Count - 1];
        foreach (var counts in (await _counts.Between(plan.Dimension, series, cuts, ct)).Values)
        {
            for (var n = 0; n < all.Length; n++) all[n] += counts[n].Only(sentiment);
        }

        if (split == SplitBy.Sentiment) return new(BySentiment(all, sentiment), all);
        var (dimension, key) = by!.Value;
        var names = await Names(split, ct);
        var known = await _counts.Series(dimension, keys ?? (key is null ? null : [key]), ct);
        known = known.Where(s => split == SplitBy.Language || names.ContainsKey(s.Value)).ToDictionary();
        if (keys is null)
        {
            var totals = await _counts.Totals(dimension, known, cuts[0], cuts[^1], ct);
            known = known.Where(s => totals[s.Key].Only(sentiment).Total > 0).OrderByDescending(s => totals[s.Key].Only(sentiment).Total).ThenBy(s => s.Value, StringComparer.Ordinal).Take(MostLines).ToDictionary();
        }

        var read = await _counts.Between(dimension, known, cuts, ct);
        var order = keys ?? [.. known.Values];
        var found = known.ToDictionary(s => s.Value, s => read[s.Key], StringComparer.Ordinal);
        return new(WithRest(split, keys, [.. order.Select(k => Line(k, names, found.GetValueOrDefault(k)?.Select(m => m.Only(sentiment)).ToArray() ?? new Moods[all.Length]))], all), all);
    }

    private async Task<Drawn> FromLook(Look look, MentionFilter filter, SplitBy split, IReadOnlyList<string>? keys, List<long> cuts, CancellationToken ct)
    {
        if (cuts.Count < 2) return new([], []);
        var all = new Moods[cuts.Count - 1];
        var byKey = new Dictionary<string, Moods[]>(StringComparer.Ordinal);
        var queries = split == SplitBy.Query ? await QueriesOf(look.Rows, ct) : null;
        foreach (var row in look.Rows)
        {
            if (row.At < cuts[0]) break; // others of the same moment were not looked at
            var n = cuts.BinarySearch(row.At);
            if (n < 0) n = ~n - 1;
            var mood = Moods.One(row.Sentiment);
            all[n] += mood;
            foreach (var key in split switch
            {
                SplitBy.Query => queries![row.Id],
                SplitBy.Source => [MentionRollups.Key(row.Source)],
                SplitBy.Language => [row.Language],
                _ => Array.Empty<string>().AsEnumerable(),
            })
            {
                if (!byKey.TryGetValue(key, out var counts)) byKey[key] = counts = new Moods[all.Length];
                counts[n] += mood;
            }
        }

        if (split == SplitBy.Sentiment) return new(BySentiment(all, filter.Sentiment), all);
        var names = await Names(split, ct);
        var order = keys ?? [.. byKey.Where(k => split == SplitBy.Language || names.ContainsKey(k.Key)).OrderByDescending(k => k.Value.Sum(m => m.Total)).ThenBy(k => k.Key, StringComparer.Ordinal).Take(MostLines).Select(k => k.Key)];
        return new(WithRest(split, keys, [.. order.Select(k => Line(k, names, byKey.GetValueOrDefault(k) ?? new Moods[all.Length]))], all), all);
    }

    private static CountLine Line(string key, Dictionary<string, string> names, Moods[] counts) => new(key, names.GetValueOrDefault(key, key), counts);

    private static List<CountLine> BySentiment(Moods[] all, Sentiment? only) =>
        [.. Enum.GetValues<Sentiment>().Order().Where(s => only is null || s == only).Select(s => new CountLine(s.ToString().ToLowerInvariant(), s.ToString(), [.. all.Select(m => m.Only(s))]))];

    // A mention has one source and one language, so what the lines leave over is a number too; it may match no query or several.
    private static List<CountLine> WithRest(SplitBy split, IReadOnlyList<string>? keys, List<CountLine> lines, Moods[] all)
    {
        if (split is SplitBy.Query || keys is not null) return lines;
        var rest = all.Select((m, n) => lines.Aggregate(m, (left, line) => left - line.Counts[n])).ToArray();
        if (rest.Any(m => m.Total > 0)) lines.Add(new("", "Others", rest, IsRest: true));
        return lines;
    }

    private async Task<ILookup<Guid, string>> QueriesOf(IReadOnlyCollection<Found> rows, CancellationToken ct)
    {
        var all = new List<MentionQuery>();
        foreach (var chunk in rows.Chunk(5_000))
        {
            var ids = chunk.Select(r => MentionId.From(r.Id)).ToArray();
            all.AddRange(await db.Set<MentionQuery>().AsNoTracking().Where(q => ids.Contains(q.Mention)).ToListAsync(ct));
        }

        return all.ToLookup(q => q.Mention.Value, q => MentionRollups.Key(q.Query.Value));
    }

    private async Task<Dictionary<string, string>> Names(SplitBy split, CancellationToken ct) => split switch
    {
        SplitBy.Source => (await db.Set<SourceRow>().Select(s => new { s.Id, s.Name }).ToListAsync(ct)).ToDictionary(s => MentionRollups.Key(s.Id.Value), s => s.Name),
        SplitBy.Query => (await db.Set<QueryRow>().Select(s => new { s.Id, s.Name }).ToListAsync(ct)).ToDictionary(s => MentionRollups.Key(s.Id.Value), s => s.Name),
        _ => [],
    };

    private static List<CountSpan> Spans(TimeZoneInfo zone, List<DateTimeOffset> cuts)
    {
        var spans = new List<CountSpan>();
        for (var n = 0; n + 1 < cuts.Count; n++)
        {
            var (from, to) = (zone.Day(cuts[n]), zone.Day(cuts[n + 1].AddTicks(-1)));
            spans.Add(new(cuts[n], cuts[n + 1], from, to, zone.Start(from) == cuts[n] && zone.Start(to.AddDays(1)) == cuts[n + 1]));
        }

        return spans;
    }

    // The stretch of the same length that ends where this one begins; of as many days, when it is made of days.
    private static MentionFilter? Previous(MentionFilter filter, TimeZoneInfo zone, long until)
    {
        var (from, _) = filter.Range();
        if (from == long.MinValue || from >= until) return null;
        var (begin, end) = (Time.FromUnixMicroseconds(from), Time.FromUnixMicroseconds(until));
        var (first, last) = (zone.Day(begin), zone.Day(end.AddTicks(-1)));
        if (zone.Start(first) != begin || zone.Start(last.AddDays(1)) != end) return filter with { From = null, To = null, Since = begin - (end - begin), Until = begin };
        var days = last.DayNumber - first.DayNumber + 1;
        return filter with { From = first.AddDays(-days), To = first.AddDays(-1), Since = null, Until = null };
    }
}
