using System.Globalization;
using Hearth.Outlet.Audiences;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Outlet;

/// <summary>
/// Tracked links, <c>/l/{link}</c>: GET leads on with 302 (the target may change, so each visit asks again) once the click is kept. They stand before everything else a
/// request goes through: no session, no page, no database while the target is known.
/// </summary>
internal sealed class LinkEndpoint(RequestDelegate next, IServiceScopeFactory scopes, LinkTargets targets, IKeepClicks clicks, TimeProvider clock)
{
    private const string Root = "/l/";

    public async Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value;
        if (path is null || !path.StartsWith(Root, StringComparison.Ordinal) || path.IndexOf('/', Root.Length) >= 0)
        {
            await next(http);
            return;
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            (http.Response.StatusCode, http.Response.Headers.Allow) = (StatusCodes.Status405MethodNotAllowed, "GET, HEAD");
            return;
        }

        if (await targets.Of(scopes, path[Root.Length..], http.RequestAborted) is not { } target)
        {
            await next(http); // says that nothing is here
            return;
        }

        var asked = http.Request.Headers;
        var purpose = HttpMethods.IsHead(http.Request.Method) ? "preview" : string.Concat(asked["Sec-Purpose"].ToString(), asked["Purpose"].ToString(), asked["X-Moz"].ToString());
        var now = clock.Now();
        var click = FollowLink.Made(target, VisitorCookie.Read(http), asked.UserAgent, purpose, asked.Referer, now, Digest(http.Request));
        await clicks.Keep(click);
        if (click.Visitor is { } visitor) VisitorCookie.Keep(http, visitor);
        var told = http.Response.Headers;
        (told.CacheControl, told["X-Robots-Tag"], told["Referrer-Policy"]) = ("no-store", "noindex", "strict-origin-when-cross-origin");
        (http.Response.StatusCode, told.Location, http.Response.ContentLength) = (StatusCodes.Status302Found, target.With(click.Id, now, Asked(http.Request)), 0);
    }

    private static string? Asked(HttpRequest request) => request.QueryString.HasValue && request.Query.TryGetValue(Invitation.Key, out var given) && Invitation.IsWellFormed(given) ? given.ToString() : null;

    private static int? Digest(HttpRequest request) => request.QueryString.HasValue
        && request.Query.TryGetValue(Click.DigestKey, out var given) && int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
