using System.Globalization;
using System.Threading.RateLimiting;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.RateLimiting;

namespace Hearth.App.Hosting;

/// <summary>Bounds what one address may write without a console account, and read of the public API without any; see <see cref="RateLimits"/> for the numbers.</summary>
internal static class Rates
{
    private const int Segments = 6;

    public static void Configure(RateLimiterOptions options, RateLimits limits)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Partition(context, limits));
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (context, ct) =>
        {
            var response = context.HttpContext.Response;
            // A sliding window does not say when it has room again: at the earliest once its oldest sixth has passed.
            var window = context.HttpContext.Request.Path.StartsWithSegments("/sign-up") ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1);
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : window / Segments;
            response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            if (HearthHost.IsApi(context.HttpContext)) await Problems.Refused("too-many-requests", "Too many requests from this address; try again later.", StatusCodes.Status429TooManyRequests).ExecuteAsync(context.HttpContext);
        };
    }

    private static RateLimitPartition<string> Partition(HttpContext context, RateLimits limits)
    {
        var who = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            if (context.Request.Path.StartsWithSegments("/api/v1/pixel")) return Window("public " + who, limits.PublicWritesPerMinute, TimeSpan.FromMinutes(1)); // an image that tells of an order
            return PublicReads.IsRead(context) && context.User.Identity?.IsAuthenticated != true
                ? Window("read " + who, limits.PublicReadsPerMinute, TimeSpan.FromMinutes(1)) : RateLimitPartition.GetNoLimiter("reads");
        }

        var path = context.Request.Path;
        if (path.StartsWithSegments("/sign-up")) return Window("up " + who, limits.SignUpsPerHour, TimeSpan.FromHours(1));
        if (path.StartsWithSegments("/sign-in") || path.StartsWithSegments("/welcome")) return Window("in " + who, limits.SignInsPerMinute, TimeSpan.FromMinutes(1));
        return context.ActorOrNull().Is(Role.Viewer)
            ? RateLimitPartition.GetNoLimiter("staff") : Window("public " + who, limits.PublicWritesPerMinute, TimeSpan.FromMinutes(1));
    }

    private static RateLimitPartition<string> Window(string key, int permits, TimeSpan window) =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new() { PermitLimit = permits, Window = window, SegmentsPerWindow = Segments, QueueLimit = 0 });
}
