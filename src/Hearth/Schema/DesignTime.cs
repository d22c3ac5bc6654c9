using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Schema;

/// <summary>Gives dotnet-ef the model of either database: <c>dotnet ef migrations add NAME -- sqlite</c> or <c>-- postgres</c>.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<Database>
{
    public Database CreateDbContext(string[] args)
    {
        var folder = Path.Combine(Path.GetTempPath(), "hearth-design");
        var at = DatabaseLocation.Of(folder, args is ["postgres", ..] ? "Host=127.0.0.1;Database=design" : null);
        var services = new ServiceCollection().AddHearth(at).BuildServiceProvider();
        return services.CreateScope().ServiceProvider.GetRequiredService<Database>();
    }
}
