using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>Says how pressing a conversation is.</summary>
public sealed class SetPriority(Database db, StepLog log, TimeProvider clock)
{
    /// <summary>Being so already changes nothing.</summary>
    /// <returns>False when there is no such conversation.</returns>
    public Task<bool> To(ConversationId conversation, ConversationPriority priority, Doer by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await db.Hold(conversation, ct) is not { } held) return false;
        if (held.Priority == priority) return true;
        var now = clock.Now();
        await db.Set<Conversation>().Where(c => c.Id == conversation).ExecuteUpdateAsync(set => set.SetProperty(c => c.Priority, priority), ct);
        log.Keep(conversation, StepKind.Prioritised, held.Priority.ToString(), priority.ToString(), by);
        db.Add(Entry.Event(conversation, "prioritised", priority.ToString().ToLowerInvariant(), by, now));
        db.Record(new ConversationPrioritised(conversation, priority, by.Id, now, by.Why));
        await db.SaveChangesAsync(ct);
        return true;
    }, ct);

    internal static void Map(IEndpointRouteBuilder conversations) => conversations.MapPut("/{id:guid}/priority",
            async Task<Results<NoContent, ProblemHttpResult>> (Guid id, PriorityChange body, SetPriority set, HttpContext http, CancellationToken ct) =>
                await set.To(ConversationId.From(id), body.Priority, http.Actor()!, ct) ? TypedResults.NoContent() : Problems.Unknown("conversation"))
        .WithName("setPriority").WithSummary("Say how pressing a conversation is").RequireAuthorization("write");
}

/// <summary>How pressing a conversation shall be.</summary>
/// <param name="Priority">none, watch or urgent.</param>
public sealed record PriorityChange(ConversationPriority Priority);
