using Hearth.Operations.Changes;
using Hearth.Operations.Delight;
using Hearth.Operations.Discussion;
using Hearth.Operations.FireGuard;
using Hearth.Operations.Proposals;
using Hearth.Operations.Trackers;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Operations;

/// <summary>From what people say to the cause, the change, and whether the talk changed.</summary>
public static class OperationsModule
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSchema<OperationsSchema>().AddScoped<IPersonalData, PersonalOperations>()
        .AddScoped<RaiseGap>().AddScoped<ChangeGap>().AddScoped<AttachConversation>().AddScoped<MoveGap>().AddScoped<ListGaps>().AddScoped<ReadGap>()
        .AddChanges()
        .AddScoped<AskGuard>().AddScoped<OverrideGuard>().AddScoped<GuardRule>()
        .AddDelight()
        .AddScoped<DiscussGap>().AddScoped<ReadDiscussion>().AddScoped<PutIntoTracker>().AddScoped<ReceiveTrackerNews>()
        .AddSubscriber<GapMoved, HearGaps>("operations.trackers").AddSubscriber<GapCommented, HearGaps>("operations.trackers")
        .AddRecurringJob<SyncTrackers, SyncTrackersRun>(SyncTrackersRun.Every)
        .AddProposals();

    public static IEndpointRouteBuilder MapOperations(this IEndpointRouteBuilder api)
    {
        var gaps = api.MapGroup("/gaps").WithTags("Operations");
        ListGaps.Map(gaps);
        ReadGap.Map(gaps);
        RaiseGap.Map(gaps);
        ChangeGap.Map(gaps);
        AttachConversation.Map(gaps);
        MoveGap.Map(gaps);
        DiscussGap.Map(gaps);
        ReadDiscussion.Map(gaps);
        PutIntoTracker.Map(gaps);
        ReceiveTrackerNews.Map(api);
        GuardRule.Map(api);
        DecideProposal.Map(gaps);
        ReadGroup.Map(gaps);
        api.MapDelight();
        api.MapChanges();
        return api;
    }
}
