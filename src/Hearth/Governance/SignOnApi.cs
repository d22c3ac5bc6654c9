using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Governance;

/// <summary>Single sign-on and own ways in, for programs.</summary>
internal static class SignOnApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var providers = api.MapGroup("/sign-on-providers").WithTags("Council").RequireAuthorization(Access.Owner);
        providers.MapGet("/", async (OidcProviders all, CancellationToken ct) => TypedResults.Ok(await all.All(ct))).WithName("listSignOnProviders").WithSummary("Providers of single sign-on");
        providers.MapPut("/{slug}", Set).WithName("setSignOnProvider").WithSummary("Add or change a provider of single sign-on").ProducesProblem(400);
        providers.MapDelete("/{slug}", Remove).WithName("removeSignOnProvider").WithSummary("Close a way to sign in; accounts stay").ProducesProblem(404);
        api.MapGet("/me/passkeys", async (HttpContext http, Passkeys passkeys) => TypedResults.Ok(await passkeys.Of(http.Actor())))
            .WithTags("Council").RequireAuthorization(Access.Community).WithName("listMyPasskeys").WithSummary("My passkeys, by the cookie");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Set(string slug, OidcProviderDraft body, HttpContext http, OidcProviders all, CancellationToken ct) =>
        await all.Set(http.Actor(), slug, body, ct) is { Count: > 0 } errors ? Problems.Invalid(errors) : TypedResults.NoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(string slug, HttpContext http, OidcProviders all, CancellationToken ct) =>
        await all.Remove(http.Actor(), slug, ct) ? TypedResults.NoContent() : Problems.Unknown("provider");
}
