using Microsoft.AspNetCore.Mvc;

namespace Hearth.App.Hosting;

/// <summary>Light or dark: as the system says, unless the visitor has said otherwise, which a cookie remembers for a year.</summary>
internal static class Theme
{
    private const string Cookie = "hearth_theme";

    /// <summary>"light", "dark", or null for what the system says.</summary>
    public static string? Of(HttpContext context) => context.Request.Cookies[Cookie] is "light" or "dark" ? context.Request.Cookies[Cookie] : null;

    public static void MapTheme(this IEndpointRouteBuilder app) => app.MapPost("/theme", (HttpContext context, [FromForm] string? theme, [FromForm] string? back) =>
    {
        if (theme is "light" or "dark") context.Response.Cookies.Append(Cookie, theme, new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps });
        else context.Response.Cookies.Delete(Cookie);
        return Results.LocalRedirect(LocalPath.Or(back, "/"));
    }).DisableAntiforgery().ExcludeFromDescription(); // the worst a foreign page can do is switch the light
}
