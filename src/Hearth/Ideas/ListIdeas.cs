using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Ideas.Likeness;
using Hearth.Ideas.Words;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

public enum IdeaOrder
{
    /// <summary>By the half-life score.</summary>
    Popular,

    /// <summary>By points of all time.</summary>
    Top,

    /// <summary>Latest first.</summary>
    New,

    /// <summary>Earliest first: the order of a queue.</summary>
    Oldest,

    /// <summary>By what came lately for each vote that there is.</summary>
    Rising,

    /// <summary>By votes and how evenly they are split.</summary>
    Controversial,
}

/// <summary>Which ideas, in which order. Archived ones show only when their status is asked for, or something is searched.</summary>
/// <param name="Order">The order.</param>
/// <param name="Status">Only this status.</param>
/// <param name="Category">Only this category, by slug.</param>
/// <param name="Author">Only this account's.</param>
/// <param name="Search">All of these words, by stem.</param>
/// <param name="Unanswered">Only those to which nobody of the brand has said anything.</param>
public sealed record IdeaFilter(
    IdeaOrder Order = IdeaOrder.Popular, IdeaStatus? Status = null, string? Category = null, UserId? Author = null, string? Search = null, bool Unanswered = false)
{
    /// <summary>Only those posted into this storm session.</summary>
    public StormId? Storm { get; init; }

    /// <summary>Only those about this product.</summary>
    public ProductId? Product { get; init; }

    /// <summary>Only those posted at this moment or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those posted before this moment.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Where something is searched: also those below which one of the newest 2,000 comments that hold the words stands.</summary>
    public bool InComments { get; init; }
}

/// <summary>One idea in a list.</summary>
/// <param name="Id">The idea.</param>
/// <param name="Number">Its number on the board, from 1.</param>
/// <param name="Title">One line.</param>
/// <param name="Excerpt">The beginning of the body as it was typed, at most 240 characters.</param>
/// <param name="Category">Slug.</param>
/// <param name="AuthorName">As shown.</param>
/// <param name="At">When it was posted.</param>
/// <param name="Status">What becomes of it.</param>
/// <param name="Points">10 for each promotion, minus 10 for each demotion.</param>
/// <param name="Promotions">How many accounts promote it.</param>
/// <param name="Demotions">How many accounts demote it.</param>
/// <param name="Comments">How many comments stand below it.</param>
/// <param name="Worth">Its points after ageing, now; what the popular list sorts by.</param>
/// <param name="AnsweredAt">When somebody of the brand first spoke to it; null when nobody has.</param>
/// <param name="Mine">Where the asking account stands.</param>
/// <param name="Held">Votes held back until a person has looked; in none of the other numbers.</param>
public sealed record IdeaLine(
    IdeaId Id, long Number, string Title, string Excerpt, string Category, string AuthorName, DateTimeOffset At, IdeaStatus Status, int Points,
    int Promotions, int Demotions, int Comments, double Worth, DateTimeOffset? AnsweredAt, Stance Mine, int Held);

/// <summary>The lists of the board.</summary>
public sealed class ListIdeas(Database db, RankEpoch epoch, BoardTitles board, TimeProvider clock)
{
    private const int ExcerptLength = 240;
    private const int FewAbout = 2_000;

    /// <summary>One page of a list.</summary>
    /// <returns>Null when <paramref name="after"/> is no place in such a list.</returns>
    public async Task<Page<IdeaLine>?> Of(IdeaFilter filter, UserId? reader, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var take = Keyset.Size(size);
        var rows = await Walk(await Matching(filter, ct), filter.Order, place).AsNoTracking().Take(take + 1).ToListAsync(ct);
        var page = Keyset.Cut(rows, take, i => Key(i, filter.Order));
        var mine = await Stances(page.Items, reader, ct);
        var popularity = await epoch.Read(ct);
        var now = clock.Now();
        return page.Select(i => Line(i, popularity.WorthAt(i.Score, now), mine.GetValueOrDefault(i.Id)));
    }

    /// <summary>The ideas that an account votes on, its latest vote first; archived ones too.</summary>
    /// <returns>Null when <paramref name="after"/> is no place in such a list.</returns>
    public async Task<Page<IdeaLine>?> VotedBy(UserId voter, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var take = Keyset.Size(size);
        var votes = db.IdeaVotes.Where(v => v.User == voter).Join(db.ShownIdeas, v => v.Idea, i => i.Id, (v, i) => new { v.At, v.Stance, Idea = i });
        if (place is not null)
        {
            var before = Time.FromUnixMicroseconds(place.Key);
            votes = votes.Where(v => v.At <= before && (v.At < before || v.Idea.Number < place.Number));
        }

        var rows = await votes.OrderByDescending(v => v.At).ThenByDescending(v => v.Idea.Number).AsNoTracking().Take(take + 1).ToListAsync(ct);
        var (popularity, now) = (await epoch.Read(ct), clock.Now());
        return Keyset.Cut(rows, take, v => new Place(v.At.ToUnixMicroseconds(), v.Idea.Number)).Select(v => Line(v.Idea, popularity.WorthAt(v.Idea.Score, now), v.Stance));
    }

