using System.Text.Json.Serialization;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>What shall be done with many conversations: exactly one of the nested cases.</summary>
[JsonDerivedType(typeof(Assign), "assign"), JsonDerivedType(typeof(Route), "route"), JsonDerivedType(typeof(Label), "label"), JsonDerivedType(typeof(Unlabel), "unlabel")]
[JsonDerivedType(typeof(Prioritise), "prioritise"), JsonDerivedType(typeof(Move), "move"), JsonDerivedType(typeof(Snooze), "snooze"), JsonDerivedType(typeof(Wake), "wake")]
[JsonDerivedType(typeof(Spam), "spam")]
public abstract record BulkAction
{
    private BulkAction() { }

    /// <summary>To a person, whoever's it is now; null for nobody's.</summary>
    public sealed record Assign(UserId? Assignee) : BulkAction;

    /// <summary>To a department; null for none.</summary>
    public sealed record Route(Department? Department) : BulkAction;

    /// <param name="Name">1 to 40 characters.</param>
    public sealed record Label(string Name) : BulkAction;

    /// <param name="Name">The label to take off.</param>
    public sealed record Unlabel(string Name) : BulkAction;

    public sealed record Prioritise(ConversationPriority Priority) : BulkAction;

    public sealed record Move(ConversationStatus Status) : BulkAction;

    /// <param name="Until">Ahead, within two years; null until the person speaks.</param>
    public sealed record Snooze(DateTimeOffset? Until) : BulkAction;

    public sealed record Wake : BulkAction;

    /// <param name="IsSpam">False takes it back.</param>
    public sealed record Spam(bool IsSpam) : BulkAction;
}

/// <summary>What became of one row.</summary>
public enum BulkOutcome
{
    Done,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>Somebody changed it at the same moment.</summary>
    Taken,

    /// <summary>There is no such conversation.</summary>
    Unknown,
}

/// <param name="Conversation">Which.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record BulkRow(ConversationId Conversation, BulkOutcome Outcome);

/// <summary>What became of a bulk action.</summary>
/// <param name="Batch">Undoes all of it.</param>
/// <param name="Rows">Each with its own outcome, in the order given.</param>
public sealed record BulkDone(Guid Batch, IReadOnlyList<BulkRow> Rows)
{
    public int Count(BulkOutcome outcome) => Rows.Count(r => r.Outcome == outcome);
}

/// <summary>Does one thing with many conversations. Each is a transaction of its own, so that one which cannot be done keeps none of the others.</summary>
public sealed class BulkActions(Database db, StepLog log, Staff staff, AssignConversation assign, ConversationSteps steps, SetPriority priority, MarkSpam spam, SnoozeConversation snooze, TimeProvider clock)
{
    /// <summary>Conversations at once; do it again for those that are left.</summary>
    public const int Most = 2_000;

    /// <returns>Null, with what is wrong, when the action itself cannot be done.</returns>
    public async Task<(BulkDone? Done, FieldError? Wrong)> Run(IReadOnlyCollection<ConversationId> conversations, BulkAction action, Doer by, CancellationToken ct)
    {
        Actor? assignee = null;
        switch (action)
        {
            case BulkAction.Assign { Assignee: { } wanted }:
                if (await staff.Find(wanted, ct) is not { Active: true } member) return (null, new("assignee", "is nobody who can sign in"));
                assignee = member.Actor();
                break;
            case BulkAction.Label { Name: var name }:
                if (ConversationSteps.Label(name) is not { } kept) return (null, new("name", $"must have 1 to {ConversationSteps.MaxLabel} characters"));
                action = new BulkAction.Label(kept);
                break;
            case BulkAction.Unlabel { Name: var off }:
                action = new BulkAction.Unlabel(ConversationSteps.Label(off) ?? "");
                break;
            case BulkAction.Snooze { Until: var until } when until <= clock.Now() || until > clock.Now() + SnoozeConversation.Longest:
                return (null, new("until", "must lie ahead, within two years"));
        }

        if (conversations.Count > Most) return (null, new("conversations", $"must be {Most:N0} at most"));
        log.Begin();
        var rows = new List<BulkRow>(conversations.Count);
        foreach (var id in conversations.Distinct())
        {
            var before = log.Count;
            var outcome = await One(id, action, assignee, by, ct);
            rows.Add(new(id, outcome == BulkOutcome.Done && log.Count == before ? BulkOutcome.Unchanged : outcome));
            db.Forget();
        }

        return (new(log.Batch, rows), null);
    }

    private async Task<BulkOutcome> One(ConversationId id, BulkAction action, Actor? assignee, Doer by, CancellationToken ct)
    {
        if (action is BulkAction.Assign)
        {
            return await assign.Give(id, assignee, by, ct) switch { Assignment.Done => BulkOutcome.Done, Assignment.Unknown => BulkOutcome.Unknown, _ => BulkOutcome.Taken };
        }

        if (action is BulkAction.Unlabel unlabel)
        {
            await steps.RemoveLabel(id, unlabel.Name, by, ct);
            return BulkOutcome.Done;
        }

        return await (action switch
        {
            BulkAction.Route a => assign.ToDepartment(id, a.Department, by, ct),
            BulkAction.Label a => steps.AddLabel(id, a.Name, by, ct),
            BulkAction.Prioritise a => priority.To(id, a.Priority, by, ct),
            BulkAction.Move a => steps.Move(id, a.Status, by, ct),
            BulkAction.Wake => snooze.Wake(id, by, ct),
            BulkAction.Spam a => spam.As(id, a.IsSpam, by, ct),
            BulkAction.Snooze a => Snoozed(id, a.Until, by, ct),
            _ => throw new NotSupportedException(action.GetType().Name),
        }) ? BulkOutcome.Done : BulkOutcome.Unknown;
    }

    private async Task<bool> Snoozed(ConversationId id, DateTimeOffset? until, Doer by, CancellationToken ct) => await snooze.Until(id, until, by, ct) is Snoozing.Done;

    internal static void Map(IEndpointRouteBuilder conversations) => conversations.MapPost("/bulk",
            async Task<Results<Ok<BulkDone>, ProblemHttpResult>> ([AsParameters] InboxQuery query, BulkBody body, BulkActions bulk, ListConversations list, HttpContext http, CancellationToken ct) =>
            {
                if (body.Action is null) return Problems.Invalid("action", "must be given");
                if (body.Conversations is null == !body.AllThatMatch) return Problems.Invalid("conversations", "must be given, or allThatMatch be true, and not both");
                var ids = body.Conversations?.Select(ConversationId.From).ToList() ?? await list.Ids(query.Filter().By(http.ActorOrNull()), Most, ct);
                var (done, wrong) = await bulk.Run(ids, body.Action, http.Actor()!, ct);
                return done is not null ? TypedResults.Ok(done) : Problems.Invalid(wrong!);
            })
        .WithName("bulkConversations").WithSummary("Do one thing with many conversations: those named, or the first 2,000 that match the filter of the address").RequireAuthorization("write");
}

/// <summary>One action over many conversations.</summary>
/// <param name="Action">What to do; `$type` is one of assign, route, label, unlabel, prioritise, move, snooze, wake, spam.</param>
/// <param name="Conversations">Their ids, at most 2,000.</param>
/// <param name="AllThatMatch">True, without ids, for all that match the filter of the address.</param>
public sealed record BulkBody(BulkAction? Action, IReadOnlyList<Guid>? Conversations = null, bool AllThatMatch = false);
