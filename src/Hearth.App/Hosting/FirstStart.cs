using Hearth.Governance;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Hearth.App.Hosting;

/// <summary>Tells the operator where the server is and, until there is an owner, the link that makes one.</summary>
public static partial class FirstStart
{
    /// <summary>The address people reach the server under, without a slash at its end.</summary>
    public static string Address(this WebApplication app)
    {
        var given = app.Services.GetRequiredService<HostSettings>().PublicUrl;
        var first = given ?? app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return first.TrimEnd('/');
    }

    internal static async Task Announce(WebApplication app, HostSettings settings)
    {
        try
        {
            Listening(app.Logger, app.Address());
            if (!settings.AnnounceOwnerLink) return;
            await using var scope = app.Services.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<SignInLinks>().ForFirstOwner(default) is not { } path) return;
            System.Console.WriteLine($"\nHearth has no owner yet. Open this link within 24 hours to become it (it works once):\n\n    {app.Address()}{path}\n");
        }
        catch (Exception e)
        {
            Failed(app.Logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Hearth is at {Address}")]
    private static partial void Listening(ILogger log, string address);

    [LoggerMessage(Level = LogLevel.Error, Message = "The owner link could not be made; start again to get one")]
    private static partial void Failed(ILogger log, Exception error);
}
