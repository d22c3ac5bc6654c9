using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>The drawers of the inbox.</summary>
public enum InboxView
{
    /// <summary>Not closed and mine.</summary>
    Mine,

    /// <summary>Not closed and nobody's.</summary>
    Unassigned,

    /// <summary>The person spoke last.</summary>
    WaitingForUs,

    /// <summary>We spoke last.</summary>
    WaitingForThem,

    Closed,
    All,
}

/// <summary>What to show of the inbox; each part narrows it further.</summary>
/// <param name="View">Which drawer.</param>
/// <param name="Me">Whose "mine" is.</param>
/// <param name="Department">Given to this department.</param>
/// <param name="Label">Bears this label.</param>
/// <param name="Search">Every word was said or noted in it, the last one as a beginning; "@handle" finds a person's.</param>
/// <param name="Person">With this person.</param>
/// <param name="OldestFirst">Who has waited longest comes first.</param>
public sealed record InboxFilter(InboxView View, UserId? Me = null, Department? Department = null, string? Label = null, string? Search = null, PersonId? Person = null,
    bool OldestFirst = false);

/// <summary>A row of the inbox.</summary>
/// <param name="Id">The conversation.</param>
/// <param name="Number">What people call it by, from 1.</param>
/// <param name="Network">"bluesky", "web" ...</param>
/// <param name="Person">With whom; null when the source named nobody.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Handle">Without the @.</param>
/// <param name="Avatar">Address of their picture.</param>
/// <param name="Status">Open waits for us, waiting for them.</param>
/// <param name="Department">Whose department's it is.</param>
/// <param name="Assignee">Whose it is.</param>
/// <param name="AssigneeName">Their name.</param>
/// <param name="Preview">The beginning of what the person said last; empty when it was removed.</param>
/// <param name="LastAt">When anybody spoke last.</param>
/// <param name="Mentions">How often the person spoke.</param>
/// <param name="Labels">In alphabetical order.</param>
/// <param name="SourceName">The source that brought it ("Trailtalk forum").</param>
public sealed record InboxRow(ConversationId Id, long Number, string Network, PersonId? Person, string Name, string? Handle, string? Avatar, ConversationStatus Status, Department? Department,
    UserId? Assignee, string? AssigneeName, string Preview, DateTimeOffset LastAt, int Mentions, IReadOnlyList<string> Labels, string SourceName);

/// <summary>How many conversations lie in each drawer.</summary>
public sealed record InboxCounts(int Mine, int Unassigned, int WaitingForUs, int WaitingForThem, int Closed, int All)
{
    public int Of(InboxView view) => view switch
    {
        InboxView.Mine => Mine,
        InboxView.Unassigned => Unassigned,
        InboxView.WaitingForUs => WaitingForUs,
        InboxView.WaitingForThem => WaitingForThem,
        InboxView.Closed => Closed,
        _ => All,
    };
}

/// <summary>A label and how many conversations bear it.</summary>
public sealed record LabelCount(string Label, int Conversations);

/// <summary>The inbox: its rows, page by page, and its counts.</summary>
public sealed class ListConversations(Database db, ReadPeople people, Sources sources)
{
    private sealed record Place(DateTimeOffset At, long Number);

