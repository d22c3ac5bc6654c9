using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Listening;

public static class ListeningModule
{
    public static IServiceCollection AddListening(this IServiceCollection services) => services
        .AddSchema<ListeningSchema>()
        .AddScoped<ReceiveMentions>()
        .AddScoped<ReadMention>();

    public static IEndpointRouteBuilder MapListening(this IEndpointRouteBuilder api) => api;
}
