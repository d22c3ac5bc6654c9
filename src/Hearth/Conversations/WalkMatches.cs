using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>Finds a page of the inbox among the entries that hold the words asked for.</summary>
/// <remarks>
/// The list is in the order of what was said last, the entries are in the order in which they were heard, and a conversation may have been spoken in long after the words that were asked for. So the entries are gone
/// through from the latest on until a page is full; what could stand before its last line and was not met yet then began before the last entry looked at, and has been spoken in since. Such
/// conversations are few, the index of the list names them (it holds the numbers, which rise as conversations begin), and they are looked through for the words. Entries that a merger or a split moved into another
/// conversation are looked at in any case.
/// </remarks>
/// <param name="db">The unit of work.</param>
/// <param name="inbox">What holds the filters.</param>
/// <param name="most">So many entries are looked at.</param>
/// <param name="first">About so many are looked at first.</param>
/// <param name="slack">Conversations that began at the same moment may have got their numbers and their entries in another order.</param>
/// <param name="near">Entries among which one begins a conversation, nearly always.</param>
internal sealed class WalkMatches(Database db, WalkInbox inbox, int most, int first = 250, int slack = 1_000, int near = 500)
{
    /// <summary>The page behind a place.</summary>
    /// <param name="filter">Which conversations.</param>
    /// <param name="words">At least one.</param>
    /// <param name="rare">True when the words are likely to stand in few entries.</param>
    /// <param name="after">Null for the first page.</param>
    /// <param name="take">How many; the last of them is not shown, but says that there is another page.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <remarks>
    /// A beginning may stand for thousands of words, whose places the index must put together first. So where there are whole words beside it, it is first looked for in some of their entries.
    /// </remarks>
    /// <returns>The page, and the latest entry that matters behind it; null when the entries do not suffice: there are too many, and the page is not full.</returns>
    public async Task<(List<InboxKey> Page, long Heard)?> Next(InboxFilter filter, IReadOnlyList<AskedWord> words, bool rare, InboxPlace? after, int take, CancellationToken ct)
    {
        var whole = words.Where(w => !w.IsBegun).ToList();
        return whole.Count > 0 && whole.Count < words.Count && await Next(filter, whole, " " + words.First(w => w.IsBegun).Word, most / 3, words, rare, after, take, ct) is { } page ? page
            : await Next(filter, words, "", most, words, rare, after, take, ct);
    }

    private async Task<(List<InboxKey> Page, long Heard)?> Next(InboxFilter filter, IReadOnlyList<AskedWord> indexed, string piece, int limit, IReadOnlyList<AskedWord> words, bool rare, InboxPlace? after, int take, CancellationToken ct)
    {
        var latestFirst = LatestFirst(filter);
        var (found, looked, down) = (new Dictionary<ConversationId, Met>(), 0, 0L);
        await foreach (var heard in ConversationSearch.Latest(db, indexed, latestFirst ? after?.Heard : null, first, rare, ct))
        {
            foreach (var met in await Of(filter, heard.Positions, piece, after, ct)) found.TryAdd(met.Key.Id, met);
            (looked, down) = (looked + heard.Positions.Count, heard.Down);
            if (latestFirst && found.Count >= take) break;
            if (looked >= limit && down > 0) return null;
        }

        if (down > 0)
        {
            var last = Sorted(found, filter)[take - 1].Key;
            var maybe = await Moved(down, last, ct);
            maybe.AddRange(await Older(filter, down, last, after, ct));
            maybe = await inbox.Fitting(filter, [.. maybe.DistinctBy(c => c.Id).Where(c => !found.ContainsKey(c.Id))], after, ct);
            foreach (var holding in await inbox.Holding(maybe, words, ct)) found.TryAdd(holding.Id, new(holding, 0));
        }

        var sorted = Sorted(found, filter);
        return (sorted.Take(take).Select(m => m.Key).ToList(), sorted.Skip(take - 1).Select(m => m.Position).Append(down).Max());
    }

    private static bool LatestFirst(InboxFilter filter) => filter is { OldestFirst: false, PressingFirst: false } && filter.View != InboxView.Overdue;

