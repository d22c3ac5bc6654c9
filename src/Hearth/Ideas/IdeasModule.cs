using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        var ideas = api.MapGroup("/ideas").WithTags("Ideas");
        PostIdea.Map(ideas);
        CastVote.Map(ideas);
        CommentOnIdea.Map(ideas);
        MoveIdea.Map(ideas);
        ListIdeas.Map(ideas);
        ReadIdea.Map(ideas);
        ExplainRank.Map(ideas);
        IdeaCategories.Map(ideas);
        CountIdeas.Map(ideas);
        return api;
    }
}
