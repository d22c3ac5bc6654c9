using Hearth.Listening.Counting;
using Hearth.Listening.Matching;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>Looks through stored mentions with a query that is new or was changed; goes on where it stopped.</summary>
/// <param name="Query">The query.</param>
/// <param name="Version">Its version; when it has changed meanwhile, the job of the new version does the work.</param>
public sealed record MatchHistory(QueryId Query, int Version) : IJob;

/// <summary>
/// 1. Wait for the batches that may not know the query (<see cref="QueryBarrier"/>), and note how far there is to look. 2. Look at mentions in the order they came,
/// a batch in a transaction with its progress: killed at any moment, it goes on after the last batch. 3. Say that it is done.
/// </summary>
internal sealed class MatchHistoryRun(Database db, NamedProducts products) : IRun<MatchHistory>
{
    private const int Batch = 1_000;

    public async Task Run(MatchHistory job, CancellationToken ct)
    {
        if (await Begin(job, ct) is not { } text || ParseQuery.Read(text) is not Parsed.Ok { Query: var query }) return;
        var sources = await db.Set<SourceRow>().ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var names = await products.For(query, ct);
        var ask = new Asking(query, post => post.Asked(sources, names?.In(Tokens.Of(post.Text))));
        while (await Step(job, ask, ct)) ct.ThrowIfCancellationRequested();
    }

    private sealed class Asking(Query query, Func<StoredPost, AskedPost> asked)
    {
        private readonly QueryIndex<int> _index = QueryIndex<int>.Of([(0, query)]);
        private readonly MatchScratch<int> _scratch = new();

        public bool Finds(StoredPost post) => _index.Match(asked(post), _scratch).Length > 0;
    }

    /// <returns>The query's text; null when there is nothing (more) to do.</returns>
    private async Task<string?> Begin(MatchHistory job, CancellationToken ct)
    {
        var row = await db.Set<QueryRow>().AsNoTracking().SingleOrDefaultAsync(q => q.Id == job.Query && q.Version == job.Version && !q.HistoryDone, ct);
        if (row is null or { HistoryTo: not null }) return row?.Text;
        await db.InTransaction(() => QueryBarrier.Alone(db, ct), ct);
        var to = await db.Set<MentionRow>().MaxAsync(m => (long?)m.Number, ct) ?? 0;
        var total = await Left(0, to).LongCountAsync(ct);
        var begun = await db.Set<QueryRow>().Where(q => q.Id == job.Query && q.Version == job.Version).ExecuteUpdateAsync(
            set => set.SetProperty(q => q.HistoryTo, to).SetProperty(q => q.HistoryTotal, total), ct);
        return begun == 1 ? row.Text : null;
    }

    /// <returns>False when it is over.</returns>
    private async Task<bool> Step(MatchHistory job, Asking ask, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.InTransaction(() => Look(job, ask, ct), ct);
            }
            catch (Exception e) when (attempt < 5 && (e.IsDuplicateKey() || e is DbUpdateException update && update.IsDuplicateKey()))
            {
                db.ChangeTracker.Clear(); // an edit matched one of them at the same moment
            }
        }
    }

    private async Task<bool> Look(MatchHistory job, Asking ask, CancellationToken ct)
    {
        // Writing to the row first holds off a change of the query until this batch is in, or finds that it was changed.
        var mine = db.Set<QueryRow>().Where(q => q.Id == job.Query && q.Version == job.Version && !q.HistoryDone);
        if (await mine.ExecuteUpdateAsync(set => set.SetProperty(q => q.HistoryDone, false), ct) == 0) return false;
        var at = await mine.Select(q => new { q.HistoryAfter, To = q.HistoryTo ?? 0 }).SingleAsync(ct);
        var batch = await Left(at.HistoryAfter, at.To).OrderBy(m => m.Number).Take(Batch).Select(StoredPost.Columns).ToListAsync(ct);
        if (batch.Count == 0)
        {
            await mine.ExecuteUpdateAsync(set => set.SetProperty(q => q.HistoryDone, true), ct);
            return false;
        }

        var changed = await Differing(job.Query, batch, ask, ct);
        if (changed.Count > 0 && db.Kind == DatabaseKind.Postgres)
        {
            // Read again under a lock: an edit that came between would be overwritten by what its old text said.
            var numbers = changed.Select(c => c.Post.Number).ToArray();
            var locked = await db.Set<MentionRow>().FromSql($"SELECT * FROM listening_mentions WHERE number = ANY({numbers}) FOR SHARE").AsNoTracking().Where(m => m.RemovedAt == null).Select(StoredPost.Columns).ToListAsync(ct);
            changed = await Differing(job.Query, locked, ask, ct);
        }

        var (counts, counted) = (new MentionRollups(), await CountState.ForChange(db, ct));
        foreach (var (post, finds) in changed.Where(c => counted.Holds(c.Post.Number))) counts.Count(finds ? 1 : -1, job.Query, post.At, post.Sentiment);
        await counts.Write(db, ct);
        await db.InsertAll([.. changed.Where(c => c.Finds).Select(c => new MentionQuery { Query = job.Query, Mention = c.Post.Id, At = c.Post.At })], ct);
        var stale = changed.Where(c => !c.Finds).Select(c => c.Post.Id).ToArray();
        if (stale.Length > 0) await db.Set<MentionQuery>().Where(q => q.Query == job.Query && stale.Contains(q.Mention)).ExecuteDeleteAsync(ct);
        var (last, count) = (batch[^1].Number, batch.Count);
        await mine.ExecuteUpdateAsync(set => set.SetProperty(q => q.HistoryAfter, last).SetProperty(q => q.HistorySeen, q => q.HistorySeen + count), ct);
        return true;
    }

    private IQueryable<MentionRow> Left(long after, long to) => db.Set<MentionRow>().AsNoTracking().Where(m => m.Number > after && m.Number <= to && m.RemovedAt == null);

    // The posts for which what is stored is not what the query says now.
    private async Task<List<(StoredPost Post, bool Finds)>> Differing(QueryId query, List<StoredPost> posts, Asking ask, CancellationToken ct)
    {
        var ids = posts.ConvertAll(m => m.Id);
        var had = (await db.Set<MentionQuery>().Where(q => q.Query == query && ids.Contains(q.Mention)).Select(q => q.Mention).ToListAsync(ct)).ToHashSet();
        return [.. posts.Select(p => (Post: p, Finds: ask.Finds(p))).Where(p => p.Finds != had.Contains(p.Post.Id))];
    }
}
