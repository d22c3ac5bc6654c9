using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.Archive;

internal static class ArchiveModule
{
    public static IServiceCollection AddArchive(this IServiceCollection services) => services
        .AddScoped<ArchiveIdeas>().AddScoped<ReturnIdea>().AddScoped<ReadAnew>().AddRecurringJob<KeepArchive, KeepArchiveRun>(TimeSpan.FromHours(1));
}
