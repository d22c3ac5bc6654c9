using Hearth.Conversations.ServiceLevels;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

/// <summary>Looks at the waits that have become long enough.</summary>
public sealed record LookAtWaits : IJob;

/// <summary>Each wait in a transaction of its own that also notes that it was looked at: however often the process dies, a rule acts on it once.</summary>
internal sealed class LookAtWaitsRun(Database db, RunRules rules, RuleWaits waits, BusinessCalendars calendars, TimeProvider clock) : IRun<LookAtWaits>
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private const int AtOnce = 200;

    public async Task Run(LookAtWaits job, CancellationToken ct)
    {
        var live = (await rules.Live(ct)).Where(r => r.Body.When.Moment == RuleMoment.TimePasses).ToDictionary(r => r.Number);
        if (live.Count == 0) return;
        var hours = new Dictionary<CalendarId, BusinessCalendar?>();
        foreach (var id in live.Values.Select(r => r.Body.When.Calendar).OfType<CalendarId>().Distinct()) hours[id] = await calendars.Find(id, ct);
        for (var more = true; more;)
        {
            var now = clock.Now();
            var due = await db.Set<RuleWait>().AsNoTracking().Where(w => w.Due <= now).OrderBy(w => w.Due).ThenBy(w => w.Rule).ThenBy(w => w.Conversation).Take(AtOnce).ToListAsync(ct);
            foreach (var wait in due)
            {
                await db.InTransaction(() => Look(wait, live.GetValueOrDefault(wait.Rule), hours, now, ct), ct);
                db.ChangeTracker.Clear();
            }

            more = due.Count == AtOnce;
        }
    }

    private async Task Look(RuleWait wait, ActingRule? rule, Dictionary<CalendarId, BusinessCalendar?> hours, DateTimeOffset now, CancellationToken ct)
    {
        var mine = db.Set<RuleWait>().Where(w => w.Rule == wait.Rule && w.Conversation == wait.Conversation && w.Due == wait.Due);
        var conversation = await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == wait.Conversation, ct);
        var since = conversation is { Standing: Standing.Normal } ? await waits.Since(conversation, ct) : null;
        if (rule is null || since != wait.Since)
        {
            await mine.ExecuteDeleteAsync(ct); // answered, closed, or the rule is gone
            return;
        }

        var calendar = rule.Body.When.Calendar is { } id ? hours.GetValueOrDefault(id) : null;
        var due = (calendar ?? BusinessCalendar.Always).Add(wait.Since, TimeSpan.FromMinutes(rule.Body.When.Minutes ?? 0));
        if (conversation!.SnoozedUntil is { } woken && woken > due) due = woken;
        if (due > now)
        {
            await mine.ExecuteUpdateAsync(set => set.SetProperty(w => w.Due, due), ct);
            return;
        }

        if (await mine.ExecuteUpdateAsync(set => set.SetProperty(w => w.Due, (DateTimeOffset?)null), ct) == 1)
        {
            await rules.On(wait.Conversation, RuleMoment.TimePasses, now, only: wait.Rule, ct: ct);
        }
    }
}
