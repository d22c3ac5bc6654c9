using Hearth.Catalog;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Operations.Discussion;
using Hearth.Operations.Proposals;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations;

/// <summary>Which gaps to show; each part narrows it further.</summary>
/// <param name="Stage">In this stage.</param>
/// <param name="Owner">Owned by this department.</param>
/// <param name="Product">Of this product.</param>
/// <param name="Attribute">About this attribute.</param>
/// <param name="Search">Every word stands in its title or texts.</param>
/// <param name="Overdue">Only what is past the day set for it while people still meet the cause.</param>
/// <param name="NewsFor">Only what this person watches and has not looked at since something happened.</param>
public sealed record GapFilter(
    GapStage? Stage = null, Department? Owner = null, ProductId? Product = null, string? Attribute = null, string? Search = null, bool Overdue = false, UserId? NewsFor = null);

/// <summary>A gap in a line.</summary>
/// <param name="Id">The gap.</param>
/// <param name="Number">What people call it by, from 1.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Product">Of which product.</param>
/// <param name="Attribute">Key of what fell short.</param>
/// <param name="Owner">The department that can remove the cause.</param>
/// <param name="Stage">Where its removal stands.</param>
/// <param name="Due">When the owner means to have removed it.</param>
/// <param name="Overdue">Due has passed and people still meet the cause.</param>
/// <param name="Conversations">How many speak of it.</param>
/// <param name="People">How many people do, each once.</param>
/// <param name="Cost">What the board is ranked by; <paramref name="Made"/> says of what it is made.</param>
/// <param name="RaisedAt">When.</param>
/// <param name="MovedAt">When it came to its stage.</param>
/// <param name="Mentions">Posts that are grouped under it.</param>
/// <param name="Made">What its cost is made of, as last counted.</param>
public sealed record GapLine(GapId Id, long Number, string Title, ProductId? Product, string Attribute, Department Owner, GapStage Stage, DateTimeOffset? Due, bool Overdue,
    int Conversations, int People, int Cost, DateTimeOffset RaisedAt, DateTimeOffset MovedAt, int Mentions, GapCost Made);

/// <summary>How many gaps stand where.</summary>
/// <param name="ByStage">At each stage that has any.</param>
/// <param name="Overdue">Past the day set for them while people still meet the cause.</param>
public sealed record GapCounts(IReadOnlyDictionary<GapStage, int> ByStage, int Overdue);

/// <summary>Gaps, dearest first.</summary>
public sealed class ListGaps(Database db, TimeProvider clock)
{
    private sealed record Place(int Cost, long Number);

    /// <returns>Null when <paramref name="after"/> is no place of this list.</returns>
    public async Task<Page<GapLine>?> Of(GapFilter filter, string? after, int size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var found = Where(filter);
        if (place is { Cost: var cost, Number: var number }) found = found.Where(g => g.Cost < cost || (g.Cost == cost && g.Number > number));
        var rows = await found.OrderByDescending(g => g.Cost).ThenBy(g => g.Number).Take(size + 1).ToListAsync(ct);
        var now = clock.Now();
        return Keyset.Cut(rows, size, g => new Place(g.Cost, g.Number)).Select(g => Line(g, now));
    }

    /// <summary>What a conversation speaks of, dearest first.</summary>
    public async Task<IReadOnlyList<GapLine>> In(ConversationId conversation, CancellationToken ct)
    {
        var ids = db.Set<GapConversation>().Where(c => c.ConversationId == conversation).Select(c => c.GapId);
        var now = clock.Now();
        return [.. (await db.Set<Gap>().AsNoTracking().Where(g => ids.Contains(g.Id)).OrderByDescending(g => g.Cost).ThenBy(g => g.Number).ToListAsync(ct)).Select(g => Line(g, now))];
    }

    public async Task<GapCounts> Counts(CancellationToken ct)
    {
        var stages = await Standing().GroupBy(g => g.Stage).Select(g => new { Stage = g.Key, Count = g.Count() }).ToListAsync(ct);
        return new(stages.ToDictionary(s => s.Stage, s => s.Count), await Overdue(Standing()).CountAsync(ct));
    }

    /// <summary>How many gaps that somebody watches have news for them.</summary>
    public Task<int> News(UserId reader, CancellationToken ct) => Where(new(NewsFor: reader)).CountAsync(ct);

    internal static GapLine Line(Gap g, DateTimeOffset now) => new(g.Id, g.Number, g.Title, g.ProductId, g.AttributeKey, g.Owner, g.Stage, g.Due,
        g.Due < now && GapStages.IsLive(g.Stage), g.Conversations, g.People, g.Cost, g.RaisedAt, g.MovedAt, g.Mentions,
        new(g.People, g.Mentions, g.Mentions == 0 ? 1 : (double)g.Negative / g.Mentions, g.Reach, g.Lately, g.Before, g.OrdersAtRisk, g.Refunds));

    private IQueryable<Gap> Overdue(IQueryable<Gap> gaps)
    {
        var now = clock.Now();
        return gaps.Where(g => g.Due < now && GapStages.Live.Contains(g.Stage));
    }

    // A proposal that was merged is told by the gap it went into.
    private IQueryable<Gap> Standing() => db.Set<Gap>().AsNoTracking().Where(g => g.MergedInto == null);

    private IQueryable<Gap> Where(GapFilter filter)
    {
        var found = Standing();
        if (filter.Stage is { } stage) found = found.Where(g => g.Stage == stage);
        if (filter.Owner is { } owner) found = found.Where(g => g.Owner == owner);
        if (filter.Product is { } product) found = found.Where(g => g.ProductId == product);
        if (filter.Overdue) found = Overdue(found);
        if (filter.NewsFor is { } reader)
        {
            var news = db.NewsFor(reader);
            found = found.Where(g => news.Contains(g.Id));
        }

        if (!string.IsNullOrEmpty(filter.Attribute)) found = found.Where(g => g.AttributeKey == filter.Attribute);
#pragma warning disable MA0011 // becomes SQL's lower(), which takes no culture
        foreach (var word in (filter.Search ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8))
        {
            found = found.Where(g => (g.Title + " " + g.Expected + " " + g.Experienced).ToLower().Contains(word));
        }
#pragma warning restore MA0011

        return found;
    }

    internal static void Map(IEndpointRouteBuilder gaps)
    {
        gaps.MapGet("/", async Task<Results<Ok<Page<GapLine>>, ProblemHttpResult>> (ListGaps list, HttpContext http, CancellationToken ct, Word<GapStage>? stage = null, Word<Department>? owner = null,
                Guid? product = null, string? attribute = null, string? search = null, bool overdue = false, bool watched = false, string? after = null, int? size = null) =>
            {
                var filter = new GapFilter(stage?.Value, owner?.Value, product is { } p ? ProductId.From(p) : null, attribute, search, overdue, watched ? http.Actor().Id : null);
                return await list.Of(filter, after, Keyset.Size(size), ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace();
            })
            .WithName("listGaps").WithSummary("Gaps, dearest first, a page at a time").RequireAuthorization("read");
        gaps.MapGet("/counts", async Task<Ok<GapCounts>> (ListGaps list, CancellationToken ct) => TypedResults.Ok(await list.Counts(ct)))
            .WithName("countGaps").WithSummary("How many gaps stand in each stage").RequireAuthorization("read");
    }
}
