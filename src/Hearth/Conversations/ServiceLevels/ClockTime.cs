using Hearth.Conversations.Kpis;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.ServiceLevels;

/// <summary>The steps of a single clock. Each is written into its history; what ran out meanwhile is noted first, at the moment it ran out.</summary>
internal sealed class ClockTime(Database db, BusinessCalendars calendars)
{
    public ClockRow Start(RecordRow r, ClockKind kind, SlaPolicyRow policy, int minutes, DateTimeOffset at)
    {
        var clock = new ClockRow
        {
            Conversation = r.Conversation, Kind = kind, Policy = policy.Id, PolicyName = policy.Name, Calendar = policy.Calendar, Target = Micros(minutes), StartedAt = at, RunningSince = at,
            State = ClockState.Running,
        };
        db.Add(clock);
        Tell(clock, at, "started", kind == ClockKind.NextResponse ? "the person wrote again" : "the person wrote");
        return clock;
    }

    public async Task Pause(RecordRow r, ClockRow clock, DateTimeOffset at, string? why, CancellationToken ct)
    {
        if (clock.State != ClockState.Running)
        {
            if (!clock.IsActive && clock.BreachedAt is null) Judge(r, clock.Kind, Verdict.Open); // it had ended, and is open again
            (clock.State, clock.EndedAt) = (ClockState.Paused, null);
            return;
        }

        await Stand(r, clock, at, ct);
        clock.State = ClockState.Paused;
        Tell(clock, at, "paused", why);
    }

    /// <summary>Goes on from what had passed; also after it had ended, when the conversation is opened again.</summary>
    public void Resume(RecordRow r, ClockRow clock, DateTimeOffset at, string? why)
    {
        (clock.State, clock.EndedAt, clock.RunningSince) = (ClockState.Running, null, at);
        if (clock.BreachedAt is null) Judge(r, clock.Kind, Verdict.Open);
        Tell(clock, at, "resumed", why);
    }

    public async Task End(RecordRow r, ClockRow clock, DateTimeOffset at, bool done, string? why, CancellationToken ct)
    {
        if (at < clock.StartedAt) at = clock.StartedAt;
        await Stand(r, clock, at, ct);
        clock.State = clock.BreachedAt is not null ? ClockState.Missed : done ? ClockState.Met : ClockState.CalledOff;
        clock.EndedAt = at;
        if (clock.State != ClockState.CalledOff) Judge(r, clock.Kind, clock.State == ClockState.Met ? Verdict.Met : Verdict.Missed);
        Tell(clock, at, clock.State switch { ClockState.Met => "met", ClockState.Missed => "missed", _ => "called off" }, why);
    }

    /// <summary>Another promise counts, as though it had from the start: what has passed is counted again by its hours.</summary>
    public async Task Repromise(RecordRow r, ClockRow clock, SlaPolicyRow policy, int minutes, DateTimeOffset at, CancellationToken ct)
    {
        if (clock.RunningSince is not null) await Overrun(r, clock, at, ct);
        var calendar = await calendars.OrAlways(policy.Calendar, ct);
        await db.SaveChangesAsync(ct);
        var steps = await db.Set<ClockStepRow>().AsNoTracking().Where(s => s.Conversation == clock.Conversation && s.Kind == clock.Kind && s.Clock == clock.StartedAt).OrderBy(s => s.Number).ToListAsync(ct);
        var (elapsed, since) = (TimeSpan.Zero, (DateTimeOffset?)null);
        foreach (var step in steps)
        {
            if (step.What is "started" or "resumed") since = step.At;
            else if (step.What is "paused" or "met" or "missed" or "called off" && since is { } from) (elapsed, since) = (elapsed + calendar.Open(from, step.At), null);
        }

        (clock.Policy, clock.PolicyName, clock.Calendar, clock.Target, clock.Elapsed) = (policy.Id, policy.Name, policy.Calendar, Micros(minutes), KeepRecord.Micros(elapsed));
        Tell(clock, at, "re-promised", policy.Name, await Passed(clock, at, ct));
    }

    /// <summary>When it runs out, and when the next escalation is due.</summary>
    public async Task Schedule(ClockRow clock, SlaPolicyRow? policy, CancellationToken ct)
    {
        (clock.DueAt, clock.NextAt) = (null, null);
        if (clock.RunningSince is not { } since) return;
        var calendar = await calendars.OrAlways(clock.Calendar, ct);
        clock.DueAt = At(calendar, clock, since, 100);
        var next = Points(clock, policy).FirstOrDefault(p => p > clock.Done);
        clock.NextAt = next == 0 ? null : At(calendar, clock, since, next);
    }

