using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Outlet;

public static class OutletModule
{
    public static IServiceCollection AddOutlet(this IServiceCollection services) => services
        .AddSchema<OutletSchema>()
        .AddScoped<CountStock>().AddScoped<ReadStock>()
        .AddScoped<DraftOffer>().AddScoped<PublishOffer>().AddScoped<EndOffer>().AddScoped<ReadOffers>()
        .AddScoped<HoldUnit>().AddScoped<ConfirmClaim>().AddScoped<ExpireHolds>().AddScoped<RedeemClaim>().AddSingleton<CodeGuesses>()
        .AddScoped<FollowLink>().AddScoped<AddPastClicks>().AddSingleton<LinkTargets>()
        .AddScoped<CountTraffic>().AddScoped<ReadClaims>().AddScoped<PostOffer>()
        .AddScoped<PlaceOrder>().AddScoped<RefundOrder>().AddScoped<ReadOrders>().AddScoped<ReadJourney>().AddScoped<ImportStock>().AddScoped<ImportOrders>()
        .AddRecurringJob<TidyOffers, TidyOffersHandler>(TimeSpan.FromSeconds(5));

    public static IEndpointRouteBuilder MapOutlet(this IEndpointRouteBuilder api) => api;
}
