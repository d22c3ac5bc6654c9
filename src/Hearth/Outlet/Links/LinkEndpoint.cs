using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hearth.Outlet;

internal static class LinkEndpoint
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    internal static void Map(IEndpointRouteBuilder app) => app.MapMethods("/l/{link}", Methods, async (string link, HttpContext http, FollowLink follow, CancellationToken ct) =>
    {
        var headers = http.Request.Headers;
        var purpose = $"{headers["Sec-Purpose"]} {headers["Purpose"]} {headers["X-Moz"]}" + (HttpMethods.IsHead(http.Request.Method) ? " preview" : "");
        if (await follow.By(link, VisitorCookie.Read(http), headers.UserAgent, purpose, headers.Referer, ct) is not { } followed) return Results.NotFound();
        if (followed.Visitor is { } visitor) VisitorCookie.Keep(http, visitor);
        headers = http.Response.Headers;
        (headers.CacheControl, headers["X-Robots-Tag"]) = ("no-store", "noindex");
        return Results.Redirect(followed.Target); // 302: the target may change, so each visit asks again
    }).ExcludeFromDescription();
}
