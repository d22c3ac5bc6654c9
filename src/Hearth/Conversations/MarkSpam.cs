using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>Puts aside what is nothing to be answered: it lies in no drawer but its own, and what is said in it later wakes nobody.</summary>
public sealed class MarkSpam(Database db, StepLog log, TimeProvider clock)
{
    /// <param name="conversation">Which; one that is merged into another is left as it is.</param>
    /// <param name="spam">False takes it back.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>False when there is no such conversation.</returns>
    public Task<bool> As(ConversationId conversation, bool spam, Doer by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await db.Hold(conversation, ct) is not { } held) return false;
        var to = spam ? Standing.Spam : Standing.Normal;
        if (held.Standing == to || held.Standing == Standing.Merged) return true;
        var now = clock.Now();
        await db.Set<Conversation>().Where(c => c.Id == conversation).ExecuteUpdateAsync(set => set.SetProperty(c => c.Standing, to), ct);
        log.Keep(conversation, StepKind.Spam, held.Standing.ToString(), to.ToString(), by);
        db.Add(Entry.Event(conversation, spam ? "marked-spam" : "not-spam", null, by, now));
        db.Record(new ConversationMarkedSpam(conversation, spam, by.Id, now, by.Why));
        await db.SaveChangesAsync(ct);
        return true;
    }, ct);

    internal static void Map(IEndpointRouteBuilder conversations)
    {
        conversations.MapPut("/{id:guid}/spam", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, MarkSpam mark, HttpContext http, CancellationToken ct) =>
                await mark.As(ConversationId.From(id), true, http.Actor()!, ct) ? TypedResults.NoContent() : Problems.Unknown("conversation"))
            .WithName("markSpam").WithSummary("Put a conversation aside as spam").RequireAuthorization("write");
        conversations.MapDelete("/{id:guid}/spam", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, MarkSpam mark, HttpContext http, CancellationToken ct) =>
                await mark.As(ConversationId.From(id), false, http.Actor()!, ct) ? TypedResults.NoContent() : Problems.Unknown("conversation"))
            .WithName("unmarkSpam").WithSummary("Say that a conversation is no spam").RequireAuthorization("write");
    }
}
