using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Writing;

/// <summary>An answer that is not sent yet.</summary>
/// <param name="Text">As far as it is written, without signature.</param>
/// <param name="At">When it was last changed.</param>
/// <param name="Origin">Who prepared it ("Rule 4, version 2"); null for what a person typed.</param>
public sealed record DraftView(string Text, DateTimeOffset At, string? Origin);

/// <summary>Somebody who has begun an answer.</summary>
/// <param name="User">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="At">When they last typed.</param>
public sealed record DraftBy(UserId User, string Name, DateTimeOffset At);

/// <summary>
/// Answers as they are being written: one for each person in each conversation, kept on the server while they type, so that a reload, another machine or a
/// restart loses nothing. What a rule or a macro prepares never replaces what somebody typed. Sending takes the draft away.
/// </summary>
public sealed class Drafts(Database db, TimeProvider clock)
{
    /// <summary>Longest draft kept, in characters; no network takes more.</summary>
    public const int MaxText = 20_000;

    private static readonly UserId Anybody = UserId.From(Guid.Empty);

    /// <summary>Keeps what somebody has typed; a blank text takes their draft away.</summary>
    /// <param name="conversation">Where.</param>
    /// <param name="user">Who types.</param>
    /// <param name="text">Up to <see cref="MaxText"/> characters; what is longer is cut.</param>
    /// <param name="version">Of the conversation as the writer saw it: what comes in after their own answer was sent is thrown away. Null keeps it in any case.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>False when there is no such conversation, or the answer was sent already.</returns>
    public Task<bool> Put(ConversationId conversation, Actor user, string text, int? version, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (await db.Set<Conversation>().Where(c => c.Id == conversation).Select(c => new { c.Version, c.LastReplyBy }).SingleOrDefaultAsync(ct) is not { } talk) return false;
        if (string.IsNullOrWhiteSpace(text))
        {
            await Clear(conversation, user.Id, ct);
            return true;
        }

        var late = version < talk.Version && talk.LastReplyBy == user.Name && !await db.Set<DraftRow>().AnyAsync(d => d.ConversationId == conversation && d.UserId == user.Id, ct);
        if (!late) await Upsert(conversation, user.Id, user.Name, text, origin: null, ct);
        return !late;
    }, ct);

    /// <inheritdoc cref="Put(ConversationId, Actor, string, int?, CancellationToken)"/>
    public Task<bool> Put(ConversationId conversation, Actor user, string text, CancellationToken ct) => Put(conversation, user, text, null, ct);

    /// <summary>Lays an answer ready that a rule or a macro wrote.</summary>
    /// <param name="conversation">Where.</param>
    /// <param name="user">For whom; null for whoever answers.</param>
    /// <param name="text">The answer.</param>
    /// <param name="origin">Who prepared it, as people read it ("Rule 4, version 2").</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>False when a draft of theirs is there already, which stays, or the text is blank.</returns>
    public Task<bool> Prepare(ConversationId conversation, Actor? user, string text, string origin, CancellationToken ct) => db.InTransaction(async () =>
    {
        var id = user?.Id ?? Anybody;
        if (string.IsNullOrWhiteSpace(text)) return false;
        if (await db.Set<DraftRow>().AnyAsync(d => d.ConversationId == conversation && d.UserId == id && d.Origin == null, ct)) return false;
        await Upsert(conversation, id, user?.Name ?? "", text, origin, ct);
        return true;
    }, ct);

    /// <summary>The draft of somebody, else the one that was prepared for whoever answers; null when there is neither.</summary>
    public async Task<DraftView?> Of(ConversationId conversation, UserId user, CancellationToken ct) =>
        (await db.Set<DraftRow>().AsNoTracking().Where(d => d.ConversationId == conversation && (d.UserId == user || d.UserId == Anybody)).ToListAsync(ct))
            .OrderByDescending(d => d.UserId == user).Select(d => new DraftView(d.Text, d.At, d.Origin)).FirstOrDefault();

    /// <summary>Who else has begun an answer, latest first.</summary>
    public async Task<IReadOnlyList<DraftBy>> Others(ConversationId conversation, UserId me, CancellationToken ct) =>
        [.. (await db.Set<DraftRow>().AsNoTracking().Where(d => d.ConversationId == conversation && d.UserId != me && d.UserId != Anybody && d.Origin == null).ToListAsync(ct))
            .OrderByDescending(d => d.At).ThenBy(d => d.UserName, StringComparer.Ordinal).Select(d => new DraftBy(d.UserId, d.UserName, d.At))];

    /// <summary>The conversations in which somebody has begun an answer, latest first, at most 100.</summary>
    public async Task<IReadOnlyList<ConversationId>> Mine(UserId user, CancellationToken ct) =>
        await db.Set<DraftRow>().AsNoTracking().Where(d => d.UserId == user).OrderByDescending(d => d.At).Take(100).Select(d => d.ConversationId).ToListAsync(ct);

    /// <summary>Takes somebody's draft away, and the one that was prepared for whoever answers. Joins the caller's transaction.</summary>
    public Task Clear(ConversationId conversation, UserId user, CancellationToken ct) =>
        db.Set<DraftRow>().Where(d => d.ConversationId == conversation && (d.UserId == user || d.UserId == Anybody)).ExecuteDeleteAsync(ct);

    // By statement: two windows of one person save at the same moment.
    private async Task Upsert(ConversationId conversation, UserId user, string name, string text, string? origin, CancellationToken ct)
    {
        var kept = text.Length > MaxText ? text[..MaxText] : text;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO conversations_drafts (conversation_id, user_id, user_name, text, at, origin) VALUES ({Key(conversation.Value)}, {Key(user.Value)}, {name}, {kept}, {clock.Now().ToUnixMicroseconds()}, {origin})
            ON CONFLICT (conversation_id, user_id) DO UPDATE SET user_name = excluded.user_name, text = excluded.text, at = excluded.at, origin = excluded.origin
            """, ct);
    }

    private object Key(Guid id) => db.Kind == DatabaseKind.Sqlite ? id.ToByteArray(true) : id;
}
