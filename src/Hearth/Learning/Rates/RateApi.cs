using Hearth.Channels.Files;
using Hearth.Governance;
using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Learning;

internal static class RateApi
{
    /// <summary>Of a file, in bytes.</summary>
    private const int Longest = 32 * 1024 * 1024;

    internal static void Map(IEndpointRouteBuilder api)
    {
        var learn = api.MapGroup("/learn").WithTags("Learning").RequireAuthorization("read");
        learn.MapGet("/rates", async Task<Results<Ok<Page<RateView>>, ProblemHttpResult>> (DateOnly? day, string? currency, string? after, int? size, ReadRates read, CancellationToken ct) =>
            await read.List(day, currency, after, size, ct) is { } page ? Ok(page) : Problems.NoPlace())
            .WithSummary("Exchange rates by day, newest first");
        learn.MapPost("/rates", async Task<Results<Ok<RatesReport>, ProblemHttpResult>> (HttpRequest request, ImportRates import, CancellationToken ct) =>
        {
            var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await request.Body.CopyToAsync(file, ct);
            file.Position = 0;
            try
            {
                return Ok(await import.Run(file, "api", ct));
            }
            catch (UnreadableFileException e)
            {
                return Problems.Invalid("$", e.Message);
            }
        }).RequireAuthorization("write").WithMetadata(new RequestSizeLimitAttribute(Longest)).Accepts<Stream>("text/csv", "application/octet-stream").WithSummary("Take in a CSV file of rates: day, base, quote, rate, or the European Central Bank's history; whole or, when a row is bad, not at all");
        learn.MapGet("/reporting-currency", async (ReportingCurrencies currencies, CancellationToken ct) => Ok(await currencies.All(ct))).WithSummary("The reporting currencies, the one that counts first");
        learn.MapPut("/reporting-currency", async Task<Results<Ok<ReportingCurrency>, ProblemHttpResult>> (CurrencyBody body, HttpContext http, ReportingCurrencies currencies, CancellationToken ct) =>
            await currencies.Set(body.Currency, http.Actor(), ct) is { Count: > 0 } errors ? Problems.Invalid(errors) : Ok((await currencies.All(ct))[0]))
            .RequireAuthorization("lead").WithSummary("Set the currency that reports can be read in; no order and no line of the ledger changes");
        learn.MapGet("/earnings/together", async Task<Results<Ok<EarningsTogether>, ProblemHttpResult>> (DateOnly? from, DateOnly? to, ReadTogether read, TimeProvider clock, CancellationToken ct) =>
            DateRange.Of(from, to, clock) is not { } range ? Reversed() : await read.Between(range.From, range.To, ct) is { } report ? Ok(report) : None())
            .WithSummary("What offers earned in the reporting currency, with the orders apart that have no rate");
        learn.MapGet("/earnings/together.csv", async Task<Results<FileContentHttpResult, ProblemHttpResult>> (DateOnly? from, DateOnly? to, ReadTogether read, TimeProvider clock, CancellationToken ct) =>
            DateRange.Of(from, to, clock) is not { } range ? Reversed() : await read.Between(range.From, range.To, ct) is { } report ? File(ReadTogether.Csv(report), "text/csv; charset=utf-8", "earnings.csv") : None())
            .WithSummary("The same as CSV");
        learn.MapGet("/credits/together", async Task<Results<Ok<Page<CreditTogether>>, ProblemHttpResult>> (DateOnly? from, DateOnly? to, Guid? offer, Word<CreditKind>? kind, string? currency, bool? refunds, Word<CreditBasis>? basis, bool? amplified, int? generation, bool? attributed, bool? withoutRate, string? after, int? size, ReadTogether read, ReportingCurrencies currencies, CancellationToken ct) =>
            await currencies.Now(ct) is null ? None()
            : await read.List(new(DateRange.Start(from), DateRange.End(to), offer is { } id ? new OfferId(id) : null, kind?.Value, currency, refunds, basis?.Value, amplified, generation, attributed), withoutRate == true, after, size, ct) is { } page ? Ok(page) : Problems.NoPlace())
            .WithSummary("The order lines and refunds behind each number in the reporting currency, with their own money, the rate and its day");
        learn.MapGet("/channels/together", async Task<Results<Ok<ChannelsTogether>, ProblemHttpResult>> (DateOnly? from, DateOnly? to, ReadChannelsTogether read, TimeProvider clock, CancellationToken ct) =>
            DateRange.Of(from, to, clock) is not { } range ? Reversed() : await read.Between(range, ct) is { } report ? Ok(report) : None())
            .WithSummary("Channels side by side in the reporting currency");
        learn.MapGet("/channels/together.csv", async Task<Results<FileContentHttpResult, ProblemHttpResult>> (DateOnly? from, DateOnly? to, ReadChannelsTogether read, TimeProvider clock, CancellationToken ct) =>
            DateRange.Of(from, to, clock) is not { } range ? Reversed() : await read.Between(range, ct) is { } report ? File(ReadChannelsTogether.Csv(report), "text/csv; charset=utf-8", "channels.csv") : None())
            .WithSummary("The same as CSV");
    }

    private static ProblemHttpResult Reversed() => Problems.Invalid("to", "must not be before from");

    private static ProblemHttpResult None() => Problems.Refused("no-reporting-currency", "No reporting currency is set; a lead sets it at PUT /api/v1/learn/reporting-currency.");

    /// <summary>The currency that reports can be read in.</summary>
    /// <param name="Currency">ISO 4217; null for each currency by itself.</param>
    internal sealed record CurrencyBody(string? Currency);
}
