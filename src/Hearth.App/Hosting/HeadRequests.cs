namespace Hearth.App.Hosting;

/// <summary>
/// Answers HEAD on pages as GET without a body (RFC 9110, section 9.3.2): watchers and preview fetchers ask that way, and Razor pages map GET and POST only.
/// Not on the API. Tracked links have answered before, since there a look is no click.
/// </summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    public Task Invoke(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method) && !HearthHost.IsApi(context))
        {
            context.Request.Method = HttpMethods.Get;
            context.Response.Body = Stream.Null;
        }

        return next(context);
    }
}
