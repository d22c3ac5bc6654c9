using System.Text;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Conversations.Kpis;

/// <summary>A report's filter as an address says it.</summary>
/// <param name="From">The first instant counted; 28 days ago when left out.</param>
/// <param name="Until">The first instant not counted any more; now when left out.</param>
/// <param name="Network">"bluesky", "mastodon" ...</param>
/// <param name="Department">As the conversation belongs to it now.</param>
/// <param name="Person">The id of an account of the brand: whose the conversation is; of response times, who answered.</param>
/// <param name="Label">Bears this label now.</param>
/// <param name="Priority">none, watch or urgent.</param>
/// <param name="Business">True to count times in the working hours of each conversation's promise.</param>
public sealed record KpiQuery(DateTimeOffset? From = null, DateTimeOffset? Until = null, string? Network = null, Word<Department>? Department = null, Guid? Person = null, string? Label = null,
    Word<ConversationPriority>? Priority = null, bool Business = false)
{
    /// <returns>Null when the period is empty or longer than 366 days; the error says so.</returns>
    internal KpiFilter? Filter(DateTimeOffset now, out FieldError? error)
    {
        var until = Until ?? now;
        var from = From ?? until.AddDays(-28);
        error = until <= from ? new("until", "must be after from") : until - from > KpiFilter.Longest ? new("from", "must be at most 366 days before until") : null;
        return error is null ? new(from.ToUniversalTime(), until.ToUniversalTime(), Network, Department?.Value, Person is { } p ? UserId.From(p) : null, ConversationSteps.Label(Label), Priority?.Value, Business) : null;
    }
}

internal static class KpiEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var kpis = api.MapGroup("/kpis").WithTags("Service levels");
        kpis.MapGet("/", async Task<Results<Ok<KpiReport>, ProblemHttpResult>> ([AsParameters] KpiQuery query, ReadKpis read, TimeProvider clock, CancellationToken ct, Word<KpiBy>? by = null, string? zone = null) =>
            {
                if (!DayZone.TryFind(zone, out var found)) return Problems.Invalid("zone", "must be a time zone like Europe/Berlin");
                return query.Filter(clock.Now(), out var wrong) is { } filter ? TypedResults.Ok(await read.Of(filter, by?.Value ?? KpiBy.Day, found, ct)) : Problems.Invalid(wrong!);
            })
            .WithName("getKpis").WithSummary("The figures of the contact centre, broken down").RequireAuthorization("read");
        kpis.MapGet("/{measure}/rows", async Task<Results<Ok<Page<KpiRow>>, ProblemHttpResult>> (Word<KpiMeasure> measure, [AsParameters] KpiQuery query, ListKpiRows list, TimeProvider clock, CancellationToken ct,
                string? after = null, int? size = null) =>
            {
                if (query.Filter(clock.Now(), out var wrong) is not { } filter) return Problems.Invalid(wrong!);
                return await list.Of(filter, measure.Value, after, Keyset.Size(size), ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace();
            })
            .WithName("listKpiRows").WithSummary("The conversations or waits behind a figure").RequireAuthorization("read");
        kpis.MapGet("/export.csv", async Task<Results<EmptyHttpResult, ProblemHttpResult>> ([AsParameters] KpiQuery query, ExportRecords export, TimeProvider clock, HttpContext http, CancellationToken ct) =>
            {
                if (query.Filter(clock.Now(), out var wrong) is not { } filter) return Problems.Invalid(wrong!);
                http.Response.ContentType = "text/csv; charset=utf-8";
                http.Response.Headers.ContentDisposition = "attachment; filename=\"report.csv\"";
                await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(false), leaveOpen: true);
                await export.To(writer, filter, ct);
                return TypedResults.Empty;
            })
            .WithName("exportKpis").WithSummary("A report's conversations as CSV, one row each").Produces<string>(200, "text/csv").RequireAuthorization("read");
    }
}
