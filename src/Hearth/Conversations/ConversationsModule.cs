using Hearth.Conversations.Live;
using Hearth.Conversations.Rules;
using Hearth.Conversations.ServiceLevels;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Conversations;

/// <summary>Two-way engagement: the inbox, its conversations, and our replies.</summary>
public static class ConversationsModule
{
    public static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddSchema<ConversationsSchema>()
        .AddServiceLevels()
        .AddLive()
        .AddRules()
        .AddScoped<Threads>().AddScoped<IPersonalData, PersonalConversations>().AddScoped<IPersonalData, Ratings.PersonalRatings>()
        .AddScoped(s => new OpenConversation(s.GetRequiredService<Database>(), s.GetRequiredService<ReadMention>(), s.GetRequiredService<Threads>()))
        .AddScoped<ListConversations>().AddScoped<ReadConversation>().AddScoped<AssignConversation>().AddScoped<ConversationSteps>()
        .AddScoped<StepLog>().AddScoped<SetPriority>().AddScoped<SnoozeConversation>().AddScoped<MarkSpam>().AddScoped<BlockPerson>().AddScoped<UndoSteps>().AddScoped<MergeConversations>().AddScoped<BulkActions>().AddScoped<SavedFilters>().AddScoped<ExportInbox>()
        .AddJob<WakeConversation, WakeConversationRun>().AddRecurringJob<TidyInbox, TidyInboxRun>(TidyInboxRun.Every)
        .AddScoped<ReplyToConversation>().AddScoped<SpeakUnasked>()
        .AddSubscriber<MentionHeard, HearMentions>("conversations.hear")
        .AddSubscriber<MentionEngaged, HearMentions>("conversations.hear")
        .AddSubscriber<MentionEdited, HearMentions>("conversations.hear")
        .AddSubscriber<MentionRemoved, HearMentions>("conversations.hear")
        .AddSubscriber<MessageSent, HearMentions>("conversations.hear")
        .AddSubscriber<MessageSent, FollowMessages>("conversations.messages")
        .AddSubscriber<MessageApproved, FollowMessages>("conversations.messages")
        .AddSubscriber<MessageRejected, FollowMessages>("conversations.messages")
        .AddSubscriber<MessageEdited, FollowMessages>("conversations.messages")
        .AddSubscriber<MessageDeleted, FollowMessages>("conversations.messages")
        .AddSubscriber<ConversationClosed, TeachReading>("conversations.teach");

    public static IEndpointRouteBuilder MapConversations(this IEndpointRouteBuilder api)
    {
        OpenConversation.Map(api);
        api.MapLive();
        api.MapServiceLevels();
        var conversations = api.MapGroup("/conversations").WithTags("Conversations");
        ListConversations.Map(conversations);
        ReadConversation.Map(conversations);
        AssignConversation.Map(conversations);
        ConversationSteps.Map(conversations);
        ReplyToConversation.Map(conversations);
        SetPriority.Map(conversations);
        SnoozeConversation.Map(conversations);
        MarkSpam.Map(conversations);
        BlockPerson.Map(api);
        UndoSteps.Map(conversations);
        MergeConversations.Map(conversations);
        BulkActions.Map(conversations);
        SavedFilters.Map(conversations);
        api.MapRules();
        return api;
    }
}
