using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Conversations;

public class UndoTests
{
    [Theory, EveryDatabase]
    public async Task Each_step_is_taken_back_to_what_was_before_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var id = (await talk.Of(await talk.Says("ann", "Help"))).Id;
        await house.With<AssignConversation, Assignment>(a => a.To(id, Talk.Ben, null, Talk.Ada, default));
        await house.With<AssignConversation, bool>(a => a.ToDepartment(id, Department.Legal, Talk.Ada, default));
        await house.With<ConversationSteps, bool>(s => s.AddLabel(id, "hinge", Talk.Ada, default));
        var before = Seen(await talk.Read(id));

        var batch = await house.In(async s =>
        {
            var steps = s.GetRequiredService<ConversationSteps>();
            await s.GetRequiredService<AssignConversation>().To(id, Talk.Ada, Talk.Ben.Id, Talk.Ada, default);
            await s.GetRequiredService<AssignConversation>().ToDepartment(id, null, Talk.Ada, default);
            await s.GetRequiredService<SetPriority>().To(id, ConversationPriority.Urgent, Talk.Ada, default);
            await steps.RemoveLabel(id, "hinge", Talk.Ada, default);
            await steps.AddLabel(id, "lid", Talk.Ada, default);
            await steps.Note(id, "a slip of the pen", Talk.Ada, default);
            await s.GetRequiredService<SnoozeConversation>().Until(id, null, Talk.Ada, default);
            await s.GetRequiredService<MarkSpam>().As(id, true, Talk.Ada, default);
            await steps.Move(id, ConversationStatus.Closed, Talk.Ada, default);
            return s.GetRequiredService<StepLog>().Batch;
        });
        Assert.NotEqual(before, Seen(await talk.Read(id)));

        Assert.Equal(new(9, 0), await house.With<UndoSteps, Undoing?>(u => u.Of(batch, Talk.Ada, default)));

        Assert.Equal(before, Seen(await talk.Read(id)));
        Assert.DoesNotContain((await talk.Read(id)).Timeline, t => t.Kind == EntryKind.Note);
        Assert.Equal(new(0, 0), await house.With<UndoSteps, Undoing?>(u => u.Of(batch, Talk.Ada, default)));
        Assert.Null(await house.With<UndoSteps, Undoing?>(u => u.Of(Guid.NewGuid(), Talk.Ada, default)));
    }

    [Theory, EveryDatabase]
    public async Task What_was_changed_since_is_left_as_it_is(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var id = (await talk.Of(await talk.Says("ann", "Help"))).Id;
        var batch = await house.In(async s =>
        {
            await s.GetRequiredService<AssignConversation>().Claim(id, Talk.Ada, default);
            await s.GetRequiredService<ConversationSteps>().Note(id, "mine alone", Talk.Ada, default);
            return s.GetRequiredService<StepLog>().Batch;
        });
        await house.With<AssignConversation, Assignment>(a => a.To(id, Talk.Ben, Talk.Ada.Id, Talk.Ben, default));

        Assert.Equal(new(0, 2), await house.With<UndoSteps, Undoing?>(u => u.Of(batch, Talk.Ben, default)));

        var now = await talk.Read(id);
        Assert.Equal("Ben Costa", now.AssigneeName);
        Assert.Contains(now.Timeline, t => t.Text == "mine alone");
    }

    [Theory, EveryDatabase]
    public async Task Many_who_undo_the_same_at_once_undo_it_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var id = (await talk.Of(await talk.Says("ann", "Help"))).Id;
        var batch = await house.In(async s =>
        {
            await s.GetRequiredService<SetPriority>().To(id, ConversationPriority.Watch, Talk.Ada, default);
            return s.GetRequiredService<StepLog>().Batch;
        });

        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => house.With<UndoSteps, Undoing?>(u => u.Of(batch, Talk.Ben, default)))));

        Assert.Equal(1, done.Sum(d => d!.Undone));
        Assert.Equal(0, done.Sum(d => d!.Changed));
        Assert.Equal(2, (await talk.Read(id)).Timeline.Count(t => t.What == "prioritised"));
    }

    [Theory, EveryDatabase]
    public async Task A_bulk_action_tells_each_rows_outcome_and_is_undone_as_one(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        foreach (var n in Enumerable.Range(0, 5)) await talk.Says($"author{n}", "The hinge broke");
        var all = await talk.List(new(InboxView.All));
        await house.With<ConversationSteps, bool>(s => s.AddLabel(all[0].Id, "hinge", Talk.Ada, default));
        var missing = ConversationId.New();

        var (done, wrong) = await house.With<BulkActions, (BulkDone?, FieldError?)>(b => b.Run([.. all.Select(r => r.Id), missing], new BulkAction.Label(" Hinge "), Talk.Ada, default));

        Assert.Null(wrong);
        Assert.Equal([BulkOutcome.Unchanged, BulkOutcome.Done, BulkOutcome.Done, BulkOutcome.Done, BulkOutcome.Done, BulkOutcome.Unknown], done!.Rows.Select(r => r.Outcome));
        Assert.Equal(5, (await talk.List(new(InboxView.All, Label: "hinge"))).Count);
        Assert.Equal(new(4, 0), await house.With<UndoSteps, Undoing?>(u => u.Of(done.Batch, Talk.Ada, default)));
        Assert.Equal(all[0].Id, Assert.Single(await talk.List(new(InboxView.All, Label: "hinge"))).Id);

        var refused = await house.With<BulkActions, (BulkDone? Done, FieldError? Wrong)>(b => b.Run([all[0].Id], new BulkAction.Snooze(house.Clock.Now()), Talk.Ada, default));
        Assert.Equal("until", refused.Wrong!.Field);
    }

    [Theory, EveryDatabase]
    public async Task Steps_older_than_the_log_keeps_them_are_forgotten(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var id = (await talk.Of(await talk.Says("ann", "Help"))).Id;
        await house.With<SetPriority, bool>(s => s.To(id, ConversationPriority.Watch, Talk.Ada, default));
        var step = Assert.Single(await house.With<UndoSteps, IReadOnlyList<StepView>>(u => u.Log(id, default)));
        Assert.Equal((StepKind.Prioritised, "None", "Watch", 1, false), (step.Kind, step.Was, step.Became, step.Together, step.Undone));

        house.Clock.Advance(StepLog.Kept + TimeSpan.FromMinutes(2));
        await house.Settle();

        Assert.Empty(await house.With<UndoSteps, IReadOnlyList<StepView>>(u => u.Log(id, default)));
    }

    private static string Seen(ConversationView c) => $"{c.Assignee} {c.AssigneeName} {c.Department} {c.Priority} {string.Join(',', c.Labels)} {c.SnoozedUntil} {c.Standing} {c.Status} {c.ClosedAt}";
}
