using Hearth.Catalog;
using Hearth.Channels;
using Hearth.Governance;
using Hearth.Conversations;
using Hearth.Ideas;
using Hearth.Learning;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Outlet;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth;

/// <summary>The whole house: every room's services and endpoints, floor by floor.</summary>
public static class House
{
    public static IServiceCollection AddHearth(this IServiceCollection services, DatabaseLocation at) => services
        .AddPlatform(at)
        .AddGovernance()
        .AddPeople()
        .AddCatalog()
        .AddChannels()
        .AddListening()
        .AddPublishing()
        .AddConversations()
        .AddOperations()
        .AddOutlet()
        .AddIdeas()
        .AddLearning();

    /// <summary>Maps every room's REST endpoints below <c>/api/v1</c>.</summary>
    public static IEndpointRouteBuilder MapHearth(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapPlatform();
        api.MapGovernance();
        api.MapPeople();
        api.MapCatalog();
        api.MapChannels();
        api.MapListening();
        api.MapPublishing();
        api.MapConversations();
        api.MapOperations();
        api.MapOutlet();
        app.MapNetworks();
        api.MapIdeas();
        api.MapLearning();
        return api;
    }
}
