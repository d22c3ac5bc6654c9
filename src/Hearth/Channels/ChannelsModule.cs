using Hearth.Channels.Bluesky;
using Hearth.Channels.Discourse;
using Hearth.Channels.Feeds;
using Hearth.Channels.Mail;
using Hearth.Channels.Mastodon;
using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels;

public static class ChannelsModule
{
    public static IServiceCollection AddChannels(this IServiceCollection services) => services
        .AddSchema<ChannelsSchema>()
        .AddSingleton<Secrets>().AddSingleton<ServiceAddress>()
        .AddSingleton<Xrpc>().AddSingleton<BlueskySessions>().AddSingleton<BlueskyClient>().AddSingleton<RepoReader>()
        .AddSingleton<IOutgoingNetwork, BlueskyNetwork>()
        .AddSingleton<MastodonApi>().AddSingleton<MastodonSessions>().AddSingleton<MastodonClient>().AddSingleton<MastodonSignIn>()
        .AddSingleton<DiscourseClient>().AddSingleton<FetchFeed>().AddSingleton<WebSub>()
        .AddScoped<MailServer>().AddScoped<SendMail>()
        .AddScoped<ChannelAccounts>().AddScoped<ConnectBluesky>().AddScoped<ConnectMastodon>();

    public static IEndpointRouteBuilder MapChannels(this IEndpointRouteBuilder api)
    {
        ChannelAccounts.Map(api);
        ConnectBluesky.Map(api);
        MailServer.Map(api);
        ConnectMastodon.Map(api);
        return api;
    }
}
