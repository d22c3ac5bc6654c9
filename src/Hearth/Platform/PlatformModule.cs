using Hearth.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hearth.Platform;

public static class PlatformModule
{
    public static IServiceCollection AddPlatform(this IServiceCollection services, DatabaseLocation at)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new PublicAddress(null));
        services.AddSingleton(at).AddSingleton<FactSignal>().AddSchema<PlatformSchema>();
        services.AddDbContext<Database>(options => options.Use(at), ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        services.AddSingleton<FactDispatcher>().AddSingleton<JobWorker>().AddScoped<ParkedFacts>().AddSingleton<Backup>().AddSingleton<Doctor>().AddScoped<IExamine, PlatformExamination>();
        services.AddScoped<HouseHealth>().AddScoped<EraseTraces>().AddSingleton<SafeSockets>().AddKeyRing();
        services.AddOptions<JobOptions>();
        return services.AddSafeHttp();
    }

    /// <summary>Starts handing on facts and running jobs in this process.</summary>
    public static IServiceCollection AddBackgroundWork(this IServiceCollection services) => services
        .AddHostedService(s => s.GetRequiredService<FactDispatcher>())
        .AddHostedService(s => s.GetRequiredService<JobWorker>());

    internal static void MapPlatform(this IEndpointRouteBuilder api)
    {
        var platform = api.MapGroup("/platform").WithTags("Platform").RequireAuthorization("owner");
        platform.MapGet("/doctor", async (Doctor doctor, CancellationToken ct) => TypedResults.Ok(await doctor.Examine(ct)))
            .WithSummary("What is wrong with this set-up: what was looked at, how it is, and what to do.");
        platform.MapPost("/parked-facts/retry", async (ParkedFacts parked, CancellationToken ct) => TypedResults.Ok(new Retried(await parked.Retry(ct), await parked.Count(ct))))
            .WithSummary("Hand on again the facts that a subscriber gave up on, after their cause was mended.");
    }

    /// <param name="Handled">Facts that went through this time.</param>
    /// <param name="Left">Facts that are still parked.</param>
    internal sealed record Retried(int Handled, int Left);

    public static IServiceCollection AddSchema<TSchema>(this IServiceCollection services) where TSchema : class, IRoomSchema =>
        services.AddSingleton<IRoomSchema, TSchema>();
}
