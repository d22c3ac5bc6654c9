using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Conversations.Ratings;

/// <summary>What a person thought of it.</summary>
/// <param name="Stars">1 (not at all) to 5 (very much).</param>
/// <param name="Comment">Up to 1,000 characters; may be left out.</param>
public sealed record RatingBody(int Stars, string? Comment = null);

internal static class RatingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var ratings = api.MapGroup("/ratings").WithTags("Service levels");
        ratings.MapGet("/policy", async Task<Ok<RatingPolicy>> (RatingSettings settings, CancellationToken ct) => TypedResults.Ok(await settings.Read(ct)))
            .WithName("getRatingPolicy").WithSummary("Whether and how people are asked what they thought of it").RequireAuthorization("read");
        ratings.MapPut("/policy", async Task<Results<NoContent, ProblemHttpResult>> (RatingPolicy body, RatingSettings settings, PublicAddress address, HttpContext http, CancellationToken ct) =>
                await settings.Put(body, address.Of(http), ct) is { Count: > 0 } errors ? Problems.Invalid(errors) : TypedResults.NoContent())
            .WithName("setRatingPolicy").WithSummary("Say whether and how people are asked what they thought of it").RequireAuthorization("lead");
        ratings.MapGet("/{token}", async Task<Results<Ok<RatingView>, ProblemHttpResult>> (string token, Rate rate, CancellationToken ct) =>
                await rate.Of(token, ct) is { } view ? TypedResults.Ok(view) : Problems.Unknown("link"))
            .WithName("getRating").WithSummary("What the holder of a rating's link has said").RequireAuthorization("read");
        ratings.MapPut("/{token}", async Task<Results<NoContent, ProblemHttpResult>> (string token, RatingBody body, Rate rate, CancellationToken ct) =>
            {
                if (body.Stars is < 1 or > 5) return Problems.Invalid("stars", "must be 1 to 5");
                if (body.Comment?.Length > Rate.MaxComment) return Problems.Invalid("comment", $"must have at most {Rate.MaxComment:N0} characters");
                return await rate.With(token, body.Stars, body.Comment, ct) ? TypedResults.NoContent() : Problems.Unknown("link, or it is too late");
            })
            .WithName("putRating").WithSummary("Note what the holder of a rating's link told you (they have a page for it)").RequireAuthorization("write");
    }
}
