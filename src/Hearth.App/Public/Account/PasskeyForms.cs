using Hearth.App.Hosting;
using Hearth.Governance;
using Microsoft.AspNetCore.Antiforgery;

namespace Hearth.App.Public.Account;

/// <summary>What the browser is asked to make or show, and what it answers. A passkey is the one thing of this site that needs a script; everything else is offered beside it.</summary>
internal static class PasskeyForms
{
    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-in/passkey/ask", async (HttpContext context, IAntiforgery antiforgery, Passkeys passkeys) =>
            await antiforgery.IsRequestValidAsync(context) ? Results.Text(await passkeys.ToShow(), "application/json") : Results.BadRequest()).ExcludeFromDescription();
        app.MapPost("/account/passkey/ask", async (HttpContext context, IAntiforgery antiforgery, Passkeys passkeys) =>
            await antiforgery.IsRequestValidAsync(context) ? Results.Text(await passkeys.ToMake(context.Actor()), "application/json") : Results.BadRequest())
            .RequireAuthorization(Access.Community).ExcludeFromDescription();
        app.MapPost("/sign-in/passkey", Show).ExcludeFromDescription();
    }

    private static async Task<IResult> Show(HttpContext context, IAntiforgery antiforgery, Passkeys passkeys, Shared.Flash flash, CancellationToken ct)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
        var form = await context.Request.ReadFormAsync(ct);
        if (await passkeys.Enter(form["credential"].ToString(), stay: false, ct) is SignInOutcome.Done done) return Results.LocalRedirect(SignInWays.After(done, form["to"]));
        flash.Warn("This passkey is not known here, or took too long. Try again, or come in another way.");
        return Results.LocalRedirect("/sign-in?to=" + Uri.EscapeDataString(LocalPath.Or(form["to"], "")));
    }
}
