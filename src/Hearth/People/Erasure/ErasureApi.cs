using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.People.Erasure;

/// <summary>The wish to be forgotten.</summary>
/// <param name="Why">On what ground, 1 to 200 characters: a ticket's number, the article. It stays in the report, so no name belongs in it.</param>
/// <param name="KeepOut">True to keep out what they write from now on, too.</param>
public sealed record ErasureBody(string? Why, bool KeepOut = false);

/// <summary>An erasure that is being done.</summary>
/// <param name="Erasure">Read its report under this id.</param>
public sealed record ErasureBegun(Guid Erasure);

internal static class ErasureApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var people = api.MapGroup("/people").WithTags("People");
        people.MapGet("/{id:guid}/export", async Task<Results<FileContentHttpResult, ProblemHttpResult>> (Guid id, ExportPerson export, CancellationToken ct) =>
            {
                using var copy = new MemoryStream();
                return await export.Write(PersonId.From(id), copy, ct) ? TypedResults.File(copy.ToArray(), "application/zip", $"person-{id:N}.zip") : Problems.Unknown("person");
            })
            .WithName("exportPerson").WithSummary("All that is kept of a person, as a ZIP archive of JSON files").RequireAuthorization("lead").Produces(200, contentType: "application/zip");
        people.MapPost("/{id:guid}/erasure", async Task<Results<Accepted<ErasureBegun>, ProblemHttpResult>> (Guid id, ErasureBody body, ErasePerson erase, HttpContext http, CancellationToken ct) =>
                await erase.Begin(PersonId.From(id), body.KeepOut, body.Why, http.User.Identity?.Name ?? "the API", ct) switch
                {
                    ErasureAsked.Begun begun => TypedResults.Accepted($"/api/v1/people/erasures/{begun.Erasure.Value}", new ErasureBegun(begun.Erasure.Value)),
                    ErasureAsked.Invalid invalid => Problems.Invalid(invalid.Error),
                    _ => Problems.Unknown("person"),
                })
            .WithName("erasePerson").WithSummary("Erase a person, and all who are one with them, from every room").RequireAuthorization("lead");
        people.MapGet("/erasures", async Task<Results<Ok<Page<ErasureView>>, ProblemHttpResult>> (ReadErasures read, CancellationToken ct, string? after = null, int? size = null) =>
                await read.List(after, Keyset.Size(size), ct) is { } page ? TypedResults.Ok(page) : Problems.NoPlace())
            .WithName("listErasures").WithSummary("The erasures and their reports, the latest first").RequireAuthorization("lead");
        people.MapGet("/erasures/{id:guid}", async Task<Results<Ok<ErasureView>, ProblemHttpResult>> (Guid id, ReadErasures read, CancellationToken ct) =>
                await read.Of(ErasureId.From(id), ct) is { } found ? TypedResults.Ok(found) : Problems.Unknown("erasure"))
            .WithName("getErasure").WithSummary("What an erasure found, what remains, and why").RequireAuthorization("lead");
    }
}
