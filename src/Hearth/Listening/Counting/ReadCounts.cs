using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Counting;

/// <summary>Reads the counts between moments: whole hours and UTC days from the ledger, and what is left of an hour at a cut from the mentions themselves.</summary>
internal sealed class ReadCounts(Database db)
{
    private const long Hour = 3_600_000_000;

    /// <summary>All series of a dimension, or those of some keys.</summary>
    public async Task<Dictionary<int, string>> Series(Dimension dimension, IReadOnlyCollection<string>? keys, CancellationToken ct)
    {
        var series = db.Set<SeriesRow>().AsNoTracking().Where(s => s.Dimension == dimension);
        if (keys is not null) series = series.Where(s => keys.Contains(s.Key));
        return await series.ToDictionaryAsync(s => s.Id, s => s.Key, ct);
    }

    /// <summary>The first and the last hour in which a series has counts, in microseconds, the end exclusive; null when it has none.</summary>
    public async Task<(long From, long Until)?> Extent(IReadOnlyCollection<int> series, CancellationToken ct)
    {
        (long, long)? extent = null;
        foreach (var one in series)
        {
            var hours = db.Set<CountRow>().Where(c => c.Series == one && c.Level == CountLevel.Hour);
            if (await hours.MinAsync(c => (int?)c.Bucket, ct) is not { } first) continue;
            var last = await hours.MaxAsync(c => c.Bucket, ct);
            extent = extent is var (from, until) ? (Math.Min(from, first * Hour), Math.Max(until, (last + 1) * Hour)) : (first * Hour, (last + 1) * Hour);
        }

        return extent;
    }

    /// <summary>The counts of each series between two moments, added up by the database; <see cref="long.MinValue"/> and <see cref="long.MaxValue"/> leave an end open.</summary>
    public async Task<Dictionary<int, Moods>> Totals(Dimension dimension, IReadOnlyDictionary<int, string> series, long from, long until, CancellationToken ct)
    {
        var totals = series.Keys.ToDictionary(s => s, _ => new Moods());
        if (series.Count == 0 || from >= until) return totals;
        if (from == long.MinValue && until == long.MaxValue)
        {
            await Sum(CountLevel.Ever, 0, 1);
            return totals;
        }

        var (first, last) = (from == long.MinValue ? 0 : (int)Math.Floor((double)from / Hour), until == long.MaxValue ? int.MaxValue / 24 * 24 : (int)Math.Floor((double)until / Hour));
        var (day, end) = ((first + 23) / 24, last / 24);
        if (end <= day)
        {
            await Sum(CountLevel.Hour, first, last);
        }
        else
        {
            await Sum(CountLevel.Day, day, end);
            await Sum(CountLevel.Hour, first, day * 24);
            await Sum(CountLevel.Hour, end * 24, last);
        }

        if (from != long.MinValue) await Part(from, first, -1);
        if (until != long.MaxValue) await Part(until, last, 1);
        return totals;

        async Task Sum(CountLevel level, int begin, int stop)
        {
            if (begin >= stop) return;
            var rows = await new Sql(db).Read(
                $"SELECT series, SUM(negative), SUM(neutral), SUM(positive) FROM listening_counts WHERE series IN ({string.Join(", ", series.Keys)}) AND level = {(int)level} AND bucket >= {begin} AND bucket < {stop} GROUP BY series",
                r => (Series: r.GetInt32(0), Count: new Moods(r.GetInt64(1), r.GetInt64(2), r.GetInt64(3))), ct);
            foreach (var (one, count) in rows) totals[one] += count;
        }

        // What the hour at an end has before that end.
        async Task Part(long at, int hour, int sign)
        {
            if (at <= hour * Hour) return;
            var part = series.Keys.ToDictionary(s => s, _ => new Moods[1]);
            await Parts(part, dimension, series, [hour * Hour, at], [hour, hour], ct);
            foreach (var (one, count) in part) totals[one] = sign > 0 ? totals[one] + count[0] : totals[one] - count[0];
        }
    }

    /// <summary>The counts of each series between each two neighbouring cuts.</summary>
    public async Task<Dictionary<int, Moods[]>> Between(Dimension dimension, IReadOnlyDictionary<int, string> series, IReadOnlyList<long> cuts, CancellationToken ct)
    {
        var counts = series.Keys.ToDictionary(s => s, _ => new Moods[cuts.Count - 1]);
        if (series.Count == 0 || cuts.Count < 2) return counts;
        var hours = cuts.Select(c => (int)Math.Floor((double)c / Hour)).ToList();
        await Whole(counts, hours, ct);
        await Parts(counts, dimension, series, cuts, hours, ct);
        return counts;
    }

