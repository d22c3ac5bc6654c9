using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.App.Public.Account;

/// <summary>The way to a provider of single sign-on; the way back is <see cref="SingleSignOnBackPage"/>.</summary>
internal static class SingleSignOn
{
    private const string Cookie = "hearth_sso";

    /// <summary>The way back from a provider, below this server's address.</summary>
    public static string Back(string slug) => "/sign-in/back/" + slug;

    /// <summary>A plain link leads there, not a form: browsers do not let a form's answer lead to another site.</summary>
    public static void MapSingleSignOn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in/with/{slug}", (string slug, string? to, HttpContext context, OidcSignIn signOn, PublicAddress address, Shared.Flash flash, CancellationToken ct) =>
            Begin(slug, to, null, context, signOn, address, flash, ct)).ExcludeFromDescription();
        app.MapGet("/account/connect/{slug}", (string slug, HttpContext context, OidcSignIn signOn, PublicAddress address, Shared.Flash flash, CancellationToken ct) =>
            Begin(slug, null, context.Actor(), context, signOn, address, flash, ct)).RequireAuthorization(Access.Community).ExcludeFromDescription();
    }

    /// <summary>What was kept in this browser; it is used up by reading it.</summary>
    public static string? Take(HttpContext context)
    {
        var kept = context.Request.Cookies[Cookie];
        context.Response.Cookies.Delete(Cookie, new() { Path = "/sign-in" });
        return kept;
    }

    private static async Task<IResult> Begin(string slug, string? to, Actor? connect, HttpContext context, OidcSignIn signOn, PublicAddress address, Shared.Flash flash, CancellationToken ct)
    {
        switch (await signOn.Begin(slug, address.Of(context) + Back(slug), to, connect, ct))
        {
            case OidcBegin.Go go:
                context.Response.Cookies.Append(Cookie, go.Ticket, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/sign-in", MaxAge = OidcSignIn.Within });
                return Results.Redirect(go.Address);
            case OidcBegin.Unreachable unreachable:
                flash.Warn($"{unreachable.Name} {unreachable.Reason}.");
                return Results.LocalRedirect(connect is null ? "/sign-in" : "/account");
            default:
                return Results.NotFound();
        }
    }
}