    /// <returns>Null when <paramref name="after"/> is no place of this list.</returns>
    public async Task<Page<InboxRow>?> Of(InboxFilter filter, string? after, int size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var found = await Where(filter, ct);
        if (place is { At: var at, Number: var number })
        {
            found = filter.OldestFirst
                ? found.Where(c => c.LastAt > at || (c.LastAt == at && c.Number > number))
                : found.Where(c => c.LastAt < at || (c.LastAt == at && c.Number < number));
        }

        found = filter.OldestFirst ? found.OrderBy(c => c.LastAt).ThenBy(c => c.Number) : found.OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Number);
        var rows = await found.Take(size + 1).ToListAsync(ct);
        var page = Keyset.Cut(rows, size, c => new Place(c.LastAt, c.Number));
        return new(await Rows(page.Items, ct), page.Next);
    }

    public async Task<InboxCounts> Counts(UserId? me, CancellationToken ct)
    {
        var groups = await db.Set<Conversation>().GroupBy(c => c.Status).Select(g => new
        {
            Status = g.Key, All = g.Count(), Nobodys = g.Count(c => c.Assignee == null), Mine = g.Count(c => c.Assignee == me),
        }).ToListAsync(ct);
        int Of(ConversationStatus status) => groups.Where(g => g.Status == status).Sum(g => g.All);
        var live = groups.Where(g => g.Status != ConversationStatus.Closed).ToList();
        return new(me is null ? 0 : live.Sum(g => g.Mine), live.Sum(g => g.Nobodys), Of(ConversationStatus.Open), Of(ConversationStatus.Waiting), Of(ConversationStatus.Closed),
            groups.Sum(g => g.All));
    }

    /// <summary>The labels in use, most used first, at most 200.</summary>
    public async Task<IReadOnlyList<LabelCount>> Labels(CancellationToken ct) =>
        [.. (await db.Set<LabelRow>().GroupBy(l => l.Label).Select(g => new { Label = g.Key, Count = g.Count() })
            .OrderByDescending(g => g.Count).ThenBy(g => g.Label).Take(200).ToListAsync(ct)).Select(g => new LabelCount(g.Label, g.Count))];

    private async Task<IQueryable<Conversation>> Where(InboxFilter filter, CancellationToken ct)
    {
        var me = filter.Me;
        var found = db.Set<Conversation>().AsNoTracking();
        found = filter.View switch
        {
            InboxView.Mine => found.Where(c => c.Status != ConversationStatus.Closed && c.Assignee == me && me != null),
            InboxView.Unassigned => found.Where(c => c.Status != ConversationStatus.Closed && c.Assignee == null),
            InboxView.WaitingForUs => found.Where(c => c.Status == ConversationStatus.Open),
            InboxView.WaitingForThem => found.Where(c => c.Status == ConversationStatus.Waiting),
            InboxView.Closed => found.Where(c => c.Status == ConversationStatus.Closed),
            _ => found,
        };
        if (filter.Department is { } department) found = found.Where(c => c.Department == department);
        if (filter.Person is { } person) found = found.Where(c => c.PersonId == person);
        if (ConversationSteps.Label(filter.Label) is { } label) found = found.Where(c => db.Set<LabelRow>().Any(l => l.ConversationId == c.Id && l.Label == label));
        if (string.IsNullOrWhiteSpace(filter.Search)) return found;
        if (filter.Search.Trim() is ['@', .. var handle])
        {
            var persons = await people.WithHandle(handle, ct);
            return found.Where(c => persons.Contains(c.PersonId));
        }

        return ConversationSearch.Find(db, filter.Search) is { } hits ? found.Where(c => hits.Contains(c.Id)) : found.Where(c => false);
    }

    private async Task<IReadOnlyList<InboxRow>> Rows(IReadOnlyList<Conversation> page, CancellationToken ct)
    {
        var ids = page.Select(c => c.Id).ToArray();
        var labels = (await db.Set<LabelRow>().AsNoTracking().Where(l => ids.Contains(l.ConversationId)).ToListAsync(ct)).ToLookup(l => l.ConversationId, l => l.Label);
        var names = (await sources.Names(ct)).ToDictionary(s => s.Id, s => s.Name);
        var cards = await people.Of([.. page.Select(c => c.PersonId).OfType<PersonId>()], ct);
        return [.. page.Select(c =>
        {
            var card = c.PersonId is { } id ? cards.GetValueOrDefault(id) : null;
            return new InboxRow(c.Id, c.Number, c.Network, c.PersonId, card?.Name ?? "Unknown author", card?.Handle, card?.Avatar, c.Status, c.Department, c.Assignee, c.AssigneeName,
                c.Preview, c.LastAt, c.Mentions, [.. labels[c.Id].Order(StringComparer.Ordinal)], names.GetValueOrDefault(c.Source, c.Network));
        })];
    }

    internal static void Map(IEndpointRouteBuilder conversations)
    {
        conversations.MapGet("/", async Task<Results<Ok<Page<InboxRow>>, ProblemHttpResult>> (ListConversations list, HttpContext http, CancellationToken ct,
                Word<InboxView>? view = null, Word<Department>? department = null, string? label = null, string? search = null, Guid? person = null, bool oldestFirst = false,
                string? after = null, int? size = null) =>
            {
                var filter = new InboxFilter(view?.Value ?? InboxView.All, http.ActorOrNull()?.Id, department?.Value, label, search, person is { } p ? PersonId.From(p) : null, oldestFirst);
                return await list.Of(filter, after, Keyset.Size(size), ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace();
            })
            .WithName("listConversations").WithSummary("The inbox, a page at a time").RequireAuthorization("read");
        conversations.MapGet("/counts", async Task<Ok<InboxCounts>> (ListConversations list, HttpContext http, CancellationToken ct) =>
                TypedResults.Ok(await list.Counts(http.ActorOrNull()?.Id, ct)))
            .WithName("countConversations").WithSummary("How many conversations lie in each view").RequireAuthorization("read");
        conversations.MapGet("/labels", async Task<Ok<IReadOnlyList<LabelCount>>> (ListConversations list, CancellationToken ct) => TypedResults.Ok(await list.Labels(ct)))
            .WithName("listLabels").WithSummary("The labels in use").RequireAuthorization("read");
    }
}