    /// <summary>How many ideas a filter holds; its order plays no part.</summary>
    public async Task<int> Count(IdeaFilter filter, CancellationToken ct) => await (await Matching(filter, ct)).CountAsync(ct);

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/", async Task<Results<Ok<Page<IdeaLine>>, ProblemHttpResult>> ([AsParameters] ListQuery query, HttpContext http, ListIdeas list, CancellationToken ct) =>
            query.Errors().ToList() is { Count: > 0 } errors ? Problems.Invalid(errors)
                : await list.Of(query.Filter(), http.ActorOrNull()?.Id, query.After, query.Size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .AllowAnonymous().WithSummary("The board's lists").ProducesProblem(400);
        ideas.MapGet("/voted", async Task<Results<Ok<Page<IdeaLine>>, ProblemHttpResult>> (string? after, int? size, HttpContext http, ListIdeas list, CancellationToken ct) =>
            await list.VotedBy(http.Actor().Id, after, size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .RequireAuthorization("community").WithSummary("Ideas that you vote on, your latest vote first").ProducesProblem(400);
        ideas.MapGet("/review", async Task<Results<Ok<Page<IdeaLine>>, ProblemHttpResult>> (string? after, int? size, ListIdeas list, CancellationToken ct) =>
            await list.Of(new(IdeaOrder.Oldest, Unanswered: true), null, after, size, ct) is { } page
                ? TypedResults.Ok(page) : Problems.NoPlace())
            .RequireAuthorization("read").WithSummary("Ideas that nobody of the brand has answered, oldest first").ProducesProblem(400);
    }

    /// <summary>Which ideas.</summary>
    /// <param name="Order">popular (by half-life; the default), top, new, oldest, rising or controversial.</param>
    /// <param name="Status">Only this status.</param>
    /// <param name="Category">Only this category, by slug.</param>
    /// <param name="Author">Only this account's.</param>
    /// <param name="Search">All of these words.</param>
    /// <param name="Comments">True to search comments too.</param>
    /// <param name="Product">Only those about this product of the catalogue.</param>
    /// <param name="From">Only those posted on this day (UTC) or later.</param>
    /// <param name="To">Only those posted on this day (UTC) or before.</param>
    /// <param name="After">Where the last page ended.</param>
    /// <param name="Size">1 to 500 rows; 50 unless told.</param>
    internal sealed record ListQuery(
        string? Order, string? Status, string? Category, Guid? Author, string? Search, bool? Comments, Guid? Product, DateOnly? From, DateOnly? To, string? After, int? Size)
    {
        public IEnumerable<FieldError> Errors()
        {
            if (Order is not null && Read<IdeaOrder>(Order) is null) yield return new("order", "must be popular, top, new, oldest, rising or controversial");
            if (Status is not null && Read<IdeaStatus>(Status) is null) yield return new("status", "is no status of an idea");
            if (From > To) yield return new("to", "must not be before from");
        }

        public IdeaFilter Filter() => new(Read<IdeaOrder>(Order) ?? IdeaOrder.Popular, Read<IdeaStatus>(Status), Category, Author is { } author ? new UserId(author) : null, Search)
        {
            InComments = Comments ?? false, Product = Product is { } product ? new ProductId(product) : null, From = From is { } from ? Begin(from) : null, Before = To is { } to ? End(to) : null,
        };

        private static TEnum? Read<TEnum>(string? text) where TEnum : struct, Enum => Word<TEnum>.TryParse(text, out var word) ? word.Value : null;
    }

    /// <summary>The first moment of a day, UTC.</summary>
    public static DateTimeOffset Begin(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>The first moment after a day, UTC; the last moment there is for the last day there is.</summary>
    public static DateTimeOffset End(DateOnly day) => day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : Begin(day.AddDays(1));

    internal static IdeaLine Line(Idea i, double worth, Stance mine) => new(
        i.Id, i.Number, i.Title, Excerpt(i.Body), i.Category, i.AuthorName, i.At, i.Status, i.Points, i.Promotions, i.Demotions, i.Comments, worth, i.AnsweredAt, mine, i.Held);

    private async Task<TitleStatistics?> Known(IdeaFilter filter, CancellationToken ct) => string.IsNullOrWhiteSpace(filter.Search) ? null : await board.Of(db, ct);

    private async Task<IQueryable<Idea>> Matching(IdeaFilter filter, CancellationToken ct)
    {
        var ideas = string.IsNullOrWhiteSpace(filter.Search) ? db.ShownIdeas : db.Found(filter.Search, await Known(filter, ct), filter.InComments).Where(i => i.Standing == IdeaStanding.Shown);
        if (filter.Status is { } status) ideas = ideas.Where(i => i.Status == status);
        else if (string.IsNullOrWhiteSpace(filter.Search) && filter.Author is null) ideas = ideas.Where(i => i.Status != IdeaStatus.Archived);
        if (filter.Category is { } category) ideas = ideas.Where(i => i.Category == category);
        if (filter.Author is { } author) ideas = ideas.Where(i => i.Author == author);
        if (filter.Storm is { } storm) ideas = ideas.Where(i => i.Storm == storm);
        if (filter.Unanswered) ideas = ideas.Where(i => i.AnsweredAt == null);
        if (filter.From is { } from) ideas = ideas.Where(i => i.At >= from);
        if (filter.Before is { } before) ideas = ideas.Where(i => i.At < before);
        if (filter.Product is not { } product) return ideas;

        // Few ideas are looked up by their product; of many the list that is asked for is walked down.
        var about = db.IdeaProducts.Where(p => p.Product == product);
        return await about.Take(FewAbout + 1).CountAsync(ct) <= FewAbout ? ideas.Where(i => about.Select(p => p.Idea).Contains(i.Id)) : ideas.Where(i => about.Any(p => p.Idea == i.Id));
    }

    // The keys of the last row seen: its score, points or time, then its number.
    private sealed record Place(long Key, long Number);

    private static Place Key(Idea i, IdeaOrder order) => order switch
    {
        IdeaOrder.Popular => new(i.Score, i.Number),
        IdeaOrder.Top => new(i.Points, i.Number),
        IdeaOrder.Rising => new(i.Rising, i.Number),
        IdeaOrder.Controversial => new(i.Controversy, i.Number),
        _ => new(i.At.ToUnixMicroseconds(), i.Number),
    };

    private static IQueryable<Idea> Walk(IQueryable<Idea> ideas, IdeaOrder order, Place? after)
    {
        var (key, number) = after ?? new(0, 0);
        switch (order)
        {
            case IdeaOrder.Popular:
                if (after is not null) ideas = ideas.Where(i => i.Score <= key && (i.Score < key || i.Number < number));
                return ideas.OrderByDescending(i => i.Score).ThenByDescending(i => i.Number);
            case IdeaOrder.Top:
                if (after is not null) ideas = ideas.Where(i => i.Points <= key && (i.Points < key || i.Number < number));
                return ideas.OrderByDescending(i => i.Points).ThenByDescending(i => i.Number);
            case IdeaOrder.Rising:
                ideas = after is null ? ideas.Where(i => i.Rising > 0) : ideas.Where(i => i.Rising > 0 && i.Rising <= key && (i.Rising < key || i.Number < number));
                return ideas.OrderByDescending(i => i.Rising).ThenByDescending(i => i.Number);
            case IdeaOrder.Controversial:
                ideas = after is null ? ideas.Where(i => i.Controversy > 0) : ideas.Where(i => i.Controversy > 0 && i.Controversy <= key && (i.Controversy < key || i.Number < number));
                return ideas.OrderByDescending(i => i.Controversy).ThenByDescending(i => i.Number);
            case IdeaOrder.New:
                var before = Time.FromUnixMicroseconds(key);
                if (after is not null) ideas = ideas.Where(i => i.At <= before && (i.At < before || i.Number < number));
                return ideas.OrderByDescending(i => i.At).ThenByDescending(i => i.Number);
            default:
                var since = Time.FromUnixMicroseconds(key);
                if (after is not null) ideas = ideas.Where(i => i.At >= since && (i.At > since || i.Number > number));
                return ideas.OrderBy(i => i.At).ThenBy(i => i.Number);
        }
    }

    private async Task<Dictionary<IdeaId, Stance>> Stances(IReadOnlyList<Idea> ideas, UserId? reader, CancellationToken ct)
    {
        if (reader is not { } user || ideas.Count == 0) return [];
        var ids = ideas.Select(i => i.Id).ToList();
        return await db.IdeaVotes.Where(v => v.User == user && ids.Contains(v.Idea)).ToDictionaryAsync(v => v.Idea, v => v.Stance, ct);
    }

    private static string Excerpt(string body)
    {
        if (body.Length <= ExcerptLength) return body;
        var end = body.LastIndexOf(' ', ExcerptLength);
        if (end < ExcerptLength / 2) end = char.IsHighSurrogate(body[ExcerptLength - 1]) ? ExcerptLength - 1 : ExcerptLength;
        return body[..end].TrimEnd() + " …";
    }
}
