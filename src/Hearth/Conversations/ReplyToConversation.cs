using System.Text.Json.Serialization;
using Hearth.Conversations.Writing;
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
[JsonDerivedType(typeof(Queued), "queued"), JsonDerivedType(typeof(ByHand), "by-hand"), JsonDerivedType(typeof(Held), "held"), JsonDerivedType(typeof(NotCertified), "not-certified"), JsonDerivedType(typeof(Invalid), "invalid"), JsonDerivedType(typeof(AnsweredMeanwhile), "answered-meanwhile")]
[JsonDerivedType(typeof(TooLong), "too-long"), JsonDerivedType(typeof(Empty), "empty"), JsonDerivedType(typeof(Unfilled), "unfilled"), JsonDerivedType(typeof(MentionRemoved), "mention-removed"), JsonDerivedType(typeof(Unknown), "unknown")]
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

    /// <summary>It waits until somebody else has approved it; the conversation stays open until then.</summary>
    /// <param name="Message">Ours; <see cref="MessageApproved"/> or <see cref="MessageRejected"/> will name it.</param>
    /// <param name="Text">As it would stand.</param>
    /// <param name="Why">The rules that hold it.</param>
    /// <param name="Version">Of the conversation from now on.</param>
    public sealed record Held(MessageId Message, string Text, IReadOnlyList<string> Why, int Version) : Reply;

    /// <summary>A factual correction by somebody whom the council has not certified for it; nothing was sent.</summary>
    /// <param name="Level">What the author is not certified for.</param>
    public sealed record NotCertified(CertificationLevel Level) : Reply;

    /// <summary>Something beside the text is not as it must be; nothing was sent.</summary>
    public sealed record Invalid(string Field, string Reason) : Reply;

    /// <summary>The brand has spoken since the writer looked; nothing was sent.</summary>
    /// <param name="By">Who of ours; null for a post made past Hearth.</param>
    /// <param name="At">When.</param>
    /// <param name="Version">Name this one to answer all the same.</param>
    public sealed record AnsweredMeanwhile(string? By, DateTimeOffset? At, int Version) : Reply;

    /// <summary>Longer, with its signature, than the network takes.</summary>
    public sealed record TooLong(int Length, int Limit, string Unit) : Reply;

    public sealed record Empty : Reply;

    /// <summary>A place of a saved reply is still open in it ("{product}").</summary>
    public sealed record Unfilled(IReadOnlyList<string> Names) : Reply;

    /// <summary>What would be answered was deleted by its author.</summary>
    public sealed record MentionRemoved : Reply;

    public sealed record Unknown : Reply;
}

/// <summary>Answers the person, on the network where they spoke, in the name of one of ours.</summary>
/// <remarks>
/// The conversation's version is compared and raised by one guarded UPDATE in the transaction that queues the message: of many who answer what they
/// saw at the same version, one is sent, on SQLite and on PostgreSQL alike.
/// </remarks>
public sealed class ReplyToConversation(Database db, Publish publish, ReadMention mentions, Drafts drafts, TimeProvider clock)
{
    /// <param name="conversation">Which.</param>
    /// <param name="text">Without signature; that is added.</param>
    /// <param name="version">Of the conversation as the writer saw it.</param>
    /// <param name="by">Who speaks.</param>
    /// <param name="to">Which of the person's posts is answered; null for the latest.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<Reply> With(ConversationId conversation, string text, int version, Actor by, MentionId? to, CancellationToken ct) => With(conversation, new Answer(text), version, by, to, ct);

