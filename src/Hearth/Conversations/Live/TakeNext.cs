using System.Text.Json.Serialization;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Live;

/// <summary>What taking the next one brought.</summary>
[JsonDerivedType(typeof(Yours), "yours"), JsonDerivedType(typeof(NobodyWaits), "nobody-waits")]
public abstract record NextTaken
{
    private NextTaken() { }

    /// <param name="Conversation">Which, from now on of whoever asked.</param>
    public sealed record Yours(ConversationId Conversation) : NextTaken;

    /// <summary>Nothing that is nobody's waits for us there.</summary>
    public sealed record NobodyWaits : NextTaken;
}

/// <summary>
/// Gives whoever asks the conversation that should be answered next: waiting for us, nobody's, not snoozed, in their department or in none; the most pressing first, then
/// whose service level runs out soonest, then who has waited longest. Choosing and taking is one statement, so of all who ask at once no two get the same one, and nobody waits for another's row.
/// </summary>
public sealed class TakeNext(Database db, StepLog log, TimeProvider clock)
{
    /// <param name="by">Who takes it.</param>
    /// <param name="department">Only from this department; null for their own and for what is no department's.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<NextTaken> For(Actor by, Department? department, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await Take(by, department, ct) is not { } taken) return new NextTaken.NobodyWaits();
        var now = clock.Now();
        var of = await db.Set<Conversation>().Where(c => c.Id == taken).Select(c => c.Department).SingleAsync(ct);
        log.Keep(taken, StepKind.Assigned, null, StepLog.Of(by.Id, by.Name), by);
        db.Add(Entry.Event(taken, "assigned", by.Name, by, now));
        db.Record(new ConversationAssigned(taken, by.Id, of, by.Id, now));
        await db.SaveChangesAsync(ct);
        return (NextTaken)new NextTaken.Yours(taken);
    }, ct);

    // A row that somebody else is just taking is skipped on PostgreSQL; SQLite has one writer, who sees what the last one took.
    private async Task<ConversationId?> Take(Actor by, Department? department, CancellationToken ct)
    {
        var (now, only, own) = (clock.Now().ToUnixMicroseconds(), department?.ToString(), by.Department?.ToString());
        if (db.Kind == DatabaseKind.Sqlite)
        {
            var bytes = await db.Database.SqlQuery<byte[]>($"""
                UPDATE conversations_conversations SET assignee = {by.Id.Value.ToByteArray(true)}, assignee_name = {by.Name} WHERE number = (
                    SELECT number FROM conversations_conversations WHERE assignee IS NULL AND status = 'Open' AND standing = 'Normal' AND (snoozed_until IS NULL OR snoozed_until <= {now})
                        AND CASE WHEN {only} IS NULL THEN department IS NULL OR department = {own} ELSE department = {only} END
                    ORDER BY priority DESC, coalesce(due_at, 9223372036854775807), last_at, number LIMIT 1)
                RETURNING id AS "Value"
                """).ToListAsync(ct);
            return bytes.Count == 0 ? null : ConversationId.From(new Guid(bytes[0], true));
        }

        var ids = await db.Database.SqlQuery<Guid>($"""
            WITH next AS (
                SELECT number FROM conversations_conversations WHERE assignee IS NULL AND status = 'Open' AND standing = 'Normal' AND (snoozed_until IS NULL OR snoozed_until <= {now})
                    AND CASE WHEN CAST({only} AS text) IS NULL THEN department IS NULL OR department = {own} ELSE department = {only} END
                ORDER BY priority DESC, coalesce(due_at, 9223372036854775807), last_at, number LIMIT 1 FOR UPDATE SKIP LOCKED)
            UPDATE conversations_conversations c SET assignee = {by.Id.Value}, assignee_name = {by.Name} FROM next WHERE c.number = next.number
            RETURNING c.id AS "Value"
            """).ToListAsync(ct);
        return ids.Count == 0 ? null : ConversationId.From(ids[0]);
    }

    internal static void Map(IEndpointRouteBuilder conversations) => conversations.MapPost("/next",
            async Task<Results<Ok<NextTaken>, ProblemHttpResult>> (TakeNext next, HttpContext http, CancellationToken ct, Word<Department>? department = null) =>
                await next.For(http.Actor(), department?.Value, ct) switch
                {
                    NextTaken.NobodyWaits => Problems.Refused("nobody-waits", "Nothing that is nobody's waits for an answer there."),
                    var yours => TypedResults.Ok(yours),
                })
        .WithName("takeNextConversation").WithSummary("Take the conversation that should be answered next; of all who ask at once no two get the same one").RequireAuthorization("write");
}
