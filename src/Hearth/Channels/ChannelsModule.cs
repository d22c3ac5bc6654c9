using Hearth.Channels.Bluesky;
using Hearth.Channels.Mail;
using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels;

public static class ChannelsModule
{
    public static IServiceCollection AddChannels(this IServiceCollection services) => services
        .AddSchema<ChannelsSchema>()
        .AddSingleton<Secrets>().AddSingleton<ServiceAddress>()
        .AddSingleton<Xrpc>().AddSingleton<BlueskySessions>().AddSingleton<BlueskyClient>()
        .AddSingleton<IOutgoingNetwork, BlueskyNetwork>()
        .AddScoped<MailServer>().AddScoped<SendMail>()
        .AddScoped<ChannelAccounts>().AddScoped<ConnectBluesky>();

    public static IEndpointRouteBuilder MapChannels(this IEndpointRouteBuilder api)
    {
        ChannelAccounts.Map(api);
        ConnectBluesky.Map(api);
        MailServer.Map(api);
        return api;
    }
}