    /// <inheritdoc cref="With(ConversationId, string, int, Actor, MentionId?, CancellationToken)"/>
    public async Task<Reply> With(ConversationId conversation, Answer answer, int version, Actor by, MentionId? to, CancellationToken ct)
    {
        if (await Answered(conversation, to, ct) is not { } mention) return new Reply.Unknown();
        if (mention.IsRemoved) return new Reply.MentionRemoved();
        var text = answer.Text;
        if (string.IsNullOrWhiteSpace(text)) return new Reply.Empty();
        if (SavedReplyText.Unfilled(text) is { Count: > 0 } open) return new Reply.Unfilled(open);
        var draft = Draft(conversation, mention, answer, by);
        if (!answer.AsThread && await publish.PreviewReply(draft, ct) is { Length: { Fits: false } l }) return new Reply.TooLong(l.Length, l.Limit, l.Unit);
        return await db.InTransaction(async () =>
        {
            // What is refused has written nothing yet, and what was said meanwhile keeps this from being written.
            var now = clock.Now();
            var (reply, message) = await publish.Reply(draft, ct) switch
            {
                Publication.Queued queued => ((Reply)new Reply.Queued(queued.Message, queued.Text, version + 1), queued.Message),
                Publication.ByHand hand => (new Reply.ByHand(hand.Message, hand.Text, version + 1), hand.Message),
                Publication.Held held => (new Reply.Held(held.Message, held.Text, held.Why, version + 1), held.Message),
                var refused => (Refusal(refused), default),
            };
            if (message == default) return reply;
            if (await db.Set<Conversation>().Where(c => c.Id == conversation && c.Version == version).ExecuteUpdateAsync(set => set.SetProperty(c => c.Version, version + 1), ct) == 0)
            {
                db.Forget();
                return await Meanwhile(conversation, ct);
            }

            if (reply is Reply.Held) db.Add(Entry.Event(conversation, "held", null, by, now));
            else await Spoke(conversation, message, by, now, ct);
            db.Add(new Entry
            {
                ConversationId = conversation, Kind = EntryKind.Reply, At = now, MessageId = message, Text = text.Trim(), By = by.Id, ByName = by.Name,
                Words = ConversationSearch.Words(text),
            });
            await db.SaveChangesAsync(ct);
            await drafts.Clear(conversation, by.Id, ct);
            return reply;
        }, ct);
    }

    private static Reply Refusal(Publication refused) => refused switch
    {
        Publication.TooLong t => new Reply.TooLong(t.Length, t.Limit, t.Unit),
        Publication.NotCertified n => new Reply.NotCertified(n.Level),
        Publication.Invalid i => new Reply.Invalid(i.Field, i.Reason),
        var other => throw new InvalidOperationException($"A reply was refused: {other}."),
    };

    /// <summary>How a reply would stand, how long it would be and what the network takes; null when there is no such conversation.</summary>
    public Task<Preview?> Preview(ConversationId conversation, string text, Actor by, CancellationToken ct) => Preview(conversation, new Answer(text), by, null, ct);

    /// <inheritdoc cref="Preview(ConversationId, string, Actor, CancellationToken)"/>
    public async Task<Preview?> Preview(ConversationId conversation, Answer answer, Actor by, MentionId? to, CancellationToken ct) =>
        await Answered(conversation, to, ct) is { } mention ? await publish.PreviewReply(Draft(conversation, mention, answer, by), ct) : null;

    /// <summary>The language that the person wrote in, to answer in; null when it is not known.</summary>
    public static string? LanguageOf(MentionView mention) => mention.Language is "und" or "" ? null : mention.Language;

    private static ReplyDraft Draft(ConversationId conversation, MentionView mention, Answer answer, Actor by) => new(Target(mention), answer.Text, by, "conversation:" + conversation.Value)
    {
        Language = answer.Language ?? LanguageOf(mention), Pictures = answer.Pictures, Correction = answer.Correction, AsThread = answer.AsThread, IsToBeReviewed = true,
    };

