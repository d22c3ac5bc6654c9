using Hearth.Channels.Mail.Lmtp;
using Hearth.App.Desk.Engage;
using Hearth.App.Public;
using Hearth.App.Public.Account;
using Hearth.App.Public.Ideas;
using Hearth.App.Public.Ideas.Feeds;
using Hearth.App.Public.Outlet.Cards;
using Hearth.App.Public.Outlet.Digests;
using Hearth.App.Public.Outlet.Feeds;
using Hearth.App.Public.Ideas.Storms;
using Hearth.Listening;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.AspNetCore.HttpOverrides;

namespace Hearth.App.Hosting;

/// <summary>
/// Builds the server. 1. The rooms. 2. What the operator allows. 3. Pages. 4. The API and its description. 5. Bounds: bodies, rates. 6. What it tells of
/// itself: logs, traces, health. 7. The database, brought to this version. 8. The way of a request.
/// </summary>
public static class HearthHost
{
    /// <summary>Longest request body, in bytes, unless an endpoint says otherwise: 4 MiB.</summary>
    public const long LargestBody = 4 << 20;

    public static async Task<WebApplication> Build(HostSettings settings, CancellationToken ct)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory, WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"), ApplicationName = typeof(HearthHost).Assembly.GetName().Name,
        });
        builder.WebHost.UseUrls([.. settings.Urls]);
        var services = builder.Services;

        // Step 1: the rooms.
        services.AddSingleton(settings).AddSingleton(new PublicAddress(settings.PublicUrl));
        services.AddHearth(settings.At);
        services.AddClickLog(new(Path.Combine(settings.At.DataDirectory, "clicks"), settings.WaitForClickSync));
        if (settings.BackgroundWork) services.AddBackgroundWork().AddSourceReading();

        if (settings.Lmtp is { } lmtp) services.Configure<LmtpOptions>(o => o.Listen = lmtp).AddHostedService(s => s.GetRequiredService<LmtpServer>());

        // Step 2: what the operator allows.
        services.Configure<SafeHttpOptions>(o => o.AllowPrivate.UnionWith(settings.AllowPrivate));
        if (settings.BehindProxy) services.Configure<ForwardedHeadersOptions>(TrustProxy);

        // Step 3: pages.
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddAntiforgery(o => (o.Cookie.Name, o.FormFieldName, o.Cookie.SecurePolicy) = ("hearth_af", "__af", CookieSecurePolicy.SameAsRequest));
        services.AddSingleton<Assets>().AddSingleton<Shared.Icons>().AddScoped<Shared.Flash>().AddScoped<Shared.Turns>().AddScoped<SignInWays>().AddScoped<Desk.Today.LookAtToday>().AddScoped<Desk.Engage.EngageCommands>().AddScoped<Desk.Engage.AccountPlaces>().AddScoped<Desk.Engage.PersonOrders>().AddScoped<People.IPersonBought, Desk.Engage.PersonOrders>().AddScoped<Conversations.Rules.IPersonValue, Desk.Engage.PersonWorths>().AddScoped<BringPicture>();

        // Step 4: the API and its description.
        services.ConfigureHttpJsonOptions(o => RequestBodies.Configure(o.SerializerOptions));
        WrongRequests.Add(services);
        services.AddOpenApi("v1", ApiDescription.Configure);

        // Step 5: bounds.
        builder.WebHost.ConfigureKestrel(k => (k.Limits.MaxRequestBodySize, k.AddServerHeader) = (LargestBody, false));
        services.AddRateLimiter(o => Rates.Configure(o, settings.Limits));
        PublicReads.Add(services);
        services.AddResponseCompression(o => (o.EnableForHttps, o.MimeTypes) = (true, ["text/css", "text/javascript", "image/svg+xml"])); // nothing secret is in these

        // Step 6: what it tells of itself.
        Watching.AddLogs(builder.Logging);
        Watching.AddTelemetry(services);
        settings.More?.Invoke(services);
        var app = builder.Build();

        // Step 7: the database.
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<Database>().Migrate(settings.At, ct);
        }

        // Step 8: the way of a request.
        Way(app, settings);
        app.Lifetime.ApplicationStarted.Register(() => _ = FirstStart.Announce(app, settings));
        return app;
    }

    private static void Way(WebApplication app, HostSettings settings)
    {
        if (settings.BehindProxy) app.UseForwardedHeaders();
        app.UseTrackedLinks();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<HeadRequests>();
        app.UseWhen(IsApi, api => api.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(c => !IsApi(c), pages => pages.UseExceptionHandler("/error/500", createScopeForErrors: true).UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true));
        app.UseResponseCompression();
        app.UseStaticFiles(Assets.Serving);
        app.UseRouting();
        PublicReads.Use(app);
        app.UseAuthentication();
        app.UseMiddleware<SameOrigin>();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<CameFrom>();
        app.UseMiddleware<WholePages>();
        app.MapHearth();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapHealth();
        app.MapTheme();
        app.MapSignOut();
        app.MapSingleSignOn();
        app.MapPasskeys();
        app.MapGuests();
        app.MapVoteForm();
        app.MapTellingForms();
        app.MapPreviewForm();
        app.MapIdeaImages();
        app.MapFeeds();
        app.MapOutletFeeds();
        app.MapDigestForms();
        app.MapOfferCards();
        app.MapSiteMap();
        app.MapStormLive();
        app.MapEngageEvents();
        app.MapRazorComponents<Shared.Document>();
        app.Map("/api/{**rest}", () => Problems.Unknown("address")).ExcludeFromDescription();
    }

    internal static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi");

    private static void TrustProxy(ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        options.KnownIPNetworks.Clear(); // whoever reaches us is the proxy: that is what the operator has said
        options.KnownProxies.Clear();
    }
}
