using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>Which number of "ideas in action" a list stands behind.</summary>
public enum InActionList
{
    /// <summary>All ideas, by when they were posted.</summary>
    Submitted,

    /// <summary>Those implemented in part or whole, by when they first were.</summary>
    Implemented,

    /// <summary>Those answered, by when somebody of the brand first spoke.</summary>
    Answered,
}

/// <summary>The rows behind one number.</summary>
/// <param name="Of">Which number.</param>
/// <param name="Category">Only this shelf, by slug.</param>
/// <param name="Month">Only what happened in the calendar month (UTC) that this day lies in.</param>
public sealed record InActionFilter(InActionList Of, string? Category = null, DateOnly? Month = null);

/// <summary>An idea and what was done about it.</summary>
/// <param name="Id">The idea.</param>
/// <param name="Number">Its number on the board.</param>
/// <param name="Title">One line.</param>
/// <param name="Category">Slug.</param>
/// <param name="AuthorName">As shown.</param>
/// <param name="At">When it was posted.</param>
/// <param name="Status">What becomes of it.</param>
/// <param name="Points">10 for each promotion, minus 10 for each demotion, each by its weight.</param>
/// <param name="AnsweredAt">When somebody of the brand first spoke to it; null when nobody has.</param>
/// <param name="ImplementedAt">When it was first implemented, in part or whole; null when it is not.</param>
/// <param name="Done">What the brand said when it was last moved: what was made; null while it was never moved.</param>
/// <param name="DoneBy">Who said so.</param>
/// <param name="Department">Of whom.</param>
public sealed record InActionIdea(
    IdeaId Id, long Number, string Title, string Category, string AuthorName, DateTimeOffset At, IdeaStatus Status, int Points, DateTimeOffset? AnsweredAt,
    DateTimeOffset? ImplementedAt, string? Done, string? DoneBy, Department? Department);

/// <summary>Lists the ideas behind the numbers of <see cref="IdeasInAction"/>, latest first.</summary>
public sealed class ListInAction(Database db)
{
    /// <summary>One page of a list.</summary>
    /// <returns>Null when <paramref name="after"/> is no place in such a list.</returns>
    public async Task<Page<InActionIdea>?> Of(InActionFilter filter, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var place)) return null;
        var take = Keyset.Size(size);
        var rows = await Walk(Matching(filter), filter.Of, place).AsNoTracking().Take(take + 1).ToListAsync(ct);
        var page = Keyset.Cut(rows, take, i => new Place(Key(i, filter.Of).ToUnixMicroseconds(), i.Number));
        var ids = page.Items.Select(i => i.Id).ToList();
        var last = (await db.IdeaMoves.AsNoTracking().Where(m => ids.Contains(m.Idea)).ToListAsync(ct)).GroupBy(m => m.Idea).ToDictionary(g => g.Key, g => g.MaxBy(m => m.Number)!);
        return page.Select(i => Line(i, last.GetValueOrDefault(i.Id)));
    }

    /// <summary>How many ideas the list holds.</summary>
    public Task<int> Count(InActionFilter filter, CancellationToken ct) => Matching(filter).CountAsync(ct);

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapGet("/in-action/ideas",
        async Task<Results<Ok<Page<InActionIdea>>, ProblemHttpResult>> ([AsParameters] InActionQuery query, ListInAction list, CancellationToken ct) =>
            query.Errors().ToList() is { Count: > 0 } errors ? Problems.Invalid(errors)
                : await list.Of(query.Filter(), query.After, query.Size, ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
        .AllowAnonymous().WithSummary("The ideas behind a number of ideas in action, latest first").ProducesProblem(400);

    /// <summary>Which rows.</summary>
    /// <param name="Of">submitted, implemented (the default) or answered.</param>
    /// <param name="Category">Only this shelf, by slug.</param>
    /// <param name="Month">Only this calendar month of UTC: 2026-11.</param>
    /// <param name="After">Where the last page ended.</param>
    /// <param name="Size">1 to 500 rows; 50 unless told.</param>
    internal sealed record InActionQuery(string? Of, string? Category, string? Month, string? After, int? Size)
    {
        public IEnumerable<FieldError> Errors()
        {
            if (Of is not null && !Word<InActionList>.TryParse(Of, out _)) yield return new("of", "must be submitted, implemented or answered");
            if (Month is not null && ReadMonth(Month) is null) yield return new("month", "must be a month like 2026-11");
        }

        public InActionFilter Filter() => new(Word<InActionList>.TryParse(Of, out var of) ? of.Value : InActionList.Implemented, Category, ReadMonth(Month));
    }

    /// <summary>Reads "2026-11".</summary>
    /// <returns>The month's first day; null when it is no month.</returns>
    public static DateOnly? ReadMonth(string? text) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var month) ? month : null;

    private sealed record Place(long Key, long Number);

    private IQueryable<Idea> Matching(InActionFilter filter)
    {
        var ideas = filter.Of switch
        {
            InActionList.Implemented => db.ShownIdeas.Where(i => i.ImplementedAt != null),
            InActionList.Answered => db.ShownIdeas.Where(i => i.AnsweredAt != null),
            _ => db.ShownIdeas,
        };
        if (filter.Category is { } category) ideas = ideas.Where(i => i.Category == category);
        if (filter.Month is not { } month) return ideas;
        var from = new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var until = month is { Year: 9999, Month: 12 } ? DateTimeOffset.MaxValue : from.AddMonths(1);
        return filter.Of switch
        {
            InActionList.Implemented => ideas.Where(i => i.ImplementedAt >= from && i.ImplementedAt < until),
            InActionList.Answered => ideas.Where(i => i.AnsweredAt >= from && i.AnsweredAt < until),
            _ => ideas.Where(i => i.At >= from && i.At < until),
        };
    }

    private static IQueryable<Idea> Walk(IQueryable<Idea> ideas, InActionList of, Place? after)
    {
        var (before, number) = (Time.FromUnixMicroseconds(after?.Key ?? 0), after?.Number ?? 0);
        switch (of)
        {
            case InActionList.Implemented:
                if (after is not null) ideas = ideas.Where(i => i.ImplementedAt < before || (i.ImplementedAt == before && i.Number < number));
                return ideas.OrderByDescending(i => i.ImplementedAt).ThenByDescending(i => i.Number);
            case InActionList.Answered:
                if (after is not null) ideas = ideas.Where(i => i.AnsweredAt < before || (i.AnsweredAt == before && i.Number < number));
                return ideas.OrderByDescending(i => i.AnsweredAt).ThenByDescending(i => i.Number);
            default:
                if (after is not null) ideas = ideas.Where(i => i.At < before || (i.At == before && i.Number < number));
                return ideas.OrderByDescending(i => i.At).ThenByDescending(i => i.Number);
        }
    }

    private static DateTimeOffset Key(Idea i, InActionList of) => of switch { InActionList.Implemented => i.ImplementedAt!.Value, InActionList.Answered => i.AnsweredAt!.Value, _ => i.At };

    private static InActionIdea Line(Idea i, IdeaMove? last) => new(
        i.Id, i.Number, i.Title, i.Category, i.AuthorName, i.At, i.Status, i.Points, i.AnsweredAt, i.ImplementedAt, last?.Reason, last?.ByName, last?.Department);
}
