using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Writing;

/// <summary>Does a macro's steps by the same slices as a person would: what each forbids is forbidden here.</summary>
public sealed class RunMacro(
    Database db, ConversationSteps steps, AssignConversation assign, SetPriority priority, SnoozeConversation snooze, FillSavedReply fill, Drafts drafts, Staff staff, TimeProvider clock)
{
    internal Task<MacroRun> On(MacroView macro, ConversationId conversation, Actor by, CancellationToken ct) => db.InTransaction<MacroRun>(async () =>
    {
        if (!await db.Set<Conversation>().AnyAsync(c => c.Id == conversation, ct)) return new MacroRun.UnknownConversation();
        steps.Tell(conversation, "macro-run", macro.Name, null, by);
        await db.SaveChangesAsync(ct);
        var outcomes = new List<MacroStepOutcome>();
        foreach (var step in macro.Steps)
        {
            var (done, said) = await Do(step, macro, conversation, by, ct);
            outcomes.Add(new(step.Act, done, said));
        }

        return new MacroRun.Ran(outcomes);
    }, ct);

    private async Task<(bool Done, string Said)> Do(MacroStep step, MacroView macro, ConversationId conversation, Actor by, CancellationToken ct)
    {
        switch (step.Act)
        {
            case MacroAct.Label:
                await steps.AddLabel(conversation, step.Value!, by, ct);
                return (true, $"labelled “{step.Value}”");
            case MacroAct.Unlabel:
                await steps.RemoveLabel(conversation, step.Value!, by, ct);
                return (true, $"label “{step.Value}” taken off");
            case MacroAct.AssignMe:
                return await Give(conversation, by, by, ct);
            case MacroAct.Unassign:
                return await Give(conversation, null, by, ct);
            case MacroAct.Assign:
                return await staff.Find(UserId.From(Guid.Parse(step.Value!)), ct) is { Active: true } member ? await Give(conversation, member.Actor(), by, ct) : (false, "whom it should be given to has left");
            case MacroAct.Department:
                var department = Enum.Parse<Department>(step.Value!);
                await assign.ToDepartment(conversation, department, by, ct);
                return (true, $"routed to {department.Title()}");
            case MacroAct.Priority:
                await priority.To(conversation, Enum.Parse<ConversationPriority>(step.Value!), by, ct);
                return (true, $"priority {step.Value!.ToLowerInvariant()}");
            case MacroAct.SavedReply:
                return await Lay(step, macro, conversation, by, ct);
            case MacroAct.Note:
                await steps.Note(conversation, step.Value!, by, ct);
                return (true, "noted");
            case MacroAct.Snooze:
                var until = Macros.Hours(step.Value) is { } hours ? clock.Now().AddHours(hours) : (DateTimeOffset?)null;
                return await snooze.Until(conversation, until, by, ct) is Snoozing.Done ? (true, until is null ? "snoozed until they speak" : $"snoozed for {step.Value} h") : (false, "it could not be snoozed");
            default:
                var status = step.Act switch { MacroAct.Close => ConversationStatus.Closed, MacroAct.Wait => ConversationStatus.Waiting, _ => ConversationStatus.Open };
                await steps.Move(conversation, status, by, ct);
                return (true, status switch { ConversationStatus.Closed => "closed", ConversationStatus.Waiting => "waiting for them", _ => "open" });
        }
    }

    // Whoever runs the macro has chosen it for this conversation, whosever it was.
    private async Task<(bool Done, string Said)> Give(ConversationId conversation, Actor? to, Actor by, CancellationToken ct) =>
        await assign.Give(conversation, to, by, ct) is Assignment.Done ? (true, to is null ? "given back to everybody" : $"given to {to.Name}") : (false, "somebody else took it at the same moment");

    private async Task<(bool Done, string Said)> Lay(MacroStep step, MacroView macro, ConversationId conversation, Actor by, CancellationToken ct)
    {
        if (await fill.For(SavedReplyId.From(Guid.Parse(step.Value!)), conversation, by, ct) is not { } filled) return (false, "its saved reply was thrown away");
        return await drafts.Prepare(conversation, by, filled.Text, $"the macro “{macro.Name}”", ct) ? (true, "answer laid ready") : (false, "you have begun an answer, which stays");
    }
}
