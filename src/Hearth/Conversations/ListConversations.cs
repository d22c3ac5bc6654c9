using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations;

/// <summary>The inbox: its rows, page by page, and its counts.</summary>
public sealed class ListConversations(Database db, ReadPeople people, Sources sources, TimeProvider clock)
{
    /// <returns>Null when <paramref name="after"/> is no place of this list.</returns>
    public async Task<Page<InboxRow>?> Of(InboxFilter filter, string? after, int size, CancellationToken ct)
    {
        if (!Keyset.TryRead<InboxPlace>(after, out var place)) return null;
        var walk = new WalkInbox(db, people, clock);
        var rows = await walk.Next(filter, place, size + 1, ct);
        var page = Keyset.Cut(rows, size, c => WalkInbox.Place(filter, c) with { Heard = walk.Heard });
        return new(await Rows(page.Items, ct), page.Next);
    }

    /// <summary>The ids of all that match, in the list's order, at most <paramref name="most"/>.</summary>
    public async Task<IReadOnlyList<ConversationId>> Ids(InboxFilter filter, int most, CancellationToken ct) =>
        (await new WalkInbox(db, people, clock).Next(filter, null, most, ct)).ConvertAll(c => c.Id);

    /// <summary>How many lie in each view.</summary>
    /// <param name="me">Whose "mine" is.</param>
    /// <param name="mine">Whose "my department" is.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<InboxCounts> Counts(UserId? me, Department? mine, CancellationToken ct)
    {
        var now = clock.Now();
        var sums = await db.Set<TallyRow>().GroupBy(_ => 1).Select(g => new
        {
            Mine = g.Sum(t => t.Assignee == me && t.Drawer < Drawer.Snoozed ? t.Change : 0), Unassigned = g.Sum(t => t.Assignee == null && t.Drawer < Drawer.Snoozed ? t.Change : 0),
            Department = g.Sum(t => t.Department == mine && t.Drawer < Drawer.Snoozed ? t.Change : 0), Open = g.Sum(t => t.Drawer == Drawer.Open ? t.Change : 0), Waiting = g.Sum(t => t.Drawer == Drawer.Waiting ? t.Change : 0),
            Snoozed = g.Sum(t => t.Drawer == Drawer.Snoozed ? t.Change : 0), Closed = g.Sum(t => t.Drawer == Drawer.Closed ? t.Change : 0), Spam = g.Sum(t => t.Drawer == Drawer.Spam ? t.Change : 0),
        }).SingleOrDefaultAsync(ct);
        return new(me is null ? 0 : sums?.Mine ?? 0, sums?.Unassigned ?? 0, sums?.Open ?? 0, sums?.Waiting ?? 0, sums?.Closed ?? 0, sums is null ? 0 : sums.Open + sums.Waiting + sums.Snoozed + sums.Closed)
        {
            Department = mine is null ? 0 : sums?.Department ?? 0, Snoozed = sums?.Snoozed ?? 0, Spam = sums?.Spam ?? 0,
            MentionedMe = me is null ? 0 : await db.Set<NamedRow>().Where(n => n.User == me && db.Set<Conversation>().Any(c => c.Id == n.ConversationId && c.Drawer < Drawer.Spam)).Take(InboxCounts.Most).CountAsync(ct),
            Overdue = await db.Set<Conversation>().Where(c => c.DueAt < now && c.Drawer < Drawer.Snoozed).OrderBy(c => c.DueAt).Take(InboxCounts.Most).CountAsync(ct),
        };
    }

