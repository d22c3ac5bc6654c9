using Hearth.Ideas.Import;
using Hearth.Ideas.Storms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas;

/// <summary>What the board shows of itself to the world: ideas in action, news, storms, and its files.</summary>
internal static class ShowingModule
{
    public static IServiceCollection AddShowing(this IServiceCollection services) => services
        .AddScoped<IdeasInAction>().AddSingleton<InActionCache>().AddScoped<ListInAction>().AddScoped<ReadBoardNews>()
        .AddScoped<OpenStorm>().AddScoped<PostIntoStorm>().AddScoped<SumUpStorm>().AddScoped<ReadStorms>().AddSingleton<StormTallies>()
        .AddScoped<ImportBoard>().AddScoped<ExportBoard>().AddScoped<RestoreBoard>();

    public static void MapShowing(this IEndpointRouteBuilder ideas)
    {
        IdeasInAction.Map(ideas);
        ListInAction.Map(ideas);
        BoardFiles.Map(ideas);
        var storms = ideas.MapGroup("/storms");
        ReadStorms.Map(storms);
        StormTallies.Map(storms);
        OpenStorm.Map(storms);
        PostIntoStorm.Map(storms);
        SumUpStorm.Map(storms);
    }
}
