using Hearth.Conversations.Kpis;
using Hearth.Conversations.Owners;
using Hearth.Conversations.Ratings;
using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Conversations.ServiceLevels;

internal static class ServiceLevelsModule
{
    private const string Follow = "conversations.service-levels";

    public static IServiceCollection AddServiceLevels(this IServiceCollection services) => services
        .AddSchema<ServiceLevelsSchema>()
        .AddScoped<BusinessCalendars>().AddScoped<SlaPolicies>().AddScoped<SetServiceLevel>().AddScoped<ReadClocks>()
        .AddScoped<KeepRecord>().AddScoped<KeepClocks>().AddScoped<ClockTime>().AddScoped<Escalate>().AddScoped<Leads>()
        .AddScoped<ReadKpis>().AddScoped<ListKpiRows>().AddScoped<ExportRecords>().AddScoped<WorkHours>()
        .AddSubscriber<ConversationOpened, FollowConversations>(Follow).AddSubscriber<ConversationContinued, FollowConversations>(Follow)
        .AddSubscriber<ConversationReplied, FollowConversations>(Follow).AddSubscriber<ConversationAnsweredOutside, FollowConversations>(Follow)
        .AddSubscriber<ConversationStatusChanged, FollowConversations>(Follow).AddSubscriber<ConversationClosed, FollowConversations>(Follow)
        .AddSubscriber<ConversationAssigned, FollowConversations>(Follow).AddSubscriber<ConversationPrioritised, FollowConversations>(Follow)
        .AddSubscriber<ConversationSnoozed, FollowConversations>(Follow).AddSubscriber<ConversationWoken, FollowConversations>(Follow)
        .AddSubscriber<ConversationMarkedSpam, FollowConversations>(Follow).AddSubscriber<ServiceLevelChosen, FollowConversations>(Follow)
        .AddSubscriber<ConversationsMerged, FollowConversations>(Follow).AddSubscriber<ConversationSplit, FollowConversations>(Follow)
        .AddScoped<OwnWords>()
        .AddSubscriber<ConversationOpened, OweOwner>("conversations.owners.owe").AddSubscriber<ConversationContinued, OweOwner>("conversations.owners.owe")
        .AddSubscriber<ConversationOpened, GiveOwner>("conversations.owners").AddSubscriber<ConversationContinued, GiveOwner>("conversations.owners")
        .AddScoped<RatingSettings>().AddScoped<Rate>().AddSubscriber<ConversationClosed, PlanRating>("conversations.ratings")
        .AddRecurringJob<CheckOwners, CheckOwnersRun>(CheckOwnersRun.Every).AddRecurringJob<AskRatings, AskRatingsRun>(AskRatingsRun.Every)
        .AddRecurringJob<EscalateClocks, EscalateClocksRun>(EscalateClocksRun.Every);

    public static void MapServiceLevels(this IEndpointRouteBuilder api)
    {
        ServiceLevelEndpoints.Map(api);
        KpiEndpoints.Map(api);
        RatingEndpoints.Map(api);
    }
}
