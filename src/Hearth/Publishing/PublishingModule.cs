using Hearth.Channels.Mail;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Publishing;

public static class PublishingModule
{
    public static IServiceCollection AddPublishing(this IServiceCollection services) => services
        .AddSchema<PublishingSchema>()
        .AddScoped<Publish>().AddScoped<PostMessage>().AddScoped<DisclosurePolicy>().AddScoped<ReadMessages>().AddScoped<WhoSaid>().AddScoped<PersonalMessages>().AddSubscriber<LetterBounced, HearBounces>("publishing.bounces").AddScoped<ChangeMessage>()
        .AddScoped<SpeakingPolicies>().AddScoped<Pictures>().AddScoped<ReviewMessage>().AddScoped<PointBudgets>().AddScoped<Slots>().AddScoped<BestHours>().AddScoped<ReadCalendar>().AddScoped<SameWords>().AddScoped<PostSeveral>()
        .AddJob<DeliverMessage, Delivery>(maxAttempts: int.MaxValue) // the message counts its own tries and fails with a name
        .AddJob<RemoveMessage, Removal>()
        .AddJob<EditMessage, EditRunner>(maxAttempts: int.MaxValue)
        .AddRecurringJob<ReadReceipts, ReceiptReader>(every: TimeSpan.FromMinutes(1))
        .AddJob<AccountLetterDue, WriteAccountLetters>();

    public static IEndpointRouteBuilder MapPublishing(this IEndpointRouteBuilder api)
    {
        DisclosurePolicy.Map(api);
        ReadMessages.Map(api);
        PostMessage.Map(api);
        ChangeMessage.Map(api);
        ReviewMessage.Map(api);
        SpeakingPolicies.Map(api);
        Pictures.Map(api);
        SlotsApi.Map(api);
        PostSeveralApi.Map(api);
        return api;
    }
}
