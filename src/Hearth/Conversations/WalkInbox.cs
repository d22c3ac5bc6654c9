using Hearth.Governance;
using Hearth.People;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>Where a page of the inbox ended. Of a search, <paramref name="Heard"/> is the latest entry that matters to the pages behind it: what holds the words and was heard later stands before.</summary>
internal sealed record InboxPlace(DateTimeOffset At, long Number, ConversationPriority? Priority = null, long? Heard = null);

/// <summary>What the inbox is filtered and ordered by, of one conversation.</summary>
internal readonly record struct InboxKey(ConversationId Id, long Number, Drawer Drawer, DateTimeOffset LastAt, DateTimeOffset? DueAt, ConversationPriority Priority, Department? Department, UserId? Assignee,
    string Network, PersonId? PersonId)
{
    public static InboxKey Of(Conversation c) => new(c.Id, c.Number, c.Drawer, c.LastAt, c.DueAt, c.Priority, c.Department, c.Assignee, c.Network, c.PersonId);
}

/// <summary>Finds a page of the inbox in time that does not grow with the inbox.</summary>
/// <remarks>
/// 1. What names few conversations (a handle, notes that name me) is read whole and sorted here.
/// 2. Everything else is a walk: each drawer of the view, and each who is one with the person asked for, along its own index, from the place where the page before ended, and the pieces merged. No list is sorted, none is counted.
/// 3. Words are looked for along that walk first, in some hundred conversations: where the words are common the page is soon full, and where the view is small it is soon at its end.
/// 4. Where the page is not full by then, the full-text index names the entries, and they are gone through from the latest on (<see cref="WalkMatches"/>). Where the words are too common for that, the walk goes on.
/// Neither database is left to choose: one guesses badly without statistics, the other with them.
/// </remarks>
internal sealed class WalkInbox(Database db, ReadPeople people, TimeProvider clock, int common = WalkInbox.Common)
{
    /// <summary>More conversations than these are not sorted here.</summary>
    private const int Few = 10_000;

    /// <summary>More entries than these make words common.</summary>
    internal const int Common = 6_000;

    private const int Stride = 400;
    private const int MostStride = 3_200;

    /// <summary>What the place behind the page that was read last names.</summary>
    public long? Heard { get; private set; }

    public async Task<List<Conversation>> Next(InboxFilter filter, InboxPlace? after, int take, CancellationToken ct)
    {
        Heard = after?.Heard;
        if (filter.Person is { } person) filter = filter with { Persons = await people.Whole(person, ct) };
        var words = filter.Search?.Trim() is ['@', ..] ? null : ConversationSearch.Asked(filter.Search);
        if (words is { Count: 0 }) return [];
        if (await Listed(filter, ct) is { } few) return await Load(await Among(filter, few, words, after, take, ct), ct);
        var (found, start, known) = (new List<InboxKey>(), after, words is null);
        for (var stride = words is null ? take : Stride; ; stride = Math.Min(stride * 2, MostStride))
        {
            var walked = await Walk(filter, after, stride, ct);
            found.AddRange(words is null ? walked : await Holding(walked, words, ct));
            if (found.Count >= take || walked.Count < stride) break;
            if (!known)
            {
                if (await new WalkMatches(db, this, common).Next(filter, words!, found.Count == 0, start, take, ct) is var (page, heard))
                {
                    Heard = heard;
                    return await Load(page, ct);
                }

                known = true;
            }

            after = Place(filter, walked[^1]);
        }

        return await Load(found.Count > take ? found.GetRange(0, take) : found, ct);
    }

    // Whole rows only of those that are shown: looking for words passes many more.
    private async Task<List<Conversation>> Load(List<InboxKey> page, CancellationToken ct)
    {
        var rows = new Dictionary<ConversationId, Conversation>(page.Count);
        foreach (var chunk in page.Select(c => c.Id).Chunk(2_000))
        {
            foreach (var c in await db.Set<Conversation>().AsNoTracking().Where(c => chunk.Contains(c.Id)).ToListAsync(ct)) rows[c.Id] = c;
        }

        return [.. page.Where(c => rows.ContainsKey(c.Id)).Select(c => rows[c.Id])];
    }

