using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Learning;

internal static class LearnApi
{
    internal static void Map(IEndpointRouteBuilder api)
    {
        var learn = api.MapGroup("/learn").WithTags("Learning").RequireAuthorization("read");
        learn.MapGet("/earnings", async Task<Results<Ok<Earnings>, ProblemHttpResult>> (DateOnly? from, DateOnly? to, ReadEarnings read, TimeProvider clock, CancellationToken ct) =>
            DateRange.Of(from, to, clock) is { } range ? Ok(await read.Between(range.From, range.To, ct)) : Problems.Invalid("to", "must not be before from"))
            .WithSummary("What offers earned; from and to are days in UTC, both included; the last 90 days when left out");
        learn.MapGet("/earnings.csv", async Task<Results<FileContentHttpResult, ProblemHttpResult>> (DateOnly? from, DateOnly? to, ReadEarnings read, TimeProvider clock, CancellationToken ct) =>
            DateRange.Of(from, to, clock) is { } range ? File(EarningsCsv.Write(await read.Between(range.From, range.To, ct)), "text/csv; charset=utf-8", "earnings.csv") : Problems.Invalid("to", "must not be before from"))
            .WithSummary("The same as CSV, a row for each offer and currency");
        learn.MapGet("/credits", async Task<Results<Ok<Page<CreditView>>, ProblemHttpResult>> (DateOnly? from, DateOnly? to, Guid? offer, Word<CreditKind>? kind, string? currency, bool? refunds, string? after, int? size, ReadCredits read, CancellationToken ct) =>
            await read.List(new(DateRange.Start(from), DateRange.End(to), offer is { } id ? new OfferId(id) : null, kind?.Value, currency, refunds), after, size, ct) is { } page ? Ok(page) : Problems.NoPlace())
            .WithSummary("The credit ledger: the order lines and refunds behind each number");
    }
}

/// <summary>Whole days in UTC, both included, as reports ask for them.</summary>
/// <param name="FirstDay">First day counted.</param>
/// <param name="LastDay">Last day counted.</param>
public sealed record DateRange(DateOnly FirstDay, DateOnly LastDay)
{
    public DateTimeOffset From => Start(FirstDay)!.Value;

    /// <summary>First instant not counted any more.</summary>
    public DateTimeOffset To => End(LastDay)!.Value;

    /// <summary>The last 90 days up to today where nothing is said; null when the end is before the start.</summary>
    public static DateRange? Of(DateOnly? from, DateOnly? to, TimeProvider clock)
    {
        var last = to ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (last == DateOnly.MaxValue) return null;
        var first = from ?? (last.DayNumber >= 89 ? last.AddDays(-89) : DateOnly.MinValue);
        return last < first ? null : new(first, last);
    }

    internal static DateTimeOffset? Start(DateOnly? day) => day is { } d ? new(d.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;

    internal static DateTimeOffset? End(DateOnly? day) => day is { } d && d < DateOnly.MaxValue ? new(d.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
}
