using System.Collections.Immutable;
using Hearth.Conversations.ServiceLevels;
using Hearth.Listening;
using Hearth.Listening.Queries;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Rules;

/// <summary>What the orders of people are worth, for rules that ask. Nobody's are known until a program that knows says so.</summary>
public interface IPersonValue
{
    /// <summary>In minor units of the brand's currency; people of whom nothing is known are left out.</summary>
    Task<IReadOnlyDictionary<PersonId, long>> Of(IReadOnlyCollection<PersonId> people, CancellationToken ct);
}

internal sealed class NoPersonValue : IPersonValue
{
    public Task<IReadOnlyDictionary<PersonId, long>> Of(IReadOnlyCollection<PersonId> people, CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<PersonId, long>>(new Dictionary<PersonId, long>());
}

/// <summary>What is to be looked at: a conversation, the post that counts, and whether that opened it.</summary>
internal sealed record SceneAsked(Conversation Conversation, MentionId Mention, bool First, TimeSpan Waited, DateTimeOffset At);

/// <summary>Reads what rules see. Asks only for what one of the rules wants to know.</summary>
internal sealed class ReadScenes(Database db, ReadMention mentions, AskMentions ask, BusinessCalendars calendars, IPersonValue values)
{
    private const int AtOnce = 500;

    /// <summary>In the order asked.</summary>
    public async Task<IReadOnlyList<RuleScene>> Of(IReadOnlyList<SceneAsked> asked, IReadOnlyList<ActingRule> rules, CancellationToken ct)
    {
        var texts = rules.Select(r => r.Body.If.Query).Where(q => q is { Length: > 0 }).Select(q => q!).Distinct(StringComparer.Ordinal).ToList();
        var queries = texts.Select(ParseQuery.Read).OfType<Parsed.Ok>().Select(q => q.Query).ToList();
        if (queries.Count < texts.Count) texts = [.. texts.Where(t => ParseQuery.Read(t) is Parsed.Ok)]; // a later version of the language refuses it: it holds for nothing
        var hours = new Dictionary<CalendarId, BusinessCalendar>();
        foreach (var id in rules.Select(r => r.Body.If.Calendar).OfType<CalendarId>().Distinct())
        {
            if (await calendars.Find(id, ct) is { } calendar) hours[id] = calendar;
        }

        var asksValue = rules.Any(r => r.Body.If.MinValue is not null);
        var scenes = new List<RuleScene>(asked.Count);
        foreach (var some in asked.Chunk(AtOnce)) scenes.AddRange(await Some(some, texts, queries, hours, asksValue, ct));
        return scenes;
    }

    private async Task<IEnumerable<RuleScene>> Some(SceneAsked[] some, List<string> texts, List<Query> queries, Dictionary<CalendarId, BusinessCalendar> hours, bool asksValue, CancellationToken ct)
    {
        var ids = some.Select(s => s.Conversation.Id).Distinct().ToArray();
        var labels = (await db.Set<LabelRow>().AsNoTracking().Where(l => ids.Contains(l.ConversationId)).ToListAsync(ct)).ToLookup(l => l.ConversationId, l => l.Label);
        var posts = (await mentions.Of([.. some.Select(s => s.Mention).Distinct()], ct)).Where(m => !m.IsRemoved).ToDictionary(m => m.Id);
        var hits = await ask.Which(queries, posts.Keys, ct);
        var people = asksValue ? some.Select(s => s.Conversation.PersonId).OfType<PersonId>().Distinct().ToList() : [];
        var worth = people.Count > 0 ? await values.Of(people, ct) : null;
        var exist = hours.Keys.ToImmutableHashSet();
        return some.Select(s => new RuleScene
        {
            Mention = posts.GetValueOrDefault(s.Mention), First = s.First, Waited = s.Waited, Network = s.Conversation.Network, Status = s.Conversation.Status, Department = s.Conversation.Department,
            Assigned = s.Conversation.Assignee is not null, Priority = s.Conversation.Priority, Labels = [.. labels[s.Conversation.Id]],
            Queries = hits.GetValueOrDefault(s.Mention) is { } held ? held.Select(i => texts[i]).ToImmutableHashSet(StringComparer.Ordinal) : [],
            Value = s.Conversation.PersonId is { } person && worth?.TryGetValue(person, out var value) == true ? value : null,
            Calendars = exist, Open = hours.Where(h => h.Value.IsOpen(s.At)).Select(h => h.Key).ToImmutableHashSet(),
        });
    }
}
