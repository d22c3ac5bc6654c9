using Hearth.Listening;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>Follows what is heard and what is sent. All under one subscriber, so that the order of a thread's posts is kept.</summary>
internal sealed class HearMentions(Database db, ReadMention mentions, Threads threads, BlockPerson blocks) : IHandle<MentionHeard>, IHandle<MentionEngaged>, IHandle<MentionEdited>, IHandle<MentionRemoved>, IHandle<MessageSent>
{
    public async Task Handle(MentionHeard fact, CancellationToken ct)
    {
        // Most of what is heard is nobody's conversation; that costs one look at an index.
        if (!fact.Engage && !await db.Set<Conversation>().AnyAsync(c => c.Network == fact.Network && c.ThreadKey == fact.ThreadKey, ct)) return;
        if (await mentions.Of(fact.Mention, ct) is not { IsRemoved: false } mention) return;
        if (mention.IsOwn)
        {
            await threads.TakeOwn(mention, ct);
            return;
        }

        var key = Conversation.KeyOf(mention.Network, mention.ThreadKey, mention.Person);
        var blocked = mention.Person is { } person && await blocks.Of(person, ct) is not null;
        if ((fact.Engage && !blocked) || await db.Set<Conversation>().AnyAsync(c => c.Key == key, ct)) await threads.Take(mention, null, blocked, ct);
    }

    // As though the source that engages had been the first; what a hand has opened meanwhile stays one.
    public Task Handle(MentionEngaged fact, CancellationToken ct) => Handle(new MentionHeard(fact.Mention, fact.Source, fact.Network, fact.Person, fact.ThreadKey, Engage: true, fact.At), ct);

    public async Task Handle(MentionEdited fact, CancellationToken ct)
    {
        if (!await db.Set<Entry>().AnyAsync(e => e.MentionId == fact.Mention, ct)) return;
        if (await mentions.Of(fact.Mention, ct) is not { IsRemoved: false } mention) return;
        var words = ConversationSearch.Words(mention.Text);
        await db.Set<Entry>().Where(e => e.MentionId == fact.Mention).ExecuteUpdateAsync(set => set.SetProperty(e => e.Text, mention.Text).SetProperty(e => e.Words, words), ct);
        var preview = Threads.Preview(mention.Text);
        await db.Set<Conversation>().Where(c => c.LastMention == fact.Mention).ExecuteUpdateAsync(set => set.SetProperty(c => c.Preview, preview), ct);
    }

    public async Task Handle(MentionRemoved fact, CancellationToken ct)
    {
        await db.Set<Entry>().Where(e => e.MentionId == fact.Mention)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.Text, (string?)null).SetProperty(e => e.Words, ""), ct);
        await db.Set<Conversation>().Where(c => c.LastMention == fact.Mention).ExecuteUpdateAsync(set => set.SetProperty(c => c.Preview, ""), ct);
    }

    // The reply will come back as a post of our own, or has already: it stands on the timeline once, as the reply.
    public async Task Handle(MessageSent fact, CancellationToken ct)
    {
        if (fact.ExternalId is null || await db.Set<Entry>().SingleOrDefaultAsync(e => e.MessageId == fact.Message, ct) is not { } reply) return;
        var twice = await db.Set<Entry>().Where(e => e.ConversationId == reply.ConversationId && e.ExternalId == fact.ExternalId && e.Kind == EntryKind.OwnPost).ExecuteDeleteAsync(ct) > 0;
        reply.ExternalId = fact.ExternalId;
        await db.SaveChangesAsync(ct);
        if (twice) await new MergeTree(db).Refresh(reply.ConversationId, ct);
    }
}
