using Hearth.Conversations;
using Hearth.Conversations.Kpis;
using Hearth.Conversations.Live;
using Hearth.Conversations.Writing;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Bench;

/// <summary>What agents open in a filled inbox, and leads in its report.</summary>
internal sealed class OpenedInbox(ManyConversations many)
{
    public const int Times = 40;
    private const int PageSize = 40;

    // Another agent, label or word each time, so that not the same pages are warm.
    public IEnumerable<(string, int, Func<BenchDatabase, Random, Task>)> All() => Inbox().Select(o => (o.Item1, Times, o.Item2)).Concat(Reports().Select(o => (o.Item1, 5, o.Item2)));

    private IEnumerable<(string, Func<BenchDatabase, Random, Task>)> Inbox()
    {
        UserId Agent(Random r) => many.Agents[r.Next(many.Agents.Length)];
        static string Word(Random r, int from, int to) => $"word{r.Next(from, to)}";
        yield return ("open: counts of all views and labels", (db, r) => db.With<ListConversations>(async l =>
        {
            await l.Counts(Agent(r), (Department)r.Next(8), default);
            await l.Labels(default);
        }));
        yield return ("open: a conversation with its side", Talk);
        foreach (var view in Enum.GetValues<InboxView>()) yield return ($"open: {view}", (db, r) => List(db, new(view, Agent(r)) { MyDepartment = (Department)r.Next(8) }));
        (string, Func<Random, InboxFilter>)[] filters =
        [
            ("a department", r => new(InboxView.All, Department: (Department)r.Next(8))),
            ("a label", r => new(InboxView.All, Label: many.Labels[r.Next(200)])),
            ("a label, waiting for us", r => new(InboxView.WaitingForUs, Label: many.Labels[r.Next(200)])),
            ("a label and a department, waiting for us", r => new(InboxView.WaitingForUs, Department: (Department)r.Next(8), Label: many.Labels[r.Next(200)])),
            ("urgent", _ => new(InboxView.All) { Priority = ConversationPriority.Urgent }),
            ("urgent, a department, waiting for us", r => new(InboxView.WaitingForUs, Department: (Department)r.Next(8)) { Priority = ConversationPriority.Urgent }),
            ("a network", _ => new(InboxView.WaitingForUs) { Network = "email" }),
            ("a person of ours", r => new(InboxView.All) { Assignee = Agent(r) }),
            ("a person", r => new(InboxView.All, Person: many.Person(r.Next(100_000)))),
            ("a busy person", r => new(InboxView.All, Person: many.Person(r.Next(3)))),
            ("longest waiting first", r => new(InboxView.WaitingForUs, OldestFirst: true)),
            ("most pressing first", _ => new(InboxView.WaitingForUs) { PressingFirst = true }),
        ];
        foreach (var (name, filter) in filters) yield return ($"filter: {name}", (db, r) => List(db, filter(r)));
        (string, Func<Random, InboxFilter>)[] searches =
        [
            ("a common word", r => new(InboxView.All, Search: Word(r, 0, 20) + " ")), ("a middling word", r => new(InboxView.All, Search: Word(r, 100, 2_000))), ("a rare word", r => new(InboxView.All, Search: Word(r, 5_000, 30_000))),
            ("two words", r => new(InboxView.All, Search: Word(r, 0, 50) + " " + Word(r, 0, 50))), ("a common and a rare word", r => new(InboxView.All, Search: Word(r, 5_000, 30_000) + " " + Word(r, 0, 20))),
            ("three common words", _ => new(InboxView.All, Search: "word1 word2 word3")),
            ("a common word, waiting for us", r => new(InboxView.WaitingForUs, Search: Word(r, 0, 20))), ("a middling word among mine", r => new(InboxView.Mine, Agent(r), Search: Word(r, 100, 2_000))),
            ("a common word among mine", r => new(InboxView.Mine, Agent(r), Search: Word(r, 0, 20))), ("a handle", r => new(InboxView.All, Search: $"@author{r.Next(20_000)}")),
        ];
        foreach (var (name, filter) in searches) yield return ($"search: {name}", (db, r) => List(db, filter(r)));
        foreach (var (name, filter) in new (string, InboxFilter)[]
        {
            ("all", new(InboxView.All)), ("closed", new(InboxView.Closed)), ("most pressing first", new(InboxView.All) { PressingFirst = true }), ("a label", new(InboxView.All, Label: many.Labels[3])),
            ("a common word", new(InboxView.All, Search: "word5 ")), ("a middling word", new(InboxView.All, Search: "word500")),
        })
        {
            string? after = null;
            yield return ($"next page: {name}", async (db, _) => after = (await db.With<ListConversations, Page<InboxRow>?>(l => l.Of(filter, after, PageSize, default)))!.Next);
        }
    }

    private static IEnumerable<(string, Func<BenchDatabase, Random, Task>)> Reports()
    {
        var end = MadeConversations.End;
        foreach (var days in (int[])[28, 366])
        {
            foreach (var by in Enum.GetValues<KpiBy>()) yield return ($"report: {days} days by {by}", (db, _) => db.With<ReadKpis>(r => r.Of(new(end.AddDays(-days), end), by, TimeZoneInfo.Utc, default)));
            foreach (var measure in Enum.GetValues<KpiMeasure>()) yield return ($"report: {days} days, list behind {measure}", (db, _) => db.With<ListKpiRows>(r => r.Of(new(end.AddDays(-days), end), measure, null, 50, default)));
        }

        yield return ("report: the first year by Day", (db, _) => db.With<ReadKpis>(r => r.Of(new(end.AddDays(-1826), end.AddDays(-1460)), KpiBy.Day, TimeZoneInfo.Utc, default)));
        yield return ("report: 366 days by Day, a label", (db, _) => db.With<ReadKpis>(r => r.Of(new(end.AddDays(-366), end, Label: "label3"), KpiBy.Day, TimeZoneInfo.Utc, default)));
    }

    // What the page of a conversation reads, one after another as it does.
    private async Task Talk(BenchDatabase db, Random random)
    {
        var number = random.Next(1, many.Count);
        var me = new Actor(many.Agents[0], "Agent 0", "A", Department.Care, Role.Agent);
        await using var scope = db.Services.CreateAsyncScope();
        T A<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();
        var id = (await A<ReadConversation>().Numbered(number, default))!.Value;
        var talk = (await A<ReadConversation>().Of(id, default))!;
        await A<ListConversations>().Of(new InboxFilter(InboxView.WaitingForUs).By(me), null, 30, default);
        await A<ReadMessages>().Of([.. talk.Timeline.Select(t => t.Message).OfType<MessageId>()], default);
        await A<Drafts>().Of(id, me.Id, default);
        await A<ReplyToConversation>().Preview(id, "", me, default);
        await A<Staff>().All();
        await A<Sources>().Names(default);
        await A<ListGaps>().In(id, default);
        await A<ListGaps>().Of(new(), null, 200, default);
        await A<ReadConversation>().With(talk.Person!.Id, default);
        await A<OptOuts>().Of(talk.Person.Id, default);
        await A<ListConversations>().Of(new(InboxView.All, Person: talk.Person.Id), null, 6, default);
        await A<Presence>().In(id, default);
    }

    private static Task List(BenchDatabase db, InboxFilter filter) => db.With<ListConversations>(l => l.Of(filter, null, PageSize, default));
}
