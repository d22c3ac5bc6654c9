using Hearth.Ideas.DoubleDippers;

namespace Hearth.App.Hosting;

/// <summary>Remembers for a day from whose page somebody came to the idea board, so that a crowd that was sent can be told from people who came by themselves.</summary>
public sealed class CameFrom(RequestDelegate next)
{
    public async Task Invoke(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Path.StartsWithSegments("/ideas") && SeeVoter.LedHere(context) is { } host)
        {
            await context.RequestServices.GetRequiredService<SeeVoter>().Remember(context, host, context.RequestAborted);
        }

        await next(context);
    }
}
