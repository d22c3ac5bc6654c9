using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Kpis;

/// <summary>One row behind a figure.</summary>
/// <param name="Conversation">Which conversation.</param>
/// <param name="Number">What people call it by.</param>
/// <param name="Network">"bluesky", "mastodon" ...</param>
/// <param name="Department">Whose department's it is.</param>
/// <param name="Assignee">Whose it is.</param>
/// <param name="AssigneeName">Their name; null when it is nobody's.</param>
/// <param name="Preview">What the person said last.</param>
/// <param name="At">When it opened; of a next response, when the person began to wait; of the backlog, when it was opened (again).</param>
/// <param name="Seconds">How long it took, or has waited; null of figures that are no times.</param>
/// <param name="Rating">1 to 5; null when it was not rated.</param>
public sealed record KpiRow(ConversationId Conversation, long Number, string Network, Department? Department, UserId? Assignee, string? AssigneeName, string Preview, DateTimeOffset At, double? Seconds, int? Rating);

/// <summary>The lists behind a report's figures: as many rows as the figure says, the earliest first.</summary>
public sealed class ListKpiRows(Database db, TimeProvider clock)
{
    private sealed record Place(DateTimeOffset At, long Key);

    private sealed record Line(long Key, long Record, DateTimeOffset At, long? Took);

    /// <returns>Null when <paramref name="after"/> is no place in this list.</returns>
    public async Task<Page<KpiRow>?> Of(KpiFilter filter, KpiMeasure measure, string? after, int size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var end = filter.End(clock.Now());
        var lines = measure switch
        {
            KpiMeasure.NextResponse => await Waits(filter, place, size, ct),
            KpiMeasure.Backlog => await Backlog(filter, end, place, size, ct),
            _ => await Records(filter, measure, place, size, ct),
        };
        return Rows(Keyset.Cut(lines, size, l => new Place(l.At, l.Key)), await Of([.. lines.Select(l => l.Record)], ct));
    }

    private async Task<List<Line>> Records(KpiFilter filter, KpiMeasure measure, Place? after, int size, CancellationToken ct)
    {
        var found = db.Opened(filter);
        if (after is { At: var at, Key: var key }) found = found.Where(r => r.OpenedAt >= at && (r.OpenedAt > at || r.Number > key));
        if (filter.Person is { } person) found = measure == KpiMeasure.FirstResponse ? found.Where(r => r.FirstReplyBy == person) : found.Where(r => r.Assignee == person);
        found = measure switch
        {
            KpiMeasure.FirstResponse => found.Where(r => r.First != null),
            KpiMeasure.Resolution => found.Where(r => r.ClosedAt != null),
            KpiMeasure.FirstContact => found.Where(r => r.ClosedAt != null && r.Replies == 1 && r.Reopenings == 0),
            KpiMeasure.Reopened => found.Where(r => r.Reopenings > 0),
            KpiMeasure.SlaMissed => found.Where(r => r.FirstMet == Verdict.Missed || r.NextMet == Verdict.Missed || r.ResolutionMet == Verdict.Missed),
            KpiMeasure.SlaMet => found.Where(r => r.FirstMet != Verdict.Missed && r.NextMet != Verdict.Missed && r.ResolutionMet != Verdict.Missed
                && (r.FirstMet == Verdict.Met || r.NextMet == Verdict.Met || r.ResolutionMet == Verdict.Met)),
            KpiMeasure.Rated => found.Where(r => r.Rating != null),
            KpiMeasure.Satisfied => found.Where(r => r.Rating >= 4),
            KpiMeasure.Abandoned => found.Where(r => r.ClosedAt != null && r.Replies == 0),
            _ => found,
        };
        var (first, resolution, business) = (measure == KpiMeasure.FirstResponse, measure == KpiMeasure.Resolution, filter.Business);
        return await found.OrderBy(r => r.OpenedAt).ThenBy(r => r.Number).Take(size + 1)
            .Select(r => new Line(r.Number, r.Number, r.OpenedAt, first ? (business ? r.FirstOpen : r.First) : resolution ? (business ? r.ResolutionOpen : r.Resolution) : null)).ToListAsync(ct);
    }

    private Task<List<Line>> Waits(KpiFilter filter, Place? after, int size, CancellationToken ct)
    {
        var business = filter.Business;
        var found = db.Responses(filter);
        if (after is { At: var at, Key: var key }) found = found.Where(w => w.AskedAt >= at && (w.AskedAt > at || w.Number > key));
        return found.Join(db.Records(filter), w => w.Record, r => r.Number, (w, r) => w).OrderBy(w => w.AskedAt).ThenBy(w => w.Number).Take(size + 1)
            .Select(w => new Line(w.Number, w.Record, w.AskedAt, business ? w.TookOpen : w.Took)).ToListAsync(ct);
    }

    private async Task<List<Line>> Backlog(KpiFilter filter, DateTimeOffset end, Place? after, int size, CancellationToken ct)
    {
        var records = db.Records(filter);
        if (filter.Person is { } person) records = records.Where(r => r.Assignee == person);
        var found = db.Spans(end);
        if (after is { At: var at, Key: var key }) found = found.Where(s => s.Since >= at && (s.Since > at || s.Number > key));
        var spans = await found.Join(records, s => s.Record, r => r.Number, (s, r) => s).OrderBy(s => s.Since).ThenBy(s => s.Number).Take(size + 1)
            .Select(s => new { s.Number, s.Record, s.Since }).ToListAsync(ct);
        return spans.ConvertAll(s => new Line(s.Number, s.Record, s.Since, KeepRecord.Micros(end - s.Since)));
    }

    private async Task<Dictionary<long, KpiRow>> Of(IReadOnlyCollection<long> numbers, CancellationToken ct) =>
        await db.Set<RecordRow>().AsNoTracking().Where(r => numbers.Contains(r.Number)).Join(db.Set<Conversation>(), r => r.Number, c => c.Number,
            (r, c) => new KpiRow(r.Conversation, r.Number, r.Network, r.Department, r.Assignee, c.AssigneeName, c.Preview, r.OpenedAt, null, r.Rating)).ToDictionaryAsync(r => r.Number, ct);

    private static Page<KpiRow> Rows(Page<Line> lines, Dictionary<long, KpiRow> of) =>
        lines.Select(l => of[l.Record] with { At = l.At, Seconds = l.Took is { } took ? took / 1e6 : null });
}