    /// <summary>The percents at which something happens, from the lowest; the breach is always among them.</summary>
    public static IEnumerable<int> Points(ClockRow clock, SlaPolicyRow? policy) =>
        (policy?.Steps ?? []).Where(e => e.Clock is null || e.Clock == clock.Kind).Select(e => e.At).Append(100).Distinct().Order();

    /// <summary>Notes that the promised time ran out; a second time changes nothing.</summary>
    public async Task Breach(RecordRow r, ClockRow clock, DateTimeOffset at, CancellationToken ct)
    {
        if (clock.BreachedAt is not null) return;
        clock.BreachedAt = at;
        Judge(r, clock.Kind, Verdict.Missed);
        Tell(clock, at, "breached", null, await Passed(clock, at, ct));
        db.Add(Entry.Event(clock.Conversation, "sla-breached", $"{Words(clock.Kind)} within {Span(clock.Target)}", new Doer(null, $"Service level “{clock.PolicyName}”"), at, $"/engage/service-levels#{clock.Policy.Value}"));
        db.Record(new SlaBreached(clock.Conversation, clock.Kind, clock.Policy, at));
    }

    public void Tell(ClockRow clock, DateTimeOffset at, string what, string? why, long? elapsed = null) => db.Add(new ClockStepRow
    {
        Conversation = clock.Conversation, Kind = clock.Kind, Clock = clock.StartedAt, At = at, What = what, Why = why, Elapsed = elapsed ?? clock.Elapsed, Target = clock.Target,
    });

    /// <summary>Open microseconds that have passed by a moment.</summary>
    public async Task<long> Passed(ClockRow clock, DateTimeOffset at, CancellationToken ct) =>
        clock.Elapsed + (clock.RunningSince is { } since ? KeepRecord.Micros((await calendars.OrAlways(clock.Calendar, ct)).Open(since, at)) : 0);

    public static long Micros(int minutes) => minutes * 60_000_000L;

    public static string Words(ClockKind kind) => kind switch { ClockKind.FirstResponse => "first response", ClockKind.NextResponse => "next response", _ => "resolution" };

    /// <summary>"4 h 20 min"; days count 24 hours.</summary>
    public static string Span(long microseconds)
    {
        var minutes = microseconds / 60_000_000;
        if (minutes == 0 && microseconds > 0) return $"{microseconds / 1_000_000} s";
        var parts = new List<string>();
        if (minutes >= 2880) parts.Add($"{minutes / 1440} d");
        var rest = minutes >= 2880 ? minutes % 1440 : minutes;
        if (rest >= 60) parts.Add($"{rest / 60} h");
        if (rest % 60 > 0 || parts.Count == 0) parts.Add($"{rest % 60} min");
        return string.Join(' ', parts);
    }

    private static DateTimeOffset At(BusinessCalendar calendar, ClockRow clock, DateTimeOffset since, int percent)
    {
        var left = (clock.Target * percent / 100) - clock.Elapsed;
        return left <= 0 ? since : calendar.Add(since, TimeSpan.FromMicroseconds(left));
    }

    // Stops counting, and notes first that it ran out when it did.
    private async Task Stand(RecordRow r, ClockRow clock, DateTimeOffset at, CancellationToken ct)
    {
        if (clock.RunningSince is null) return;
        await Overrun(r, clock, at, ct);
        clock.Elapsed = await Passed(clock, at, ct);
        (clock.RunningSince, clock.DueAt, clock.NextAt) = (null, null, null);
    }

    private async Task Overrun(RecordRow r, ClockRow clock, DateTimeOffset at, CancellationToken ct)
    {
        var due = At(await calendars.OrAlways(clock.Calendar, ct), clock, clock.RunningSince!.Value, 100);
        if (due < at) await Breach(r, clock, due, ct);
    }

    private static void Judge(RecordRow r, ClockKind kind, Verdict verdict)
    {
        if (kind == ClockKind.FirstResponse) r.FirstMet = verdict;
        else if (kind == ClockKind.Resolution) r.ResolutionMet = verdict;
        else if (r.NextMet != Verdict.Missed && verdict != Verdict.Open) r.NextMet = verdict; // one that was missed is not made good by the next
    }
}
