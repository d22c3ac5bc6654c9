using Hearth.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Catalog;

/// <summary>What the brand sells, the attributes people judge it by, and what it promised about them.</summary>
public static class CatalogModule
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddSchema<CatalogSchema>()
        .AddScoped<Products>().AddScoped<Attributes>().AddScoped<Promises>();

    public static IEndpointRouteBuilder MapCatalog(this IEndpointRouteBuilder api)
    {
        Products.Map(api);
        Attributes.Map(api);
        Promises.Map(api);
        return api;
    }
}
