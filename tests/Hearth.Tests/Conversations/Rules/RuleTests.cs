using Hearth.Conversations;
using Hearth.Conversations.Rules;
using Hearth.Governance;
using Hearth.Listening.Understanding;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Conversations.Rules;

public class RuleTests
{
    [Theory, EveryDatabase]
    public async Task A_rule_routes_what_arrives_and_the_timeline_says_which_version_did(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var rule = await house.OnArrival("Legal words", new(Query: "lawyer OR sue"), new(Department.Legal, Priority: ConversationPriority.Urgent, Labels: ["Legal"]));

        var sued = await talk.Of(await talk.Says("ann", "I will call my lawyer"));
        var other = await talk.Of(await talk.Says("bob", "Where is my order?"));

        Assert.Equal((Department.Legal, "legal"), (sued.Department, Assert.Single(sued.Labels)));
        Assert.Null(other.Department);
        Assert.Contains(sued.Timeline, t => t is { What: "routed", By: null } && t.ByName == $"Rule {rule}, version 1" && t.Link == $"/engage/rules/{rule}");
        var firing = Assert.Single(await house.Firings(rule));
        Assert.Equal((sued.Id, sued.LastMention, 1, "to Legal, urgent, label legal"), (firing.Conversation, firing.Mention, firing.Version, firing.Did));
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type.EndsWith("RuleFired"))));
    }

    [Theory, EveryDatabase]
    public async Task Rules_are_asked_in_their_order_see_what_was_done_before_and_end_at_a_stop(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var first = await house.OnArrival("Complaints to care", new(Query: "broken"), new(Department.Care));
        var second = await house.OnArrival("What care has is watched", new(Departments: [Department.Care]), new(Priority: ConversationPriority.Watch, Stop: true));
        var third = await house.OnArrival("Everything is labelled", new(), new(Labels: ["seen"]));

        var broken = await talk.Of(await talk.Says("ann", "It is broken"));
        var fine = await talk.Of(await talk.Says("bob", "It is fine"));
        Assert.Equal((Department.Care, 0), (broken.Department, broken.Labels.Count));
        Assert.Equal(["seen"], fine.Labels);

        Assert.False(await house.With<KeepRules, bool>(k => k.Order([third, first], default)));
        Assert.True(await house.With<KeepRules, bool>(k => k.Order([third, first, second], default)));
        Assert.Equal(["seen"], (await talk.Of(await talk.Says("cyd", "Also broken"))).Labels);
        Assert.Equal([third, first, second], (await house.With<ReadRules, IReadOnlyList<RuleLine>>(r => r.All(default))).Select(r => r.Number));
    }

    [Theory, EveryDatabase]
    public async Task A_new_version_acts_only_once_it_was_tried_and_put_live(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var rule = await house.OnArrival("Orders", new(Query: "order"), new(Department.Sales));
        Assert.Equal(new KeptRule.Done(rule, 2), await house.With<KeepRules, KeptRule>(k => k.Change(rule, 1, new("Orders", new(RuleMoment.Arrives), new(Query: "order"), new(Department.Operations)), Desk.Lead, default)));
        Assert.Equal(new KeptRule.WrittenMeanwhile(2), await house.With<KeepRules, KeptRule>(k => k.Change(rule, 1, new("Orders", new(RuleMoment.Arrives), new(), new(Department.It)), Desk.Lead, default)));

        Assert.Equal(Department.Sales, (await talk.Of(await talk.Says("ann", "My order"))).Department);
        Assert.IsType<KeptRule.NotTried>(await house.With<KeepRules, KeptRule>(k => k.PutLive(rule, 2, default)));
        await house.GoLive(rule, 2);
        Assert.Equal(Department.Operations, (await talk.Of(await talk.Says("bob", "My order"))).Department);
        Assert.Equal([1, 2], (await house.Firings(rule)).Select(f => f.Version));

        Assert.True(await house.With<KeepRules, bool>(k => k.TakeBack(rule, default)));
        Assert.Null((await talk.Of(await talk.Says("cyd", "My order"))).Department);
        Assert.True(await house.With<KeepRules, bool>(k => k.Remove(rule, default)));
        Assert.True((await house.With<ReadRules, RuleView?>(r => r.Of(rule, default)))!.Removed);
        Assert.Equal(2, (await house.Firings(rule)).Count);
    }

    [Theory, EveryDatabase]
    public async Task Rules_that_answer_changes_answer_each_once_and_never_themselves_for_ever(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        // Each undoes what the other does.
        var up = await house.Rule("Up", new(RuleMoment.Changes, [RuleChange.Priority, RuleChange.Label]), new(Priorities: [ConversationPriority.None, ConversationPriority.Watch]), new(Priority: ConversationPriority.Urgent));
        var down = await house.Rule("Down", new(RuleMoment.Changes, [RuleChange.Priority]), new(Priorities: [ConversationPriority.Urgent]), new(Priority: ConversationPriority.Watch));
        var talked = await talk.Of(await talk.Says("ann", "Hello"));
        Assert.Empty(await house.Firings());

        await house.With<ConversationSteps, bool>(s => s.AddLabel(talked.Id, "vip", Talk.Ada, default));
        await house.Settle();
        Assert.Equal([up, down], (await house.Firings()).Select(f => f.Rule));

        await house.With<ConversationSteps>(s => s.RemoveLabel(talked.Id, "vip", Talk.Ada, default));
        await house.Settle();
        Assert.Equal([up, down, up, down], (await house.Firings()).Select(f => f.Rule));
    }

    [Theory, EveryDatabase]
    public async Task Every_condition_is_asked_of_the_post_and_the_conversation(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var rules = new Dictionary<string, RuleIf>
        {
            ["negative"] = new(Sentiments: [Sentiment.Negative]), ["english"] = new(Languages: ["EN"]), ["german"] = new(Languages: ["de"]), ["question"] = new(Intents: [Intent.Question]),
            ["first"] = new(First: true), ["again"] = new(First: false), ["nobody"] = new(Assigned: false, Routed: false), ["elsewhere"] = new(Networks: ["bluesky"]), ["rich"] = new(MinValue: 1), ["known"] = new(MinFollowers: 10),
            ["plain"] = new(WithoutLabels: ["negative"]),
        };
        foreach (var (label, asked) in rules) await house.OnArrival(label, asked, new(Labels: [label]));

        var first = await talk.Of(await talk.Says("ann", "This is terrible, I hate it, worst stove ever", id: "root"));
        Assert.Equal(["english", "first", "negative", "nobody"], first.Labels);
        await house.With<AssignConversation, Assignment>(a => a.Claim(first.Id, Talk.Ada, default));
        await talk.Says("ann", "When will you answer me?", inThread: "root");
        var second = await talk.Of(first.LastMention);
        Assert.Contains("again", second.Labels);
        Assert.Contains("question", second.Labels);
        Assert.DoesNotContain("plain", second.Labels);
    }

    [Theory, EveryDatabase]
    public async Task What_is_wrong_with_a_rule_is_said_by_field_and_nothing_is_kept(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var wrong = new RuleDraft(" ", new(RuleMoment.TimePasses), new(Query: "(open", Topics: ["no-such"], Open: true, WaitingMinutes: 0), new(Inside: true, Person: UserId.New(), Labels: [new string('x', 41)], SnoozeMinutes: 0));
        var errors = Assert.IsType<KeptRule.Invalid>(await house.With<KeepRules, KeptRule>(k => k.Add(wrong, Desk.Lead, default))).Errors;
        Assert.Equal(["if.calendar", "if.query", "if.topics", "if.waitingMinutes", "name", "then.labels", "then.person", "then.snoozeMinutes", "when.minutes"], errors.Select(e => e.Field).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains((Assert.IsType<KeptRule.Invalid>(await house.With<KeepRules, KeptRule>(k => k.Add(new("Nothing", new(RuleMoment.Arrives)), Desk.Lead, default)))).Errors, e => e.Field == "then");
        Assert.Empty(await house.With<ReadRules, IReadOnlyList<RuleLine>>(r => r.All(default)));
    }
}
