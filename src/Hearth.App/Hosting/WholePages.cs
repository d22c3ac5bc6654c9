using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Features;

namespace Hearth.App.Hosting;

/// <summary>
/// Sends a page once it is whole. The framework sends what it has when its own bookkeeping is not through at that moment, though no page here streams, and fails on a page whose
/// status (<see cref="Shared.PageStatus"/>) has gone out by then. A page that fails half way shows the page for faults rather than its first half, too.
/// </summary>
internal sealed class WholePages(RequestDelegate next)
{
    private const int UsualPage = 64 * 1024; // bytes

    public async Task Invoke(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
        {
            await next(context);
            return;
        }

        var sending = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var page = new MemoryStream(UsualPage);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(page));
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(sending);
        }

        if (page.Length > 0) await sending.Stream.WriteAsync(page.GetBuffer().AsMemory(0, (int)page.Length), context.RequestAborted);
    }
}
