using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Tests.Conversations;

public class InboxTests
{
    [Theory, EveryDatabase]
    public async Task Each_view_holds_what_it_counts(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var all = new List<ConversationView>();
        for (var n = 0; n < 8; n++) all.Add(await talk.Of(await talk.Says("author" + n, "post " + n)));
        await talk.Reply(all[0], "answered", Talk.Ada);
        await talk.Reply(all[1], "answered", Talk.Ada);
        foreach (var mine in all.Take(3)) await house.With<AssignConversation, Assignment>(a => a.Claim(mine.Id, Talk.Ada, default));
        await house.With<ConversationSteps, bool>(s => s.Move(all[1].Id, ConversationStatus.Closed, Talk.Ada, default));

        var counts = await house.With<ListConversations, InboxCounts>(l => l.Counts(Talk.Ada.Id, null, default));

        Assert.Equal(new InboxCounts(Mine: 2, Unassigned: 5, WaitingForUs: 6, WaitingForThem: 1, Closed: 1, All: 8), counts);
        foreach (var view in Enum.GetValues<InboxView>()) Assert.Equal(counts.Of(view), (await talk.List(new(view, Talk.Ada.Id))).Count);
    }

    [Theory, EveryDatabase]
    public async Task Pages_show_every_conversation_once_in_order_while_new_ones_arrive(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        for (var n = 0; n < 23; n++) await talk.SaysAt(new(2026, 8, 1, 0, 0, n / 3, TimeSpan.Zero), "author" + n, "post " + n);

        foreach (var oldest in new[] { false, true })
        {
            var seen = new List<InboxRow>();
            string? after = null;
            do
            {
                var page = (await house.With<ListConversations, Page<InboxRow>?>(l => l.Of(new(InboxView.All, OldestFirst: oldest), after, 5, default)))!;
                seen.AddRange(page.Items);
                after = page.Next;
                if (!oldest && seen.Count == 5) await talk.Says("late", "a new one on top");
            }
            while (after is not null);

            Assert.Equal(oldest ? 24 : 23, seen.Select(r => r.Id).Distinct().Count());
            Assert.Equal(seen.Count, seen.Select(r => r.Id).Distinct().Count());
            Assert.Equal(oldest ? seen.OrderBy(r => r.LastAt).Select(r => r.LastAt) : seen.OrderByDescending(r => r.LastAt).Select(r => r.LastAt), seen.Select(r => r.LastAt));
        }

        Assert.Null(await house.With<ListConversations, Page<InboxRow>?>(l => l.Of(new(InboxView.All), "nonsense", 5, default)));
    }

    [Theory, EveryDatabase]
    public async Task Search_reaches_posts_notes_and_replies_and_handles_and_takes_no_syntax(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var ann = await talk.Of(await talk.Says("ann", "The Hinge of my café-laptop CRACKED again"));
        var bob = await talk.Of(await talk.Says("bob", "lovely battery"));
        await house.With<ConversationSteps, bool>(s => s.Note(bob.Id, "sent a\0voucher", Talk.Ada, default));
        await talk.Reply(bob, "thanks a\0million", Talk.Ada);

        async Task<string> Found(string search) => string.Join(",", (await talk.List(new(InboxView.All, Search: search))).Select(r => r.Name).Order());
        Assert.Equal("ann", await Found("cracked hinge"));
        Assert.Equal("ann", await Found("cafe crack"));
        Assert.Equal("bob", await Found("vouch"));
        Assert.Equal("bob", await Found("million"));
        Assert.Equal("", await Found("hinge battery"));
        Assert.Equal("ann", await Found("@ann"));
        Assert.Equal("", await Found("@nobody"));
        foreach (var syntax in new[] { "\"", "' OR 1=1 --", "a & | !", "NEAR(", "words:*", "%", "()" }) await Found(syntax);
        Assert.Equal(ann.Id, Assert.Single(await talk.List(new(InboxView.WaitingForUs, Search: "laptop"))).Id);
    }

    [Theory, EveryDatabase]
    public async Task Labels_and_departments_narrow_the_inbox(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var ann = await talk.Of(await talk.Says("ann", "one"));
        await talk.Says("bob", "two");
        var label = ConversationSteps.Label("  Hot \n Hinge ")!;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => house.With<ConversationSteps, bool>(s => s.AddLabel(ann.Id, label, Talk.Ada, default)))));
        await house.With<AssignConversation, bool>(a => a.ToDepartment(ann.Id, Department.Legal, Talk.Ada, default));

        Assert.Equal("hot hinge", label);
        Assert.Equal(["hot hinge"], Assert.Single(await talk.List(new(InboxView.All, Label: "hot hinge"))).Labels);
        Assert.Equal(ann.Id, Assert.Single(await talk.List(new(InboxView.All, Department: Department.Legal))).Id);
        Assert.Equal([new("hot hinge", 1)], await house.With<ListConversations, IReadOnlyList<LabelCount>>(l => l.Labels(default)));
        var timeline = (await house.With<ReadConversation, ConversationView?>(r => r.Of(ann.Id, default)))!.Timeline;
        Assert.Single(timeline, t => t.What == "labelled");

        await house.With<ConversationSteps>(s => s.RemoveLabel(ann.Id, label, Talk.Ada, default));
        Assert.Empty(await talk.List(new(InboxView.All, Label: "hot hinge")));
        Assert.Null(ConversationSteps.Label(new string('x', 41)));
        Assert.Null(ConversationSteps.Label(" , "));
    }
}
