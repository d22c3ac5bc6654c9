using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.People.Consent;

/// <summary>Where a person takes back what they agreed to.</summary>
/// <param name="Path">Below the address of this house; whoever has it can take back, and see, that person's consents.</param>
public sealed record ConsentLink(string Path);

internal static class ConsentApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var consents = api.MapGroup("/people/{id:guid}/consents").WithTags("People");
        consents.MapGet("", async Task<Results<Ok<IReadOnlyList<ConsentView>>, ProblemHttpResult>> (Guid id, Consents all, ReadPeople people, CancellationToken ct) =>
                await people.Of(PersonId.From(id), ct) is null ? Problems.Unknown("person") : TypedResults.Ok(await all.Of(PersonId.From(id), ct)))
            .WithName("listConsents").WithSummary("What a person agreed to or took back, the latest first, with its proof").RequireAuthorization("read");
        consents.MapPost("", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, ConsentDraft body, Consents all, HttpContext http, CancellationToken ct) =>
                await all.Note(PersonId.From(id), body, http.User.Identity?.Name ?? "the API", ct) switch
                {
                    ConsentNoted.Done => TypedResults.NoContent(),
                    ConsentNoted.Invalid invalid => Problems.Invalid(invalid.Errors),
                    _ => Problems.Unknown("person"),
                })
            .WithName("noteConsent").WithSummary("Note a yes or a no of a person, with the words and the proof").RequireAuthorization("write");
        api.MapGet("/people/{id:guid}/consent-link", async Task<Results<Ok<ConsentLink>, ProblemHttpResult>> (Guid id, ConsentLinks links, ReadPeople people, CancellationToken ct) =>
                await people.Of(PersonId.From(id), ct) is null ? Problems.Unknown("person") : TypedResults.Ok(new ConsentLink(links.PathFor(PersonId.From(id)))))
            .WithTags("People").WithName("getConsentLink").WithSummary("Where the person sees and takes back what they agreed to, without signing in").RequireAuthorization("write");
    }
}
