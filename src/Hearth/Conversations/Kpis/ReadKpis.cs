using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Kpis;

/// <summary>
/// Reports. One pass reads the period's records, waits and open spans, a few narrow columns each, and adds them up here as they come: so both databases give the same medians, a figure costs
/// what the period holds, not what the house does, and only times are held.
/// </summary>
public sealed class ReadKpis(Database db, Staff staff, TimeProvider clock)
{
    private const int MostHours = 14 * 24;

    /// <param name="filter">What is counted.</param>
    /// <param name="by">How it is broken down.</param>
    /// <param name="zone">Whose days and hours.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<KpiReport> Of(KpiFilter filter, KpiBy by, TimeZoneInfo zone, CancellationToken ct)
    {
        var end = filter.End(clock.Now());
        var cuts = by is KpiBy.Day or KpiBy.Hour ? Cuts(filter, by, zone) : null;
        var parts = new KpiParts(by, cuts);
        // A conversation counts once in the whole, and once under each of its labels: those are a pass of their own.
        foreach (var labelled in by == KpiBy.Label ? (bool[])[false, true] : [false])
        {
            await Records(filter, parts, labelled, ct);
            await Responses(filter, parts, labelled, ct);
            if (cuts is null) await Backlog(filter, end, parts, labelled, ct);
        }

        if (cuts is not null) await Backlogs(filter, cuts, end, parts, ct);
        await Work(filter, by, parts, cuts, ct);
        return new(parts.All.Figures(), await Lines(filter, by, parts, cuts, zone, ct));
    }

    private async Task Records(KpiFilter filter, KpiParts parts, bool labelled, CancellationToken ct)
    {
        var (mine, business) = (filter.Person, filter.Business);
        var found = db.Opened(filter);
        if (mine is not null) found = found.Where(r => r.Assignee == mine || r.FirstReplyBy == mine);
        var rows = labelled ? found.Join(db.Set<LabelRow>(), r => r.Conversation, l => l.ConversationId, (r, l) => new { r, Label = (string?)l.Label }) : found.Select(r => new { r, Label = (string?)null });
        var figures = rows.Select(x => new RecordFigures(x.Label, x.r.OpenedAt, x.r.Network, x.r.Department, x.r.Assignee, x.r.Priority, x.r.FirstReplyBy, business ? x.r.FirstOpen : x.r.First, x.r.ClosedAt != null,
            business ? x.r.ResolutionOpen : x.r.Resolution, x.r.Replies, x.r.Reopenings, x.r.FirstMet == Verdict.Missed || x.r.NextMet == Verdict.Missed || x.r.ResolutionMet == Verdict.Missed ? false
                : x.r.FirstMet == Verdict.Met || x.r.NextMet == Verdict.Met || x.r.ResolutionMet == Verdict.Met ? true : (bool?)null, x.r.Rating));
        await foreach (var r in figures.AsAsyncEnumerable().WithCancellation(ct))
        {
            if (mine is null || r.Assignee == mine) parts.Add(new(r.Label, r.OpenedAt, r.Network, r.Department, r.Assignee, r.Priority), r, static (sum, r) => sum.Add(r));
            if (r.First is not null && (mine is null || r.FirstReplyBy == mine))
            {
                parts.Add(new(r.Label, r.OpenedAt, r.Network, r.Department, r.FirstReplyBy, r.Priority), r.First.Value, static (sum, took) => sum.AddFirst(took));
            }
        }
    }

    private async Task Responses(KpiFilter filter, KpiParts parts, bool labelled, CancellationToken ct)
    {
        var business = filter.Business;
        var found = db.Responses(filter).Join(db.Records(filter), w => w.Record, r => r.Number, (w, r) => new { w, r });
        var rows = labelled ? found.Join(db.Set<LabelRow>(), x => x.r.Conversation, l => l.ConversationId, (x, l) => new { x.w, x.r, Label = (string?)l.Label }) : found.Select(x => new { x.w, x.r, Label = (string?)null });
        var figures = rows.Select(x => new ResponseFigures(x.Label, x.w.AskedAt, x.r.Network, x.r.Department, x.w.By, x.r.Priority, business ? x.w.TookOpen : x.w.Took));
        await foreach (var r in figures.AsAsyncEnumerable().WithCancellation(ct))
        {
            parts.Add(new(r.Label, r.AskedAt, r.Network, r.Department, r.By, r.Priority), r.Took, static (sum, took) => sum.AddNext(took));
        }
    }

    private async Task Backlog(KpiFilter filter, DateTimeOffset end, KpiParts parts, bool labelled, CancellationToken ct)
    {
        var found = db.Spans(end).Join(Owned(filter), s => s.Record, r => r.Number, (s, r) => new { s, r });
        var rows = labelled ? found.Join(db.Set<LabelRow>(), x => x.r.Conversation, l => l.ConversationId, (x, l) => new { x.s, x.r, Label = (string?)l.Label }) : found.Select(x => new { x.s, x.r, Label = (string?)null });
        var figures = rows.Select(x => new BacklogFigures(x.Label, x.s.Since, x.r.Network, x.r.Department, x.r.Assignee, x.r.Priority));
        await foreach (var b in figures.AsAsyncEnumerable().WithCancellation(ct))
        {
            parts.Add(new(b.Label, b.Since, b.Network, b.Department, b.Assignee, b.Priority), KeepRecord.Micros(end - b.Since), static (sum, age) => sum.AddBacklog(age));
        }
    }

