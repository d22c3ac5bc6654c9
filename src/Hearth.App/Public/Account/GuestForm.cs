using Hearth.App.Hosting;
using Hearth.Governance;
using Hearth.Ideas;
using Microsoft.AspNetCore.Antiforgery;

namespace Hearth.App.Public.Account;

/// <summary>"Continue without an account", where the board takes guests. Below /sign-up, so that its bound on new accounts holds for guests too.</summary>
internal static class GuestForm
{
    public static void MapGuests(this IEndpointRouteBuilder app) => app.MapPost("/sign-up/guest", async (
        HttpContext context, IAntiforgery antiforgery, BoardSettings board, Guests guests, CancellationToken ct) =>
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
        var form = await context.Request.ReadFormAsync(ct);
        if (!(await board.Read(ct)).TakesGuests) return Results.LocalRedirect("/sign-up");
        if (context.ActorOrNull() is null) await guests.Come(ct);
        return Results.LocalRedirect(LocalPath.Or(form["to"], "/ideas"));
    }).ExcludeFromDescription();
}
