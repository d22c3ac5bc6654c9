using Hearth.Governance;
using Microsoft.AspNetCore.Antiforgery;

namespace Hearth.App.Hosting;

internal static class SignOut
{
    public static void MapSignOut(this IEndpointRouteBuilder app) => app.MapPost("/sign-out", async (HttpContext context, IAntiforgery antiforgery, SignIn signIn) =>
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
        await signIn.Out();
        return Results.LocalRedirect("/sign-in");
    }).ExcludeFromDescription();
}
