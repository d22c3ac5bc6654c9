using Hearth.Ideas.Talk;
using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.Words;

/// <summary>What is written on the board: the words, pictures and products of ideas, and what is said below them.</summary>
internal static class WordsModule
{
    public static IServiceCollection AddWords(this IServiceCollection services) => services
        .AddScoped<NamePeople>().AddScoped<ChangeComment>().AddScoped<PinAnswer>().AddScoped<ReadThreads>()
        .AddScoped<ReadWords>().AddScoped<KeepWords>().AddScoped<EditIdea>().AddScoped<BringImage>().AddScoped<ShowImage>()
        .AddRecurringJob<ForgetWaitingImages, ForgetWaitingImagesJob>(TimeSpan.FromHours(6));

    public static void MapWords(this IEndpointRouteBuilder ideas)
    {
        ChangeComment.Map(ideas);
        PinAnswer.Map(ideas);
        ReadThreads.Map(ideas);
        ReadWords.Map(ideas);
        EditIdea.Map(ideas);
        BringImage.Map(ideas);
    }
}
