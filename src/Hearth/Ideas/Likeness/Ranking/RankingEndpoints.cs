using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.Likeness.Ranking;

/// <summary>Which ranker to use.</summary>
/// <param name="Version">Of a ranker; null for the order of the first day.</param>
public sealed record RankerChoice(int? Version);

/// <summary>How likeness is ordered.</summary>
/// <param name="Said">What people said up to now.</param>
/// <param name="Least">How many merges and choices it takes before an order is learned.</param>
/// <param name="Rankers">All versions, the latest first.</param>
public sealed record RankersView(SaidCount Said, int Least, IReadOnlyList<RankerView> Rankers);

internal static class RankingEndpoints
{
    public static IServiceCollection AddRanking(this IServiceCollection services) => services
        .AddSingleton<Rankers>().AddScoped<SayAlike>().AddScoped<LikenessRankers>()
        .AddRecurringJob<LearnLikeness, LearnLikenessRun>(LearnLikenessRun.Every);

    public static void MapRanking(this IEndpointRouteBuilder ideas)
    {
        SayAlike.Map(ideas);
        ideas.MapGet("/like/rankers", async Task<Ok<RankersView>> (LikenessRankers rankers, CancellationToken ct) =>
                TypedResults.Ok(new RankersView(await rankers.Said(ct), LikenessRankers.Least, await rankers.All(ct))))
            .RequireAuthorization("read").WithName("listLikenessRankers").WithSummary("The orders of likeness that were learned from merges, with how well each puts the same first");
        ideas.MapPut("/like/rankers/current", async Task<Results<NoContent, ProblemHttpResult>> (RankerChoice body, LikenessRankers rankers, HttpContext http, CancellationToken ct) =>
                await rankers.Use(body.Version, http.Actor(), ct) ? TypedResults.NoContent() : Problems.Unknown("ranker"))
            .RequireAuthorization("lead").WithName("useLikenessRanker").WithSummary("Order what is alike by another version from now on, or as on the first day").ProducesProblem(404);
    }
}
