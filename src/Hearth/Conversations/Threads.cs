using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>
/// Puts what was heard where it belongs. Everything here runs in the caller's transaction and takes the conversation's row first, so the fact's
/// handler and a person who opens the same mention by hand never write it twice.
/// </summary>
internal sealed class Threads(Database db, TimeProvider clock)
{
    /// <summary>Characters of the last post kept for the list.</summary>
    private const int PreviewLength = 240;

    /// <summary>Opens or continues the author's conversation in the mention's thread.</summary>
    /// <returns>The conversation and whether this call made it.</returns>
    public async Task<(ConversationId Id, bool Opened)> Take(MentionView mention, Actor? by, CancellationToken ct)
    {
        var key = Conversation.KeyOf(mention.Network, mention.ThreadKey, mention.Person);
        var opened = await Insert(key, mention, ct);
        var conversation = await Lock(c => c.Key == key, ct);
        if (await Has(conversation.Id, mention.Id, ct)) return (conversation.Id, false);

        var now = clock.Now();
        if (opened)
        {
            db.Add(Entry.Event(conversation.Id, "opened", null, by, now));
            db.Record(new ConversationOpened(conversation.Id, mention.Id, mention.Person, mention.Network, by?.Id, now));
        }

        db.Add(Heard(conversation.Id, EntryKind.Mention, mention));
        var reopened = conversation.Status == ConversationStatus.Closed;
        if (reopened) db.Add(Entry.Event(conversation.Id, "reopened", "spoke again", by, now));
        var latest = mention.At >= conversation.LastMentionAt;
        await db.Set<Conversation>().Where(c => c.Id == conversation.Id).ExecuteUpdateAsync(set =>
        {
            set.SetProperty(c => c.Mentions, c => c.Mentions + 1).SetProperty(c => c.Status, ConversationStatus.Open).SetProperty(c => c.ClosedAt, (DateTimeOffset?)null);
            if (latest) set.SetProperty(c => c.LastMention, mention.Id).SetProperty(c => c.LastMentionAt, mention.At).SetProperty(c => c.Preview, Preview(mention.Text));
            if (mention.At > conversation.LastAt) set.SetProperty(c => c.LastAt, mention.At);
        }, ct);
        if (!opened) db.Record(new ConversationContinued(conversation.Id, mention.Id, mention.Person, reopened, now));
        await db.SaveChangesAsync(ct);
        return (conversation.Id, opened);
    }

    /// <summary>Shows the brand's own post in the conversation it answers; when it answers nobody's post, in all of its thread. Opens nothing.</summary>
    public async Task TakeOwn(MentionView post, CancellationToken ct)
    {
        var thread = db.Set<Conversation>().Where(c => c.Network == post.Network && c.ThreadKey == post.ThreadKey).Select(c => c.Id);
        var answered = post.ParentId is null ? [] : await db.Set<Entry>()
            .Where(e => e.ExternalId == post.ParentId && e.Kind == EntryKind.Mention && thread.Contains(e.ConversationId)).Select(e => e.ConversationId).ToListAsync(ct);
        foreach (var id in (answered.Count > 0 ? answered : await thread.ToListAsync(ct)).Order(ById)) await TakeOwn(id, post, ct);
    }

    private static readonly Comparer<ConversationId> ById = Comparer<ConversationId>.Create((a, b) => a.Value.CompareTo(b.Value));

    private async Task TakeOwn(ConversationId id, MentionView post, CancellationToken ct)
    {
        var conversation = await Lock(c => c.Id == id, ct);
        if (await db.Set<Entry>().AnyAsync(e => e.ConversationId == id && (e.MentionId == post.Id || e.ExternalId == post.ExternalId), ct)) return; // it came back from the network
        db.Add(Heard(id, EntryKind.OwnPost, post));
        var answers = conversation.Status == ConversationStatus.Open && post.At >= conversation.LastMentionAt;
        await db.Set<Conversation>().Where(c => c.Id == id).ExecuteUpdateAsync(set =>
        {
            set.SetProperty(c => c.Version, c => c.Version + 1);
            if (answers) set.SetProperty(c => c.Status, ConversationStatus.Waiting).SetProperty(c => c.LastReplyAt, post.At).SetProperty(c => c.LastReplyBy, (string?)null);
            if (post.At > conversation.LastAt) set.SetProperty(c => c.LastAt, post.At);
            if (conversation.FirstReplyAt is null && post.At >= conversation.LastMentionAt) set.SetProperty(c => c.FirstReplyAt, post.At);
        }, ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The conversation's row, held by this transaction until it ends.</summary>
    private async Task<Conversation> Lock(System.Linq.Expressions.Expression<Func<Conversation, bool>> which, CancellationToken ct)
    {
        await db.Set<Conversation>().Where(which).ExecuteUpdateAsync(set => set.SetProperty(c => c.Mentions, c => c.Mentions), ct);
        return await db.Set<Conversation>().AsNoTracking().SingleAsync(which, ct);
    }

    private async Task<bool> Has(ConversationId id, MentionId mention, CancellationToken ct) =>
        await db.Set<Entry>().AnyAsync(e => e.ConversationId == id && e.MentionId == mention, ct);

    // By statement: whoever comes second must find the first one's row instead of failing.
    private async Task<bool> Insert(string key, MentionView mention, CancellationToken ct)
    {
        if (await db.Set<Conversation>().AnyAsync(c => c.Key == key, ct)) return false;
        var (at, now) = (mention.At.ToUnixMicroseconds(), clock.Now().ToUnixMicroseconds());
        object? person = mention.Person is { } p ? Key(p.Value) : null;
        return await db.Database.ExecuteSqlAsync($"""
            INSERT INTO conversations_conversations
                (id, key, network, thread_key, source, person_id, status, version, preview, last_mention, last_mention_at, last_at, opened_at, mentions)
            VALUES ({Key(Ids.New())}, {key}, {mention.Network}, {mention.ThreadKey}, {Key(mention.Source.Value)}, {person}, {nameof(ConversationStatus.Open)}, 0,
                {Preview(mention.Text)}, {Key(mention.Id.Value)}, {at}, {at}, {now}, 0)
            ON CONFLICT (key) DO NOTHING
            """, ct) > 0;
    }

    private object Key(Guid id) => db.Kind == DatabaseKind.Sqlite ? id.ToByteArray(true) : id;

    private static Entry Heard(ConversationId conversation, EntryKind kind, MentionView mention) => new()
    {
        ConversationId = conversation, Kind = kind, At = mention.At, MentionId = mention.Id, ExternalId = mention.ExternalId, Text = mention.Text,
        Words = ConversationSearch.Words(mention.Text),
    };

    /// <summary>As much of a text as the list shows.</summary>
    internal static string Preview(string text) => text.Length <= PreviewLength ? text
        : text[..(char.IsHighSurrogate(text[PreviewLength - 1]) ? PreviewLength - 1 : PreviewLength)] + "…";
}