    // A piece of more than two days is its whole UTC days and the hours around them; a shorter one its hours.
    private async Task Whole(Dictionary<int, Moods[]> counts, List<int> hours, CancellationToken ct)
    {
        var (byHour, days) = (new List<int>(), new Dictionary<int, int>());
        for (var n = 0; n + 1 < hours.Count; n++)
        {
            var (first, end) = ((hours[n] + 23) / 24, hours[n + 1] / 24);
            if (end - first < 2) (first, end) = (hours[n + 1] / 24, hours[n + 1] / 24);
            for (var day = first; day < end; day++) days[day] = n;
            byHour.AddRange(Enumerable.Range(hours[n], Math.Max(0, Math.Min(hours[n + 1], first == end ? hours[n + 1] : first * 24) - hours[n])));
            if (first < end) byHour.AddRange(Enumerable.Range(end * 24, hours[n + 1] - end * 24));
        }

        // Days are read as one stretch, and those that a cut goes through are passed over; hours are named one by one unless they are all.
        if (days.Count > 0)
        {
            var (from, until) = (days.Keys.Min(), days.Keys.Max() + 1);
            foreach (var (series, day, count) in await Rows(CountLevel.Day, $"bucket >= {from} AND bucket < {until}")) if (days.TryGetValue(day, out var piece)) counts[series][piece] += count;
        }

        if (byHour.Count == 0) return;
        var isAll = byHour.Count == hours[^1] - hours[0];
        foreach (var (series, hour, count) in await Rows(CountLevel.Hour, isAll ? $"bucket >= {hours[0]} AND bucket < {hours[^1]}" : $"bucket IN ({string.Join(", ", byHour)})"))
        {
            var at = hours.BinarySearch(hour);
            if (at < 0) at = ~at - 1;
            // Two cuts inside one hour leave the piece between them empty here: the hour counts from the last of them on.
            while (at + 1 < hours.Count && hours[at + 1] == hours[at]) at++;
            counts[series][at] += count;
        }

        Task<List<(int Series, int Bucket, Moods Count)>> Rows(CountLevel level, string buckets) => new Sql(db).Read(
            $"SELECT series, bucket, SUM(negative), SUM(neutral), SUM(positive) FROM listening_counts WHERE series IN ({string.Join(", ", counts.Keys)}) AND level = {(int)level} AND {buckets} GROUP BY series, bucket",
            r => (r.GetInt32(0), r.GetInt32(1), new Moods(r.GetInt64(2), r.GetInt64(3), r.GetInt64(4))), ct);
    }

    // Zones that differ from UTC by a part of an hour, and filters by the moment, cut hours in two: what lies before the cut belongs to the piece before.
    private async Task Parts(Dictionary<int, Moods[]> counts, Dimension dimension, IReadOnlyDictionary<int, string> series, IReadOnlyList<long> cuts, List<int> hours, CancellationToken ct)
    {
        var parts = Enumerable.Range(0, cuts.Count).Where(n => cuts[n] > hours[n] * Hour).ToList();
        if (parts.Count == 0) return;
        var byKey = series.ToDictionary(s => s.Value, s => s.Key);
        foreach (var chunk in parts.Chunk(100))
        {
            // One by one, so that PostgreSQL sees how short each is.
            var sql = new Sql(db);
            var rows = await sql.Read(string.Join(" UNION ALL ", chunk.Select(n =>
                {
                    var (key, from) = PartOf(sql, dimension, series.Values, hours[n] * Hour, cuts[n]);
                    return $"SELECT {n} AS n, {key} AS key, m.sentiment, count(*) FROM {from} GROUP BY 2, 3";
                })),
                r => (N: r.GetInt32(0), Key: dimension is Dimension.Source or Dimension.Query ? MentionRollups.Key(sql.Id(r, 1)) : Convert.ToString(r.GetValue(1), null)!, Mood: (Sentiment)r.GetInt32(2), Count: r.GetInt64(3)), ct);
            foreach (var (n, text, mood, count) in rows)
            {
                if (!byKey.TryGetValue(Name(dimension, text), out var id)) continue;
                var part = new Moods(mood == Sentiment.Negative ? count : 0, mood == Sentiment.Neutral ? count : 0, mood == Sentiment.Positive ? count : 0);
                if (n > 0) counts[id][n - 1] += part;
                if (n < cuts.Count - 1) counts[id][n] -= part;
            }
        }
    }

    private static string Name(Dimension dimension, string key) => dimension == Dimension.Kind ? ((PostKind)int.Parse(key, null)).ToString() : key;

    private static (string Key, string From) PartOf(Sql sql, Dimension dimension, IEnumerable<string> keys, long first, long end)
    {
        var mentions = $"listening_mentions m WHERE m.at >= {first} AND m.at < {end} AND m.removed_at IS NULL";
        return dimension switch
        {
            Dimension.Source => ("m.source", mentions),
            Dimension.Language => ("m.language", mentions),
            Dimension.Kind => ("m.kind", mentions),
            Dimension.Intent => ($"'{keys.Single()}'", $"{mentions} AND (m.intents & {1 << (int)Enum.Parse<Intent>(keys.Single())}) <> 0"),
            Dimension.Query => ("q.query", Linked("queries", "query", keys.Select(k => sql[Guid.Parse(k)]))),
            Dimension.Topic => ("q.topic", Linked("topics", "topic", keys.Select(k => sql[k]))),
            Dimension.Complaint => ("q.topic", $"{Linked("topics", "topic", keys.Select(k => sql[k]))} AND (m.intents & {1 << (int)Intent.Complaint}) <> 0"),
            _ => ("''", mentions),
        };

        string Linked(string table, string column, IEnumerable<string> values) =>
            $"listening_mention_{table} q JOIN listening_mentions m ON m.id = q.mention WHERE q.at >= {first} AND q.at < {end} AND q.{column} IN ({string.Join(", ", values)}) AND m.removed_at IS NULL";
    }
}
