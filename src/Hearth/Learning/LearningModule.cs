using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Learning;

public static class LearningModule
{
    private const string Ledger = "learning.credit";

    public static IServiceCollection AddLearning(this IServiceCollection services) => services.AddSchema<LearningSchema>()
        .AddScoped<ReadEarnings>().AddScoped<ReadCredits>().AddScoped<ReadModels>().AddScoped<CreditPolicies>()
        .AddScoped<KeepChannels>().AddScoped<ImportChannels>().AddScoped<ReadChannels>()
        .AddScoped<ReadRates>().AddScoped<ImportRates>().AddScoped<ReportingCurrencies>().AddScoped<ChangeCredits>().AddScoped<ReadTogether>().AddScoped<ReadChannelsTogether>()
        .AddRecurringJob<RecountCredits, RecountLedger>(TimeSpan.FromSeconds(5))
        .AddSubscriber<OrderPlaced, CreditOrders>(Ledger).AddSubscriber<OrderChanged, CreditOrders>(Ledger).AddSubscriber<OrderRefunded, CreditOrders>(Ledger)
        .AddSubscriber<UnitClaimed, CreditOrders>(Ledger).AddSubscriber<PastClickAdded, CreditOrders>(Ledger);

    public static IEndpointRouteBuilder MapLearning(this IEndpointRouteBuilder api)
    {
        LearnApi.Map(api);
        ChannelApi.Map(api);
        RateApi.Map(api);
        return api;
    }
}
