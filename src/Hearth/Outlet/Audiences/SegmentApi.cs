using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Outlet.Audiences;

internal static class SegmentApi
{
    /// <summary>How many would belong to a segment.</summary>
    /// <param name="People">So many of those who get the digest now.</param>
    internal sealed record SegmentSize(int People);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var segments = api.MapGroup("/segments").WithTags("Offers");
        segments.MapGet("", (Segments read, CancellationToken ct) => read.All(ct)).RequireAuthorization("read").WithSummary("Segments of those who get the digest, with how many belong to each");
        segments.MapPost("", async (SegmentDraft body, HttpContext http, Segments keep, CancellationToken ct) => Answer(await keep.Put(null, body, http.Actor(), ct))).RequireAuthorization("write").WithSummary("Write a segment");
        segments.MapPut("/{segment:guid}", async (Guid segment, SegmentDraft body, HttpContext http, Segments keep, CancellationToken ct) => Answer(await keep.Put(new(segment), body, http.Actor(), ct)))
            .RequireAuthorization("write").WithSummary("Write a segment anew, unless an offer runs for it");
        segments.MapDelete("/{segment:guid}", async (Guid segment, Segments keep, CancellationToken ct) => Answer(await keep.Remove(new(segment), ct)))
            .RequireAuthorization("write").WithSummary("Remove a segment that no draft and no running offer is for");
        segments.MapPost("/preview", async Task<Results<Ok<SegmentSize>, ProblemHttpResult>> (SegmentDraft body, Segments read, CancellationToken ct) =>
            (body with { Name = body.Name ?? "preview" }).Errors().ToList() is { Count: > 0 } errors ? Problems.Invalid(errors) : Ok(new SegmentSize(await read.Preview(body, ct))))
            .RequireAuthorization("read").WithSummary("How many would belong to a segment; nothing is kept");
    }

    private static Results<Ok<KeptSegment.Done>, ProblemHttpResult> Answer(KeptSegment kept) => kept switch
    {
        KeptSegment.Done done => Ok(done),
        KeptSegment.Invalid invalid => Problems.Invalid(invalid.Errors),
        KeptSegment.InUse use => Problems.Refused("in-use", $"{use.Offers} {(use.Offers == 1 ? "offer is" : "offers are")} for it that {(use.Offers == 1 ? "has" : "have")} not ended."),
        _ => Problems.Unknown("segment"),
    };
}