    private static List<Met> Sorted(Dictionary<ConversationId, Met> found, InboxFilter filter)
    {
        var (sorted, order) = (found.Values.ToList(), WalkInbox.Order(filter));
        sorted.Sort((a, b) => order(a.Key, b.Key));
        return sorted;
    }

    private async Task<List<Met>> Of(InboxFilter filter, IEnumerable<long> positions, string piece, InboxPlace? after, CancellationToken ct)
    {
        var met = new Dictionary<ConversationId, Met>();
        var shown = db.Set<Conversation>().AsQueryable();
        if (after is { At: var at } && LatestFirst(filter)) shown = shown.Where(c => c.LastAt <= at); // not what stood on the pages before
        foreach (var chunk in positions.Chunk(2_000))
        {
            var entries = db.Set<Entry>().Where(e => EF.Parameter(chunk).Contains(e.Position)); // one parameter: of thousands the statement would be made anew each time
            if (piece != "") entries = entries.Where(e => (" " + e.Words).Contains(piece));
            var both = entries.Join(shown, e => e.ConversationId, c => c.Id, (e, c) =>
                new Met(new InboxKey(c.Id, c.Number, c.Drawer, c.LastAt, c.DueAt, c.Priority, c.Department, c.Assignee, c.Network, c.PersonId), e.Position));
            foreach (var one in await both.ToListAsync(ct))
            {
                if (!met.TryGetValue(one.Key.Id, out var known) || known.Position < one.Position) met[one.Key.Id] = one;
            }
        }

        return (await inbox.Fitting(filter, [.. met.Values.Select(m => m.Key)], after, ct)).ConvertAll(k => met[k.Id]);
    }

    private async Task<List<InboxKey>> Moved(long down, InboxKey last, CancellationToken ct)
    {
        var entries = db.Set<Entry>().Where(e => e.Position < down);
        var shown = db.Set<Conversation>().Where(c => c.LastAt >= last.LastAt);
        var merged = await WalkInbox.Keys(entries.Where(e => e.Home != null).Join(shown, e => e.ConversationId, c => c.Id, (e, c) => c)).ToListAsync(ct);
        var split = await WalkInbox.Keys(db.Set<SplitEntry>().Join(entries, s => s.Position, e => e.Position, (s, e) => e).Join(shown, e => e.ConversationId, c => c.Id, (e, c) => c)).ToListAsync(ct);
        return [.. merged, .. split];
    }

    private async Task<List<InboxKey>> Older(InboxFilter filter, long position, InboxKey last, InboxPlace? after, CancellationToken ct)
    {
        var began = await BeganBy(position, ct);
        var found = new List<InboxKey>();
        foreach (var drawer in filter.Drawers)
        {
            var rows = inbox.Narrowed(filter).Where(c => c.Drawer == drawer && c.LastAt >= last.LastAt && c.Number <= began);
            if (after is { At: var at }) rows = rows.Where(c => c.LastAt <= at);
            if (filter.Priority is { } priority) rows = rows.Where(c => c.Priority == priority);
            if (filter.Person is not null)
            {
                var persons = filter.Persons.Select(p => (People.PersonId?)p).ToArray();
                rows = rows.Where(c => persons.Contains(c.PersonId));
            }

            found.AddRange(await WalkInbox.Keys(rows).ToListAsync(ct));
        }

        return found;
    }

    /// <summary>No conversation that had begun before this entry was heard has a greater number.</summary>
    private async Task<long> BeganBy(long position, CancellationToken ct)
    {
        var next = await db.Set<Entry>().Where(e => e.Position >= position).OrderBy(e => e.Position).Take(near).Join(db.Set<Conversation>(), e => e.ConversationId, c => c.Id, (e, c) => new { c.Id, c.Number })
            .OrderByDescending(c => c.Number).FirstOrDefaultAsync(ct);
        var isNew = next is not null && !await db.Set<Entry>().AnyAsync(e => e.ConversationId == next.Id && e.Position < position, ct);
        return isNew ? next!.Number + slack : long.MaxValue;
    }

    /// <summary>A conversation, and the latest of its entries that was met; 0 when it was met otherwise.</summary>
    private readonly record struct Met(InboxKey Key, long Position);
}
