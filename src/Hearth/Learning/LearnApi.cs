using Hearth.Governance;
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
        learn.MapGet("/credits", async Task<Results<Ok<Page<CreditView>>, ProblemHttpResult>> (DateOnly? from, DateOnly? to, Guid? offer, Word<CreditKind>? kind, string? currency, bool? refunds, Word<CreditBasis>? basis, bool? amplified, int? generation, bool? attributed, string? after, int? size, ReadCredits read, CancellationToken ct) =>
            await read.List(new(DateRange.Start(from), DateRange.End(to), offer is { } id ? new OfferId(id) : null, kind?.Value, currency, refunds, basis?.Value, amplified, generation, attributed), after, size, ct) is { } page ? Ok(page) : Problems.NoPlace())
            .WithSummary("The credit ledger: the order lines and refunds behind each number");
        learn.MapGet("/models", async Task<Results<Ok<ModelReport>, ProblemHttpResult>> (DateOnly? from, DateOnly? to, ReadModels read, TimeProvider clock, CancellationToken ct) =>
            DateRange.Of(from, to, clock) is { } range ? Ok(await read.Between(range.From, range.To, ct)) : Problems.Invalid("to", "must not be before from"))
            .WithSummary("The same orders under every credit model, by offer and by what the touches came by");
        learn.MapGet("/models.csv", async Task<Results<FileContentHttpResult, ProblemHttpResult>> (DateOnly? from, DateOnly? to, ReadModels read, TimeProvider clock, CancellationToken ct) =>
            DateRange.Of(from, to, clock) is { } range ? File(ModelsCsv.Write(await read.Between(range.From, range.To, ct)), "text/csv; charset=utf-8", "models.csv") : Problems.Invalid("to", "must not be before from"))
            .WithSummary("The same as CSV, a row for each currency and offer or way");
        learn.MapGet("/models/orders", async Task<Results<Ok<Page<ModelOrder>>, ProblemHttpResult>> (Word<CreditColumn> model, DateOnly? from, DateOnly? to, Guid? offer, Word<TouchWay>? way, bool? untouched, string? currency, string? after, int? size,
            ReadModels read, TimeProvider clock, CancellationToken ct) =>
            DateRange.Of(from, to, clock) is not { } range ? Problems.Invalid("to", "must not be before from")
            : await read.Orders(new(range.From, range.To, currency, model.Value, offer is { } id ? new OfferId(id) : null, way?.Value, untouched == true), after, size, ct) is { } page ? Ok(page) : Problems.NoPlace())
            .WithSummary("The orders behind a number of a model, with the share of each");
        learn.MapGet("/credit-policy", async (CreditPolicies policies, CancellationToken ct) => Ok(await policies.All(ct))).WithSummary("The credit policies, the one that counts first");
        learn.MapPut("/credit-policy", async Task<Results<Ok<CreditPolicyView>, ProblemHttpResult>> (PolicyBody body, HttpContext http, CreditPolicies policies, CancellationToken ct) =>
            await policies.Set(body.WindowDays, body.HalfLifeDays, http.Actor(), ct) is { Count: > 0 } errors ? Problems.Invalid(errors) : Ok((await policies.All(ct))[0]))
            .RequireAuthorization("lead").WithSummary("Set how long coming by an offer counts; the ledger is counted again within a minute or so");
    }

    /// <summary>How long coming by an offer counts.</summary>
    /// <param name="WindowDays">1 to 365.</param>
    /// <param name="HalfLifeDays">After how many days a touch counts half by the time decay, 1 to 365.</param>
    internal sealed record PolicyBody(int WindowDays, int HalfLifeDays);
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
