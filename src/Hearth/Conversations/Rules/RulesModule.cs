using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hearth.Conversations.Rules;

internal static class RulesModule
{
    public static IServiceCollection AddRules(this IServiceCollection services)
    {
        services.TryAddScoped<IPersonValue, NoPersonValue>();
        return services
            .AddSchema<RulesSchema>()
            .AddScoped<CheckRule>().AddScoped<RuleWaits>().AddScoped<ReadScenes>().AddScoped<ReadPast>().AddScoped<CarryOut>().AddScoped<DoSteps>().AddScoped<PrepareReply>().AddScoped<RunRules>().AddScoped<RuleNaming>()
            .AddScoped(s => new KeepRules(s.GetRequiredService<Database>(), s.GetRequiredService<CheckRule>(), s.GetRequiredService<RuleWaits>(), s.GetRequiredService<TimeProvider>()))
            .AddScoped(s => new ReadRules(s.GetRequiredService<Database>(), s.GetRequiredService<RuleNaming>(), s.GetRequiredService<TimeProvider>()))
            .AddScoped(s => new TryRules(s.GetRequiredService<Database>(), s.GetRequiredService<CheckRule>(), s.GetRequiredService<ReadPast>(), s.GetRequiredService<RuleNaming>(), s.GetRequiredService<TimeProvider>()))
            .AddScoped<AssignInside>().AddScoped<Agents>()
            .AddJob<GiveOut, GiveOutRun>().AddRecurringJob<GiveOutAll, GiveOutRun>(GiveOutRun.Every).AddRecurringJob<LookAtWaits, LookAtWaitsRun>(LookAtWaitsRun.Every)
            .AddSubscriber<ConversationOpened, FollowRules>(Rules).AddSubscriber<ConversationContinued, FollowRules>(Rules).AddSubscriber<ConversationAssigned, FollowRules>(Rules)
            .AddSubscriber<ConversationStatusChanged, FollowRules>(Rules).AddSubscriber<ConversationClosed, FollowRules>(Rules).AddSubscriber<ConversationLabelled, FollowRules>(Rules)
            .AddSubscriber<ConversationReplied, FollowRules>(Rules).AddSubscriber<ConversationPrioritised, FollowRules>(Rules)
            .AddSubscriber<ConversationClosed, FollowRoom>(Room).AddSubscriber<ConversationReplied, FollowRoom>(Room).AddSubscriber<ConversationStatusChanged, FollowRoom>(Room)
            .AddSubscriber<ConversationAssigned, FollowRoom>(Room).AddSubscriber<ConversationSnoozed, FollowRoom>(Room).AddSubscriber<ConversationMarkedSpam, FollowRoom>(Room);
    }

    public static IEndpointRouteBuilder MapRules(this IEndpointRouteBuilder api)
    {
        RuleEndpoints.Map(api);
        AgentEndpoints.Map(api);
        return api;
    }

    private const string Rules = "conversations.rules";
    private const string Room = "conversations.room";
}
