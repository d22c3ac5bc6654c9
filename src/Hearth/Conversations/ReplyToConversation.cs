using System.Text.Json.Serialization;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>What became of a reply: exactly one of the nested cases.</summary>
[JsonDerivedType(typeof(Queued), "queued"), JsonDerivedType(typeof(ByHand), "by-hand"), JsonDerivedType(typeof(AnsweredMeanwhile), "answered-meanwhile")]
[JsonDerivedType(typeof(TooLong), "too-long"), JsonDerivedType(typeof(Empty), "empty"), JsonDerivedType(typeof(MentionRemoved), "mention-removed"), JsonDerivedType(typeof(Unknown), "unknown")]
public abstract record Reply
{
    private Reply() { }

    /// <summary>It will be sent, once.</summary>
    /// <param name="Message">Ours; its delivery is told by Publishing.</param>
    /// <param name="Text">As it will stand, with signature.</param>
    /// <param name="Version">Of the conversation from now on.</param>
    public sealed record Queued(MessageId Message, string Text, int Version) : Reply;

    /// <summary>Nothing can send it there: a person posts the text and says where.</summary>
    public sealed record ByHand(MessageId Message, string Text, int Version) : Reply;

    /// <summary>The brand has spoken since the writer looked; nothing was sent.</summary>
    /// <param name="By">Who of ours; null for a post made past Hearth.</param>
    /// <param name="At">When.</param>
    /// <param name="Version">Name this one to answer all the same.</param>
    public sealed record AnsweredMeanwhile(string? By, DateTimeOffset? At, int Version) : Reply;

    /// <summary>Longer, with its signature, than the network takes.</summary>
    public sealed record TooLong(int Length, int Limit, string Unit) : Reply;

    public sealed record Empty : Reply;

    /// <summary>What would be answered was deleted by its author.</summary>
    public sealed record MentionRemoved : Reply;

    public sealed record Unknown : Reply;
}

/// <summary>Answers the person, on the network where they spoke, in the name of one of ours.</summary>
/// <remarks>
/// The conversation's version is compared and raised by one guarded UPDATE in the transaction that queues the message: of many who answer what they
/// saw at the same version, one is sent, on SQLite and on PostgreSQL alike.
/// </remarks>
public sealed class ReplyToConversation(Database db, Publish publish, ReadMention mentions, TimeProvider clock)
{
    /// <param name="conversation">Which.</param>
    /// <param name="text">Without signature; that is added.</param>
    /// <param name="version">Of the conversation as the writer saw it.</param>
    /// <param name="by">Who speaks.</param>
    /// <param name="to">Which of the person's posts is answered; null for the latest.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Reply> With(ConversationId conversation, string text, int version, Actor by, MentionId? to, CancellationToken ct)
    {
        if (await Answered(conversation, to, ct) is not { } mention) return new Reply.Unknown();
        if (mention.IsRemoved) return new Reply.MentionRemoved();
        var target = Target(mention);
        if (string.IsNullOrWhiteSpace(text)) return new Reply.Empty();
        if (await publish.PreviewReply(target, text, by, ct) is { Length: { Fits: false } l }) return new Reply.TooLong(l.Length, l.Limit, l.Unit);
        return await db.InTransaction(async () =>
        {
            var now = clock.Now();
            var won = await db.Set<Conversation>().Where(c => c.Id == conversation && c.Version == version).ExecuteUpdateAsync(set => set
                .SetProperty(c => c.Version, version + 1).SetProperty(c => c.Status, ConversationStatus.Waiting).SetProperty(c => c.ClosedAt, (DateTimeOffset?)null)
                .SetProperty(c => c.FirstReplyAt, c => c.FirstReplyAt ?? now).SetProperty(c => c.LastReplyAt, now).SetProperty(c => c.LastReplyBy, by.Name)
                .SetProperty(c => c.LastAt, now), ct);
            if (won == 0) return await Meanwhile(conversation, ct);

            Reply reply = await publish.Reply(new(target, text, by, "conversation:" + conversation.Value), ct) switch
            {
                Publication.Queued queued => new Reply.Queued(queued.Message, queued.Text, version + 1),
                Publication.ByHand hand => new Reply.ByHand(hand.Message, hand.Text, version + 1),
                var refused => throw new InvalidOperationException($"A reply that fitted was refused: {refused}."), // takes the raised version back
            };
            var message = reply is Reply.Queued q ? q.Message : ((Reply.ByHand)reply).Message;
            db.Add(new Entry
            {
                ConversationId = conversation, Kind = EntryKind.Reply, At = now, MessageId = message, Text = text.Trim(), By = by.Id, ByName = by.Name,
                Words = ConversationSearch.Words(text),
            });
            db.Record(new ConversationReplied(conversation, message, by.Id, now));
            await db.SaveChangesAsync(ct);
            return reply;
        }, ct);
    }

