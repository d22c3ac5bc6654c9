using System.Globalization;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>What became of undoing.</summary>
/// <param name="Undone">Steps taken back.</param>
/// <param name="Changed">Steps left as they are, since somebody has changed the same thing again.</param>
public sealed record Undoing(int Undone, int Changed);

/// <summary>A step of the log.</summary>
/// <param name="Batch">Undo it by this, with all that was done together with it.</param>
/// <param name="Kind">assigned, routed, moved, prioritised, labelled, unlabelled, snoozed, spam or noted.</param>
/// <param name="Was">Before it, in the kind's own words; null for nothing.</param>
/// <param name="Became">After it.</param>
/// <param name="ByName">Who did it.</param>
/// <param name="At">When.</param>
/// <param name="Together">How many steps the batch has.</param>
/// <param name="Undone">True when it was undone since.</param>
public sealed record StepView(Guid Batch, StepKind Kind, string? Was, string? Became, string ByName, DateTimeOffset At, int Together, bool Undone);

/// <summary>Takes steps back: what a step changed becomes what it was, unless it was changed again since.</summary>
/// <remarks>Undoing is a step like others: it stands on the timeline, is told by the same facts, and can be undone.</remarks>
public sealed class UndoSteps(Database db, AssignConversation assign, ConversationSteps steps, SetPriority priority, MarkSpam spam, SnoozeConversation snooze, TimeProvider clock)
{
    /// <summary>Takes back all that was done under one batch, last first, conversation by conversation: one that was changed since does not keep the others.</summary>
    /// <returns>Null when there is no such batch, or it is older than the log.</returns>
    public async Task<Undoing?> Of(Guid batch, Doer by, CancellationToken ct)
    {
        var numbers = await db.Set<StepRow>().Where(s => s.Batch == batch).OrderByDescending(s => s.Number).Select(s => s.Number).ToListAsync(ct);
        if (numbers.Count == 0) return null;
        var (undone, changed) = (0, 0);
        foreach (var number in numbers)
        {
            var outcome = await db.InTransaction(() => One(number, by, ct), ct);
            if (outcome is true) undone++;
            else if (outcome is false) changed++;
            db.Forget();
        }

        return new(undone, changed);
    }

    /// <summary>The latest steps of a conversation, latest first, at most 50.</summary>
    public async Task<IReadOnlyList<StepView>> Log(ConversationId conversation, CancellationToken ct) =>
        await db.Set<StepRow>().AsNoTracking().Where(s => s.ConversationId == conversation).OrderByDescending(s => s.Number).Take(50)
            .Select(s => new StepView(s.Batch, s.Kind, s.Was, s.Became, s.ByName, s.At, db.Set<StepRow>().Count(o => o.Batch == s.Batch), s.UndoneAt != null)).ToListAsync(ct);

    // Null when it was undone before.
    private async Task<bool?> One(long number, Doer by, CancellationToken ct)
    {
        var step = await db.Set<StepRow>().AsNoTracking().SingleAsync(s => s.Number == number, ct);
        if (await db.Hold(step.ConversationId, ct) is not { } now) return null;
        var at = clock.Now();
        if (await db.Set<StepRow>().Where(s => s.Number == number && s.UndoneAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.UndoneAt, at), ct) == 0) return null;
        if (await Back(step, now, by, ct)) return true;
        await db.Set<StepRow>().Where(s => s.Number == number).ExecuteUpdateAsync(set => set.SetProperty(s => s.UndoneAt, (DateTimeOffset?)null), ct);
        return false;
    }

    private async Task<bool> Back(StepRow step, Conversation now, Doer by, CancellationToken ct)
    {
        var id = step.ConversationId;
        switch (step.Kind)
        {
            case StepKind.Assigned:
                return await assign.To(id, StepLog.Assignee(step.Was), StepLog.Assignee(step.Became)?.Id, by, ct) is Assignment.Done;
            case StepKind.Routed when now.Department?.ToString() == step.Became:
                return await assign.ToDepartment(id, step.Was is null ? null : Enum.Parse<Department>(step.Was), by, ct);
            case StepKind.Moved when now.Status.ToString() == step.Became:
                return await steps.Move(id, Enum.Parse<ConversationStatus>(step.Was!), by, ct);
            case StepKind.Prioritised when now.Priority.ToString() == step.Became:
                return await priority.To(id, Enum.Parse<ConversationPriority>(step.Was!), by, ct);
            case StepKind.Spam when now.Standing.ToString() == step.Became:
                return await spam.As(id, step.Was == nameof(Standing.Spam), by, ct);
            case StepKind.Labelled:
                await steps.RemoveLabel(id, step.Became!, by, ct);
                return true;
            case StepKind.Unlabelled:
                return await steps.AddLabel(id, step.Was!, by, ct);
            case StepKind.Snoozed when StepLog.Of(now.SnoozedUntil) == step.Became:
                var until = StepLog.Time(step.Was);
                if (until is null || until <= clock.Now()) return await snooze.Wake(id, by, ct);
                return await snooze.Until(id, until == SnoozeConversation.TheySpeak ? null : until, by, ct) is Snoozing.Done;
            case StepKind.Noted when step.By == by.Id: // what somebody wrote, they alone take back
                var position = long.Parse(step.Became!, CultureInfo.InvariantCulture);
                return await db.Set<Entry>().Where(e => e.Position == position && e.Kind == EntryKind.Note).ExecuteDeleteAsync(ct) > 0;
            default:
                return false;
        }
    }

    internal static void Map(IEndpointRouteBuilder conversations)
    {
        conversations.MapGet("/{id:guid}/steps", async Task<Ok<IReadOnlyList<StepView>>> (Guid id, UndoSteps undo, CancellationToken ct) =>
                TypedResults.Ok(await undo.Log(ConversationId.From(id), ct)))
            .WithName("listSteps").WithSummary("What was done with a conversation of late, and can be undone").RequireAuthorization("read");
        conversations.MapPost("/undo/{batch:guid}", async Task<Results<Ok<Undoing>, ProblemHttpResult>> (Guid batch, UndoSteps undo, HttpContext http, CancellationToken ct) =>
                await undo.Of(batch, http.Actor()!, ct) is { } undone ? TypedResults.Ok(undone) : Problems.Unknown("batch of steps"))
            .WithName("undoSteps").WithSummary("Take back what was done together, where nobody has changed it since").RequireAuthorization("write");
    }
}
