using Hearth.Conversations;
using Hearth.Governance;

namespace Hearth.App.Demo;

/// <summary>What a care team did with the inbox this morning: some is urgent, some sleeps, a colleague was asked, and two views have names.</summary>
internal sealed class LoadInbox(DemoHouse house, DemoStory story, IReadOnlyDictionary<string, Actor> staff)
{
    public Task Run(CancellationToken ct) => house.In(story.Now.AddMinutes(-90), async s =>
    {
        var (agent, lead) = (staff["IC"], staff["DO"]);
        var waiting = (await s.GetRequiredService<ListConversations>().Of(new InboxFilter(InboxView.WaitingForUs), null, 12, ct))!.Items;
        var (priority, snooze) = (s.GetRequiredService<SetPriority>(), s.GetRequiredService<SnoozeConversation>());
        foreach (var (row, n) in waiting.Select((row, n) => (row, n)))
        {
            if (n is 2 or 7) await priority.To(row.Id, ConversationPriority.Urgent, lead, ct);
            if (n is 1 or 4 or 9) await priority.To(row.Id, ConversationPriority.Watch, agent, ct);
            if (n is 5) await snooze.Until(row.Id, story.Now.AddDays(2), agent, ct);
            if (n is 10) await snooze.Until(row.Id, null, agent, ct);
            if (n is 2) await s.GetRequiredService<ConversationSteps>().Note(row.Id, $"@{lead.Name} may I offer a replacement here? The second time this month.", agent, ct);
        }

        var views = s.GetRequiredService<SavedFilters>();
        await views.Save("Urgent, longest first", "view=waitingForUs&priority=urgent&order=oldest", true, lead.Id, ct);
        await views.Save("Hinges", "view=all&label=hinge", true, agent.Id, ct);
        return true;
    });
}
