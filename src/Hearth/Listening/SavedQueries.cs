using Hearth.Listening.Counting;
using Hearth.Listening.Queries;
using Hearth.Listening.Text;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Listening;

/// <summary>A saved query.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Name">Unique.</param>
/// <param name="Text">In the query language of docs/queries.md.</param>
/// <param name="Mentions">How many it matched.</param>
/// <param name="HistoryDone">True once all stored mentions have been looked at with this text.</param>
/// <param name="ChangedAt">When its text was last set.</param>
public sealed record QueryView(QueryId Id, string Name, string Text, long Mentions, bool HistoryDone, DateTimeOffset ChangedAt);

/// <summary>What became of a query that was to be saved.</summary>
public abstract record SavedQuery
{
    private SavedQuery() { }

    public sealed record Done(QueryId Query) : SavedQuery;

    /// <summary>A field cannot be used; <paramref name="Wrong"/> says where the text is at fault.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors, Parsed.Wrong? Wrong) : SavedQuery;

    public sealed record Unknown : SavedQuery;
}

/// <summary>What a query would find in the latest mentions.</summary>
/// <param name="LookedAt">How many mentions were looked at.</param>
/// <param name="Found">How many of them match.</param>
/// <param name="Examples">The latest that match, at most 10.</param>
public sealed record QueryPreview(int LookedAt, int Found, IReadOnlyList<MentionView> Examples);

/// <summary>Looks through stored mentions with a query that is new or was changed; goes on where it stopped.</summary>
/// <param name="Query">The query.</param>
/// <param name="Version">Its version; when it has changed meanwhile, the job of the new version does the work.</param>
/// <param name="After">The number of the last mention looked at.</param>
public sealed record MatchHistory(QueryId Query, int Version, long After) : IJob;

/// <summary>Saves, changes, lists and tries queries. New text is applied to what comes in at once, and to what is stored by a job.</summary>
public sealed class SavedQueries(Database db, ReadMention read, TimeProvider clock)
{
    private const int PreviewOver = 5_000;

    public async Task<IReadOnlyList<QueryView>> All(CancellationToken ct)
    {
        var counts = await new CountMentions(db).PerQuery(ct);
        var rows = await db.Set<QueryRow>().AsNoTracking().OrderBy(q => q.Name).ToListAsync(ct);
        return rows.ConvertAll(q => new QueryView(q.Id, q.Name, q.Text, counts.GetValueOrDefault(q.Id).Total, q.HistoryDone, q.ChangedAt));
    }

    /// <summary>Ids and names alone, for choosing one.</summary>
    public async Task<IReadOnlyList<MatchedQuery>> Names(CancellationToken ct) => await db.Set<QueryRow>().OrderBy(q => q.Name).Select(q => new MatchedQuery(q.Id, q.Name)).ToListAsync(ct);

    public async Task<QueryView?> Of(QueryId id, CancellationToken ct) => (await All(ct)).SingleOrDefault(q => q.Id == id);

    public async Task<SavedQuery> Add(string name, string text, CancellationToken ct)
    {
        if (await Wrong(null, name, text, ct) is { } invalid) return invalid;
        var row = new QueryRow { Id = QueryId.New(), Name = name.Trim(), Text = text.Trim(), CreatedAt = clock.Now(), ChangedAt = clock.Now() };
        db.Add(row);
        db.Enqueue(new MatchHistory(row.Id, row.Version, 0), clock.Now());
        return await Save(row);
    }

    public async Task<SavedQuery> Change(QueryId id, string name, string text, CancellationToken ct)
    {
        if (await db.Set<QueryRow>().SingleOrDefaultAsync(q => q.Id == id, ct) is not { } row) return new SavedQuery.Unknown();
        if (await Wrong(id, name, text, ct) is { } invalid) return invalid;
        row.Name = name.Trim();
        if (row.Text != text.Trim())
        {
            (row.Text, row.HistoryDone, row.ChangedAt) = (text.Trim(), false, clock.Now());
            row.Version++;
            db.Enqueue(new MatchHistory(id, row.Version, 0), clock.Now());
        }

        return await Save(row);
    }