    // What was not closed at the end of each day or hour, and at the end of all.
    private async Task Backlogs(KpiFilter filter, List<DateTimeOffset> cuts, DateTimeOffset end, KpiParts parts, CancellationToken ct)
    {
        var from = filter.From < end ? filter.From : end;
        var found = db.Set<OpenSpanRow>().AsNoTracking().Where(s => s.Since < end && (s.Until == null || s.Until >= from)).Join(Owned(filter), s => s.Record, r => r.Number, (s, r) => new { s.Since, s.Until });
        var spans = new List<(long, long)>();
        await foreach (var s in found.AsAsyncEnumerable().WithCancellation(ct)) spans.Add((s.Since.ToUnixMicroseconds(), s.Until?.ToUnixMicroseconds() ?? long.MaxValue));
        var backlogs = new Backlogs(spans);
        for (var i = 0; i + 1 < cuts.Count; i++) parts.At(i).SetBacklog(backlogs.At((cuts[i + 1] < end ? cuts[i + 1] : end).ToUnixMicroseconds()));
        parts.All.SetBacklog(backlogs.At(end.ToUnixMicroseconds()));
    }

    private IQueryable<RecordRow> Owned(KpiFilter filter) => filter.Person is { } person ? db.Records(filter).Where(r => r.Assignee == person) : db.Records(filter);

    private async Task Work(KpiFilter filter, KpiBy by, KpiParts parts, List<DateTimeOffset>? cuts, CancellationToken ct)
    {
        if (filter is not { Network: null, Department: null, Label: null, Priority: null }) return; // a minute at the console belongs to a person, and to nothing else
        var (from, until) = (WorkHours.Minute(filter.From), WorkHours.Minute(filter.Until));
        var (first, last) = (from / 60, until / 60);
        var hours = db.Set<WorkHour>().AsNoTracking().Where(w => w.Hour >= first && w.Hour <= last);
        if (filter.Person is { } person) hours = hours.Where(w => w.User == person);
        var minutes = cuts?.ConvertAll(WorkHours.Minute);
        await foreach (var w in hours.Select(w => new { w.User, w.Hour, w.Present, w.Handling }).AsAsyncEnumerable().WithCancellation(ct))
        {
            var whole = Kpis.Work.In(w.Hour, w.Present, w.Handling, from, until);
            if (whole.Present == 0) continue;
            parts.All.AddWork(whole);
            if (by == KpiBy.Person) parts.Of(w.User.Value.ToString()).AddWork(whole);
            if (minutes is null) continue;
            var cut = minutes.BinarySearch(w.Hour * 60);
            for (var i = Math.Max(cut >= 0 ? cut : ~cut - 1, 0); i + 1 < minutes.Count && minutes[i] < (w.Hour + 1) * 60; i++)
            {
                parts.At(i).AddWork(Kpis.Work.In(w.Hour, w.Present, w.Handling, minutes[i], minutes[i + 1]));
            }
        }
    }

    private async Task<IReadOnlyList<KpiLine>> Lines(KpiFilter filter, KpiBy by, KpiParts parts, List<DateTimeOffset>? cuts, TimeZoneInfo zone, CancellationToken ct)
    {
        if (cuts is not null)
        {
            return [.. cuts.Take(cuts.Count - 1).Where(at => at <= clock.Now()).Select((at, i) => new KpiLine(Key(at), KpiWords.Of(at, by, zone), parts.At(i).Figures(), filter with { From = at, Until = cuts[i + 1] }))];
        }

        var names = by == KpiBy.Person ? (await staff.Names(parts.Named.Keys.Where(k => k.Length > 0).Select(k => new UserId(Guid.Parse(k))), ct)).ToDictionary(n => n.Key.Value.ToString(), n => n.Value) : [];
        return [.. parts.Named.OrderByDescending(p => p.Key.Length > 0).ThenBy(p => by == KpiBy.Priority ? (int)Enum.Parse<ConversationPriority>(p.Key) : 0).ThenBy(p => names.GetValueOrDefault(p.Key, p.Key), StringComparer.Ordinal)
            .Select(p => new KpiLine(p.Key.Length == 0 ? null : p.Key, p.Key.Length == 0 ? (by == KpiBy.Department ? "No department" : "Nobody’s, or past Hearth") : names.GetValueOrDefault(p.Key) ?? KpiWords.Of(p.Key, by), p.Value.Figures(), p.Key.Length == 0 ? null : Narrow(filter, by, p.Key)))];
    }

    // Null where no filter says it: of one label's conversations those that bear another one too.
    private static KpiFilter? Narrow(KpiFilter filter, KpiBy by, string key) => by switch
    {
        KpiBy.Channel => filter with { Network = key },
        KpiBy.Department => filter with { Department = Enum.Parse<Department>(key) },
        KpiBy.Person => filter with { Person = new UserId(Guid.Parse(key)) },
        KpiBy.Label => filter.Label is null || filter.Label == key ? filter with { Label = key } : null,
        _ => filter with { Priority = Enum.Parse<ConversationPriority>(key) },
    };

    // Where the period is cut: its beginning, each full day or hour within, its end.
    private static List<DateTimeOffset> Cuts(KpiFilter filter, KpiBy by, TimeZoneInfo zone)
    {
        var hourly = by == KpiBy.Hour && (filter.Until - filter.From).TotalHours <= MostHours;
        var cuts = new List<DateTimeOffset> { filter.From };
        for (var day = zone.Day(filter.From).AddDays(1); !hourly && zone.Start(day) < filter.Until; day = day.AddDays(1)) cuts.Add(zone.Start(day));
        if (hourly)
        {
            var first = filter.From.AddTicks(TimeSpan.TicksPerHour - (filter.From.UtcTicks % TimeSpan.TicksPerHour));
            for (var at = first; at < filter.Until; at = at.AddHours(1)) cuts.Add(at);
        }

        cuts.Add(filter.Until);
        return cuts;
    }

    private static string Key(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
