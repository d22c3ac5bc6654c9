using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>Follows what becomes of our replies after they were written: somebody approved or rejected one, changed what stands, or took it away.</summary>
internal sealed class FollowMessages(Database db, ReadMessages messages, TimeProvider clock) : IHandle<MessageSent>, IHandle<MessageApproved>, IHandle<MessageRejected>, IHandle<MessageEdited>, IHandle<MessageDeleted>
{
    // The further posts of a thread stand beside its first, and are known when the network tells us of them.
    public async Task Handle(MessageSent fact, CancellationToken ct)
    {
        if (await messages.Find(fact.Message, ct) is not { ThreadOf: { } first } post || await Reply(first, ct) is not { } reply || await Reply(fact.Message, ct) is not null) return;
        if (fact.ExternalId is { } id) await db.Set<Entry>().Where(e => e.ConversationId == reply.ConversationId && e.ExternalId == id && e.Kind == EntryKind.OwnPost).ExecuteDeleteAsync(ct);
        db.Add(new Entry
        {
            ConversationId = reply.ConversationId, Kind = EntryKind.Reply, At = fact.At, MessageId = fact.Message, ExternalId = fact.ExternalId, Text = post.Words, By = post.Author, ByName = post.AuthorName,
            Words = "", // the first post's entry is found by all of them
        });
        await db.SaveChangesAsync(ct);
    }

    // It is an answer from now on, not from when it was written: until now the person had none.
    public async Task Handle(MessageApproved fact, CancellationToken ct)
    {
        if (await Reply(fact.Message, ct) is not { } reply) return;
        var (id, now) = (reply.ConversationId, clock.Now());
        await db.Set<Conversation>().Where(c => c.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Version, c => c.Version + 1).SetProperty(c => c.Status, ConversationStatus.Waiting).SetProperty(c => c.ClosedAt, (DateTimeOffset?)null)
            .SetProperty(c => c.FirstReplyAt, c => c.FirstReplyAt ?? fact.At).SetProperty(c => c.LastReplyAt, fact.At).SetProperty(c => c.LastReplyBy, fact.AuthorName)
            .SetProperty(c => c.LastAt, c => c.LastAt > fact.At ? c.LastAt : fact.At), ct);
        await MergeTree.Own(db, id, ConversationStatus.Waiting, null, ct);
        if (fact.Changed is { } words) (reply.Text, reply.Words) = (words, ConversationSearch.Words(words));
        db.Add(new Entry { ConversationId = id, Kind = EntryKind.Event, At = now, What = fact.Changed is null ? "approved" : "approved-changed", By = fact.By, ByName = fact.ByName, Words = "" });
        db.Record(new ConversationReplied(id, fact.Message, fact.Author, fact.At));
        await db.SaveChangesAsync(ct);
    }

    public async Task Handle(MessageRejected fact, CancellationToken ct)
    {
        if (await Reply(fact.Message, ct) is not { } reply) return;
        db.Add(new Entry { ConversationId = reply.ConversationId, Kind = EntryKind.Event, At = clock.Now(), What = "rejected", Text = fact.Reason, By = fact.By, ByName = fact.ByName, Words = "" });
        await db.SaveChangesAsync(ct);
    }

    public async Task Handle(MessageEdited fact, CancellationToken ct)
    {
        if (await Reply(fact.Message, ct) is not { } reply) return;
        (reply.Text, reply.Words) = (fact.Words, ConversationSearch.Words(fact.Words));
        await db.SaveChangesAsync(ct);
    }

    // Its words leave the search; that it was said stays.
    public async Task Handle(MessageDeleted fact, CancellationToken ct)
    {
        if (await Reply(fact.Message, ct) is not { } reply) return;
        reply.Words = "";
        await db.SaveChangesAsync(ct);
    }

    private Task<Entry?> Reply(MessageId message, CancellationToken ct) => db.Set<Entry>().SingleOrDefaultAsync(e => e.MessageId == message && e.Kind == EntryKind.Reply, ct);
}