    /// <summary>Removes a query and what it matched; the mentions stay.</summary>
    public Task<bool> Remove(QueryId id, CancellationToken ct) => db.InTransaction(async () =>
    {
        await db.Set<MentionQuery>().Where(q => q.Query == id).ExecuteDeleteAsync(ct);
        await MentionRollups.Forget(db, id, ct);
        return await db.Set<QueryRow>().Where(q => q.Id == id).ExecuteDeleteAsync(ct) == 1;
    }, ct);

    /// <summary>Tries a query on the latest mentions without saving it.</summary>
    public async Task<QueryPreview> Preview(Query query, CancellationToken ct)
    {
        var latest = await db.Set<MentionRow>().AsNoTracking().Where(m => m.RemovedAt == null).OrderByDescending(m => m.Number).Take(PreviewOver).Select(m => new { m.Id, m.Text }).ToListAsync(ct);
        var found = latest.FindAll(m => query.Matches(new(m.Text), Tokens.Of(m.Text))).ConvertAll(m => m.Id);
        var examples = await read.Of(found[..Math.Min(10, found.Count)], ct);
        return new(latest.Count, found.Count, [.. examples.OrderByDescending(m => m.At)]);
    }

    private async Task<SavedQuery.Invalid?> Wrong(QueryId? id, string name, string text, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        name = name.Trim();
        if (name.Length is 0 or > 100) errors.Add(new("name", "must have 1 to 100 characters"));
        else if (await db.Set<QueryRow>().AnyAsync(q => q.Name == name && q.Id != (id ?? default), ct)) errors.Add(new("name", "is taken by another query"));
        var wrong = ParseQuery.Read(text.Trim()) as Parsed.Wrong;
        if (wrong is not null) errors.Add(new("text", $"at character {wrong.Position + 1}: {wrong.Reason}; {wrong.Hint}"));
        return errors.Count > 0 ? new(errors, wrong) : null;
    }

    private async Task<SavedQuery> Save(QueryRow row)
    {
        try
        {
            await db.SaveChangesAsync();
            return new SavedQuery.Done(row.Id);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey())
        {
            db.ChangeTracker.Clear();
            return new SavedQuery.Invalid([new("name", "is taken by another query")], null);
        }
    }
}

internal sealed class MatchHistoryRun(Database db) : IRun<MatchHistory>
{
    private const int Batch = 1_000;

    public async Task Run(MatchHistory job, CancellationToken ct)
    {
        var after = job.After;
        while (await Step(job, after, ct) is { } next) after = next;
    }

    // One batch in one transaction; returns where to go on, or null when it is over. Running a batch again changes nothing.
    private Task<long?> Step(MatchHistory job, long after, CancellationToken ct) => db.InTransaction<long?>(async () =>
    {
        if (await db.Set<QueryRow>().SingleOrDefaultAsync(q => q.Id == job.Query, ct) is not { } row || row.Version != job.Version) return null;
        if (ParseQuery.Read(row.Text) is not Parsed.Ok { Query: var query }) return null;
        var id = job.Query;
        var batch = await db.Set<MentionRow>().AsNoTracking().Where(m => m.Number > after).OrderBy(m => m.Number).Take(Batch).Select(m => new { m.Number, m.Id, m.At, m.Text, m.Sentiment, m.RemovedAt }).ToListAsync(ct);
        if (batch.Count == 0)
        {
            row.HistoryDone = true;
            await db.SaveChangesAsync(ct);
            return null;
        }

        var ids = batch.ConvertAll(m => m.Id);
        var had = (await db.Set<MentionQuery>().Where(q => q.Query == id && ids.Contains(q.Mention)).ToListAsync(ct)).ToDictionary(q => q.Mention);
        var (counts, counted) = (new MentionRollups(), await CountState.ForChange(db, ct));
        foreach (var m in batch)
        {
            var matches = query.Matches(new(m.Text), Tokens.Of(m.Text));
            if (matches && !had.ContainsKey(m.Id)) db.Add(new MentionQuery { Query = id, Mention = m.Id, At = m.At });
            else if (!matches && had.TryGetValue(m.Id, out var stale)) db.Remove(stale);
            if (matches != had.ContainsKey(m.Id) && m.RemovedAt is null && counted.Holds(m.Number)) counts.Count(matches ? 1 : -1, id, m.At, m.Sentiment);
        }

        await counts.Write(db, ct);

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return batch[^1].Number;
    }, ct);
}
