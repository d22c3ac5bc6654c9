using Hearth.Conversations;
using Hearth.Conversations.Writing;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Tests.Conversations.Writing;

public class MacroTests
{
    private static Task<KeptMacro> Keep(TestHouse house, string name, params MacroStep[] steps) => house.With<Macros, KeptMacro>(m => m.Add(new(name, steps), Talk.Ada, default));

    [Theory, EveryDatabase]
    public async Task A_macro_does_all_its_steps_with_each_conversation_and_tells_what_it_could_not_do(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var reply = ((KeptSavedReply.Done)await house.With<SavedReplies, KeptSavedReply>(s => s.Add(new("Late", "en", new Dictionary<string, string?> { ["en"] = "Hi {name}, it leaves tonight" }), Talk.Ada, default))).Reply.Id;
        var macro = Assert.IsType<KeptMacro.Done>(await Keep(house, "Late parcel", new(MacroAct.Label, "Late Parcel"), new(MacroAct.AssignMe), new(MacroAct.Department, "operations"), new(MacroAct.Priority, "urgent"),
            new(MacroAct.SavedReply, reply.Value.ToString()), new(MacroAct.Note, "third one today"), new(MacroAct.Snooze, "4"), new(MacroAct.Wait))).Macro;
        var (ann, bob) = ((await talk.Of(await talk.Says("ann", "Where is it?"))).Id, (await talk.Of(await talk.Says("bob", "And mine?"))).Id);
        await house.With<Drafts, bool>(d => d.Put(bob, Talk.Ben, "Dear Bob", default));
        await house.With<AssignConversation, Assignment>(a => a.To(bob, Talk.Ada, null, Talk.Ada, default));

        var ran = await house.With<Macros, IReadOnlyDictionary<ConversationId, MacroRun>>(m => m.Run(macro.Id, [ann, bob, ConversationId.New()], Talk.Ben, default));

        Assert.All(Assert.IsType<MacroRun.Ran>(ran[ann]).Steps, s => Assert.True(s.Done, s.Said));
        Assert.Equal((MacroAct.SavedReply, "you have begun an answer, which stays"), Assert.IsType<MacroRun.Ran>(ran[bob]).Steps.Where(s => !s.Done).Select(s => (s.Act, s.Said)).Single());
        Assert.Single(ran.Values.OfType<MacroRun.UnknownConversation>());
        foreach (var id in new[] { ann, bob })
        {
            var view = (await house.With<ReadConversation, ConversationView?>(r => r.Of(id, default)))!;
            Assert.Equal((Talk.Ben.Id, Department.Operations, ConversationStatus.Waiting, "late parcel"), (view.Assignee, view.Department, view.Status, Assert.Single(view.Labels)));
            Assert.Contains(view.Timeline, t => t is { What: "macro-run", Text: "Late parcel", ByName: "Ben Costa" });
            Assert.Contains(view.Timeline, t => t is { Kind: EntryKind.Note, Text: "third one today" });
        }

        Assert.Equal(("Hi ann, it leaves tonight", "the macro “Late parcel”"), await house.With<Drafts, (string, string?)>(async d => await d.Of(ann, Talk.Ben.Id, default) is { } found ? (found.Text, found.Origin) : default));
        Assert.Equal("Dear Bob", (await house.With<Drafts, DraftView?>(d => d.Of(bob, Talk.Ben.Id, default)))!.Text);
        Assert.IsType<MacroRun.UnknownMacro>(await house.With<Macros, MacroRun>(m => m.Run(MacroId.New(), ann, Talk.Ben, default)));
    }

    [Theory, EveryDatabase]
    public async Task A_macro_that_could_never_run_is_refused_with_the_step_that_is_wrong(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        async Task<string> Wrong(params MacroStep[] steps) => Assert.Single(Assert.IsType<KeptMacro.Invalid>(await Keep(house, "x", steps)).Errors).Reason;

        Assert.StartsWith("2: ", await Wrong(new(MacroAct.Close), new(MacroAct.Label, " ")));
        Assert.Equal("1: is nobody who can sign in", await Wrong(new MacroStep(MacroAct.Assign, Guid.NewGuid().ToString())));
        Assert.Equal("1: is no department", await Wrong(new MacroStep(MacroAct.Department, "7")));
        Assert.Equal("1: is none, watch or urgent", await Wrong(new MacroStep(MacroAct.Priority, "very")));
        Assert.Equal("1: is no saved reply", await Wrong(new MacroStep(MacroAct.SavedReply, Guid.NewGuid().ToString())));
        Assert.Contains("8,760 hours", await Wrong(new MacroStep(MacroAct.Snooze, "0")));
        Assert.Equal("must be 1 to 20", await Wrong());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Keep(house, "Close it", new MacroStep(MacroAct.Close)))));
        var kept = Assert.Single(outcomes.OfType<KeptMacro.Done>()).Macro;
        Assert.IsType<KeptMacro.Done>(await house.With<Macros, KeptMacro>(m => m.Change(kept.Id, new("Close it now", [new(MacroAct.Close)]), Talk.Ben, default)));
        Assert.True(await house.With<Macros, bool>(m => m.Remove(kept.Id, default)));
        Assert.Empty(await house.With<Macros, IReadOnlyList<MacroView>>(m => m.All(default)));
    }
}
