using System.Text.Json.Serialization;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>What became of a snooze.</summary>
[JsonDerivedType(typeof(Done), "done"), JsonDerivedType(typeof(Past), "past"), JsonDerivedType(typeof(Unknown), "unknown")]
public abstract record Snoozing
{
    private Snoozing() { }

    public sealed record Done : Snoozing;

    /// <summary>The time has passed, or is more than two years away.</summary>
    public sealed record Past : Snoozing;

    public sealed record Unknown : Snoozing;
}

/// <summary>Puts a conversation out of sight until a time, or until the person speaks; the latter always wakes it.</summary>
public sealed class SnoozeConversation(Database db, StepLog log, TimeProvider clock)
{
    /// <summary>Kept for "until they speak": a time that never comes.</summary>
    public static readonly DateTimeOffset TheySpeak = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Longest = TimeSpan.FromDays(731);

    /// <param name="conversation">Which.</param>
    /// <param name="at">Until then; null until the person speaks.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<Snoozing> Until(ConversationId conversation, DateTimeOffset? at, Doer by, CancellationToken ct) => db.InTransaction<Snoozing>(async () =>
    {
        var now = clock.Now();
        if (at <= now || at > now + Longest) return new Snoozing.Past();
        if (await db.Hold(conversation, ct) is not { } held) return new Snoozing.Unknown();
        var until = at is { } wanted ? Time.FromUnixMicroseconds(wanted.ToUnixMicroseconds()) : TheySpeak;
        if (held.SnoozedUntil == until) return new Snoozing.Done();
        await db.Set<Conversation>().Where(c => c.Id == conversation).ExecuteUpdateAsync(set => set.SetProperty(c => c.SnoozedUntil, until), ct);
        log.Keep(conversation, StepKind.Snoozed, StepLog.Of(held.SnoozedUntil), StepLog.Of(until), by);
        db.Add(Entry.Event(conversation, "snoozed", at is null ? null : until.ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture), by, now));
        db.Record(new ConversationSnoozed(conversation, at is null ? null : until, by.Id, now, by.Why));
        if (at is not null) db.Enqueue(new WakeConversation(conversation, until), until);
        await db.SaveChangesAsync(ct);
        return new Snoozing.Done();
    }, ct);

    /// <summary>Brings it back into sight; one that is there changes nothing.</summary>
    /// <returns>False when there is no such conversation.</returns>
    public Task<bool> Wake(ConversationId conversation, Doer by, CancellationToken ct) => Wake(conversation, null, by, ct);

    // With a time, only the snooze that ends then: one that was set anew meanwhile goes on.
    internal Task<bool> Wake(ConversationId conversation, DateTimeOffset? ending, Doer by, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await db.Hold(conversation, ct) is not { } held) return false;
        if (held.SnoozedUntil is not { } until || (ending is not null && until != ending)) return true;
        var now = clock.Now();
        await db.Set<Conversation>().Where(c => c.Id == conversation).ExecuteUpdateAsync(set => set.SetProperty(c => c.SnoozedUntil, (DateTimeOffset?)null), ct);
        if (ending is null) log.Keep(conversation, StepKind.Snoozed, StepLog.Of(until), null, by);
        db.Add(Entry.Event(conversation, "woken", ending is null ? null : "its time came", by, now));
        db.Record(new ConversationWoken(conversation, Spoke: false, by.Id, now, by.Why));
        await db.SaveChangesAsync(ct);
        return true;
    }, ct);

    internal static void Map(IEndpointRouteBuilder conversations)
    {
        conversations.MapPut("/{id:guid}/snooze", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, SnoozeTime body, SnoozeConversation snooze, HttpContext http, CancellationToken ct) =>
                await snooze.Until(ConversationId.From(id), body.Until, http.Actor()!, ct) switch
                {
                    Snoozing.Done => TypedResults.NoContent(),
                    Snoozing.Past => Problems.Invalid("until", "must lie ahead, within two years"),
                    _ => Problems.Unknown("conversation"),
                })
            .WithName("snoozeConversation").WithSummary("Put a conversation out of sight until a time, or until the person speaks").RequireAuthorization("write");
        conversations.MapDelete("/{id:guid}/snooze", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, SnoozeConversation snooze, HttpContext http, CancellationToken ct) =>
                await snooze.Wake(ConversationId.From(id), http.Actor()!, ct) ? TypedResults.NoContent() : Problems.Unknown("conversation"))
            .WithName("wakeConversation").WithSummary("Bring a snoozed conversation back").RequireAuthorization("write");
    }
}

/// <summary>Until when.</summary>
/// <param name="Until">Ahead, within two years; null until the person speaks.</param>
public sealed record SnoozeTime(DateTimeOffset? Until);

/// <summary>A snooze's time comes.</summary>
public sealed record WakeConversation(ConversationId Conversation, DateTimeOffset Until) : IJob;

internal sealed class WakeConversationRun(SnoozeConversation snooze) : IRun<WakeConversation>
{
    public Task Run(WakeConversation job, CancellationToken ct) => snooze.Wake(job.Conversation, job.Until, Doer.Hearth, ct);
}