    public static InboxPlace Place(InboxFilter filter, Conversation c) => Place(filter, InboxKey.Of(c));

    internal static InboxPlace Place(InboxFilter filter, in InboxKey c) => new(At(filter, c), c.Number, filter.PressingFirst && filter.View != InboxView.Overdue ? c.Priority : null);

    // 1. The conversations that the filter names one by one; null when it does not.
    private async Task<IReadOnlyCollection<ConversationId>?> Listed(InboxFilter filter, CancellationToken ct)
    {
        var all = db.Set<Conversation>().AsNoTracking();
        if (filter.Search?.Trim() is ['@', .. var handle])
        {
            var persons = await people.WithHandle(handle, ct);
            return await all.Where(c => persons.Contains(c.PersonId)).OrderByDescending(c => c.LastAt).Select(c => c.Id).Take(Few).ToListAsync(ct);
        }

        if (filter.View != InboxView.MentionedMe) return null;
        return filter.Me is { } me ? await db.Set<NamedRow>().Where(n => n.User == me).OrderByDescending(n => n.At).Select(n => n.ConversationId).Take(Few).ToListAsync(ct) : [];
    }

    private async Task<List<InboxKey>> Among(InboxFilter filter, IReadOnlyCollection<ConversationId> few, IReadOnlyList<AskedWord>? words, InboxPlace? after, int take, CancellationToken ct)
    {
        var found = new List<InboxKey>();
        foreach (var chunk in few.Chunk(2_000))
        {
            found.AddRange(await Keys(db.Set<Conversation>().Where(c => chunk.Contains(c.Id))).ToListAsync(ct));
        }

        found = await Fitting(filter, found, after, ct);
        if (words is not null) found = [.. await Holding(found, words, ct)];

        found.Sort(Order(filter));
        return found.Count > take ? found.GetRange(0, take) : found;
    }

    /// <summary>Those of some conversations that lie in the filter, its words apart, behind a place.</summary>
    internal async Task<List<InboxKey>> Fitting(InboxFilter filter, List<InboxKey> some, InboxPlace? after, CancellationToken ct)
    {
        var holds = filter.HoldsKey(clock.Now());
        var found = some.FindAll(c => holds(c) && (after is null || Compare(filter, after, Place(filter, c)) < 0));
        if (ConversationSteps.Label(filter.Label) is not { } label) return found;
        var bear = new HashSet<ConversationId>();
        foreach (var chunk in found.Select(c => c.Id).Chunk(2_000)) bear.UnionWith(await db.Set<LabelRow>().Where(l => chunk.Contains(l.ConversationId) && l.Label == label).Select(l => l.ConversationId).ToListAsync(ct));
        return found.FindAll(c => bear.Contains(c.Id));
    }

    // 2. Drawer by drawer, and priority by priority where that is the order.
    private async Task<List<InboxKey>> Walk(InboxFilter filter, InboxPlace? after, int take, CancellationToken ct)
    {
        if (filter.View == InboxView.Overdue) return await Overdue(filter, after, take, ct);
        if (!filter.PressingFirst) return await Merge(filter, filter.Priority, after, take, ct);
        var found = new List<InboxKey>();
        foreach (var priority in Enum.GetValues<ConversationPriority>().OrderDescending())
        {
            if ((filter.Priority ?? priority) != priority || priority > (after?.Priority ?? priority) || found.Count >= take) continue;
            found.AddRange(await Merge(filter, priority, after?.Priority == priority ? after : null, take - found.Count, ct));
        }

        return found;
    }

