using Hearth.Platform;
using Hearth.Channels;
using Hearth.Governance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Publishing;

/// <summary>What became of changing a message: exactly one of the nested cases.</summary>
public abstract record MessageChange
{
    private MessageChange() { }

    public sealed record Done(MessageView Message) : MessageChange;

    /// <summary>Its status does not allow it (any more).</summary>
    public sealed record NotNow(MessageStatus Status) : MessageChange;

    /// <inheritdoc cref="Publication.TooLong"/>
    public sealed record TooLong(int Length, int Limit, string Unit) : MessageChange;

    public sealed record Invalid(string Field, string Reason) : MessageChange;

    /// <summary>The policy wants somebody else's eyes on this text: a lead or an owner who did not write it can put it in.</summary>
    public sealed record NeedsApproval(IReadOnlyList<string> Why) : MessageChange;

    public sealed record Unknown : MessageChange;
}

/// <summary>What a person does with a message that did not go by itself.</summary>
public sealed class ChangeMessage(Database db, TimeProvider clock, Publish publish, ReadMessages read, SameWords same)
{
    /// <summary>Tries a failed message again, under the same key: should it stand already, it is found and not sent twice.</summary>
    public Task<MessageChange> Retry(MessageId id, CancellationToken ct) => Change(id, [MessageStatus.Failed], message =>
    {
        Again(message);
        return Fine;
    }, ct);

    /// <summary>Sends a failed message with another text; changes the text of one that is posted by hand or waits for its time. An earlier text that got through after all is taken away first.</summary>
    public Task<MessageChange> Rewrite(MessageId id, string? text, Actor by, CancellationToken ct) => Change(id, [MessageStatus.Failed, MessageStatus.ByHand, MessageStatus.Scheduled], async message =>
    {
        var (words, refused) = await Checked(message, text, by, ct);
        if (refused is not null) return refused;
        if (message is { SameWords: not null, Account: { } account, Parts: 1 })
        {
            var now = SameWords.Of(words);
            if (await same.Wrong(account, now, message.DueAt ?? clock.Now(), message.Id, ct) is { } twice) return new MessageChange.Invalid("text", twice);
            message.SameWords = now;
        }

        Keep(message, words, by);
        message.Words = words;
        if (message.Status is MessageStatus.ByHand or MessageStatus.Scheduled) return null;
        (message.StaleKey, message.Key) = (message.StaleKey ?? message.Key, publish.Network(message.Network).NewKey(clock.Now()));
        Again(message);
        return null;
    }, ct);

    /// <summary>Gives a message that stands another text on its network. Where the network does not do that, or a person posted it, it is refused.</summary>
    public Task<MessageChange> Edit(MessageId id, string? text, Actor by, CancellationToken ct) => Change(id, [MessageStatus.Sent], async message =>
    {
        if (message.ExternalId is null) return new MessageChange.Invalid("id", "was posted by hand: change it where it stands");
        if (!publish.Network(message.Network).Edits) return new MessageChange.Invalid("id", $"stands on {Networks.Title(message.Network)}, which does not change what stands: delete it and say it anew");
        var (words, refused) = await Checked(message, text, by, ct);
        if (refused is not null || words == message.Words) return refused;
        Keep(message, words, by);
        (message.NewWords, message.Status, message.Attempts, message.Reason) = (words, MessageStatus.Editing, 0, null);
        db.Enqueue(new EditMessage(message.Id), clock.Now());
        return null;
    }, ct);

