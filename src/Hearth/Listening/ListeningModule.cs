using Hearth.Channels;
using Hearth.Channels.Mail;
using Hearth.Listening.Alerts;
using Hearth.Listening.Counting;
using Hearth.Listening.Spikes;
using Hearth.Listening.Understanding.Models;
using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Listening;

public static class ListeningModule
{
    public static IServiceCollection AddListening(this IServiceCollection services) => services
        .AddSchema<ListeningSchema>()
        .AddSingleton<Matcher>().AddSingleton<WebhookSecrets>().AddProtection()
        .AddScoped<ReceiveMentions>().AddScoped<ReadMention>().AddScoped<FindMentions>()
        .AddScoped<IPersonalData, PersonalMentions>()
        .AddScoped<CheckBlueskyPosts>().AddScoped<IMentionSource, BlueskySource>().AddScoped<IMentionSource, JetstreamSource>().AddScoped<IMentionSource, FirehoseSource>()
        .AddSubscriber<ChannelConnected, ListenToAccount>("listening.accounts").AddSubscriber<ChannelDisconnected, ListenToAccount>("listening.accounts")
        .AddScoped<IMentionSource, FeedSource>().AddScoped<FeedHubs>()
        .AddSingleton<MastodonStreaming>().AddScoped<IMentionSource, MastodonSource>().AddScoped<IMentionSource, ActivityPubSource>()
        .AddScoped<IMentionSource, DiscourseSource>().AddScoped<ReceiveDiscourse>()
        .AddScoped<IMentionSource, EmailSource>().AddScoped<ReceiveLetters>().AddScoped<ITakeLetters>(s => s.GetRequiredService<ReceiveLetters>()).AddScoped<IReadHeardLetters, ReadHeardLetters>()
        .AddScoped<Sources>().AddScoped<TrySource>().AddScoped<ImportPosts>().AddScoped<ReceiveWebhook>()
        .AddScoped<ListMentions>().AddScoped<CountMentions>().AddScoped<TopicSeries>()
        .AddScoped<TopMentions>().AddScoped<ShareOfVoice>().AddScoped<SavedViews>().AddSingleton<WordBackground>()
        .AddScoped<CorrectMention>().AddScoped<ExplainMention>().AddScoped<SavedQueries>().AddScoped<TryQuery>().AddScoped<ReadMismatches>().AddScoped<AskAgain>().AddScoped<AskMentions>().AddScoped<NamedProducts>().AddSingleton<ProductNamesCache>()
        .AddSingleton<SourceRunner>().AddRecurringJob<ForgetTombstones, ForgetTombstonesRun>(TimeSpan.FromHours(6)).AddJob<MatchHistory, MatchHistoryRun>().AddRecurringJob<KeepCounts, KeepCountsRun>(KeepCountsRun.Every)
        .AddScoped<ReadSpikes>().AddScoped<PersonTalk>().AddRecurringJob<WatchSpikes, WatchSpikesRun>(WatchSpikesRun.Every)
        .AddReadingModels()
        .AddAlerts();

    /// <summary>Starts reading the sources in this process.</summary>
    public static IServiceCollection AddSourceReading(this IServiceCollection services) => services.AddHostedService(s => s.GetRequiredService<SourceRunner>());

    public static IEndpointRouteBuilder MapListening(this IEndpointRouteBuilder api)
    {
        ListMentions.Map(api);
        CountMentions.Map(api);
        TopMentions.Map(api);
        MentionThread.Map(api);
        ShareOfVoice.Map(api);
        SavedViews.Map(api);
        CorrectMention.Map(api);
        ExplainMention.Map(api);
        QueryEndpoints.Map(api);
        SourceEndpoints.Map(api);
        ReceiveWebhook.Map(api);
        ReceiveLetters.Map(api);
        FeedHubs.Map(api);
        ReadSpikes.Map(api);
        ModelEndpoints.Map(api);
        AlertEndpoints.Map(api);
        return api;
    }

    // Where its keys are kept is the app's decision; asking for it twice is harmless.
    private static IServiceCollection AddProtection(this IServiceCollection services)
    {
        services.AddDataProtection();
        return services;
    }
}
