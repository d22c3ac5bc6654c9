using Microsoft.AspNetCore.Authorization;

namespace Hearth.App.Hosting;

/// <summary>
/// What pages of other sites may read: the board's public addresses, by GET, without cookies. Nothing else is opened to them: no write, no page, and nothing
/// that an account is needed for.
/// </summary>
internal static class PublicReads
{
    private const string Policy = "public-reads";

    public static void Add(IServiceCollection services) => services.AddCors(o => o.AddPolicy(Policy, p => p
        .AllowAnyOrigin().WithMethods("GET", "HEAD").WithHeaders("Accept", "If-None-Match", "If-Modified-Since").WithExposedHeaders("ETag", "Last-Modified", "Retry-After")
        .SetPreflightMaxAge(TimeSpan.FromHours(2))));

    public static void Use(WebApplication app) => app.UseWhen(IsOne, reads => reads.UseCors(Policy));

    /// <summary>True for an address of the board that everybody may read, asked for by GET or HEAD.</summary>
    public static bool IsRead(HttpContext context) => (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) && IsPublic(context);

    private static bool IsOne(HttpContext context)
    {
        if (IsRead(context)) return true;
        // A browser asks first when a program adds a header; what is asked for must be a read too.
        var wanted = context.Request.Headers.AccessControlRequestMethod.ToString();
        return HttpMethods.IsOptions(context.Request.Method) && wanted is ("GET" or "HEAD") && IsBoard(context.Request.Path);
    }

    private static bool IsPublic(HttpContext context) => IsBoard(context.Request.Path) && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static bool IsBoard(PathString path) => path.StartsWithSegments("/api/v1/ideas") || IsFeed(path.Value ?? "");

    private static bool IsFeed(string path) => path.StartsWith("/ideas/", StringComparison.Ordinal) && path[(path.LastIndexOf('/') + 1)..] is ("feed.atom" or "feed.rss" or "feed.json");
}
