using Hearth.Conversations;
using Hearth.Conversations.ServiceLevels;
using Hearth.Governance;
using Hearth.Listening.Alerts;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Conversations.ServiceLevels;

public class ClockTests
{
    private const long Hour = 3600;

    [Theory, EveryDatabase]
    public async Task A_first_response_is_promised_in_working_hours_and_its_history_tells_how_they_passed(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var promised = await Promised.In(house);
        await promised.Promise(new("Care", FirstResponse: 240, Calendar: await promised.Hours(Promised.Office)));

        await promised.At("2026-10-02T13:00Z"); // Friday, 15:00 in Berlin; the Saturday is a holiday besides
        var id = await promised.Hears("ann");
        Assert.Equal(At("2026-10-05T09:00Z"), (await promised.Clock(id, ClockKind.FirstResponse)).DueAt);
        Assert.Equal(At("2026-10-05T09:00Z"), await Due(house, id));

        await promised.At("2026-10-05T08:30Z");
        await promised.Answer(id, Talk.Ada);

        var clock = await promised.Clock(id, ClockKind.FirstResponse);
        Assert.Equal((ClockState.Met, "Office", 4 * Hour, (long)(3.5 * Hour)), (clock.State, clock.Hours, clock.Promised, clock.Passed));
        Assert.Equal([("started", 0), ("met", (long)(3.5 * Hour))], clock.Steps.Select(s => (s.What, s.Passed)));
        Assert.Null(await Due(house, id));
    }

    [Theory, EveryDatabase]
    public async Task A_resolution_waits_while_the_person_is_waited_for_and_while_it_is_snoozed_and_goes_on_when_it_is_opened_again(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var promised = await Promised.In(house);
        await promised.Promise(new("All", Resolution: 10 * 60));

        await promised.At("2026-09-02T00:00Z");
        var id = await promised.Hears("ann", id: "root");
        await promised.At("2026-09-02T02:00Z");
        await promised.Answer(id, Talk.Ada); // 2 h
        await promised.At("2026-09-02T12:00Z");
        await promised.Hears("ann", inThread: "root");
        await promised.At("2026-09-02T13:00Z"); // 3 h
        await promised.With<SnoozeConversation, Snoozing>(s => s.Until(id, At("2026-09-03T13:00Z"), Talk.Ada!, default));
        await house.Settle();
        Assert.Equal(ClockState.Paused, (await promised.Clock(id, ClockKind.Resolution)).State);
        await promised.At("2026-09-03T13:00Z");
        await promised.At("2026-09-03T15:00Z"); // 5 h
        await promised.Move(id, ConversationStatus.Closed);
        Assert.Equal((ClockState.Met, 5 * Hour), await Now());
        await promised.At("2026-09-04T00:00Z");
        await promised.Hears("ann", inThread: "root");
        Assert.Equal(At("2026-09-04T05:00Z"), await Due(house, id));
        await promised.At("2026-09-04T05:10Z");
        await promised.Move(id, ConversationStatus.Closed);

        var clock = await promised.Clock(id, ClockKind.Resolution);
        Assert.Equal((ClockState.Missed, At("2026-09-04T05:00Z")), (clock.State, clock.BreachedAt));
        Assert.Equal(["started", "paused", "resumed", "paused", "resumed", "met", "resumed", "breached", "missed"], clock.Steps.Select(s => s.What));

        async Task<(ClockState, long)> Now() => (await promised.Clock(id, ClockKind.Resolution)) is var c ? (c.State, c.Passed) : default;
    }

    [Theory, EveryDatabase]
    public async Task Each_later_wait_has_a_clock_of_its_own_that_counts_from_the_first_post_left_unanswered(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var promised = await Promised.In(house);
        await promised.Promise(new("All", NextResponse: 60));
        await promised.At("2026-09-02T00:00Z");
        var id = await promised.Hears("ann", id: "root");
        await promised.Answer(id, Talk.Ada);
        Assert.Empty(await promised.Clocks(id));

        await promised.At("2026-09-02T10:00Z");
        await promised.Hears("ann", inThread: "root");
        await promised.At("2026-09-02T10:40Z");
        await promised.Hears("ann", "Hello?", inThread: "root");
        Assert.Equal(At("2026-09-02T11:00Z"), await Due(house, id));
        await promised.At("2026-09-02T10:59Z");
        await promised.Answer(id, Talk.Ada);
        await promised.At("2026-09-02T12:00Z");
        await promised.Hears("ann", inThread: "root");
        await promised.At("2026-09-02T13:01Z");
        await promised.Answer(id, Talk.Ada);

        Assert.Equal([(ClockState.Met, 59 * 60), (ClockState.Missed, 61 * 60)], (await promised.Clocks(id)).Select(c => (c.State, c.Passed)));
    }

