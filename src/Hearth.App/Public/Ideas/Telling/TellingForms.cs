using Hearth.App.Hosting;
using Hearth.Governance;
using Hearth.Ideas.Telling;
using Microsoft.AspNetCore.Antiforgery;

namespace Hearth.App.Public.Ideas;

/// <summary>What following and ending mail post to.</summary>
internal static class TellingForms
{
    public static void MapTellingForms(this IEndpointRouteBuilder app)
    {
        app.MapPost("/ideas/{idea:guid}/follow", async (Guid idea, HttpContext context, IAntiforgery antiforgery, FollowIdea follow, Shared.Flash flash, CancellationToken ct) =>
        {
            if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
            if (context.ActorOrNull() is not { } me) return Results.LocalRedirect($"/sign-in?to=/ideas/{idea}");
            var wants = (await context.Request.ReadFormAsync(ct))["follows"] == "true";
            if (await follow.Set(me, new(idea), wants, ct) is null) return Results.NotFound();
            flash.Say(wants ? "You will be told what becomes of it." : "You will not be told of it any more.");
            return Results.LocalRedirect($"/ideas/{idea}");
        }).ExcludeFromDescription();

        // People who follow the link are asked first: programs that look at every link in a mail must end nothing.
        app.MapGet("/ideas/unsubscribe/{token}", (string token) => Results.LocalRedirect("/ideas/no-more-mail?token=" + Uri.EscapeDataString(token))).ExcludeFromDescription();

        // RFC 8058, section 3.2: no cookie, no token, no redirect. The secret in the address is what allows it.
        app.MapPost("/ideas/unsubscribe/{token}", async (string token, HttpContext context, MailWishes wishes, CancellationToken ct) =>
        {
            var ended = await wishes.End(token, ct);
            var isPerson = context.Request.HasFormContentType && (await context.Request.ReadFormAsync(ct)).ContainsKey("page");
            if (isPerson) return Results.LocalRedirect("/ideas/no-more-mail?ended=" + (ended ? "yes" : "no"));
            return ended ? Results.Text("You get no more mail.") : Results.NotFound();
        }).DisableAntiforgery().ExcludeFromDescription();
    }
}