    // We have answered: the conversation waits for the person from here on.
    private async Task Spoke(ConversationId conversation, MessageId message, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        await db.Set<Conversation>().Where(c => c.Id == conversation).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Status, ConversationStatus.Waiting).SetProperty(c => c.ClosedAt, (DateTimeOffset?)null)
            .SetProperty(c => c.FirstReplyAt, c => c.FirstReplyAt ?? now).SetProperty(c => c.LastReplyAt, now).SetProperty(c => c.LastReplyBy, by.Name)
            .SetProperty(c => c.LastAt, c => c.LastAt > now ? c.LastAt : now), ct);
        await MergeTree.Own(db, conversation, ConversationStatus.Waiting, null, ct);
        db.Record(new ConversationReplied(conversation, message, by.Id, now));
    }

    internal static ReplyTarget Target(MentionView mention) =>
        new(mention.Network, mention.Account, mention.Refs?.Uri, mention.Refs?.Cid, mention.Refs?.RootUri, mention.Refs?.RootCid) { ParentId = mention.ExternalId, Handle = mention.Author?.Handle };

    // Only what stands in this conversation can be answered in it.
    private async Task<MentionView?> Answered(ConversationId conversation, MentionId? to, CancellationToken ct)
    {
        var id = to is { } asked
            ? await db.Set<Entry>().AnyAsync(e => e.ConversationId == conversation && e.MentionId == asked && e.Kind == EntryKind.Mention, ct) ? asked : (MentionId?)null
            : (await db.Set<Conversation>().Where(c => c.Id == conversation && c.Standing != Standing.Merged).Select(c => new { c.LastMention }).SingleOrDefaultAsync(ct))?.LastMention;
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
                await reply.With(ConversationId.From(id), body.Answer(), body.Version, http.Actor(), body.To is { } to ? MentionId.From(to) : null, ct) switch
                {
                    Reply.Empty => Problems.Invalid("text", "must not be empty"),
                    Reply.Invalid i => Problems.Invalid(i.Field, i.Reason),
                    Reply.NotCertified n => Problems.Refused("not-certified", $"Who corrects facts of the kind {n.Level} must be certified for it by the council.", StatusCodes.Status403Forbidden),
                    Reply.Unfilled u => Problems.Invalid("text", $"still says {string.Join(", ", u.Names.Select(n => $"{{{n}}}"))}"),
                    Reply.TooLong t => Problems.Invalid("text", $"has {t.Length} {t.Unit} with its signature, the network takes {t.Limit}"),
                    Reply.AnsweredMeanwhile a => Problems.Refused("answered-meanwhile", $"{a.By ?? "The brand's account"} has answered since; the conversation is at version {a.Version}."),
                    Reply.MentionRemoved => Problems.Refused("mention-removed", "Its author deleted what would be answered."),
                    Reply.Unknown => Problems.Unknown("conversation"),
                    var queued => TypedResults.Ok(queued),
                })
            .WithName("replyToConversation").WithSummary("Answer the person, if nobody of the brand has answered since the given version").RequireAuthorization("write");
        conversations.MapPost("/{id:guid}/preview",
            async Task<Results<Ok<Preview>, ProblemHttpResult>> (Guid id, ReplyBody body, ReplyToConversation reply, HttpContext http, CancellationToken ct) =>
                await reply.Preview(ConversationId.From(id), body.Answer(), http.Actor(), body.To is { } to ? MentionId.From(to) : null, ct) is { } preview ? TypedResults.Ok(preview) : Problems.Unknown("conversation"))
            .WithName("previewReply").WithSummary("How a reply would stand, with its signature, and how long it is").RequireAuthorization("read");
    }
}

/// <summary>A reply.</summary>
/// <param name="Text">What to say, without signature.</param>
/// <param name="Version">Of the conversation as you saw it.</param>
/// <param name="To">Which of the person's posts to answer; null for the latest.</param>
/// <param name="Language">BCP 47 ("de"); null for the language that the person wrote in.</param>
/// <param name="Pictures">Ids of pictures that you brought (POST /pictures), in order.</param>
/// <param name="AsThread">Whether a text that is too long is parted into a thread, at its sentences.</param>
/// <param name="Correction">Of a factual correction: the claim, the evidence, and what it is about. Needs a certificate.</param>
public sealed record ReplyBody(string? Text, int Version, Guid? To = null, string? Language = null, IReadOnlyList<Guid>? Pictures = null, bool AsThread = false, FactualCorrection? Correction = null)
{
    internal Answer Answer() => new(Text ?? "")
    {
        Language = Language is { Length: > 0 and <= 35 } ? Language : null, Pictures = [.. (Pictures ?? []).Select(p => new PictureId(p))], AsThread = AsThread, Correction = Correction,
    };
}

/// <summary>The words of a reply, and what goes with them.</summary>
/// <param name="Text">Without signature.</param>
public sealed record Answer(string Text)
{
    /// <summary>BCP 47; null for the language that the person wrote in.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<PictureId> Pictures { get; init; } = [];

    /// <summary>True to part a text that is too long into a thread.</summary>
    public bool AsThread { get; init; }

    /// <summary>Null when it corrects nobody.</summary>
    public FactualCorrection? Correction { get; init; }
}
