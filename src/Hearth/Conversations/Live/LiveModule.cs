using Hearth.Conversations.Writing;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Conversations.Live;

/// <summary>Working side by side: who is where, taking the next, what helps people write.</summary>
internal static class LiveModule
{
    public static IServiceCollection AddLive(this IServiceCollection services) => services
        .AddSchema<LiveSchema>()
        .AddScoped<SavedReplies>().AddScoped<FillSavedReply>().AddScoped<Drafts>().AddScoped<Macros>().AddScoped<RunMacro>().AddScoped<Presence>().AddScoped<TakeNext>().AddSingleton<LiveFeed>().AddScoped<LiveEvents>()
        .AddRecurringJob<ForgetPresence, ForgetPresenceNow>(TimeSpan.FromHours(1));

    public static void MapLive(this IEndpointRouteBuilder api)
    {
        var conversations = api.MapGroup("/conversations").WithTags("Conversations");
        TakeNext.Map(conversations);
        Presence.Map(conversations);
        LiveEvents.Map(conversations);
        WritingApi.Map(api);
        MacroApi.Map(api);
    }
}
