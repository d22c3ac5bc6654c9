using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas;

/// <summary>What came of the board, in numbers that lead to their lists.</summary>
/// <param name="Submitted">All ideas on the board, archived ones too; merged and removed ones left out.</param>
/// <param name="Implemented">Those that stand as implemented, in part or whole.</param>
/// <param name="Answered">Those to which somebody of the brand has spoken.</param>
/// <param name="MedianDaysToAnswer">From posting to the brand's first word, in days, over the answered ones; null while there is none.</param>
/// <param name="PerMonth">Implemented ideas a month (30.44 days) from the first idea until now, at least one month. Zero or more.</param>
/// <param name="Months">Every calendar month (UTC) from the first idea until now, earliest first.</param>
/// <param name="Categories">The shelves in the order the brand gave them.</param>
/// <param name="AsOf">When it was counted.</param>
public sealed record InAction(
    int Submitted, int Implemented, int Answered, double? MedianDaysToAnswer, double PerMonth, IReadOnlyList<InActionMonth> Months,
    IReadOnlyList<InActionCategory> Categories, DateTimeOffset AsOf);

/// <summary>One calendar month, UTC.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Submitted">Ideas posted in it.</param>
/// <param name="Implemented">Ideas first implemented in it, in part or whole, that still stand so.</param>
public sealed record InActionMonth(DateOnly Month, int Submitted, int Implemented);

/// <summary>One shelf.</summary>
/// <param name="Slug">As in addresses.</param>
/// <param name="Name">As shown.</param>
/// <param name="Submitted">All its ideas.</param>
/// <param name="Implemented">Those implemented, in part or whole.</param>
/// <param name="Answered">Those answered.</param>
/// <param name="MedianDaysToAnswer">Over its answered ideas, in days; null while there is none.</param>
public sealed record InActionCategory(string Slug, string Name, int Submitted, int Implemented, int Answered, double? MedianDaysToAnswer);

/// <summary>Counts what was submitted and what came of it.</summary>
public sealed class IdeasInAction(Database db, TimeProvider clock, InActionCache kept)
{
    /// <summary>The numbers now; on a board above <see cref="InActionCache.LargeBoard"/> ideas they may be <see cref="InActionCache.Age"/> old, which <see cref="InAction.AsOf"/> says.</summary>
    public Task<InAction> Now(CancellationToken ct) => kept.Get(() => Count(ct), clock.Now());

    internal static void Map(IEndpointRouteBuilder ideas) => ideas.MapGet("/in-action",
        async (IdeasInAction inAction, CancellationToken ct) => TypedResults.Ok(await inAction.Now(ct)))
        .AllowAnonymous().WithSummary("Ideas in action: submitted, implemented, per month, per category, days to the first answer");

    private async Task<InAction> Count(CancellationToken ct)
    {
        var now = clock.Now();
        var shown = db.ShownIdeas.AsNoTracking();
        var names = await db.IdeaCategories.AsNoTracking().OrderBy(c => c.Place).ThenBy(c => c.Name).ToListAsync(ct);

        // Streamed, not grouped in SQL: neither database can take the month of an integer alike, and a median needs every value anyhow.
        var submitted = new Dictionary<(string, DateOnly), int>();
        var implemented = new Dictionary<(string, DateOnly), int>();
        var waits = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        var first = now;
        await foreach (var idea in shown.Select(i => new { i.Category, i.At, i.AnsweredAt, i.ImplementedAt }).AsAsyncEnumerable().WithCancellation(ct))
        {
            Add(submitted, (idea.Category, Month(idea.At)));
            if (idea.At < first) first = idea.At;
            if (idea.ImplementedAt is { } done) Add(implemented, (idea.Category, Month(done)));
            if (idea.AnsweredAt is not { } answered) continue;
            if (!waits.TryGetValue(idea.Category, out var list)) waits[idea.Category] = list = [];
            list.Add((answered - idea.At).TotalDays);
        }

        var made = implemented.Values.Sum();
        var span = Math.Max(1, (now - first).TotalDays / 30.44);
        return new(submitted.Values.Sum(), made, waits.Values.Sum(w => w.Count), Median([.. waits.Values.SelectMany(w => w)]), made / span,
            [.. Months(Month(first), Month(now)).Select(m => new InActionMonth(m, Of(submitted, m), Of(implemented, m)))],
            [.. names.Select(c => Line(c, submitted, implemented, waits.GetValueOrDefault(c.Slug) ?? []))], now);
    }

    private static InActionCategory Line(IdeaCategory c, Dictionary<(string, DateOnly), int> submitted, Dictionary<(string, DateOnly), int> implemented, List<double> waits) => new(
        c.Slug, c.Name, Of(submitted, c.Slug), Of(implemented, c.Slug), waits.Count, Median(waits));

    private static int Of(Dictionary<(string Category, DateOnly Month), int> counts, DateOnly month) => counts.Where(c => c.Key.Month == month).Sum(c => c.Value);

    private static int Of(Dictionary<(string Category, DateOnly Month), int> counts, string category) => counts.Where(c => c.Key.Category == category).Sum(c => c.Value);

    private static void Add(Dictionary<(string, DateOnly), int> counts, (string, DateOnly) key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    private static DateOnly Month(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1);

    private static IEnumerable<DateOnly> Months(DateOnly from, DateOnly to)
    {
        for (var month = from; month <= to; month = month.AddMonths(1)) yield return month;
    }

    private static double? Median(List<double> values)
    {
        if (values.Count == 0) return null;
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}

/// <summary>Keeps the last count of a large board for a while. Safe for many callers at once.</summary>
public sealed class InActionCache : IDisposable
{
    /// <summary>Above so many ideas a count is kept; below, every look counts anew.</summary>
    public const int LargeBoard = 20_000;

    /// <summary>How long a count of a large board is shown.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _counting = new(1, 1);
    private volatile InAction? _last;

    internal async Task<InAction> Get(Func<Task<InAction>> count, DateTimeOffset now)
    {
        if (Fresh(now) is { } kept) return kept;
        await _counting.WaitAsync(); // one count at a time: those who wait find it done
        try
        {
            return Fresh(now) ?? (_last = await count());
        }
        finally
        {
            _counting.Release();
        }
    }

    public void Dispose() => _counting.Dispose();

    private InAction? Fresh(DateTimeOffset now) => _last is { Submitted: > LargeBoard } last && now - last.AsOf is var age && age >= TimeSpan.Zero && age < Age ? last : null;
}
