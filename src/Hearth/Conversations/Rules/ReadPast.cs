using Hearth.Conversations.ServiceLevels;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

/// <summary>Reads what happened lately in the latest conversations, as rules see it.</summary>
internal sealed class ReadPast(Database db, ReadScenes scenes, BusinessCalendars calendars)
{
    private const int AtOnce = 500;

    /// <param name="since">From when on.</param>
    /// <param name="now">Until when.</param>
    /// <param name="most">How many conversations.</param>
    /// <param name="rules">Who will be asked.</param>
    /// <param name="tried">Of rules that wait for time to pass, this one's moments are found.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<(IReadOnlyList<PastLife> Lives, bool IsAll)> Of(DateTimeOffset since, DateTimeOffset now, int most, IReadOnlyList<ActingRule> rules, ActingRule tried, CancellationToken ct)
    {
        var found = await db.Set<Conversation>().AsNoTracking().Where(c => c.LastAt >= since && c.Standing == Hearth.Conversations.Standing.Normal).OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Number).Take(most + 1).ToListAsync(ct);
        var calendar = await calendars.OrAlways(tried.Body.When.Calendar, ct);
        var lives = new List<PastLife>();
        foreach (var some in found.Take(most).Chunk(AtOnce)) lives.AddRange(await Some(some, since, now, rules, tried, calendar, ct));
        return (lives, found.Count <= most);
    }

    private sealed record Step(Conversation Conversation, DateTimeOffset At, RuleMoment? Moment, RuleChange? Change, Func<RuleScene, RuleScene> Do, MentionId Mention, bool First, TimeSpan Waited);

    private async Task<IEnumerable<PastLife>> Some(Conversation[] some, DateTimeOffset since, DateTimeOffset now, IReadOnlyList<ActingRule> rules, ActingRule tried, BusinessCalendar calendar, CancellationToken ct)
    {
        var ids = some.Select(c => c.Id).ToArray();
        var entries = (await db.Set<Entry>().AsNoTracking().Where(e => ids.Contains(e.ConversationId) && e.At >= since && e.Kind != EntryKind.Note)
            .Select(e => new Told(e.ConversationId, e.Position, e.Kind, e.At, e.MentionId, e.What, e.Kind == EntryKind.Event ? e.Text : null, e.Link)).ToListAsync(ct)).ToLookup(e => e.Conversation);
        var labels = (await db.Set<LabelRow>().AsNoTracking().Where(l => ids.Contains(l.ConversationId)).ToListAsync(ct)).ToLookup(l => l.ConversationId, l => l.Label);
        var steps = some.SelectMany(c => Steps(c, [.. entries[c.Id].OrderBy(e => e.At).ThenBy(e => e.Position)], now, tried, calendar)).ToList();
        var asked = steps.FindAll(s => s.Moment is not null);
        var seen = await scenes.Of(asked.ConvertAll(s => new SceneAsked(s.Conversation, s.Mention, s.First, s.Waited, s.At)), rules, ct);
        var at = asked.Zip(seen).ToDictionary(p => p.First, p => p.Second, (IEqualityComparer<Step>)ReferenceEqualityComparer.Instance); // two of one moment may look alike
        var by = steps.ToLookup(s => s.Conversation.Id);
        return some.Select(c =>
        {
            string[] bears = [.. labels[c.Id]];
            // What was opened in these days began with nothing; an older one began before, and what stood then nobody kept.
            var isNew = entries[c.Id].Count(e => e.Kind == EntryKind.Mention) >= c.Mentions;
            var begin = isNew ? new RuleScene { Network = c.Network }
                : new RuleScene { Network = c.Network, Department = c.Department, Assigned = c.Assignee is not null, Priority = c.Priority, Labels = [.. bears] };
            var happenings = by[c.Id].Select(s => new Happening(s.At, s.Moment, s.Change, at.GetValueOrDefault(s) is { } scene ? scene with { Only = tried.Number } : begin, s.Do));
            return new PastLife(c, bears, begin, [.. happenings]);
        });
    }

    private sealed record Told(ConversationId Conversation, long Position, EntryKind Kind, DateTimeOffset At, MentionId? Mention, string? What, string? Text, string? Link);

    private static IEnumerable<Step> Steps(Conversation c, List<Told> entries, DateTimeOffset now, ActingRule tried, BusinessCalendar calendar)
    {
        var left = c.Mentions - entries.Count(e => e.Kind == EntryKind.Mention);
        var (last, waiting) = ((MentionId?)null, (DateTimeOffset?)null);
        foreach (var (entry, until) in entries.Zip(entries.Skip(1).Select(e => e.At).Append(now)))
        {
            var waited = waiting is { } from ? entry.At - from : TimeSpan.Zero;
            switch (entry.Kind)
            {
                case EntryKind.Mention:
                    var first = last is null && left <= 0;
                    last = entry.Mention!.Value;
                    yield return new(c, entry.At, RuleMoment.Arrives, null, s => s with { Status = ConversationStatus.Open }, last.Value, first, waited);
                    waiting ??= entry.At;
                    break;
                case EntryKind.Reply or EntryKind.OwnPost:
                    waiting = null;
                    yield return new(c, entry.At, last is null || entry.Kind == EntryKind.OwnPost ? null : RuleMoment.Changes, RuleChange.Reply, s => s with { Status = ConversationStatus.Waiting }, last ?? default, false, waited);
                    break;
                default:
                    if (entry.Link?.StartsWith(Doer.Rules, StringComparison.Ordinal) == true || LiveThrough.Told(entry.What, entry.Text) is not { } told) continue;
                    if (entry.What is "closed" or "waiting") waiting = null;
                    yield return new(c, entry.At, last is null ? null : RuleMoment.Changes, told.Change, told.Do, last ?? default, false, waited);
                    break;
            }

            if (waiting is not { } since || tried.Body.When is not { Moment: RuleMoment.TimePasses, Minutes: { } minutes } || last is null) continue;
            var due = calendar.Add(since, TimeSpan.FromMinutes(minutes));
            if (due >= entry.At && due < until) yield return new(c, due, RuleMoment.TimePasses, null, s => s, last.Value, false, due - since);
        }
    }
}
