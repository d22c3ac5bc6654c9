using Hearth.Conversations.Kpis;
using Hearth.Governance;
using Hearth.Listening.Alerts;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.ServiceLevels;

/// <summary>Looks for clocks that have come to an escalation or have run out.</summary>
public sealed record EscalateClocks : IJob;

/// <summary>
/// One clock is one transaction: what is told, raised and given away, and that it was, are kept together or not at all. Of two nodes that see the same clock
/// the second finds it done. The index of what is due next is all that is read while nothing is.
/// </summary>
internal sealed class EscalateClocksRun(Database db, SlaPolicies policies, KeepRecord records, KeepClocks clocks, ClockTime time, Escalate escalate, TimeProvider clock) : IRun<EscalateClocks>
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>How long a clock waits for a fact that is on its way (an answer was given, and is not yet noted here).</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>After so long no fact is on its way: it was closed without one (its person was erased).</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromMinutes(10);

    private const int AtOnce = 100;

    public async Task Run(EscalateClocks job, CancellationToken ct)
    {
        while (true)
        {
            var now = clock.Now();
            var due = await db.Set<ClockRow>().Where(c => c.NextAt != null && c.NextAt <= now).OrderBy(c => c.NextAt).Take(AtOnce).Select(c => c.Number).ToListAsync(ct);
            if (due.Count == 0) return;
            foreach (var number in due)
            {
                await db.InTransaction(() => Fire(number, now, ct), ct);
                db.Forget();
            }
        }
    }

    private async Task Fire(long number, DateTimeOffset now, CancellationToken ct)
    {
        // The row is held until the end; whoever comes second finds that nothing is due any more.
        if (await db.Set<ClockRow>().Where(c => c.Number == number && c.NextAt <= now).ExecuteUpdateAsync(set => set.SetProperty(c => c.NextAt, c => c.NextAt), ct) == 0) return;
        var row = await db.Set<ClockRow>().SingleAsync(c => c.Number == number, ct);
        var conversation = await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == row.Conversation, ct);
        if (conversation is null || await records.Of(row.Conversation, ct) is not { } record) return;
        if (conversation is not { Status: ConversationStatus.Open, SnoozedUntil: null, Standing: Standing.Normal } || record.AskedAt is { } asked && conversation.LastReplyAt > asked && row.Kind != ClockKind.Resolution)
        {
            row.NextAt = now + Grace;
            if (conversation.Standing != record.Standing || conversation.ClosedAt < now - Lost) await Catch(record, conversation, now, ct);
            await db.SaveChangesAsync(ct);
            return;
        }

        var policy = (await policies.Rows(ct)).Find(p => p.Id == row.Policy);
        while (row.NextAt is { } at && at <= now)
        {
            var point = ClockTime.Points(row, policy).First(p => p > row.Done);
            if (point == 100) await time.Breach(record, row, at, ct);
            foreach (var step in (policy?.Steps ?? []).Where(e => e.At == point && (e.Clock is null || e.Clock == row.Kind))) await escalate.By(step, row, record, policy!, at, ct);
            row.Done = point;
            await time.Schedule(row, policy, ct);
        }

        await db.SaveChangesAsync(ct);
        await clocks.Due(row.Conversation, await db.Set<ClockRow>().Where(c => c.Conversation == row.Conversation).ToListAsync(ct), ct);
    }

    private async Task Catch(RecordRow record, Conversation conversation, DateTimeOffset now, CancellationToken ct)
    {
        record.Standing = conversation.Standing;
        if (conversation.ClosedAt is { } closed && closed < now - Lost) await records.Closed(record, closed, ct);
        await clocks.Follow(record, now, "opened again", false, ct);
    }
}

/// <summary>Does what an escalation says, in the caller's transaction.</summary>
internal sealed class Escalate(Database db, Leads leads, Notices notices, SetPriority priority, AssignConversation assign, ClockTime time)
{
    public async Task By(Escalation step, ClockRow row, RecordRow record, SlaPolicyRow policy, DateTimeOffset at, CancellationToken ct)
    {
        var link = $"/engage/service-levels#{policy.Id.Value}";
        var doer = new Doer(null, $"Service level “{policy.Name}”", link);
        var (elapsed, promised) = (ClockTime.Span(await time.Passed(row, at, ct)), ClockTime.Span(row.Target));
        var what = step.At < 100 ? "is running out" : step.At == 100 ? "has run out" : "is long overdue";
        time.Tell(row, at, step.At < 100 ? "warned" : "escalated", Said(step), await time.Passed(row, at, ct));
        if (step.At != 100) db.Add(Entry.Event(row.Conversation, "sla-warned", $"{elapsed} of {promised} for the {ClockTime.Words(row.Kind)}", doer, at, link));
        foreach (var reader in await Readers(step.Tell, record, ct))
        {
            notices.Tell(reader, $"No. {record.Number}: the {ClockTime.Words(row.Kind)} {what}", $"{elapsed} of {promised} have passed, by “{policy.Name}”.", $"/engage/{row.Conversation.Value}", bad: step.At >= 100);
        }

        if (step.Priority is { } raised && raised > record.Priority) await priority.To(row.Conversation, raised, doer, ct);
        if (!step.ToLead || await leads.Of(record.Department, ct) is not [var lead, ..]) return;
        var was = await db.Set<Conversation>().AsNoTracking().Where(c => c.Id == row.Conversation).Select(c => c.Assignee).SingleAsync(ct);
        if (was != lead.Id) await assign.To(row.Conversation, lead, was, doer, ct);
    }

    private async Task<IEnumerable<UserId>> Readers(Told told, RecordRow record, CancellationToken ct) => told switch
    {
        Told.Assignee when record.Assignee is { } assignee => [assignee],
        Told.Assignee or Told.Leads => (await leads.Of(record.Department, ct)).Select(l => l.Id),
        Told.Owners => (await leads.Owners(ct)).Select(l => l.Id),
        _ => [],
    };

    private static string Said(Escalation step) => string.Join(", ", new[]
    {
        step.Tell switch { Told.Assignee => "told whose it is", Told.Leads => "told the leads", Told.Owners => "told the owners", _ => null },
        step.Priority is { } p ? $"priority {p.ToString().ToLowerInvariant()}" : null, step.ToLead ? "given to a lead" : null,
    }.OfType<string>());
}

/// <summary>Who answers for a department.</summary>
internal sealed class Leads(Staff staff)
{
    private IReadOnlyList<StaffMember>? _all;

    /// <summary>Its leads by name; the owners when it has none, or no department is named.</summary>
    public async Task<IReadOnlyList<Actor>> Of(Department? department, CancellationToken ct)
    {
        _all ??= await staff.All(ct);
        var own = _all.Where(s => s.Role == Role.Lead && s.Department == department && department is not null).Select(s => s.Actor()).ToList();
        return own.Count > 0 ? own : await Owners(ct);
    }

    public async Task<IReadOnlyList<Actor>> Owners(CancellationToken ct) => [.. (_all ??= await staff.All(ct)).Where(s => s.Role == Role.Owner).Select(s => s.Actor())];
}
