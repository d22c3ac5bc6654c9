using Hearth.Platform.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hearth.Platform;

public static class PlatformModule
{
    public static IServiceCollection AddPlatform(this IServiceCollection services, DatabaseLocation at)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(at).AddSingleton<FactSignal>().AddSchema<PlatformSchema>();
        services.AddDbContext<Database>(options => options.Use(at), ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        services.AddSingleton<FactDispatcher>().AddSingleton<JobWorker>().AddScoped<ParkedFacts>().AddSingleton<Backup>().AddSingleton<Doctor>().AddScoped<IExamine, PlatformExamination>();
        services.AddScoped<HouseHealth>().AddKeyRing();
        services.AddOptions<JobOptions>();
        return services.AddSafeHttp();
    }

    /// <summary>Starts handing on facts and running jobs in this process.</summary>
    public static IServiceCollection AddBackgroundWork(this IServiceCollection services) => services
        .AddHostedService(s => s.GetRequiredService<FactDispatcher>())
        .AddHostedService(s => s.GetRequiredService<JobWorker>());

    public static IServiceCollection AddSchema<TSchema>(this IServiceCollection services) where TSchema : class, IRoomSchema =>
        services.AddSingleton<IRoomSchema, TSchema>();
}
