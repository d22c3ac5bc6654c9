using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Conversations;

public class AnswerTests
{
    [Theory, EveryDatabase]
    public async Task Of_twenty_agents_who_answer_the_same_version_at_once_one_is_heard(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var conversation = await talk.Of(await talk.Says("ann", "Help"));
        var agents = Enumerable.Range(0, 20).Select(n => new Actor(UserId.New(), "Agent " + n, "A" + n, Department.Care, Role.Agent)).ToList();

        var outcomes = await Task.WhenAll(agents.Select(a => Task.Run(() => talk.Reply(conversation, "I am " + a.Name, a))));

        var won = Assert.Single(outcomes.OfType<Reply.ByHand>());
        var lost = outcomes.OfType<Reply.AnsweredMeanwhile>().ToList();
        Assert.Equal(19, lost.Count);
        var winner = agents[Array.IndexOf(outcomes, won)].Name;
        Assert.All(lost, l => Assert.Equal((winner, conversation.Version + 1), (l.By, l.Version)));
        var after = (await house.With<ReadConversation, ConversationView?>(r => r.Of(conversation.Id, default)))!;
        Assert.Equal("I am " + winner, Assert.Single(after.Timeline, t => t.Kind == EntryKind.Reply).Text);
        Assert.Equal((ConversationStatus.Waiting, won.Version), (after.Status, after.Version));
        Assert.Single(await house.With<ReadMessages, IReadOnlyList<MessageView>>(m => m.About("conversation:" + conversation.Id.Value, default)));
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type.EndsWith("ConversationReplied"))));
    }

    [Theory, EveryDatabase]
    public async Task Of_twenty_agents_who_claim_at_once_one_has_it_and_the_others_know_who(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var conversation = await talk.Of(await talk.Says("ann", "Help"));
        var agents = Enumerable.Range(0, 20).Select(n => new Actor(UserId.New(), "Agent " + n, "A" + n, Department.Care, Role.Agent)).ToList();

        var outcomes = await Task.WhenAll(agents.Select(a => Task.Run(() => house.With<AssignConversation, Assignment>(s => s.Claim(conversation.Id, a, default)))));

        var owner = agents[Array.FindIndex(outcomes, o => o is Assignment.Done)];
        Assert.Single(outcomes.OfType<Assignment.Done>());
        Assert.All(outcomes.OfType<Assignment.TakenMeanwhile>(), t => Assert.Equal((owner.Id, owner.Name), (t.Assignee, t.Name)));
        Assert.Equal(owner.Id, (await talk.List(new(InboxView.Mine, owner.Id))).Single().Assignee);
        Assert.IsType<Assignment.Done>(await house.With<AssignConversation, Assignment>(s => s.Claim(conversation.Id, owner, default)));
        Assert.Single((await house.With<ReadConversation, ConversationView?>(r => r.Of(conversation.Id, default)))!.Timeline, t => t.What == "assigned");
    }

    [Theory, EveryDatabase]
    public async Task A_note_a_label_or_a_new_post_of_the_person_does_not_stop_a_reply(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var conversation = await talk.Of(await talk.Says("ann", "Help", id: "root"));
        await house.With<ConversationSteps, bool>(s => s.Note(conversation.Id, "regular customer", Talk.Ben, default));
        await house.With<ConversationSteps, bool>(s => s.AddLabel(conversation.Id, "hinge", Talk.Ben, default));
        await talk.Says("ann", "Hello?", inThread: "root");

        Assert.IsType<Reply.ByHand>(await talk.Reply(conversation, "Here I am", Talk.Ada));
    }

    [Theory, EveryDatabase]
    public async Task An_empty_reply_changes_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var conversation = await talk.Of(await talk.Says("ann", "Help"));

        Assert.IsType<Reply.Empty>(await talk.Reply(conversation, " ", Talk.Ada));
        Assert.IsType<Reply.TooLong>(await talk.Reply(conversation, new string('x', 20_000), Talk.Ada));
        Assert.IsType<Reply.ByHand>(await talk.Reply(conversation, "Yes?", Talk.Ada));
    }

    [Theory, EveryDatabase]
    public async Task Giving_it_away_names_whose_it_was(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var id = (await talk.Of(await talk.Says("ann", "Help"))).Id;
        Assert.IsType<Assignment.Done>(await house.With<AssignConversation, Assignment>(a => a.To(id, Talk.Ben, null, Talk.Ada, default)));

        var late = await house.With<AssignConversation, Assignment>(a => a.To(id, Talk.Ada, null, Talk.Ada, default));
        Assert.Equal(Talk.Ben.Name, Assert.IsType<Assignment.TakenMeanwhile>(late).Name);
        Assert.IsType<Assignment.Done>(await house.With<AssignConversation, Assignment>(a => a.To(id, null, Talk.Ben.Id, Talk.Ada, default)));
        Assert.IsType<Assignment.Unknown>(await house.With<AssignConversation, Assignment>(a => a.To(ConversationId.New(), null, null, Talk.Ada, default)));
        Assert.True(await house.With<AssignConversation, bool>(a => a.ToDepartment(id, Department.PublicRelations, Talk.Ada, default)));
        Assert.Equal(["assigned", "unassigned", "routed"],
            (await house.With<ReadConversation, ConversationView?>(r => r.Of(id, default)))!.Timeline.Where(t => t.Kind == EntryKind.Event && t.What != "opened").Select(t => t.What));
    }
}
