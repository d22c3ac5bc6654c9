using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.Desk;

/// <summary>The brand's side of the board: who answers what, what waits, what is decided next.</summary>
internal static class DeskModule
{
    public static IServiceCollection AddDesk(this IServiceCollection services) => services
        .AddScoped<IdeaPartners>().AddScoped<OwnIdea>().AddScoped<ShelveIdea>().AddScoped<EstimateIdea>().AddScoped<CouncilAgenda>().AddScoped<ReviewQueue>().AddScoped<ExportLists>()
        .AddScoped<AgeIdeas>().AddRecurringJob<AgeIdeasNow, AgeIdeasJob>(TimeSpan.FromHours(1));

    public static void MapDesk(this IEndpointRouteBuilder ideas)
    {
        IdeaPartners.Map(ideas);
        OwnIdea.Map(ideas);
        ShelveIdea.Map(ideas);
        EstimateIdea.Map(ideas);
        CouncilAgenda.Map(ideas);
        ReviewQueue.Map(ideas);
        ExportLists.Map(ideas);
    }
}
