using Hearth.Conversations.Kpis;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Live;

/// <summary>Somebody of ours who has a conversation before them.</summary>
/// <param name="User">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="IsAnswering">True while they write an answer, false while they only look.</param>
public sealed record Present(UserId User, string Name, bool IsAnswering);

/// <summary>
/// Who is looking at a conversation and who is answering it. A page says so again and again; what was not said for <see cref="Lasts"/> is no longer so. Kept in
/// the database, so that people on different nodes see each other.
/// </summary>
public sealed class Presence(Database db, WorkHours work, TimeProvider clock)
{
    /// <summary>A page tells twice as often, so that one lost message makes nobody vanish.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(30);

    /// <summary>So long after the last key somebody still counts as answering.</summary>
    public static readonly TimeSpan AnswersFor = TimeSpan.FromSeconds(30);

    /// <summary>Says that somebody has it before them. Unknown conversations are kept like others: they vanish by themselves.</summary>
    public async Task Tell(ConversationId conversation, Actor who, bool answering, CancellationToken ct)
    {
        var now = clock.Now().ToUnixMicroseconds();
        long? typed = answering ? now : null;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO conversations_presence (conversation_id, user_id, name, seen_at, answering_at) VALUES ({Key(conversation.Value)}, {Key(who.Id.Value)}, {who.Name}, {now}, {typed})
            ON CONFLICT (conversation_id, user_id) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at, answering_at = coalesce(excluded.answering_at, conversations_presence.answering_at)
            """, ct);
        await work.See(who.Id, handling: true, ct);
    }

    /// <summary>Says that somebody has turned away; a second window of theirs tells otherwise soon.</summary>
    public Task Leave(ConversationId conversation, UserId who, CancellationToken ct) =>
        db.Set<PresenceRow>().Where(p => p.ConversationId == conversation && p.UserId == who).ExecuteDeleteAsync(ct);

    /// <summary>Who is there now: those who answer first, then by name.</summary>
    public async Task<IReadOnlyList<Present>> In(ConversationId conversation, CancellationToken ct) => (await In([conversation], ct)).GetValueOrDefault(conversation, []);

    /// <summary>The same for many; conversations where nobody is are left out.</summary>
    public async Task<IReadOnlyDictionary<ConversationId, IReadOnlyList<Present>>> In(IReadOnlyCollection<ConversationId> conversations, CancellationToken ct)
    {
        if (conversations.Count == 0) return new Dictionary<ConversationId, IReadOnlyList<Present>>();
        var since = clock.Now() - Lasts;
        return Grouped(await db.Set<PresenceRow>().AsNoTracking().Where(p => conversations.Contains(p.ConversationId) && p.SeenAt > since).ToListAsync(ct));
    }

    /// <summary>Everybody everywhere.</summary>
    internal async Task<IReadOnlyDictionary<ConversationId, IReadOnlyList<Present>>> Everywhere(CancellationToken ct)
    {
        var since = clock.Now() - Lasts;
        return Grouped(await db.Set<PresenceRow>().AsNoTracking().Where(p => p.SeenAt > since).ToListAsync(ct));
    }

    /// <summary>Forgets who was there long ago.</summary>
    internal Task Forget(CancellationToken ct)
    {
        var since = clock.Now() - Lasts;
        return db.Set<PresenceRow>().Where(p => p.SeenAt <= since).ExecuteDeleteAsync(ct);
    }

    private Dictionary<ConversationId, IReadOnlyList<Present>> Grouped(List<PresenceRow> rows)
    {
        var writing = clock.Now() - AnswersFor;
        return rows.GroupBy(r => r.ConversationId).ToDictionary(g => g.Key, g => (IReadOnlyList<Present>)
            [.. g.Select(r => new Present(r.UserId, r.Name, r.AnsweringAt > writing)).OrderByDescending(p => p.IsAnswering).ThenBy(p => p.Name, StringComparer.Ordinal)]);
    }

    private object Key(Guid id) => db.Kind == DatabaseKind.Sqlite ? id.ToByteArray(true) : id;

    internal static void Map(IEndpointRouteBuilder conversations)
    {
        conversations.MapGet("/{id:guid}/presence", async Task<Ok<IReadOnlyList<Present>>> (Guid id, Presence presence, CancellationToken ct) => TypedResults.Ok(await presence.In(ConversationId.From(id), ct)))
            .WithName("getPresence").WithSummary("Who of ours has a conversation before them, and who is answering").RequireAuthorization("read");
        conversations.MapPut("/{id:guid}/presence", async Task<Results<Ok<IReadOnlyList<Present>>, ProblemHttpResult>> (Guid id, PresenceBody body, Presence presence, Database db, HttpContext http, CancellationToken ct) =>
            {
                var conversation = ConversationId.From(id);
                if (!await db.Set<Conversation>().AnyAsync(c => c.Id == conversation, ct)) return Problems.Unknown("conversation");
                await presence.Tell(conversation, http.Actor(), body.Answering, CancellationToken.None); // short, and not torn when the page is left
                return TypedResults.Ok(await presence.In(conversation, ct));
            })
            .WithName("tellPresence").WithSummary("Say that you look at a conversation, or answer it; counts for 30 seconds").RequireAuthorization("read");
        conversations.MapDelete("/{id:guid}/presence", async Task<NoContent> (Guid id, Presence presence, HttpContext http, CancellationToken ct) =>
            {
                await presence.Leave(ConversationId.From(id), http.Actor().Id, ct);
                return TypedResults.NoContent();
            })
            .WithName("leaveConversation").WithSummary("Say that you look at it no longer").RequireAuthorization("read");
    }
}

/// <summary>What you do with a conversation that you have before you.</summary>
/// <param name="Answering">True when you write an answer.</param>
public sealed record PresenceBody(bool Answering);

/// <summary>Time to forget who was where.</summary>
public sealed record ForgetPresence : IJob;

internal sealed class ForgetPresenceNow(Presence presence) : IRun<ForgetPresence>
{
    public Task Run(ForgetPresence job, CancellationToken ct) => presence.Forget(ct);
}
