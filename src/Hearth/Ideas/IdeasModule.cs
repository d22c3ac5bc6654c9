using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas;

public static class IdeasModule
{
    public static IServiceCollection AddIdeas(this IServiceCollection services) => services
        .AddSchema<IdeasSchema>()
        .AddScoped<PostIdea>().AddScoped<CastVote>().AddScoped<CommentOnIdea>().AddScoped<MoveIdea>()
        .AddScoped<ListIdeas>().AddScoped<ReadIdea>().AddScoped<ExplainRank>().AddScoped<IdeaCategories>().AddScoped<CountIdeas>()
        .AddScoped<RankEpoch>().AddRecurringJob<MoveRankEpoch, RankEpochJob>(TimeSpan.FromDays(1));

    public static IEndpointRouteBuilder MapIdeas(this IEndpointRouteBuilder api)
    {
        return api;
    }
}
