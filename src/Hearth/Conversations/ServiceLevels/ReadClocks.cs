using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.ServiceLevels;

/// <summary>One step of a clock's history.</summary>
/// <param name="At">When.</param>
/// <param name="What">started, paused, resumed, re-promised, warned, escalated, breached, met, missed or called off.</param>
/// <param name="Why">In a few words; null when it says itself.</param>
/// <param name="Passed">Seconds of working hours that had passed by then.</param>
/// <param name="Promised">Seconds that were promised at that time.</param>
public sealed record ClockStep(DateTimeOffset At, string What, string? Why, long Passed, long Promised);

/// <summary>One promise of a conversation.</summary>
/// <param name="Kind">firstResponse, nextResponse or resolution.</param>
/// <param name="State">running, paused, met, missed or calledOff.</param>
/// <param name="Policy">By whose promise.</param>
/// <param name="PolicyName">What it is called.</param>
/// <param name="Hours">The working hours that count; null for around the clock.</param>
/// <param name="Promised">Seconds of working hours.</param>
/// <param name="Passed">Seconds of working hours that have passed by now, or had when it ended.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="DueAt">When it runs out; null while it does not run.</param>
/// <param name="BreachedAt">When it ran out; null when it has not.</param>
/// <param name="EndedAt">When it ended; null while it has not.</param>
/// <param name="Steps">Oldest first.</param>
public sealed record ClockView(ClockKind Kind, ClockState State, SlaPolicyId Policy, string PolicyName, string? Hours, long Promised, long Passed, DateTimeOffset StartedAt, DateTimeOffset? DueAt,
    DateTimeOffset? BreachedAt, DateTimeOffset? EndedAt, IReadOnlyList<ClockStep> Steps);

/// <summary>The clocks of a conversation, explained step by step.</summary>
public sealed class ReadClocks(Database db, TimeProvider clock)
{
    /// <summary>In the order in which they began; none when nothing is promised, or there is no such conversation.</summary>
    public async Task<IReadOnlyList<ClockView>> Of(ConversationId conversation, CancellationToken ct)
    {
        var rows = await db.Set<ClockRow>().AsNoTracking().Where(c => c.Conversation == conversation).OrderBy(c => c.Number).ToListAsync(ct);
        if (rows.Count == 0) return [];
        var steps = await db.Set<ClockStepRow>().AsNoTracking().Where(s => s.Conversation == conversation).OrderBy(s => s.Number).ToListAsync(ct);
        var calendars = new BusinessCalendars(db);
        var names = (await calendars.All(ct)).ToDictionary(c => c.Id, c => c.Name);
        var views = new List<ClockView>();
        foreach (var row in rows)
        {
            var passed = row.Elapsed;
            if (row.RunningSince is { } since) passed += Kpis.KeepRecord.Micros((await calendars.OrAlways(row.Calendar, ct)).Open(since, clock.Now()));
            views.Add(new(row.Kind, row.State, row.Policy, row.PolicyName, row.Calendar is { } id ? names.GetValueOrDefault(id) : null, Seconds(row.Target), Seconds(passed), row.StartedAt, row.DueAt,
                row.BreachedAt, row.EndedAt,
                [.. steps.Where(s => s.Kind == row.Kind && s.Clock == row.StartedAt).OrderBy(s => s.At).ThenBy(s => s.Number).Select(s => new ClockStep(s.At, s.What, s.Why, Seconds(s.Elapsed), Seconds(s.Target)))]));
        }

        return views;
    }

    private static long Seconds(long microseconds) => microseconds / 1_000_000;
}
