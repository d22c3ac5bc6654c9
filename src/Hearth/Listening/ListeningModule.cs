using Hearth.Channels;
using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Listening;

public static class ListeningModule
{
    public static IServiceCollection AddListening(this IServiceCollection services) => services
        .AddSchema<ListeningSchema>()
        .AddSingleton<Matcher>().AddSingleton<WebhookSecrets>().AddProtection()
        .AddScoped<ReceiveMentions>().AddScoped<ReadMention>()
        .AddScoped<IMentionSource, BlueskySource>()
        .AddSubscriber<ChannelConnected, ListenToAccount>("listening.accounts").AddSubscriber<ChannelDisconnected, ListenToAccount>("listening.accounts")
        .AddScoped<Sources>().AddScoped<ImportPosts>();

    public static IEndpointRouteBuilder MapListening(this IEndpointRouteBuilder api) => api;

    // Where its keys are kept is the app's decision; asking for it twice is harmless.
    private static IServiceCollection AddProtection(this IServiceCollection services)
    {
        services.AddDataProtection();
        return services;
    }
}
