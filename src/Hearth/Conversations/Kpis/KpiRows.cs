using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Kpis;

/// <summary>A record with only what figures are counted from.</summary>
/// <param name="Label">One of the conversation's labels where the report is broken down by them.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="Network">"bluesky" ...</param>
/// <param name="Department">Whose department's it is.</param>
/// <param name="Assignee">Whose it is.</param>
/// <param name="Priority">How pressing.</param>
/// <param name="FirstReplyBy">Who answered first.</param>
/// <param name="First">How long the first answer took.</param>
/// <param name="Closed">True when it is closed now.</param>
/// <param name="Resolution">How long that took.</param>
/// <param name="Replies">Answers of ours.</param>
/// <param name="Reopenings">How often it was opened again.</param>
/// <param name="Kept">False when a promise was missed, true when one was met and none missed, null when none is decided.</param>
/// <param name="Rating">1 to 5.</param>
internal sealed record RecordFigures(string? Label, DateTimeOffset OpenedAt, string Network, Department? Department, UserId? Assignee, ConversationPriority Priority, UserId? FirstReplyBy, long? First,
    bool Closed, long? Resolution, int Replies, int Reopenings, bool? Kept, int? Rating);

internal sealed record ResponseFigures(string? Label, DateTimeOffset AskedAt, string Network, Department? Department, UserId? By, ConversationPriority Priority, long Took);

internal sealed record BacklogFigures(string? Label, DateTimeOffset Since, string Network, Department? Department, UserId? Assignee, ConversationPriority Priority);

/// <summary>What filters mean in the database.</summary>
internal static class KpiRows
{
    /// <summary>Records that fit in all but time and person.</summary>
    public static IQueryable<RecordRow> Records(this Database db, KpiFilter filter)
    {
        var found = db.Set<RecordRow>().AsNoTracking().Where(r => r.Standing == Standing.Normal);
        if (filter.Network is { } network) found = found.Where(r => r.Network == network);
        if (filter.Department is { } department) found = found.Where(r => r.Department == department);
        if (filter.Priority is { } priority) found = found.Where(r => r.Priority == priority);
        if (filter.Label is { } label) found = found.Where(r => db.Set<LabelRow>().Any(l => l.ConversationId == r.Conversation && l.Label == label));
        return found;
    }

    /// <summary>The same that opened in the period.</summary>
    public static IQueryable<RecordRow> Opened(this Database db, KpiFilter filter) =>
        db.Records(filter).Where(r => r.OpenedAt >= filter.From && r.OpenedAt < filter.Until);

    /// <summary>The end of the period, or now while it lasts.</summary>
    public static DateTimeOffset End(this KpiFilter filter, DateTimeOffset now) => filter.Until < now ? filter.Until : now;

    public static IQueryable<OpenSpanRow> Spans(this Database db, DateTimeOffset end) => db.Set<OpenSpanRow>().AsNoTracking().Where(s => s.Since < end && (s.Until == null || s.Until >= end));

    public static IQueryable<ResponseRow> Responses(this Database db, KpiFilter filter)
    {
        var found = db.Set<ResponseRow>().AsNoTracking().Where(r => !r.First && r.AskedAt >= filter.From && r.AskedAt < filter.Until);
        return filter.Person is { } person ? found.Where(r => r.By == person) : found;
    }
}