    /// <summary>Gives a post that waits for its time, or for approval, another time.</summary>
    /// <param name="id">Which; of a thread the first part, the others go with it.</param>
    /// <param name="at">As <see cref="PostDraft.At"/>.</param>
    /// <param name="ct">Cancels.</param>
    public Task<MessageChange> Move(MessageId id, DateTimeOffset? at, CancellationToken ct) => Change(id, [MessageStatus.Scheduled, MessageStatus.Held], async message =>
    {
        if (at is not { } wanted) return new MessageChange.Invalid("at", "must be a time");
        if (message is not { Kind: MessageKind.Post, Part: 1 }) return new MessageChange.Invalid("id", "is no post by itself: an answer has no time, and a thread is moved by its first part");
        var due = SendTime.Of(wanted);
        if (SendTime.Wrong(due, clock.Now()) is { } wrong) return new MessageChange.Invalid(wrong.Field, wrong.Reason);
        if (message is { SameWords: { } words, Account: { } account } && await same.Wrong(account, words, due, message.Id, ct) is { } twice) return new MessageChange.Invalid("at", twice);
        message.DueAt = due;
        await Rest(message).ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, due), ct);
        if (message.Status == MessageStatus.Scheduled) db.Enqueue(new DeliverMessage(id), due); // the delivery that waited before finds it moved, or sent
        return null;
    }, ct);

    /// <summary>Decides that a message is not sent. What may have got through unnoticed is taken away.</summary>
    public Task<MessageChange> GiveUp(MessageId id, CancellationToken ct) => Change(id, [MessageStatus.Failed, MessageStatus.ByHand, MessageStatus.Queued, MessageStatus.Held, MessageStatus.Scheduled], async message =>
    {
        ClearAway(message);
        message.Status = MessageStatus.GivenUp;
        await Rest(message).Where(m => m.Status == MessageStatus.Queued || m.Status == MessageStatus.Held || m.Status == MessageStatus.Scheduled || m.Status == MessageStatus.ByHand) // what would answer it has nothing to answer
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.GivenUp), ct);
        return null;
    }, ct);

    /// <summary>Says that a person has posted it.</summary>
    /// <param name="id">Which.</param>
    /// <param name="url">Where it stands; null or empty when that is not known.</param>
    /// <param name="ct">Cancels.</param>
    public Task<MessageChange> MarkPostedByHand(MessageId id, string? url, CancellationToken ct) => Change(id, [MessageStatus.ByHand, MessageStatus.Failed], message =>
    {
        var address = string.IsNullOrWhiteSpace(url) ? null : url.Trim();
        if (address is not null && (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))) return Task.FromResult<MessageChange?>(new MessageChange.Invalid("url", "must be a web address, or empty"));
        ClearAway(message);
        (message.Status, message.Url, message.SentAt, message.Reason) = (MessageStatus.Sent, address, clock.Now(), null);
        db.Record(new MessageSent(message.Id, null, address, message.SentAt.Value));
        return Fine;
    }, ct);

    /// <summary>Takes a sent message away from its network. One that a person posted is to be deleted by a person.</summary>
    public Task<MessageChange> Delete(MessageId id, CancellationToken ct) => Change(id, [MessageStatus.Sent], async message =>
    {
        if (message.ExternalId is null) return new MessageChange.Invalid("id", "was posted by hand: delete it where it stands");
        Gone(message);
        await Rest(message).Where(m => m.Status == MessageStatus.Queued).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MessageStatus.GivenUp), ct);
        foreach (var answer in await Rest(message).Where(m => m.Status == MessageStatus.Sent && m.ExternalId != null).ToListAsync(ct)) Gone(answer);
        return null;
    }, ct);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/messages/{message:guid}").WithTags("Publishing").RequireAuthorization("write");
        group.MapPost("/retry", async (Guid message, ChangeMessage change, CancellationToken ct) => Answer(await change.Retry(new(message), ct))).WithSummary("Tries a failed message again");
        group.MapPut("/text", async (Guid message, TextBody body, ChangeMessage change, HttpContext http, CancellationToken ct) => Answer(await change.Rewrite(new(message), body.Text, http.Actor(), ct)))
            .WithSummary("Gives a failed message another text and sends it, or a scheduled one before its time");
        group.MapPut("/time", async (Guid message, TimeBody body, ChangeMessage change, CancellationToken ct) => Answer(await change.Move(new(message), body.At, ct)))
            .WithName("moveMessage").WithSummary("Gives a post that waits another time");
        group.MapPut("/standing-text", async (Guid message, TextBody body, ChangeMessage change, HttpContext http, CancellationToken ct) => Answer(await change.Edit(new(message), body.Text, http.Actor(), ct)))
            .WithName("editMessage").WithSummary("Gives a message that stands another text, where its network changes what stands");
        group.MapPost("/give-up", async (Guid message, ChangeMessage change, CancellationToken ct) => Answer(await change.GiveUp(new(message), ct))).WithSummary("Decides that a message is not sent");
        group.MapPost("/posted", async (Guid message, PostedBody body, ChangeMessage change, CancellationToken ct) => Answer(await change.MarkPostedByHand(new(message), body.Url, ct)))
            .WithSummary("Says that a person has posted it");
        group.MapDelete("", async (Guid message, ChangeMessage change, CancellationToken ct) => Answer(await change.Delete(new(message), ct))).WithSummary("Takes a sent message away from its network");
    }

    /// <summary>Another text.</summary>
    /// <param name="Text">Without signature; that is added.</param>
    internal sealed record TextBody(string? Text);

    /// <summary>Another time.</summary>
    /// <param name="At">In the future, at most a year ahead.</param>
    internal sealed record TimeBody(DateTimeOffset? At);

    /// <summary>Where a person posted it.</summary>
    /// <param name="Url">Where it stands; null when that is not known.</param>
    internal sealed record PostedBody(string? Url);

    private static Results<Ok<MessageView>, ProblemHttpResult> Answer(MessageChange change) => change switch
    {
        MessageChange.Done done => Ok(done.Message),
        MessageChange.NotNow not => Problems.Refused("not-now", $"The message is {not.Status}."),
        MessageChange.TooLong t => Problems.Refused("too-long", $"The text has {t.Length} {t.Unit}; the network takes {t.Limit}."),
        MessageChange.Invalid i => Problems.Invalid(i.Field, i.Reason),
        MessageChange.NeedsApproval n => Problems.Refused("needs-approval", $"A lead or an owner who did not write it can put this text in. {string.Join(". ", n.Why)}."),
        _ => Problems.Unknown("message"),
    };

    private static readonly Task<MessageChange?> Fine = Task.FromResult<MessageChange?>(null);

    // Its own words are read anew by the rules: who could send nothing unseen cannot edit it in either.
    private async Task<(string Words, MessageChange? Refused)> Checked(Message message, string? text, Actor by, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text)) return ("", new MessageChange.Invalid("text", "must not be empty"));
        var (words, length) = await publish.Refit(message, text, ct);
        if (!length.Fits) return (words, new MessageChange.TooLong(length.Length, length.Limit, length.Unit));
        var (why, _) = await publish.Review(message.Author, words, ct);
        return why.Count > 0 && words != message.Words && (!by.Is(Role.Lead) || by.Id == message.Author) ? (words, new MessageChange.NeedsApproval(why)) : (words, null);
    }

    private void Keep(Message message, string words, Actor by) => db.Add(new DecisionRow
    {
        MessageId = message.Id, What = Decision.Edited, By = by.Id, ByName = by.Name, At = clock.Now(), Before = message.Words, After = words, PolicyVersion = message.PolicyVersion,
    });

    private IQueryable<Message> Rest(Message message)
    {
        var (first, part) = (message.ThreadOf ?? message.Id, message.Part);
        return db.Set<Message>().Where(m => m.ThreadOf == first && m.Part > part);
    }

    private void Gone(Message message)
    {
        message.Status = MessageStatus.Deleting;
        db.Enqueue(new RemoveMessage(message.Id), clock.Now());
    }

    // A try whose answer was lost may stand on the network.
    private void ClearAway(Message message)
    {
        if (message.Status == MessageStatus.Failed && message.Prepared is not null) db.Enqueue(new RemoveMessage(message.Id), clock.Now());
    }

    private void Again(Message message)
    {
        (message.Status, message.Attempts, message.Reason, message.Prepared) = (MessageStatus.Queued, 0, null, null);
        db.Enqueue(new DeliverMessage(message.Id), clock.Now());
    }

    // Whoever changes the status first has it: the guarded UPDATE takes the row's lock, the rest follows in its transaction.
    private Task<MessageChange> Change(MessageId id, MessageStatus[] from, Func<Message, Task<MessageChange?>> change, CancellationToken ct) => db.InTransaction(async () =>
    {
        var locked = await db.Set<Message>().Where(m => m.Id == id && from.Contains(m.Status)).ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, m => m.Status), ct);
        var message = await db.Set<Message>().SingleOrDefaultAsync(m => m.Id == id, ct);
        if (message is null) return new MessageChange.Unknown();
        if (locked == 0) return new MessageChange.NotNow(message.Status);
        if (await change(message) is { } refused) return refused;
        await db.SaveChangesAsync(ct);
        return (MessageChange)new MessageChange.Done((await read.Find(id, ct))!);
    }, ct);
}
