using Hearth.Listening;
using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Ideas.Sayings;

/// <summary>Posts that say what an idea says.</summary>
internal static class SayingsModule
{
    public static IServiceCollection AddSayings(this IServiceCollection services) => services
        .AddSchema<SayingsSchema>().AddScoped<SuggestSayings>().AddScoped<DecideSayings>().AddScoped<ReadSayings>()
        .AddSubscriber<MentionRemoved, FollowSaying>("ideas.sayings");

    public static void MapSayings(this IEndpointRouteBuilder ideas)
    {
        SuggestSayings.Map(ideas);
        DecideSayings.Map(ideas);
        ReadSayings.Map(ideas);
    }

    extension(Database db)
    {
        internal DbSet<IdeaSaying> IdeaSayings => db.Set<IdeaSaying>();
    }
}
