using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hearth.Learning;

public static class LearningModule
{
    private const string Ledger = "learning.credit";

    public static IServiceCollection AddLearning(this IServiceCollection services)
    {
        services.TryAddSingleton(CreditPolicy.Default);
        return services.AddSchema<LearningSchema>()
            .AddScoped<ReadEarnings>().AddScoped<ReadCredits>()
            .AddSubscriber<OrderPlaced, CreditOrders>(Ledger).AddSubscriber<OrderChanged, CreditOrders>(Ledger).AddSubscriber<OrderRefunded, CreditOrders>(Ledger)
            .AddSubscriber<UnitClaimed, CreditOrders>(Ledger).AddSubscriber<PastClickAdded, CreditOrders>(Ledger);
    }

    public static IEndpointRouteBuilder MapLearning(this IEndpointRouteBuilder api)
    {
        LearnApi.Map(api);
        return api;
    }
}
