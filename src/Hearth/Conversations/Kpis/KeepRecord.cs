using Hearth.Conversations.ServiceLevels;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Kpis;

/// <summary>Writes the figures of a conversation down, step by step as its facts tell them.</summary>
internal sealed class KeepRecord(Database db, BusinessCalendars calendars)
{
    /// <summary>The record as it stands; one that began before records were kept begins as the conversation stands now. Null when there is no such conversation.</summary>
    public async Task<RecordRow?> Of(ConversationId id, CancellationToken ct)
    {
        if (db.Set<RecordRow>().Local.FirstOrDefault(r => r.Conversation == id) is { } here) return here;
        if (await db.Set<RecordRow>().SingleOrDefaultAsync(r => r.Conversation == id, ct) is { } known) return known;
        if (await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } c) return null;
        var record = new RecordRow
        {
            Number = c.Number, Conversation = id, Network = c.Network.Split(':')[0], OpenedAt = c.OpenedAt, Status = c.Status, Department = c.Department, Assignee = c.Assignee,
            Priority = c.Priority, Standing = c.Standing, AskedAt = c.Status == ConversationStatus.Open ? c.LastMentionAt : null, Posts = c.Mentions, FirstReplyAt = c.FirstReplyAt, ClosedAt = c.ClosedAt,
        };
        db.Add(record);
        db.Add(new OpenSpanRow { Record = c.Number, Since = c.OpenedAt, Until = c.ClosedAt });
        await db.SaveChangesAsync(ct);
        return record;
    }

    /// <summary>Begins the record with the person's first post.</summary>
    public async Task<RecordRow?> Open(ConversationOpened fact, CancellationToken ct)
    {
        var row = await db.Set<Conversation>().Where(c => c.Id == fact.Conversation).Select(c => new { c.Number, Kept = db.Set<RecordRow>().Any(r => r.Number == c.Number) }).SingleOrDefaultAsync(ct);
        if (row is not { Kept: false, Number: var known }) return await Of(fact.Conversation, ct);
        var record = new RecordRow
        {
            Number = known, Conversation = fact.Conversation, Network = fact.Network.Split(':')[0], OpenedAt = fact.At, Status = ConversationStatus.Open, AskedAt = fact.At, Posts = 1,
        };
        db.Add(record);
        db.Add(new OpenSpanRow { Record = known, Since = fact.At });
        return record;
    }

    public void Spoke(RecordRow r, DateTimeOffset at)
    {
        r.Posts++;
        Reopen(r, ConversationStatus.Open, at);
        r.AskedAt ??= at;
    }

    /// <param name="r">Whose.</param>
    /// <param name="at">When the answer was given.</param>
    /// <param name="by">Who answered; null for a post past Hearth.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task Answered(RecordRow r, DateTimeOffset at, UserId? by, CancellationToken ct)
    {
        var calendar = await calendars.OrAlways(r.Calendar, ct);
        r.Replies++;
        r.LastReplyBy = by;
        var first = r.FirstReplyAt is null;
        if (r.AskedAt is { } asked)
        {
            var answered = at > asked ? at : asked; // a post past Hearth may have been there before we heard the person
            db.Add(new ResponseRow { Record = r.Number, AskedAt = asked, AnsweredAt = answered, By = by, First = first, Took = Micros(answered - asked), TookOpen = Micros(calendar.Open(asked, answered)) });
            r.AskedAt = null;
        }

        if (first)
        {
            var answered = at > r.OpenedAt ? at : r.OpenedAt;
            (r.FirstReplyAt, r.FirstReplyBy, r.First, r.FirstOpen) = (answered, by, Micros(answered - r.OpenedAt), Micros(calendar.Open(r.OpenedAt, answered)));
        }

        if (r.Status == ConversationStatus.Closed) Reopen(r, ConversationStatus.Waiting, at);
        r.Status = ConversationStatus.Waiting;
    }

    public void Moved(RecordRow r, ConversationStatus to, DateTimeOffset at)
    {
        Reopen(r, to, at);
        r.AskedAt = to == ConversationStatus.Open ? r.AskedAt ?? at : null;
    }

    public async Task Closed(RecordRow r, DateTimeOffset at, CancellationToken ct)
    {
        if (r.Status == ConversationStatus.Closed) return;
        var calendar = await calendars.OrAlways(r.Calendar, ct);
        (r.Status, r.ClosedAt, r.AskedAt, r.Resolution, r.ResolutionOpen) = (ConversationStatus.Closed, at, null, Micros(at - r.OpenedAt), Micros(calendar.Open(r.OpenedAt, at)));
        await db.SaveChangesAsync(ct); // a span that this very transaction began is there for the statement
        await db.Set<OpenSpanRow>().Where(s => s.Record == r.Number && s.Until == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.Until, at), ct);
    }

    private void Reopen(RecordRow r, ConversationStatus to, DateTimeOffset at)
    {
        if (r.Status == ConversationStatus.Closed)
        {
            r.Reopenings++;
            (r.ClosedAt, r.Resolution, r.ResolutionOpen) = (null, null, null);
            db.Add(new OpenSpanRow { Record = r.Number, Since = at });
        }

        r.Status = to;
    }

    internal static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
