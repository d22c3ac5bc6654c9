using System.Globalization;
using System.Threading.RateLimiting;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.RateLimiting;

namespace Hearth.App.Hosting;

/// <summary>Bounds what one address may write without a console account; see <see cref="RateLimits"/> for the numbers.</summary>
internal static class Rates
{
    public static void Configure(RateLimiterOptions options, RateLimits limits)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Partition(context, limits));
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (context, ct) =>
        {
            var response = context.HttpContext.Response;
            if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)) response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            if (HearthHost.IsApi(context.HttpContext)) await Problems.Refused("too-many-requests", "Too many requests from this address; try again later.", StatusCodes.Status429TooManyRequests).ExecuteAsync(context.HttpContext);
        };
    }

    private static RateLimitPartition<string> Partition(HttpContext context, RateLimits limits)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) return RateLimitPartition.GetNoLimiter("reads");
        var who = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        var path = context.Request.Path;
        if (path.StartsWithSegments("/sign-up")) return Window("up " + who, limits.SignUpsPerHour, TimeSpan.FromHours(1));
        if (path.StartsWithSegments("/sign-in") || path.StartsWithSegments("/welcome")) return Window("in " + who, limits.SignInsPerMinute, TimeSpan.FromMinutes(1));
        return context.ActorOrNull().Is(Role.Viewer)
            ? RateLimitPartition.GetNoLimiter("staff") : Window("public " + who, limits.PublicWritesPerMinute, TimeSpan.FromMinutes(1));
    }

    private static RateLimitPartition<string> Window(string key, int permits, TimeSpan window) =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new() { PermitLimit = permits, Window = window, SegmentsPerWindow = 6, QueueLimit = 0 });
}
