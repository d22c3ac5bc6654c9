using Hearth.Conversations;
using Hearth.Conversations.Writing;
using Hearth.Platform;

namespace Hearth.Tests.Conversations.Writing;

public class DraftTests
{
    [Theory, EveryDatabase]
    public async Task A_draft_is_its_writers_and_goes_when_the_answer_is_sent(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var ann = await talk.Of(await talk.Says("ann", "Help"));
        Task<DraftView?> Of(Hearth.Governance.Actor who) => house.With<Drafts, DraftView?>(d => d.Of(ann.Id, who.Id, default));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => house.With<Drafts, bool>(d => d.Put(ann.Id, Talk.Ada, "Dear Ann " + n, default)))));
        await house.With<Drafts, bool>(d => d.Put(ann.Id, Talk.Ben, "I am Ben", default));
        Assert.StartsWith("Dear Ann", (await Of(Talk.Ada))!.Text);
        Assert.Equal("Ben Costa", Assert.Single(await house.With<Drafts, IReadOnlyList<DraftBy>>(d => d.Others(ann.Id, Talk.Ada.Id, default))).Name);
        Assert.Equal([ann.Id], await house.With<Drafts, IReadOnlyList<ConversationId>>(d => d.Mine(Talk.Ada.Id, default)));

        await talk.Reply(ann, "Dear Ann", Talk.Ada);
        Assert.Null(await Of(Talk.Ada));
        Assert.Equal("I am Ben", (await Of(Talk.Ben))!.Text); // his words are kept: sending them will stop and show hers

        Assert.False(await house.With<Drafts, bool>(d => d.Put(ann.Id, Talk.Ada, "Dear An", ann.Version, default))); // saved too late, by the same keystrokes
        Assert.True(await house.With<Drafts, bool>(d => d.Put(ann.Id, Talk.Ada, "One more thing", ann.Version + 1, default)));
        Assert.True(await house.With<Drafts, bool>(d => d.Put(ann.Id, Talk.Ben, " ", default)));
        Assert.Null(await Of(Talk.Ben));
        Assert.False(await house.With<Drafts, bool>(d => d.Put(ConversationId.New(), Talk.Ada, "x", default)));
    }

    [Theory, EveryDatabase]
    public async Task What_a_rule_prepares_never_replaces_what_somebody_typed(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var ann = await talk.Of(await talk.Says("ann", "Help"));

        Assert.True(await house.With<Drafts, bool>(d => d.Prepare(ann.Id, null, "Prepared", "Rule 1, version 1", default)));
        Assert.True(await house.With<Drafts, bool>(d => d.Prepare(ann.Id, null, "Prepared better", "Rule 1, version 2", default)));
        Assert.Equal(("Prepared better", "Rule 1, version 2"), await house.With<Drafts, (string, string?)>(async d => await d.Of(ann.Id, Talk.Ben.Id, default) is { } found ? (found.Text, found.Origin) : default));
        await house.With<Drafts, bool>(d => d.Put(ann.Id, Talk.Ada, "Mine", default));
        Assert.False(await house.With<Drafts, bool>(d => d.Prepare(ann.Id, Talk.Ada, "Yours", "Macro", default)));
        Assert.Equal("Mine", (await house.With<Drafts, DraftView?>(d => d.Of(ann.Id, Talk.Ada.Id, default)))!.Text);
        Assert.Empty(await house.With<Drafts, IReadOnlyList<DraftBy>>(d => d.Others(ann.Id, Talk.Ada.Id, default))); // nobody is writing what a rule wrote

        await talk.Reply(ann, "Done", Talk.Ada);
        Assert.Null(await house.With<Drafts, DraftView?>(d => d.Of(ann.Id, Talk.Ben.Id, default)));
    }
}
