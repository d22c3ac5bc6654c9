using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.DoubleDippers;

internal static class DoubleDippersModule
{
    public static IServiceCollection AddDoubleDippers(this IServiceCollection services) => services
        .AddScoped<WatchBoard>().AddScoped<SeeVoter>().AddScoped<LookForDippers>().AddScoped<DipperCases>().AddScoped<DecideCase>()
        .AddSubscriber<AccountOpened, NoteVisitor>("ideas.visitors")
        .AddRecurringJob<LookAtNewVotes, LookAtNewVotesJob>(TimeSpan.FromMinutes(1))
        .AddRecurringJob<LookAtAllVotes, LookAtAllVotesJob>(TimeSpan.FromDays(1));

    public static void MapDoubleDippers(this IEndpointRouteBuilder ideas)
    {
        var dippers = ideas.MapGroup("/double-dippers");
        WatchBoard.Map(dippers);
        DipperCases.Map(dippers);
        DecideCase.Map(dippers);
    }
}
