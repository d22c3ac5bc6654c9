using Hearth.Channels.ActivityPub;
using Hearth.Channels.Bluesky;
using Hearth.Channels.Bluesky.OAuth;
using Hearth.Channels.Discourse;
using Hearth.Channels.Feeds;
using Hearth.Channels.Mail;
using Hearth.Channels.Mail.Lmtp;
using Hearth.Channels.Mastodon;
using Hearth.Channels.Trackers;
using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels;

public static class ChannelsModule
{
    public static IServiceCollection AddChannels(this IServiceCollection services) => services
        .AddSchema<ChannelsSchema>()
        .AddActivityPub()
        .AddSingleton<Secrets>().AddSingleton<ServiceAddress>().AddScoped<PlacedPosts>()
        .AddSingleton<Xrpc>().AddSingleton<BlueskySessions>().AddSingleton<BlueskyClient>().AddSingleton<Dpop>().AddSingleton<OAuthServer>().AddSingleton<DidDocuments>().AddSingleton<BlueskySignIn>().AddSingleton<RepoReader>()
        .AddSingleton<IOutgoingNetwork, BlueskyNetwork>()
        .AddSingleton<MastodonApi>().AddSingleton<MastodonSessions>().AddSingleton<MastodonClient>().AddSingleton<MastodonSignIn>()
        .AddSingleton<MastodonRules>().AddSingleton<MastodonPosting>().AddSingleton<IOutgoingNetwork, MastodonNetwork>()
        .AddSingleton<DiscourseClient>().AddSingleton<FetchFeed>().AddSingleton<WebSub>()
        .AddScoped<MailServer>().AddScoped<SendMail>().AddScoped<Letters>().AddScoped<ConnectMailbox>().AddSingleton<IOutgoingNetwork, EmailNetwork>().AddScoped<IPersonalData, PersonalLetters>().AddScoped<IPersonalData, ActivityPub.PersonalActivities>().AddSingleton<LmtpServer>()
        .AddSingleton<ITrackerAdapter, ForgejoTracker>().AddScoped<Trackers.Trackers>().AddScoped<TrackerClient>()
        .AddScoped<ChannelAccounts>().AddScoped<ConnectBluesky>().AddScoped(s => new SignInBluesky(s.GetRequiredService<Database>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ServiceAddress>(), s.GetRequiredService<ChannelAccounts>(), s.GetRequiredService<BlueskySignIn>(), s.GetRequiredService<Secrets>())).AddScoped<ConnectMastodon>();

    public static IEndpointRouteBuilder MapChannels(this IEndpointRouteBuilder api)
    {
        ChannelAccounts.Map(api);
        ConnectBluesky.Map(api);
        MailServer.Map(api);
        ConnectMailbox.Map(api);
        ConnectMastodon.Map(api);
        OpenActor.Map(api);
        ReadActor.Map(api);
        BlockedHosts.Map(api);
        Trackers.Trackers.Map(api);
        return api;
    }

    /// <summary>What networks and their servers ask for outside of <c>/api/v1</c>.</summary>
    public static void MapNetworks(this IEndpointRouteBuilder app)
    {
        app.MapActivityPub();
        SignInBluesky.Map(app);
    }
}
