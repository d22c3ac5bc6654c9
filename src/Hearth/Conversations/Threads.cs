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
    private readonly MergeTree _tree = new(db);

    /// <summary>Characters of the last post kept for the list.</summary>
    private const int PreviewLength = 240;

    /// <summary>Opens or continues the author's conversation in the mention's thread.</summary>
    /// <returns>The conversation and whether this call made it.</returns>
    /// <param name="mention">What was heard.</param>
    /// <param name="by">Who opens it; null when it opens by itself.</param>
    /// <param name="quiet">True when the author is blocked: what they say is kept and moves nothing.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<(ConversationId Id, bool Opened)> Take(MentionView mention, Actor? by, bool quiet, CancellationToken ct)
    {
        var key = Conversation.KeyOf(mention.Network, mention.ThreadKey, mention.Person);
        var opened = await Insert(key, mention, ct);
        var home = await Home(key, mention, ct);
        var path = await _tree.HoldUp(home, ct);
        var root = path[^1];
        var conversation = await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == root, ct);
        if (await db.Set<Entry>().Where(e => e.MentionId == mention.Id && e.Kind == EntryKind.Mention).Select(e => new { e.ConversationId }).FirstOrDefaultAsync(ct) is { } there) return (there.ConversationId, false);

        var now = clock.Now();
        if (opened)
        {
            db.Add(Entry.Event(conversation.Id, "opened", null, by, now));
            db.Record(new ConversationOpened(conversation.Id, mention.Id, mention.Person, mention.Network, by?.Id, now));
        }

        db.Add(Heard(conversation.Id, home, EntryKind.Mention, mention));
        quiet |= conversation.Standing == Standing.Spam && by is null;
        var reopened = conversation.Status == ConversationStatus.Closed && !quiet;
        var woken = conversation.SnoozedUntil is not null && !quiet;
        if (woken)
        {
            db.Add(Entry.Event(conversation.Id, "woken", "they spoke", Doer.Hearth, now));
            db.Record(new ConversationWoken(conversation.Id, Spoke: true, null, now));
        }

        if (reopened) db.Add(Entry.Event(conversation.Id, "reopened", "spoke again", by, now));
        var latest = mention.At >= conversation.LastMentionAt;
        await db.Set<Conversation>().Where(c => c.Id == conversation.Id).ExecuteUpdateAsync(set =>
        {
            set.SetProperty(c => c.Mentions, c => c.Mentions + 1);
            if (!quiet) set.SetProperty(c => c.Status, ConversationStatus.Open).SetProperty(c => c.ClosedAt, (DateTimeOffset?)null).SetProperty(c => c.SnoozedUntil, (DateTimeOffset?)null);
            if (latest) set.SetProperty(c => c.LastMention, mention.Id).SetProperty(c => c.LastMentionAt, mention.At).SetProperty(c => c.Preview, Preview(mention.Text));
            if (mention.At > conversation.LastAt) set.SetProperty(c => c.LastAt, mention.At);
        }, ct);
        if (path.Count > 1 && !quiet)
        {
            await db.Set<Conversation>().Where(c => path.Contains(c.Id) && c.Id != root).ExecuteUpdateAsync(set => set
                .SetProperty(c => c.Status, ConversationStatus.Open).SetProperty(c => c.ClosedAt, (DateTimeOffset?)null).SetProperty(c => c.SnoozedUntil, (DateTimeOffset?)null), ct);
        }

        if (!quiet) await MergeTree.Own(db, home, ConversationStatus.Open, null, ct);
        if (!opened && !quiet) db.Record(new ConversationContinued(conversation.Id, mention.Id, mention.Person, reopened, now));
        await db.SaveChangesAsync(ct);
        return (conversation.Id, opened);
    }

    /// <summary>Shows the brand's own post in the conversation it answers; when it answers nobody's post, in all of its thread. Opens nothing.</summary>
    public async Task TakeOwn(MentionView post, CancellationToken ct)
    {
        var thread = db.Set<Conversation>().Where(c => c.Network == post.Network && c.ThreadKey == post.ThreadKey).Select(c => c.Id);
        var answered = post.ParentId is null ? [] : await db.Set<Entry>()
            .Where(e => e.ExternalId == post.ParentId && e.Kind == EntryKind.Mention && thread.Contains(e.Home ?? e.ConversationId)).Select(e => e.Home ?? e.ConversationId).ToListAsync(ct);
        foreach (var id in (answered.Count > 0 ? answered : await thread.ToListAsync(ct)).Order(ById)) await TakeOwn(id, post, ct);
    }

    private static readonly Comparer<ConversationId> ById = Comparer<ConversationId>.Create((a, b) => a.Value.CompareTo(b.Value));

    private async Task TakeOwn(ConversationId home, MentionView post, CancellationToken ct)
    {
        var id = (await _tree.HoldUp(home, ct))[^1];
        var conversation = await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == id, ct);
        if (await db.Set<Entry>().AnyAsync(e => e.ConversationId == id && (e.MentionId == post.Id || e.ExternalId == post.ExternalId), ct)) return; // it came back from the network
        var answers = post.At >= conversation.LastMentionAt;
        db.Add(Heard(id, home, EntryKind.OwnPost, post, answers ? null : Entry.Aside));
        if (answers && conversation.Status == ConversationStatus.Open) db.Record(new ConversationAnsweredOutside(id, post.Id, post.At));
        await db.Set<Conversation>().Where(c => c.Id == id).ExecuteUpdateAsync(set =>
        {
            set.SetProperty(c => c.Version, c => c.Version + 1);
            if (answers && conversation.Status == ConversationStatus.Open) set.SetProperty(c => c.Status, ConversationStatus.Waiting);
            if (answers && post.At >= (conversation.LastReplyAt ?? post.At)) set.SetProperty(c => c.LastReplyAt, post.At).SetProperty(c => c.LastReplyBy, (string?)null);
            if (post.At > conversation.LastAt) set.SetProperty(c => c.LastAt, post.At);
            if (answers && post.At < (conversation.FirstReplyAt ?? DateTimeOffset.MaxValue)) set.SetProperty(c => c.FirstReplyAt, post.At);
        }, ct);
        if (answers && conversation.Status == ConversationStatus.Open) await MergeTree.Own(db, id, ConversationStatus.Waiting, null, ct);
        await db.SaveChangesAsync(ct);
    }

    // Where the author's posts of this thread belong: in their conversation, or in the part that was split off it when what they answer stands there.
    private async Task<ConversationId> Home(string key, MentionView mention, CancellationToken ct)
    {
        var whole = await db.Set<Conversation>().Where(c => c.Key == key).Select(c => new { c.Id }).SingleAsync(ct);
        if (mention.ParentId is not { } parent) return whole.Id;
        var beside = db.Set<Conversation>().Where(c => c.Network == mention.Network && c.ThreadKey == mention.ThreadKey && c.PersonId == mention.Person && c.Key != key);
        return await db.Set<Entry>().Where(e => e.ExternalId == parent && beside.Any(c => c.Id == (e.Home ?? e.ConversationId))).OrderBy(e => e.Position)
            .Select(e => new { Id = e.Home ?? e.ConversationId }).FirstOrDefaultAsync(ct) is { } part ? part.Id : whole.Id;
    }

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

    private static Entry Heard(ConversationId conversation, ConversationId home, EntryKind kind, MentionView mention, string? what = null) => new()
    {
        ConversationId = conversation, Home = home == conversation ? null : home, What = what, Kind = kind, At = mention.At, MentionId = mention.Id, ExternalId = mention.ExternalId, Text = mention.Text,
        Words = ConversationSearch.Words(mention.Text),
    };

    /// <summary>As much of a text as the list shows.</summary>
    internal static string Preview(string text) => text.Length <= PreviewLength ? text
        : text[..(char.IsHighSurrogate(text[PreviewLength - 1]) ? PreviewLength - 1 : PreviewLength)] + "…";
}
