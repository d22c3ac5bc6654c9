using Hearth.Platform;
using Microsoft.AspNetCore.Identity;

namespace Hearth.App.Hosting;

/// <summary>
/// Refuses an API write that a foreign page sends with the visitor's cookie. Pages' forms carry antiforgery tokens; the API takes the cookie too, and there the
/// browser's own word is asked: Sec-Fetch-Site, or Origin where that is missing. Keys are not sent by themselves and pass.
/// </summary>
public sealed class SameOrigin(RequestDelegate next)
{
    public Task Invoke(HttpContext context)
    {
        var request = context.Request;
        var safe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        var cookie = context.User.Identity?.AuthenticationType == IdentityConstants.ApplicationScheme;
        if (safe || !cookie || !HearthHost.IsApi(context) || FromHere(request)) return next(context);
        return Problems.Refused("foreign-page", "The request was sent by another site.", StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }

    private static bool FromHere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
