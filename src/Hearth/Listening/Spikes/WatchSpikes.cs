using System.Globalization;
using System.Text.Json;
using Hearth.Listening.Counting;
using Hearth.Platform;
using Hearth.Statistics;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Spikes;

/// <summary>Judges the counts of every saved query that have closed since the last time.</summary>
public sealed record WatchSpikes : IJob;

/// <summary>
/// 1. Which counts have closed: those that ended a while ago, so that what takes its time to come in is counted. 2. Count the mentions of all queries that stand equally far, in one statement.
/// 3. Hand the counts to each query's detector in order, and keep spikes, facts and its memory in one transaction: killed at any moment, it goes on where it stopped and tells nothing twice.
/// A query that is new, has a new text, or was not watched for long is learned from its stored mentions first; what stood out back then is kept and not told.
/// </summary>
internal sealed class WatchSpikesRun(Database db, TimeProvider clock) : IRun<WatchSpikes>
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Posts are waited for this long after a count's end.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private const int QueriesAtOnce = 100;

    private static readonly TimeSpan OneWave = TimeSpan.FromHours(6);

    // What stood out longer ago than this when it is found is history.
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    public async Task Run(WatchSpikes job, CancellationToken ct)
    {
        var now = clock.Now();
        foreach (var series in SpikeSeries.All) await Watch(series, now, ct);
    }

    private async Task Watch(SpikeSeries series, DateTimeOffset now, CancellationToken ct)
    {
        // Step 1
        var closed = series.Begin(now - Grace);
        var oldest = closed - series.Back;
        var queries = await db.Set<QueryRow>().Where(q => q.HistoryDone).OrderBy(q => q.Id).Select(q => new { q.Id, q.Version }).ToListAsync(ct);
        var watched = (await db.Set<SpikeWatch>().AsNoTracking().Where(w => w.Minutes == series.Minutes && w.Negative == series.Negative && w.Until <= closed).ToListAsync(ct)).ToDictionary(w => w.Query);
        var ahead = await db.Set<SpikeWatch>().Where(w => w.Minutes == series.Minutes && w.Negative == series.Negative && w.Until > closed).Select(w => w.Query).ToListAsync(ct);
        var due = queries.ExceptBy(ahead, q => q.Id).Select(q => Due(q.Id, q.Version)).Where(d => d.From < closed).ToList();

        foreach (var alike in due.GroupBy(d => (d.From, d.IsNew)))
        {
            foreach (var chunk in alike.Chunk(alike.Key.IsNew ? 1 : QueriesAtOnce))
            {
                ct.ThrowIfCancellationRequested();
                var counts = await Counts(series, [.. chunk.Select(d => d.Query)], alike.Key.From, closed, ct);
                await db.InTransaction(() => Judge(series, chunk, counts, closed, now, ct), ct);
                db.Forget();
            }
        }

        Standing Due(QueryId query, int version) => watched.TryGetValue(query, out var watch) && watch.Version == version && watch.Until >= oldest
            ? new(query, version, watch.Until, watch.State) : new(query, version, oldest, null);
    }

    private sealed record Standing(QueryId Query, int Version, DateTimeOffset From, string? State)
    {
        public bool IsNew => State is null;
    }

    private sealed record Closed(DateTimeOffset At, long All, long Negative);

    // Step 2
    private async Task<ILookup<QueryId, Closed>> Counts(SpikeSeries series, IReadOnlyList<QueryId> queries, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var sql = new Sql(db);
        var width = series.Width.Ticks / TimeSpan.TicksPerMicrosecond;
        var rows = await sql.Read(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT q.query, q.at / {width}, count(*), SUM(CASE WHEN m.sentiment = -1 THEN 1 ELSE 0 END) FROM listening_mention_queries q JOIN listening_mentions m ON m.id = q.mention
            WHERE q.query IN ({string.Join(", ", queries.Select(q => sql[q.Value]))}) AND q.at >= {from.ToUnixMicroseconds()} AND q.at < {until.ToUnixMicroseconds()} AND m.is_own = {(sql.IsSqlite ? "0" : "FALSE")} AND m.removed_at IS NULL
            GROUP BY 1, 2
            """), r => (Query: QueryId.From(sql.Id(r, 0)), Count: new Closed(Time.FromUnixMicroseconds(r.GetInt64(1) * width), r.GetInt64(2), Convert.ToInt64(r.GetValue(3), CultureInfo.InvariantCulture))), ct);
        return rows.ToLookup(r => r.Query, r => r.Count);
    }

    // Step 3
    private async Task Judge(SpikeSeries series, IReadOnlyList<Standing> queries, ILookup<QueryId, Closed> counts, DateTimeOffset closed, DateTimeOffset now, CancellationToken ct)
    {
        var ids = queries.Select(q => q.Query).ToArray();
        var rows = await db.Set<SpikeWatch>().Where(w => w.Minutes == series.Minutes && w.Negative == series.Negative && ids.Contains(w.Query)).ToDictionaryAsync(w => w.Query, ct);
        var wave = now - OneWave;
        var told = (await db.Set<SpikeRow>().Where(s => ids.Contains(s.Query) && s.Negative == series.Negative && s.Minutes != series.Minutes && s.IsTold && s.At > wave).Select(s => s.Query).ToListAsync(ct)).ToHashSet();
        foreach (var query in queries)
        {
            var row = rows.GetValueOrDefault(query.Query);
            // Another run was here between: it has done this.
            if (query.State is not null && row?.Until != query.From) continue;
            if (query.IsNew) await db.Set<SpikeRow>().Where(s => s.Query == query.Query && s.Minutes == series.Minutes && s.Negative == series.Negative).ExecuteDeleteAsync(ct);
            var detector = new SpikeDetector(series.Options, query.State is null ? null : JsonSerializer.Deserialize<SpikeState>(query.State));
            var found = counts[query.Query].ToDictionary(c => c.At);
            for (var at = query.From; at < closed; at += series.Width)
            {
                var here = found.GetValueOrDefault(at);
                var count = (series.Negative ? here?.Negative : here?.All) ?? 0;
                if (here is null && detector.State.Points == 0) continue; // before its first mention nothing could be usual
                var point = detector.Next(at, count);
                if (!point.IsSpike || !point.IsAbove || count < SpikeSeries.LeastCount) continue;
                var isTold = now - (at + series.Width) <= Fresh && !told.Contains(query.Query);
                db.Add(new SpikeRow { Query = query.Query, Minutes = series.Minutes, Negative = series.Negative, At = at, Count = count, Expected = point.Expected, Score = point.News, IsTold = isTold });
                if (isTold) db.Record(new MentionSpiked(query.Query, at, series.Minutes, series.Negative, count, point.Expected, point.News, now));
            }

            var state = JsonSerializer.Serialize(detector.State);
            if (row is null) db.Add(new SpikeWatch { Query = query.Query, Minutes = series.Minutes, Negative = series.Negative, Version = query.Version, Until = closed, State = state });
            else (row.Version, row.Until, row.State) = (query.Version, closed, state);
        }

        await db.SaveChangesAsync(ct);
    }
}
