using Hearth.Conversations;
using Hearth.Conversations.Rules;
using Hearth.Conversations.ServiceLevels;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Tests.Conversations.Rules;

public class WaitRuleTests
{
    private static readonly RuleWhen Hour = new(RuleMoment.TimePasses, Minutes: 60);

    [Theory, EveryDatabase]
    public async Task A_wait_that_is_long_enough_is_acted_on_once_and_again_only_after_an_answer(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        house.Clock.Set(new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));
        var talk = await Talk.In(house);
        var rule = await house.Rule("Too long", Hour, new(Assigned: false), new(Priority: ConversationPriority.Urgent));
        var waiting = await talk.Of(await talk.Says("ann", "Hello?", id: "root"));
        var mine = await talk.Of(await talk.Says("bob", "Hello?"));
        await house.With<AssignConversation, Assignment>(a => a.Claim(mine.Id, Talk.Ada, default));

        await Pass(60);
        Assert.Empty(await house.Firings(rule)); // the post came at one minute past eight
        await Pass(1);
        Assert.Equal(waiting.Id, Assert.Single(await house.Firings(rule)).Conversation);
        await talk.Says("ann", "Anybody?", inThread: "root");
        await Pass(600);
        Assert.Single(await house.Firings(rule));

        Assert.IsType<Reply.ByHand>(await talk.Reply(await house.See(waiting.Id), "Here we are", Talk.Ada));
        await house.Settle();
        await talk.SaysAt(house.Clock.Now().AddMinutes(1), "ann", "Thanks, and now?", inThread: "root");
        await Pass(59);
        Assert.Single(await house.Firings(rule));
        await Pass(3);
        Assert.Equal(2, (await house.Firings(rule)).Count);

        async Task Pass(int minutes)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await house.Settle();
        }
    }

    [Theory, EveryDatabase]
    public async Task Who_waits_when_a_rule_goes_live_is_acted_on_and_closed_ones_are_not(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var waiting = await talk.Of(await talk.Says("ann", "Hello?"));
        var closed = await talk.Of(await talk.Says("bob", "Hello?"));
        await house.With<ConversationSteps, bool>(s => s.Move(closed.Id, ConversationStatus.Closed, Talk.Ada, default));
        house.Clock.Advance(TimeSpan.FromHours(5));

        var rule = await house.Rule("Too long", Hour, new(), new(Department.Care));
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Settle();
        Assert.Equal(waiting.Id, Assert.Single(await house.Firings(rule)).Conversation);
    }

    [Theory, EveryDatabase]
    public async Task Working_hours_are_what_counts_when_a_rule_says_so(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var (hours, _) = await house.With<BusinessCalendars, (CalendarId?, IReadOnlyList<FieldError>)>(c => c.Put(null, new("Office", "UTC", new(Tuesday: "09:00-17:00", Wednesday: "09:00-17:00")), default));
        var wait = await house.Rule("Too long", Hour with { Calendar = hours }, new(), new(Priority: ConversationPriority.Watch));
        var night = await house.OnArrival("At night", new(Calendar: hours, Open: false), new(Labels: ["night"]));
        house.Clock.Set(new(2026, 9, 1, 16, 30, 0, TimeSpan.Zero)); // a Tuesday
        var late = await talk.Of(await talk.SaysAt(house.Clock.Now(), "ann", "Hello?"));
        house.Clock.Advance(TimeSpan.FromHours(3));
        var dark = await talk.Of(await talk.SaysAt(house.Clock.Now(), "bob", "Hello?"));

        Assert.Equal(dark.Id, Assert.Single(await house.Firings(night)).Conversation);
        Assert.Empty(await house.Firings(wait));
        house.Clock.Set(new(2026, 9, 2, 9, 29, 0, TimeSpan.Zero));
        await house.Settle();
        Assert.Empty(await house.Firings(wait));
        house.Clock.Set(new(2026, 9, 2, 9, 31, 0, TimeSpan.Zero));
        await house.Settle();
        Assert.Equal(late.Id, Assert.Single(await house.Firings(wait)).Conversation);
    }
}
