using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening.Counting;

/// <summary>Counts mentions from before there were counts, and folds the ledger. Every step is a transaction: it may be killed at any moment and goes on where it stopped.</summary>
public sealed record KeepCounts : IJob;

internal sealed class KeepCountsRun(Database db) : IRun<KeepCounts>
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private const int MentionsAtOnce = 1_000;
    private const int RowsAtOnce = 20_000;

    public async Task Run(KeepCounts job, CancellationToken ct)
    {
        while (await CountOlder(MentionsAtOnce, ct)) ct.ThrowIfCancellationRequested();
        while (await Fold(RowsAtOnce, ct)) ct.ThrowIfCancellationRequested();
    }

    /// <summary>Counts the next older mentions.</summary>
    /// <returns>False when there is none left.</returns>
    internal Task<bool> CountOlder(int most, CancellationToken ct) => db.InTransaction(async () =>
    {
        if ((await CountState.Read(db, ct)).IsComplete) return false;
        // Whoever changes a mention that we are about to count is waited for, and waits for us.
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlRawAsync("SELECT 1 FROM listening_count_state FOR UPDATE", ct);
        var state = await db.Set<CountStateRow>().SingleAsync(ct);
        var (done, until) = (state.Done, state.Until);
        var mentions = await db.Set<MentionRow>().AsNoTracking().Where(m => m.Number > done && m.Number <= until).OrderBy(m => m.Number).Take(most).ToListAsync(ct);
        var ids = mentions.ConvertAll(m => m.Id);
        var topics = (await db.Set<MentionTopic>().AsNoTracking().Where(t => ids.Contains(t.Mention)).ToListAsync(ct)).ToLookup(t => t.Mention, t => t.Topic);
        var queries = (await db.Set<MentionQuery>().AsNoTracking().Where(q => ids.Contains(q.Mention)).ToListAsync(ct)).ToLookup(q => q.Mention, q => q.Query);
        var counts = new MentionRollups();
        foreach (var mention in mentions) counts.Count(1, mention, topics[mention.Id], queries[mention.Id]);
        await counts.Write(db, ct);
        state.Done = mentions.Count < most ? until : mentions[^1].Number;
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return state.Done < until;
    }, ct);

    /// <summary>Folds the rows that were appended since the last time into one row for each bucket they touch.</summary>
    /// <returns>True when there may be more.</returns>
    internal Task<bool> Fold(int most, CancellationToken ct) => db.InTransaction(async () =>
    {
        var state = await db.Set<CountStateRow>().SingleAsync(ct);
        var from = state.Folded;
        var to = await db.Set<CountRow>().Where(c => c.Number > from).OrderBy(c => c.Number).Take(most).Select(c => (long?)c.Number).MaxAsync(ct);
        if (to is null) return false;
        const string touched = """
            SELECT number FROM (
              SELECT o.number, count(*) OVER (PARTITION BY o.series, o.level, o.bucket) AS pieces
              FROM (SELECT DISTINCT series, level, bucket FROM listening_counts WHERE number > {0} AND number <= {1}) n
              JOIN listening_counts o ON o.series = n.series AND o.level = n.level AND o.bucket = n.bucket) p
            WHERE pieces > 1
            """;

        // What is deleted here is what is added up, whoever else appends or folds meanwhile.
        var gone = await db.Set<CountRow>().FromSqlRaw($"DELETE FROM listening_counts WHERE number IN ({touched}) RETURNING *", from, to.Value).AsNoTracking().ToListAsync(ct);
        await db.InsertAll(gone.GroupBy(c => (c.Series, c.Level, c.Bucket)).Select(g => new CountRow
        {
            Series = g.Key.Series, Level = g.Key.Level, Bucket = g.Key.Bucket, Negative = g.Sum(c => c.Negative), Neutral = g.Sum(c => c.Neutral), Positive = g.Sum(c => c.Positive),
        }).Where(c => c.Negative != 0 || c.Neutral != 0 || c.Positive != 0).ToList(), ct);
        state.Folded = to.Value;
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return to.Value - from >= most;
    }, ct);
}
