using Hearth.Conversations;
using Hearth.Conversations.Rules;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Conversations.Rules;

public class GiveOutTests
{
    [Theory, EveryDatabase]
    public async Task In_turn_everybody_gets_as_many_as_the_others_and_nobody_more_than_they_take(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        Actor[] people = [await house.Person("Ann"), await house.Person("Ben"), await house.Person("Cyd")];
        foreach (var person in people) await house.Takes(person, 3);
        await house.OnArrival("Give", new(), new(Department.Care, Inside: true));

        for (var n = 0; n < 6; n++) await talk.Says($"author{n}", "Hello");
        Assert.Equal([2, 2, 2], await Loads(house, people));
        for (var n = 6; n < 12; n++) await talk.Says($"author{n}", "Hello");
        Assert.Equal([3, 3, 3], await Loads(house, people));
        var desk = await house.With<Agents, DeskView>(a => a.Of(Department.Care, default));
        Assert.Equal((3, "everybody who could has as many as they take"), (desk.QueueLength, desk.Queue[0].Because));

        // Who closes one is given the one that waited longest.
        var first = (await talk.List(new(InboxView.All))).First(r => r.Assignee == people[1].Id);
        await house.With<ConversationSteps, bool>(s => s.Move(first.Id, ConversationStatus.Closed, people[1], default));
        await house.Settle();
        var given = await house.See(desk.Queue[0].Conversation);
        Assert.Equal(people[1].Id, given.Assignee);
        Assert.Contains(given.Timeline, t => t is { What: "assigned", By: null, Text: "Ben" } && t.ByName!.StartsWith("Rule ", StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task Skills_languages_and_absence_decide_who_fits(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var (ann, ben, cyd) = (await house.Person("Ann"), await house.Person("Ben"), await house.Person("Cyd", Department.Sales));
        await house.Takes(ann, 9, ["refunds"], ["de"]);
        await house.Takes(ben, 9, [], ["en"]);
        await house.Takes(cyd, 9, ["refunds"]);
        await house.OnArrival("Refunds", new(Query: "refund"), new(Department.Care, Inside: true, Skills: ["Refunds"]));
        await house.OnArrival("Rest", new(WithoutLabels: ["refund"], Assigned: false, Routed: false), new(Department.Care, Inside: true));

        var english = await talk.Of(await talk.Says("x", "Where is the parcel that I ordered from you last week?"));
        Assert.Equal(ben.Id, english.Assignee);
        var german = await talk.Of(await talk.Says("y", "Wo bleibt denn eigentlich das Paket, das ich letzte Woche bei euch bestellt habe?"));
        Assert.Equal(ann.Id, german.Assignee);
        var refund = await talk.Of(await talk.Says("z", "Ich möchte bitte mein Geld zurück, einen refund also, weil das nicht geht"));
        Assert.Equal(ann.Id, refund.Assignee);

        await house.With<Agents, KeptAgent>(a => a.Away(ann.Id, house.Clock.Now().AddHours(1), ann, default));
        var later = await talk.Of(await talk.Says("w", "Ich möchte bitte einen refund, weil es nicht geht und nicht passt"));
        Assert.Null(later.Assignee);
        Assert.Equal("everybody who could is away", Assert.Single((await house.With<Agents, DeskView>(a => a.Of(Department.Care, default))).Queue).Because);
        house.Clock.Advance(TimeSpan.FromMinutes(61));
        await house.Settle();
        Assert.Equal(ann.Id, (await house.See(later.Id)).Assignee);
    }

    [Theory, EveryDatabase]
    public async Task By_load_whoever_has_most_room_is_next(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        Actor[] people = [await house.Person("Ann"), await house.Person("Ben")];
        await house.Takes(people[0], 8);
        await house.Takes(people[1], 4);
        Assert.True(await house.With<Agents, bool>(a => a.SetWay(Department.Care, DeskWay.LeastLoaded, Desk.Lead, default)));
        Assert.False(await house.With<Agents, bool>(a => a.SetWay(Department.Care, DeskWay.RoundRobin, Talk.Ada, default)));
        await house.OnArrival("Give", new(), new(Department.Care, Inside: true));
        for (var n = 0; n < 6; n++) await talk.Says($"author{n}", "Hello");
        Assert.Equal([4, 2], await Loads(house, people));
    }

    /// <summary>Many nodes give out one queue at once.</summary>
    [Theory, EveryDatabase]
    public async Task Given_out_by_many_at_once_nobody_has_more_than_they_take_and_nobody_is_passed_over(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        const int conversations = 60;
        for (var n = 0; n < conversations; n++) await talk.Says($"author{n}", "Hello");
        var ids = (await talk.List(new(InboxView.All))).Select(r => r.Id).ToList();
        var people = new List<Actor>();
        for (var n = 0; n < 6; n++) people.Add(await house.Person($"Agent{n}"));
        foreach (var (person, n) in people.Select((p, n) => (p, n))) await house.Takes(person, 4 + n); // 4 + 5 + ... + 9 = 39
        foreach (var id in ids) await house.With<AssignConversation, bool>(a => a.ToDepartment(id, Department.Care, Talk.Ada, default));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(node => Task.Run(async () =>
        {
            foreach (var id in ids.Where((_, i) => i % 8 == node))
            {
                await house.With<AssignInside, bool>(a => a.Queue(id, null, null, Talk.Ada, default));
                await house.In(s => s.GetRequiredService<GiveOutRun>().Run(new GiveOut(Department.Care), default));
            }
        })));
        await house.Settle();

        Assert.Equal(Enumerable.Range(4, 6), await Loads(house, [.. people]));
        Assert.Equal(conversations - 39, (await house.With<Agents, DeskView>(a => a.Of(Department.Care, default))).QueueLength);
        foreach (var id in ids) Assert.InRange((await house.See(id)).Timeline.Count(t => t.What == "assigned"), 0, 1);
    }

    private static async Task<IEnumerable<int>> Loads(TestHouse house, Actor[] people)
    {
        var desk = await house.With<Agents, DeskView>(a => a.Of(Department.Care, default));
        return people.Select(p => desk.People.Single(a => a.User == p.Id).Load);
    }
}
