using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels.ActivityPub;

public static class ActivityPubServices
{
    internal static IServiceCollection AddActivityPub(this IServiceCollection services) => services
        .AddSchema<ActivityPubSchema>()
        .AddSingleton<OwnActors>().AddSingleton<Hosts>().AddSingleton<ActivityPubClient>().AddSingleton<RemoteActors>().AddSingleton<FindActor>()
        .AddSingleton<IOutgoingNetwork, ActivityPubNetwork>()
        .AddScoped<OpenActor>().AddScoped<BlockedHosts>().AddScoped<ReadActor>().AddScoped(s => new ReadSaid(s.GetRequiredService<Database>(), s.GetRequiredService<OwnActors>())).AddScoped<FindThread>().AddScoped<TakeActivity>().AddScoped<KeepActivity>().AddScoped<ActivityPubInbox>()
        .AddJob<DeliverActivity, ActivityDelivery>(apart: true).AddRecurringJob<ForgetActivities, ForgetActivitiesRun>(ForgetActivitiesRun.Every);

    /// <summary>What other servers ask and tell, outside of <c>/api/v1</c>.</summary>
    public static void MapActivityPub(this IEndpointRouteBuilder app) => ActivityPubEndpoints.Map(app);
}