    private async Task<List<InboxKey>> Merge(InboxFilter filter, ConversationPriority? priority, InboxPlace? after, int take, CancellationToken ct)
    {
        var found = new List<InboxKey>();
        PersonId?[] persons = filter.Person is null ? [null] : [.. filter.Persons];
        foreach (var drawer in filter.Drawers)
        {
            foreach (var person in persons) found.AddRange(await In(drawer, person, filter, priority, after, take, ct));
        }

        if (filter.Drawers.Count * persons.Length > 1) found.Sort(Order(filter));
        return found.Count > take ? found.GetRange(0, take) : found;
    }

    private async Task<List<InboxKey>> In(Drawer drawer, PersonId? person, InboxFilter filter, ConversationPriority? priority, InboxPlace? after, int take, CancellationToken ct)
    {
        var rows = Narrowed(filter);
        if (priority is { } p) rows = rows.Where(c => c.Priority == p);
        if (person is not null) rows = rows.Where(c => c.PersonId == person);
        if (ConversationSteps.Label(filter.Label) is { } theirs && person is not null)
        {
            rows = rows.Where(c => db.Set<LabelRow>().Any(l => l.ConversationId == c.Id && l.Label == theirs)); // a person has fewer conversations than a label
        }
        else if (ConversationSteps.Label(filter.Label) is { } label)
        {
            var marks = db.Set<LabelRow>().AsNoTracking().Where(l => l.Label == label && l.Drawer == drawer);
            if (after is { At: var lAt, Number: var lNumber })
            {
                marks = filter.OldestFirst ? marks.Where(l => l.LastAt > lAt || (l.LastAt == lAt && l.Number > lNumber)) : marks.Where(l => l.LastAt < lAt || (l.LastAt == lAt && l.Number < lNumber));
            }

            var both = marks.Join(rows, l => l.ConversationId, c => c.Id, (l, c) => new { l, c });
            both = filter.OldestFirst ? both.OrderBy(x => x.l.LastAt).ThenBy(x => x.l.Number) : both.OrderByDescending(x => x.l.LastAt).ThenByDescending(x => x.l.Number);
            return await both.Take(take).Select(x => new InboxKey(x.c.Id, x.c.Number, x.c.Drawer, x.c.LastAt, x.c.DueAt, x.c.Priority, x.c.Department, x.c.Assignee, x.c.Network, x.c.PersonId)).ToListAsync(ct);
        }

        rows = rows.Where(c => c.Drawer == drawer);
        if (after is { At: var at, Number: var number })
        {
            rows = filter.OldestFirst
                ? rows.Where(c => c.LastAt >= at && (c.LastAt > at || c.Number > number))
                : rows.Where(c => c.LastAt <= at && (c.LastAt < at || c.Number < number));
        }

        rows = filter.OldestFirst ? rows.OrderBy(c => c.LastAt).ThenBy(c => c.Number) : rows.OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Number);
        return await Keys(rows.Take(take)).ToListAsync(ct);
    }

    private Task<List<InboxKey>> Overdue(InboxFilter filter, InboxPlace? after, int take, CancellationToken ct)
    {
        var now = clock.Now();
        var rows = Narrowed(filter).Where(c => c.DueAt < now && c.Drawer < Drawer.Snoozed);
        if (filter.Person is not null)
        {
            var persons = filter.Persons.Select(p => (PersonId?)p).ToArray();
            rows = rows.Where(c => persons.Contains(c.PersonId));
        }

        if (filter.Priority is { } priority) rows = rows.Where(c => c.Priority == priority);
        if (ConversationSteps.Label(filter.Label) is { } label) rows = rows.Where(c => db.Set<LabelRow>().Any(l => l.ConversationId == c.Id && l.Label == label));
        if (after is { At: var at, Number: var number }) rows = rows.Where(c => c.DueAt >= at && (c.DueAt > at || c.Number > number));
        return Keys(rows.OrderBy(c => c.DueAt).ThenBy(c => c.Number).Take(take)).ToListAsync(ct);
    }

    internal static IQueryable<InboxKey> Keys(IQueryable<Conversation> rows) =>
        rows.Select(c => new InboxKey(c.Id, c.Number, c.Drawer, c.LastAt, c.DueAt, c.Priority, c.Department, c.Assignee, c.Network, c.PersonId));

    internal IQueryable<Conversation> Narrowed(InboxFilter filter)
    {
        var rows = db.Set<Conversation>().AsNoTracking();
        if (filter.View == InboxView.Mine) rows = rows.Where(c => c.Assignee == filter.Me && filter.Me != null);
        if (filter.View == InboxView.Unassigned) rows = rows.Where(c => c.Assignee == null);
        if (filter.View == InboxView.Department) rows = rows.Where(c => c.Department == filter.MyDepartment && filter.MyDepartment != null);
        if (filter.Department is { } department) rows = rows.Where(c => c.Department == department);
        if (filter.Assignee is { } assignee) rows = rows.Where(c => c.Assignee == assignee);
        if (filter.Network is { } network) rows = rows.Where(c => c.Network == network);
        return rows;
    }

    // 3. Those of them with an entry that holds all the words, in the same order.
    internal async Task<IEnumerable<InboxKey>> Holding(List<InboxKey> walked, IReadOnlyList<AskedWord> words, CancellationToken ct)
    {
        var hold = new HashSet<ConversationId>();
        foreach (var chunk in walked.Select(c => c.Number).Chunk(2_000))
        {
            // By their numbers, in one parameter: of hundreds of parameters the statement would be made anew each time.
            var entries = db.Set<Conversation>().Where(c => EF.Parameter(chunk).Contains(c.Number)).Join(db.Set<Entry>(), c => c.Id, e => e.ConversationId, (c, e) => e);
            foreach (var asked in words)
            {
                var piece = asked.IsBegun ? " " + asked.Word : $" {asked.Word} ";
                entries = entries.Where(e => (" " + e.Words + " ").Contains(piece));
            }

            hold.UnionWith(await entries.Select(e => e.ConversationId).ToListAsync(ct));
        }

        return walked.Where(c => hold.Contains(c.Id));
    }

    private static DateTimeOffset At(InboxFilter filter, in InboxKey c) => filter.View == InboxView.Overdue ? c.DueAt ?? DateTimeOffset.MaxValue : c.LastAt;

    internal static Comparison<InboxKey> Order(InboxFilter filter) => (a, b) => Compare(filter, Place(filter, a), Place(filter, b));

    private static int Compare(InboxFilter filter, InboxPlace a, InboxPlace b)
    {
        if (a.Priority != b.Priority) return (b.Priority ?? ConversationPriority.None).CompareTo(a.Priority ?? ConversationPriority.None);
        var order = a.At != b.At ? a.At.CompareTo(b.At) : a.Number.CompareTo(b.Number);
        return filter.OldestFirst || filter.View == InboxView.Overdue ? order : -order;
    }
}

internal static class InboxFilters
{
    /// <summary>Whether a conversation lies in the filter, its label and words apart.</summary>
    public static Predicate<Conversation> Holds(this InboxFilter filter, DateTimeOffset now)
    {
        var holds = filter.HoldsKey(now);
        return c => holds(InboxKey.Of(c));
    }

    /// <inheritdoc cref="Holds"/>
    public static Predicate<InboxKey> HoldsKey(this InboxFilter f, DateTimeOffset now) => c =>
        f.Drawers.Contains(c.Drawer) && f.View switch
        {
            InboxView.Mine => f.Me is { } me && c.Assignee == me,
            InboxView.Unassigned => c.Assignee is null,
            InboxView.Department => f.MyDepartment is { } mine && c.Department == mine,
            InboxView.Overdue => c.DueAt < now,
            _ => true,
        }
        && (f.Department is not { } d || c.Department == d) && (f.Priority is not { } p || c.Priority == p) && (f.Assignee is not { } a || c.Assignee == a)
        && (f.Network is not { } n || c.Network == n) && (f.Person is null || c.PersonId is { } person && f.Persons.Contains(person));
}
