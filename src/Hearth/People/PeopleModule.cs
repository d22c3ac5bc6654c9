using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.People;

/// <summary>Who speaks: persons and their identities on networks.</summary>
public static class PeopleModule
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSchema<PeopleSchema>()
        .AddScoped<ResolvePeople>().AddScoped<KnownProfiles>().AddScoped<ReadPeople>().AddScoped<RenamePerson>().AddScoped<OptOuts>();

    public static IEndpointRouteBuilder MapPeople(this IEndpointRouteBuilder api)
    {
        ReadPeople.Map(api);
        RenamePerson.Map(api);
        OptOuts.Map(api);
        return api;
    }
}
