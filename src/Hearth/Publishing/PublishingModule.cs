using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Publishing;

public static class PublishingModule
{
    public static IServiceCollection AddPublishing(this IServiceCollection services) => services
        .AddSchema<PublishingSchema>()
        .AddScoped<Publish>().AddScoped<PostMessage>().AddScoped<DisclosurePolicy>().AddScoped<ReadMessages>().AddScoped<ChangeMessage>()
        .AddJob<DeliverMessage, Delivery>(maxAttempts: int.MaxValue) // the message counts its own tries and fails with a name
        .AddJob<RemoveMessage, Removal>();

    public static IEndpointRouteBuilder MapPublishing(this IEndpointRouteBuilder api)
    {
        DisclosurePolicy.Map(api);
        ReadMessages.Map(api);
        PostMessage.Map(api);
        ChangeMessage.Map(api);
        return api;
    }
}
