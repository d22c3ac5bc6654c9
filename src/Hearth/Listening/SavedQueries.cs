using Hearth.Governance;
using Hearth.Listening.Counting;
using Hearth.Listening.Queries;
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
/// <param name="Version">The number of its text, from 1.</param>
/// <param name="MentionsOfWeek">How many of its mentions were written in the last 7 UTC days, today included.</param>
/// <param name="LastMatch">When its latest mention was written; null when there is none.</param>
/// <param name="HistorySeen">How many stored mentions have been looked at with this text.</param>
/// <param name="HistoryTotal">How many there were to look at when that began; 0 before.</param>
public sealed record QueryView(
    QueryId Id, string Name, string Text, long Mentions, bool HistoryDone, DateTimeOffset ChangedAt, int Version, long MentionsOfWeek, DateTimeOffset? LastMatch, long HistorySeen, long HistoryTotal);

/// <summary>A text that a query has or had.</summary>
/// <param name="Version">From 1; the highest is the one that is asked.</param>
/// <param name="Text">In the query language.</param>
/// <param name="By">Who set it; null when no person did.</param>
/// <param name="At">When.</param>
/// <param name="RestoredFrom">The earlier version that was brought back by this one.</param>
public sealed record QueryVersion(int Version, string Text, string? By, DateTimeOffset At, int? RestoredFrom);

/// <summary>What became of a query that was to be saved.</summary>
public abstract record SavedQuery
{
    private SavedQuery() { }

    public sealed record Done(QueryId Query) : SavedQuery;

    /// <summary>A field cannot be used; <paramref name="Wrong"/> says where the text is at fault.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors, Parsed.Wrong? Wrong) : SavedQuery;

    public sealed record Unknown : SavedQuery;
}

/// <summary>Saves, changes and lists queries. New text is applied to what comes in at once, and to what is stored by a job; old texts are kept.</summary>
public sealed class SavedQueries(Database db, TimeProvider clock)
{
    public async Task<IReadOnlyList<QueryView>> All(CancellationToken ct) => await Views(db.Set<QueryRow>(), ct);

    /// <summary>Ids and names alone, for choosing one.</summary>
    public async Task<IReadOnlyList<MatchedQuery>> Names(CancellationToken ct) => await db.Set<QueryRow>().OrderBy(q => q.Name).Select(q => new MatchedQuery(q.Id, q.Name)).ToListAsync(ct);

    public async Task<QueryView?> Of(QueryId id, CancellationToken ct) => (await Views(db.Set<QueryRow>().Where(q => q.Id == id), ct)).SingleOrDefault();

    /// <summary>Every text it ever had, the latest first; null when there is no such query.</summary>
    public async Task<IReadOnlyList<QueryVersion>?> Versions(QueryId id, CancellationToken ct)
    {
        var versions = await db.Set<QueryVersionRow>().Where(v => v.Query == id).OrderByDescending(v => v.Version).Select(v => new QueryVersion(v.Version, v.Text, v.ByName, v.At, v.RestoredFrom)).ToListAsync(ct);
        return versions.Count > 0 || await db.Set<QueryRow>().AnyAsync(q => q.Id == id, ct) ? versions : null;
    }

    public Task<SavedQuery> Add(string name, string text, CancellationToken ct) => Add(null, name, text, ct);

    /// <param name="by">Who asks; null when no person does.</param>
    /// <param name="name">1 to 100 characters, unique.</param>
    /// <param name="text">In the query language.</param>
    /// <param name="ct">Cancels it.</param>
    public Task<SavedQuery> Add(Actor? by, string name, string text, CancellationToken ct) => Save(async () =>
    {
        var (query, invalid) = await Read(null, name, text, ct);
        if (invalid is not null) return invalid;
        var now = clock.Now();
        var row = new QueryRow { Id = QueryId.New(), Name = name.Trim(), Text = "", CreatedAt = now, ChangedAt = now };
        row.Ask(text.Trim(), NamedProducts.Asks(query!), now);
        db.Add(row);
        Keep(row, by, null);
        return new SavedQuery.Done(row.Id);
    }, ct);

    public Task<SavedQuery> Change(QueryId id, string name, string text, CancellationToken ct) => Change(null, id, name, text, ct);

    /// <summary>Names it anew, asks something else with it, or both; a new text is a new version.</summary>
    public Task<SavedQuery> Change(Actor? by, QueryId id, string name, string text, CancellationToken ct) => Change(by, id, name, text, null, ct);