    [Theory, EveryDatabase]
    public async Task The_first_promise_that_fits_counts_and_another_one_counts_from_the_start(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var promised = await Promised.In(house);
        await promised.Promise(new("Urgent", Priority: ConversationPriority.Urgent, FirstResponse: 30));
        await promised.Promise(new("All", FirstResponse: 240));
        await promised.At("2026-09-02T00:00Z");
        var id = await promised.Hears("ann");
        Assert.Equal(At("2026-09-02T04:00Z"), await Due(house, id));

        await promised.At("2026-09-02T00:10Z");
        await promised.With<SetPriority, bool>(s => s.To(id, ConversationPriority.Urgent, Talk.Ada!, default));
        await house.Settle();
        Assert.Equal(At("2026-09-02T00:30Z"), await Due(house, id));
        var clock = await promised.Clock(id, ClockKind.FirstResponse);
        Assert.Equal(("Urgent", "re-promised", 600L), (clock.PolicyName, clock.Steps[^1].What, clock.Steps[^1].Passed));

        await promised.Move(id, ConversationStatus.Closed);
        Assert.Equal(ClockState.CalledOff, (await promised.Clock(id, ClockKind.FirstResponse)).State);
    }

    [Theory, EveryDatabase]
    public async Task Before_and_after_a_promise_is_broken_people_are_told_and_it_is_handed_up_once_each(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var promised = await Promised.In(house);
        var lead = await promised.Hire("Lea Lindt", Role.Lead, Department.Care);
        var agent = await promised.Hire("Abe Alt", Role.Agent, Department.Care);
        var owner = await promised.Hire("Ora Owen", Role.Owner, Department.Care);
        var policy = await promised.Promise(new("Care", FirstResponse: 100, Escalations:
            [new(50, Told.Assignee), new(80, Told.Leads, ConversationPriority.Urgent), new(100, Told.Leads, ToLead: true), new(200, Told.Owners)]));
        await promised.At("2026-09-02T00:00Z");
        var id = await promised.Hears("ann");
        await promised.With<AssignConversation, Assignment>(a => a.Claim(id, agent, default));
        await promised.With<AssignConversation, bool>(a => a.ToDepartment(id, Department.Care, agent!, default));

        await promised.At("2026-09-02T00:49Z");
        Assert.Equal(0, await Notices(agent));
        await promised.At("2026-09-02T00:51Z");
        await promised.At("2026-09-02T01:00Z");
        Assert.Equal((1, 0), (await Notices(agent), await Notices(lead)));
        await promised.At("2026-09-02T01:21Z");
        Assert.Equal((1, 1, ConversationPriority.Urgent), (await Notices(agent), await Notices(lead), (await Row()).Priority));
        Assert.False(await Overdue());
        await promised.At("2026-09-02T01:45Z");
        Assert.Equal((1, 2, lead.Id), (await Notices(agent), await Notices(lead), (await Row()).Assignee));
        Assert.True(await Overdue());
        await promised.At("2026-09-03T00:00Z");
        await promised.At("2026-09-04T00:00Z");
        Assert.Equal((1, 2, 1), (await Notices(agent), await Notices(lead), await Notices(owner)));

        Assert.Equal(["started", "warned", "warned", "breached", "escalated", "escalated"], (await promised.Clock(id, ClockKind.FirstResponse)).Steps.Select(s => s.What));
        var told = await house.With<Database, List<FactRow>>(db => db.Set<FactRow>().Where(f => f.Type.EndsWith("SlaBreached")).ToListAsync());
        Assert.Contains(policy.Value.ToString(), Assert.Single(told).Body, StringComparison.Ordinal);
        var events = (await house.With<ReadConversation, ConversationView?>(r => r.Of(id, default)))!.Timeline.Where(t => t.ByName == "Service level “Care”").Select(t => t.What);
        Assert.Equal(["sla-warned", "sla-warned", "prioritised", "sla-breached", "assigned", "sla-warned"], events);

        Task<int> Notices(Actor reader) => house.With<Notices, int>(n => n.New(reader.Id, default));
        async Task<bool> Overdue() => (await Row()).DueAt < house.Clock.Now();
        Task<Conversation> Row() => house.With<Database, Conversation>(db => db.Set<Conversation>().SingleAsync(c => c.Id == id));
    }

    private static Task<DateTimeOffset?> Due(TestHouse house, ConversationId id) => house.With<Database, DateTimeOffset?>(db => db.Set<Conversation>().Where(c => c.Id == id).Select(c => c.DueAt).SingleAsync());

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
