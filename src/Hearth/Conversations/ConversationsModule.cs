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
        .AddScoped<Threads>()
        .AddScoped(s => new OpenConversation(s.GetRequiredService<Database>(), s.GetRequiredService<ReadMention>(), s.GetRequiredService<Threads>()))
        .AddScoped<ListConversations>().AddScoped<ReadConversation>().AddScoped<AssignConversation>().AddScoped<ConversationSteps>().AddScoped<ReplyToConversation>().AddScoped<SpeakUnasked>()
        .AddSubscriber<MentionHeard, HearMentions>("conversations.hear")
        .AddSubscriber<MentionEngaged, HearMentions>("conversations.hear")
        .AddSubscriber<MentionEdited, HearMentions>("conversations.hear")
        .AddSubscriber<MentionRemoved, HearMentions>("conversations.hear")
        .AddSubscriber<MessageSent, HearMentions>("conversations.hear")
        .AddSubscriber<ConversationClosed, TeachReading>("conversations.teach");

    public static IEndpointRouteBuilder MapConversations(this IEndpointRouteBuilder api)
    {
        OpenConversation.Map(api);
        var conversations = api.MapGroup("/conversations").WithTags("Conversations");
        ListConversations.Map(conversations);
        ReadConversation.Map(conversations);
        AssignConversation.Map(conversations);
        ConversationSteps.Map(conversations);
        ReplyToConversation.Map(conversations);
        return api;
    }
}