    /// <summary>How a reply would stand, how long it would be and what the network takes; null when there is no such conversation.</summary>
    public async Task<Preview?> Preview(ConversationId conversation, string text, Actor by, CancellationToken ct) =>
        await Answered(conversation, null, ct) is { } mention ? await publish.PreviewReply(Target(mention), text, by, ct) : null;

    internal static ReplyTarget Target(MentionView mention) =>
        new(mention.Network, mention.Account, mention.Refs?.Uri, mention.Refs?.Cid, mention.Refs?.RootUri, mention.Refs?.RootCid);

    // Only what stands in this conversation can be answered in it.
    private async Task<MentionView?> Answered(ConversationId conversation, MentionId? to, CancellationToken ct)
    {
        var id = to is { } asked
            ? await db.Set<Entry>().AnyAsync(e => e.ConversationId == conversation && e.MentionId == asked && e.Kind == EntryKind.Mention, ct) ? asked : (MentionId?)null
            : (await db.Set<Conversation>().Where(c => c.Id == conversation).Select(c => new { c.LastMention }).SingleOrDefaultAsync(ct))?.LastMention;
        return id is { } found ? await mentions.Of(found, ct) : null;
    }

    private async Task<Reply> Meanwhile(ConversationId conversation, CancellationToken ct)
    {
        var now = await db.Set<Conversation>().AsNoTracking().Where(c => c.Id == conversation).Select(c => new { c.LastReplyBy, c.LastReplyAt, c.Version }).SingleAsync(ct);
        return new Reply.AnsweredMeanwhile(now.LastReplyBy, now.LastReplyAt, now.Version);
    }

    internal static void Map(IEndpointRouteBuilder conversations)
    {
        conversations.MapPost("/{id:guid}/replies",
            async Task<Results<Ok<Reply>, ProblemHttpResult>> (Guid id, ReplyBody body, ReplyToConversation reply, HttpContext http, CancellationToken ct) =>
                await reply.With(ConversationId.From(id), body.Text ?? "", body.Version, http.Actor(), body.To is { } to ? MentionId.From(to) : null, ct) switch
                {
                    Reply.Empty => Problems.Invalid("text", "must not be empty"),
                    Reply.TooLong t => Problems.Invalid("text", $"has {t.Length} {t.Unit} with its signature, the network takes {t.Limit}"),
                    Reply.AnsweredMeanwhile a => Problems.Refused("answered-meanwhile", $"{a.By ?? "The brand's account"} has answered since; the conversation is at version {a.Version}."),
                    Reply.MentionRemoved => Problems.Refused("mention-removed", "Its author deleted what would be answered."),
                    Reply.Unknown => Problems.Unknown("conversation"),
                    var queued => TypedResults.Ok(queued),
                })
            .WithName("replyToConversation").WithSummary("Answer the person, if nobody of the brand has answered since the given version").RequireAuthorization("write");
        conversations.MapPost("/{id:guid}/preview",
            async Task<Results<Ok<Preview>, ProblemHttpResult>> (Guid id, ReplyBody body, ReplyToConversation reply, HttpContext http, CancellationToken ct) =>
                await reply.Preview(ConversationId.From(id), body.Text ?? "", http.Actor(), ct) is { } preview ? TypedResults.Ok(preview) : Problems.Unknown("conversation"))
            .WithName("previewReply").WithSummary("How a reply would stand, with its signature, and how long it is").RequireAuthorization("read");
    }
}

/// <summary>A reply.</summary>
/// <param name="Text">What to say, without signature.</param>
/// <param name="Version">Of the conversation as you saw it.</param>
/// <param name="To">Which of the person's posts to answer; null for the latest.</param>
public sealed record ReplyBody(string? Text, int Version, Guid? To = null);
