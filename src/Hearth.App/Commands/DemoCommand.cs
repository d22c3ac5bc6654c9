using System.CommandLine;
using System.Globalization;
using Hearth.App.Demo;
using Hearth.App.Hosting;
using Hearth.Governance;
using Hearth.Platform;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary><c>hearth demo</c>: loads a brand that does not exist, with four months of talk behind it, and runs the server on it.</summary>
internal static class DemoCommand
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port on this machine. 0 takes a free one.",
        DefaultValueFactory = _ => 7070,
    };

    // Not the folder that a real server would use: the demo must never meet real data by default.
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Folder of the demo's embedded database.",
        DefaultValueFactory = _ => "demo-data",
    };

    public static Command Create()
    {
        var command = new Command("demo", "Load a fictional brand and run the server on it. Nothing leaves this machine.") { Data, Port };
        command.SetAction((given, ct) => Run(DatabaseLocation.Of(given.GetValue(Data)!, given.GetValue(Where.Database)), given.GetValue(Port), ct));
        return command;
    }

    private static async Task<int> Run(DatabaseLocation at, int port, CancellationToken ct)
    {
        var settings = new HostSettings(at, [$"http://127.0.0.1:{port}"]) { AnnounceOwnerLink = false, More = services => services.AddHostedService<SlowLiving>() };
        await using var app = await HearthHost.Build(settings, ct);
        switch (await DemoLoader.Look(app.Services, ct))
        {
            case DemoLoader.State.Foreign:
                return HouseCommand.Failed($"There is other data in {at.DataDirectory}; the demo does not mix with it. Give another folder with --data.");
            case DemoLoader.State.Half:
                return HouseCommand.Failed($"Loading the demo was interrupted. Remove {at.DataDirectory} (or empty the database) and start again.");
            case DemoLoader.State.Empty:
                await Load(at, ct);
                break;
        }

        await app.StartAsync(ct);
        await Greet(app, ct);
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    private static Task Load(DatabaseLocation at, CancellationToken ct) => HouseCommand.Answer.Status().Spinner(Spinner.Known.Dots).StartAsync("Lighting the fire", async status =>
    {
        var loaded = await DemoLoader.Load(at, TimeProvider.System.Now(), what => status.Status("Loading " + what), ct);
        HouseCommand.Answer.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]Four months of {DemoBrand.Name} loaded in {loaded.Took.TotalSeconds:0.0} s.[/]");
    });

    private static async Task Greet(WebApplication app, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var owner = (await scope.ServiceProvider.GetRequiredService<Staff>().All(ct)).First(p => p.Email == DemoBrand.Staff[0].Email);
        var link = app.Address() + await scope.ServiceProvider.GetRequiredService<SignInLinks>().Create(owner.Id, ct);

        // The link is one word of its own on a line, so that every terminal makes it clickable and no box breaks it.
        HouseCommand.Answer.Write(new Rule($"[bold]{DemoBrand.Name}[/], a brand that does not exist").LeftJustified());
        HouseCommand.Answer.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"\nSign in as {owner.Name} with this link (it works once; start again for another):\n");
        Console.WriteLine("    " + link + "\n");
        HouseCommand.Answer.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Public pages, without signing in: {app.Address()}/outlet and {app.Address()}/ideas");
        HouseCommand.Answer.MarkupLine("[grey]People go on talking while you look. docs/demo.md tells the story. Ctrl+C ends it.[/]");
    }
}
