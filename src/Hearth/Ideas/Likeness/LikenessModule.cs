using Hearth.Ideas.Likeness.Ranking;
using Hearth.Ideas.Likeness.Suggested;
using Hearth.Ideas.Talk;
using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.Likeness;

internal static class LikenessModule
{
    public static IServiceCollection AddLikeness(this IServiceCollection services) => services
        .AddSingleton<BoardTitles>().AddScoped<FindLikeIdeas>().AddScoped<IndexIdeas>().AddRanking().AddScoped<ReadSuggested>()
        .AddRecurringJob<SuggestMerges, SuggestMergesRun>(SuggestMergesRun.Every)
        .AddRecurringJob<IndexMissingIdeas, IndexMissingIdeasRun>(IndexMissingIdeasRun.Every)
        .AddScoped<IndexComments>().AddRecurringJob<IndexMissingComments, IndexMissingCommentsRun>(IndexMissingCommentsRun.Every);

    public static void MapLikeness(this IEndpointRouteBuilder ideas)
    {
        FindLikeIdeas.Map(ideas);
        ideas.MapRanking();
        ReadSuggested.Map(ideas);
    }
}
