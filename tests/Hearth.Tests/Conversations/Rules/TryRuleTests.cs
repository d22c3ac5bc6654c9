using Hearth.Conversations;
using Hearth.Conversations.Rules;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Tests.Conversations.Rules;

public class TryRuleTests
{
    [Theory, EveryDatabase]
    public async Task A_trial_says_what_would_have_been_and_changes_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var rule = await house.OnArrival("Bills", new(Query: "bill"), new(Department.Sales, Stop: true));
        var bill = await talk.Of(await talk.Says("ann", "The bill is wrong"));
        var stove = await talk.Of(await talk.Says("bob", "The stove is wrong"));
        await talk.SaysAt(house.Clock.Now().AddDays(-8), "cyd", "Long ago it was wrong");

        var (tried, errors) = await house.With<TryRules, (TriedRule?, IReadOnlyList<FieldError>)>(t => t.Draft(new("Wrong", new(RuleMoment.Arrives), new(Query: "wrong"), new(Labels: ["wrong"])), null, default));
        Assert.Empty(errors);
        Assert.Equal((stove.Id, "label wrong", "The stove is wrong"), (Assert.Single(tried!.Rows).Conversation, tried.Rows[0].Did, tried.Rows[0].Text));
        Assert.Equal((2, true, 1, 1), (tried.Conversations, tried.IsAll, tried.Fired, tried.Hit));
        Assert.Empty((await house.See(stove.Id)).Labels);

        // In the place of the rule that stops, both would have been found; the bill would not be routed any more.
        var instead = (await house.With<TryRules, (TriedRule? Tried, IReadOnlyList<FieldError>)>(t => t.Draft(new("Wrong", new(RuleMoment.Arrives), new(Query: "wrong"), new(Labels: ["wrong"])), rule, default))).Tried!;
        Assert.Equal([stove.Id, bill.Id], instead.Rows.Select(r => r.Conversation));
        Assert.Equal("Sales", instead.Rows[1].Now);
    }

    [Theory, EveryDatabase]
    public async Task A_trial_of_a_wait_counts_the_waits_that_were_and_those_that_are(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        house.Clock.Set(new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));
        var answered = await talk.Of(await talk.Says("ann", "Hello?"));
        house.Clock.Advance(TimeSpan.FromMinutes(30));
        await talk.Reply(answered, "Here we are", Talk.Ada);
        var late = await talk.Of(await talk.SaysAt(house.Clock.Now(), "bob", "Hello?"));
        house.Clock.Advance(TimeSpan.FromHours(2));
        await talk.Reply(late, "Here we are", Talk.Ada);
        var still = await talk.Of(await talk.SaysAt(house.Clock.Now(), "cyd", "Hello?"));
        house.Clock.Advance(TimeSpan.FromHours(2));

        var tried = (await house.With<TryRules, (TriedRule? Tried, IReadOnlyList<FieldError>)>(t => t.Draft(new("Too long", new(RuleMoment.TimePasses, Minutes: 60), new(), new(Priority: ConversationPriority.Urgent)), null, default))).Tried!;
        Assert.Equal([still.Id, late.Id], tried.Rows.Select(r => r.Conversation));
        Assert.Equal(new(2026, 9, 1, 9, 30, 0, TimeSpan.Zero), tried.Rows[1].At);
    }

    [Theory, EveryDatabase]
    public async Task What_a_trial_says_is_what_then_happens(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var random = new Random(20_261_122);
        string[] words = ["refund", "broken", "thanks", "late", "lawyer"];
        // First the rules act on what arrives; then each is tried on the same days, and must name the same posts.
        var numbers = new List<long>();
        for (var n = 0; n < 5; n++)
        {
            numbers.Add(await house.OnArrival($"Rule of {words[n]}", new(Query: words[n], WithoutLabels: n == 3 ? ["refund"] : null, Routed: n == 4 ? false : null),
                new(n % 2 == 0 ? (Department)n : null, Labels: [words[n]], Stop: n == 1)));
        }

        for (var n = 0; n < 40; n++)
        {
            var thread = $"thread{random.Next(15)}";
            await talk.Says("author" + thread, string.Join(' ', words.Where(_ => random.Next(3) == 0).Append("stove")), inThread: thread);
        }

        foreach (var number in numbers)
        {
            var did = await house.Firings(number);
            var tried = (await house.With<TryRules, TriedRule?>(t => t.Kept(number, default)))!;
            Assert.Equal(did.Select(f => f.Conversation).Order(ById), tried.Rows.Select(r => r.Conversation).Order(ById));
            Assert.NotEmpty(did);
        }
    }

    private static readonly Comparer<ConversationId> ById = Comparer<ConversationId>.Create((a, b) => a.Value.CompareTo(b.Value));
}
