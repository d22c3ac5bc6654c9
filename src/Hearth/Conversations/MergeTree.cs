using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>What joined two conversations, or parted one.</summary>
public enum MergerKind
{
    Merge,
    Split,
}

/// <summary>A merger or a split, until it is undone.</summary>
internal sealed class MergerRow
{
    public required Guid Id { get; init; }

    public required MergerKind Kind { get; init; }

    /// <summary>What was merged away; of a split, the new part.</summary>
    public required ConversationId From { get; init; }

    /// <summary>What it was merged into; of a split, what it was a part of.</summary>
    public required ConversationId Into { get; init; }

    public UserId? By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? UndoneAt { get; set; }
}

/// <summary>Where an entry was at home before a split took it along.</summary>
internal sealed class SplitEntry
{
    public required Guid Split { get; init; }

    public required long Position { get; init; }

    public required ConversationId Home { get; init; }
}

/// <summary>How a conversation that others were merged into would stand without them.</summary>
internal sealed class OwnStatus
{
    public required ConversationId ConversationId { get; init; }

    public required ConversationStatus Status { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }
}

/// <summary>
/// Conversations that were merged form trees: each entry has a home, the conversation it belongs to, and shows in the root above it. Merging hangs a root below another, undoing takes the
/// branch off again with all that has come home to it since; nothing else has to be remembered.
/// </summary>
internal sealed class MergeTree(Database db)
{
    /// <summary>Before the first row is held by who changes a tree: nobody else changes one, nor adds a post, until this transaction ends. SQLite has one writer anyway.</summary>
    public async Task Alone(CancellationToken ct)
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({TreeLock}, 0)", ct);
    }

    /// <summary>Before the first row is held by who adds a post: others add theirs too, but no tree changes until this transaction ends.</summary>
    public async Task Steady(CancellationToken ct)
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared({TreeLock}, 0)", ct);
    }

    private const int TreeLock = 0x48454154;

    /// <summary>The conversation and those above it, root last.</summary>
    public async Task<List<ConversationId>> Up(ConversationId from, CancellationToken ct)
    {
        var (path, last) = (new List<ConversationId> { from }, from);
        while (await db.Set<Conversation>().Where(c => c.Id == last).Select(c => c.MergedInto).SingleOrDefaultAsync(ct) is { } above) path.Add(last = above);
        return path;
    }

    /// <summary>The conversation and all below it.</summary>
    public async Task<List<ConversationId>> Down(ConversationId from, CancellationToken ct)
    {
        var (all, next) = (new List<ConversationId> { from }, new List<ConversationId> { from });
        while (next.Count > 0)
        {
            var above = next.ConvertAll(id => (ConversationId?)id);
            next = await db.Set<Conversation>().Where(c => above.Contains(c.MergedInto)).Select(c => c.Id).ToListAsync(ct);
            all.AddRange(next);
        }

        return all;
    }

    /// <summary>Holds the rows until the transaction ends, in one order for everybody, so that nobody waits in a circle.</summary>
    public async Task Hold(IReadOnlyCollection<ConversationId> ids, CancellationToken ct)
    {
        foreach (var number in await db.Set<Conversation>().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Number).Select(c => c.Number).ToListAsync(ct))
        {
            await db.Set<Conversation>().Where(c => c.Number == number).ExecuteUpdateAsync(set => set.SetProperty(c => c.Mentions, c => c.Mentions), ct);
        }
    }

    /// <summary>The same for a conversation and all above it.</summary>
    public async Task<List<ConversationId>> HoldUp(ConversationId from, CancellationToken ct)
    {
        await Steady(ct);
        var path = await Up(from, ct);
        await Hold(path, ct);
        return path;
    }

    /// <summary>Shows in another conversation all entries that stand in one and are at home in some. A post that stands there already (the brand's own, to a whole thread) stays where it is.</summary>
    public Task Show(ConversationId from, IReadOnlyCollection<ConversationId> homes, ConversationId into, CancellationToken ct)
    {
        var here = homes.Select(h => (ConversationId?)h).ToList();
        return db.Set<Entry>().Where(e => e.ConversationId == from && here.Contains(e.Home ?? e.ConversationId)
                && !db.Set<Entry>().Any(o => o.ConversationId == into && o.MentionId == e.MentionId && e.MentionId != null))
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.Home, e => (e.Home ?? e.ConversationId) == into ? null : e.Home ?? e.ConversationId).SetProperty(e => e.ConversationId, into), ct);
    }

    /// <summary>Makes what the row says of its entries true again.</summary>
    public async Task Refresh(ConversationId id, CancellationToken ct)
    {
        var entries = await db.Set<Entry>().AsNoTracking().Where(e => e.ConversationId == id && e.Kind != EntryKind.Note && e.Kind != EntryKind.Event)
            .Select(e => new { e.Position, e.Kind, e.At, e.MentionId, e.What, e.ByName, e.Text }).ToListAsync(ct);
        var heard = entries.Where(e => e.Kind == EntryKind.Mention).OrderBy(e => e.At).ThenBy(e => e.Position).ToList();
        if (heard.Count == 0) return;
        var last = heard[^1];
        var spoken = entries.Where(e => e.Kind == EntryKind.Reply || (e.Kind == EntryKind.OwnPost && e.What != Entry.Aside)).OrderBy(e => e.At).ThenBy(e => e.Position).ToList();
        var first = spoken.Find(e => e.What != Entry.Unasked)?.At;
        var (lastReply, lastReplyBy) = spoken.Count > 0 ? ((DateTimeOffset?)spoken[^1].At, spoken[^1].ByName) : (null, null);
        var (lastAt, preview) = (entries.Max(e => e.At), Threads.Preview(last.Text ?? ""));
        await db.Set<Conversation>().Where(c => c.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Mentions, heard.Count).SetProperty(c => c.LastMention, last.MentionId!.Value).SetProperty(c => c.LastMentionAt, last.At).SetProperty(c => c.Preview, preview)
            .SetProperty(c => c.LastAt, lastAt).SetProperty(c => c.FirstReplyAt, first).SetProperty(c => c.LastReplyAt, lastReply).SetProperty(c => c.LastReplyBy, lastReplyBy), ct);
    }

    /// <summary>How the conversation stands for all in it: it waits for us when any part does.</summary>
    public async Task<(ConversationStatus Status, DateTimeOffset? ClosedAt)> Stands(ConversationId id, CancellationToken ct)
    {
        var own = await db.Set<OwnStatus>().AsNoTracking().Where(o => o.ConversationId == id).Select(o => new { o.Status, o.ClosedAt }).SingleOrDefaultAsync(ct)
            ?? await db.Set<Conversation>().Where(c => c.Id == id).Select(c => new { c.Status, c.ClosedAt }).SingleAsync(ct);
        var parts = await db.Set<Conversation>().Where(c => c.MergedInto == id).Select(c => new { c.Status, c.ClosedAt }).ToListAsync(ct);
        parts.Insert(0, own);
        var first = parts.MinBy(p => p.Status)!;
        return (first.Status, first.ClosedAt);
    }

    public Task Put(ConversationId id, (ConversationStatus Status, DateTimeOffset? ClosedAt) stands, CancellationToken ct) =>
        db.Set<Conversation>().Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, stands.Status).SetProperty(c => c.ClosedAt, stands.ClosedAt), ct);

    /// <summary>Remembers how it stands by itself, before the first is merged into it.</summary>
    public async Task KeepOwn(Conversation c, CancellationToken ct)
    {
        if (await db.Set<OwnStatus>().AnyAsync(o => o.ConversationId == c.Id, ct)) return;
        db.Add(new OwnStatus { ConversationId = c.Id, Status = c.Status, ClosedAt = c.ClosedAt });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Somebody answered or moved the conversation itself: so it would stand alone as well.</summary>
    public static Task Own(Database db, ConversationId id, ConversationStatus status, DateTimeOffset? closedAt, CancellationToken ct) =>
        db.Set<OwnStatus>().Where(o => o.ConversationId == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Status, status).SetProperty(o => o.ClosedAt, closedAt), ct);
}