    /// <summary>The labels in use, most used first, at most 200.</summary>
    public async Task<IReadOnlyList<LabelCount>> Labels(CancellationToken ct) =>
        [.. (await db.Set<LabelTally>().GroupBy(l => l.Label).Select(g => new { Label = g.Key, Count = g.Sum(l => l.Change) }).Where(g => g.Count > 0)
            .OrderByDescending(g => g.Count).ThenBy(g => g.Label).Take(200).ToListAsync(ct)).Select(g => new LabelCount(g.Label, g.Count))];

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
                c.Preview, c.LastAt, c.Mentions, [.. labels[c.Id].Order(StringComparer.Ordinal)], names.GetValueOrDefault(c.Source, c.Network))
            {
                Priority = c.Priority, Drawer = c.Drawer, SnoozedUntil = c.SnoozedUntil, DueAt = c.DueAt,
            };
        })];
    }

    internal static void Map(IEndpointRouteBuilder conversations)
    {
        conversations.MapGet("/", async Task<Results<Ok<Page<InboxRow>>, ProblemHttpResult>> ([AsParameters] InboxQuery query, ListConversations list, HttpContext http, CancellationToken ct,
                string? after = null, int? size = null) =>
                await list.Of(query.Filter().By(http.ActorOrNull()), after, Keyset.Size(size), ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .WithName("listConversations").WithSummary("The inbox, a page at a time").RequireAuthorization("read");
        conversations.MapGet("/counts", async Task<Ok<InboxCounts>> (ListConversations list, HttpContext http, CancellationToken ct) =>
                TypedResults.Ok(await list.Counts(http.ActorOrNull()?.Id, http.ActorOrNull()?.Department, ct)))
            .WithName("countConversations").WithSummary("How many conversations lie in each view").RequireAuthorization("read");
        conversations.MapGet("/labels", async Task<Ok<IReadOnlyList<LabelCount>>> (ListConversations list, CancellationToken ct) => TypedResults.Ok(await list.Labels(ct)))
            .WithName("listLabels").WithSummary("The labels in use").RequireAuthorization("read");
        conversations.MapGet("/export.csv", async Task ([AsParameters] InboxQuery query, ExportInbox export, HttpContext http, CancellationToken ct) =>
            {
                http.Response.ContentType = "text/csv; charset=utf-8";
                http.Response.Headers.ContentDisposition = "attachment; filename=\"conversations.csv\"";
                await export.To(http.Response.Body, query.Filter().By(http.ActorOrNull()), ct);
            })
            .WithName("exportConversations").WithSummary("All conversations of a filter as CSV, one row each").Produces<string>(200, "text/csv").RequireAuthorization("read");
    }
}

/// <summary>Which conversations; each part narrows further.</summary>
/// <param name="View">Which drawer; all when left out.</param>
/// <param name="Department">Given to this department.</param>
/// <param name="Label">Bears this label.</param>
/// <param name="Search">Every word was said or noted in it, the last one as a beginning; "@handle" finds a person's.</param>
/// <param name="Person">With this person.</param>
/// <param name="Priority">none, watch or urgent.</param>
/// <param name="Network">"bluesky", "email" ...</param>
/// <param name="Assignee">Belongs to this person of ours.</param>
/// <param name="OldestFirst">Who has waited longest comes first.</param>
/// <param name="PressingFirst">The urgent ones come first, then the watched.</param>
public sealed record InboxQuery([FromQuery(Name = "view")] Word<InboxView>? View = null, [FromQuery(Name = "department")] Word<Department>? Department = null, [FromQuery(Name = "label")] string? Label = null,
    [FromQuery(Name = "search")] string? Search = null, [FromQuery(Name = "person")] Guid? Person = null, [FromQuery(Name = "priority")] Word<ConversationPriority>? Priority = null,
    [FromQuery(Name = "network")] string? Network = null, [FromQuery(Name = "assignee")] Guid? Assignee = null, [FromQuery(Name = "oldestFirst")] bool OldestFirst = false,
    [FromQuery(Name = "pressingFirst")] bool PressingFirst = false)
{
    internal InboxFilter Filter() => new(View?.Value ?? InboxView.All, null, Department?.Value, Label, Search, Person is { } p ? PersonId.From(p) : null, OldestFirst)
    {
        Priority = Priority?.Value, Network = string.IsNullOrWhiteSpace(Network) ? null : Network.Trim(), Assignee = Assignee is { } a ? UserId.From(a) : null, PressingFirst = PressingFirst,
    };
}