    /// <summary>Asks again what an earlier version asked, as a new version; the name stays.</summary>
    public async Task<SavedQuery> Restore(Actor? by, QueryId id, int version, CancellationToken ct)
    {
        var old = await db.Set<QueryVersionRow>().AsNoTracking().SingleOrDefaultAsync(v => v.Query == id && v.Version == version, ct);
        var name = await db.Set<QueryRow>().Where(q => q.Id == id).Select(q => q.Name).SingleOrDefaultAsync(ct);
        return old is null || name is null ? new SavedQuery.Unknown() : await Change(by, id, name, old.Text, version, ct);
    }

    /// <summary>Removes a query and what it matched; the mentions stay.</summary>
    public Task<bool> Remove(QueryId id, CancellationToken ct) => db.InTransaction(async () =>
    {
        await QueryBarrier.Alone(db, ct); // a batch that still knows it would leave matches of nothing behind
        await db.Set<MentionQuery>().Where(q => q.Query == id).ExecuteDeleteAsync(ct);
        await db.Set<QueryVersionRow>().Where(q => q.Query == id).ExecuteDeleteAsync(ct);
        await db.Set<Spikes.SpikeRow>().Where(s => s.Query == id).ExecuteDeleteAsync(ct);
        await db.Set<Spikes.SpikeWatch>().Where(w => w.Query == id).ExecuteDeleteAsync(ct);
        await MentionRollups.Forget(db, id, ct);
        return await db.Set<QueryRow>().Where(q => q.Id == id).ExecuteDeleteAsync(ct) == 1;
    }, ct);

    private Task<SavedQuery> Change(Actor? by, QueryId id, string name, string text, int? restored, CancellationToken ct) => Save(async () =>
    {
        if (await db.Set<QueryRow>().SingleOrDefaultAsync(q => q.Id == id, ct) is not { } row) return new SavedQuery.Unknown();
        var (query, invalid) = await Read(id, name, text, ct);
        if (invalid is not null) return invalid;
        row.Name = name.Trim();
        if (row.Text != text.Trim())
        {
            row.Ask(text.Trim(), NamedProducts.Asks(query!), clock.Now());
            row.Version++;
            Keep(row, by, restored);
        }

        return new SavedQuery.Done(row.Id);
    }, ct);

    private void Keep(QueryRow row, Actor? by, int? restored)
    {
        db.Add(new QueryVersionRow { Query = row.Id, Version = row.Version, Text = row.Text, By = by?.Id, ByName = by?.Name, At = row.ChangedAt, RestoredFrom = restored });
        db.Enqueue(new MatchHistory(row.Id, row.Version), clock.Now());
    }

    private async Task<(Query? Query, SavedQuery.Invalid? Invalid)> Read(QueryId? id, string name, string text, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        name = name.Trim();
        if (name.Length is 0 or > 100) errors.Add(new("name", "must have 1 to 100 characters"));
        else if (await db.Set<QueryRow>().AnyAsync(q => q.Name == name && q.Id != (id ?? default), ct)) errors.Add(new("name", "is taken by another query"));
        var parsed = ParseQuery.Read(text.Trim());
        if (parsed is Parsed.Wrong wrong) errors.Add(new("text", wrong.Sentence));
        return errors.Count > 0 ? (null, new(errors, parsed as Parsed.Wrong)) : (((Parsed.Ok)parsed).Query, null);
    }

    private async Task<SavedQuery> Save(Func<Task<SavedQuery>> change, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var outcome = await change();
                await db.SaveChangesAsync(ct);
                return outcome;
            }
            catch (DbUpdateException e) when (e.IsDuplicateKey() && attempt < 3)
            {
                db.ChangeTracker.Clear(); // somebody saved that name, or the next version, at the same moment: now it is seen
            }
        }
    }

    private async Task<List<QueryView>> Views(IQueryable<QueryRow> rows, CancellationToken ct)
    {
        var matches = db.Set<MentionQuery>();
        var found = await rows.AsNoTracking().OrderBy(q => q.Name).Select(q => new { Row = q, Last = matches.Where(m => m.Query == q.Id).Max(m => (DateTimeOffset?)m.At) }).ToListAsync(ct);
        var counts = new CountMentions(db);
        var (ever, week) = (await counts.PerQuery(ct), await counts.PerQuery(new DateTimeOffset(clock.Now().UtcDateTime.Date.AddDays(-6), TimeSpan.Zero), ct));
        return [.. from f in found
                   let q = f.Row
                   select new QueryView(q.Id, q.Name, q.Text, ever.GetValueOrDefault(q.Id).Total, q.HistoryDone, q.ChangedAt, q.Version, week.GetValueOrDefault(q.Id).Total, f.Last, q.HistorySeen, q.HistoryTotal)];
    }
}
