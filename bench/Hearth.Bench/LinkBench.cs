using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Hearth.Governance;
using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hearth.Bench;

/// <summary>
/// A tracked link followed by wrk over 64 connections: with the log of clicks, with each answer waiting for the disk, without a log, and nginx with a bare <c>return 302</c>, by
/// turns. wrk shares the machine with what it asks. nginx and wrk must be installed.
/// </summary>
internal static partial class LinkBench
{
    private const int Rounds = 5;

    public static async Task Run(string[] args)
    {
        var seconds = args is [var s] ? int.Parse(s, CultureInfo.InvariantCulture) : 5;
        await using var database = await BenchDatabase.Create(DatabaseKind.Sqlite);
        var link = await Link(database);
        var folder = Directory.CreateTempSubdirectory("hearth-links-").FullName;
        var waits = Path.Combine(folder, "waits");
        await using var logged = await Serve(database, services => services.AddClickLog(new(Path.Combine(folder, "log"))));
        await using var waiting = await Serve(database, services => services.AddClickLog(new(waits, WaitForSync: true)));
        await using var bare = await Serve(database, services => services.AddSingleton<IKeepClicks, NoLog>());
        var port = FreePort();
        using var nginx = Nginx(folder, port);
        using var end = new End(() => Process.Start("nginx", ["-p", folder, "-c", Path.Combine(folder, "nginx.conf"), "-s", "stop"]).WaitForExit());
        var (log, wait, none, rival) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        foreach (var server in (string[])[AddressOf(logged), AddressOf(waiting), AddressOf(bare)]) await Ask(server + "/l/" + link, 2);
        for (var round = 0; round < Rounds; round++)
        {
            none.Add(await Ask(AddressOf(bare) + "/l/" + link, seconds));
            log.Add(await Ask(AddressOf(logged) + "/l/" + link, seconds));
            wait.Add(await Ask(AddressOf(waiting) + "/l/" + link, seconds));
            rival.Add(await Ask($"http://127.0.0.1:{port}/l/{link}", seconds));
        }

        Table.Head($"tracked links followed, {seconds} s over 64 connections, median of {Rounds}");
        Table.Row("with the log, against the same server without", Table.Median(log), Table.Median(none));
        Table.Row("with the log, against nginx's return 302", Table.Median(log), Table.Median(rival));
        Table.Row("waiting for the disk, against the same server without a log", Table.Median(wait), Table.Median(none));
        Table.Row("waiting for the disk, against nginx's return 302", Table.Median(wait), Table.Median(rival));
    }

    private static async Task<string> Link(BenchDatabase database)
    {
        var now = DateTimeOffset.UtcNow;
        var by = new Actor(UserId.New(), "Bench", "B", Department.Sales, Role.Agent);
        var counted = await database.With<CountStock, IReadOnlyList<Counted>>(s => s.Take([new("LINK", "Bench item", Condition.New, 10, new(1000, "EUR"), new(900, "EUR"), now)], "bench", default));
        var item = ((Counted.Kept)counted[0]).Item;
        var saved = (Drafted.Saved)await database.With<DraftOffer, Drafted>(d => d.Create(new(item, "Bench offer", "An offer.", new(800, "EUR"), 10, now, now.AddDays(3), "ben", 1, 15), by, default));
        if (await database.With<PublishOffer, Published>(p => p.Now(saved.Offer, default)) is not Published.Done) throw new InvalidOperationException("The offer was not published.");
        return (await database.With<ReadOffers, OfferView?>(r => r.One(saved.Offer, default)))!.Link;
    }

    private static async Task<WebApplication> Serve(BenchDatabase database, Action<IServiceCollection> log)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.AddServerHeader = false);
        builder.Services.AddSingleton(TimeProvider.System).AddHearth(database.At);
        log(builder.Services);
        var app = builder.Build();
        app.UseTrackedLinks();
        app.UseAuthentication(); // after the links, as in the product: unless it is said, it stands before all
        await app.StartAsync();
        return app;
    }

    private static string AddressOf(WebApplication app) => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private static Process Nginx(string folder, int port)
    {
        var settings = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(settings, $$"""
            daemon off; worker_processes auto; pid {{folder}}/nginx.pid; error_log {{folder}}/error.log;
            events { worker_connections 1024; }
            http { access_log off; keepalive_requests 100000000; server { listen 127.0.0.1:{{port}}; location /l/ { return 302 /outlet/bench; } } }
            """);
        return Process.Start(new ProcessStartInfo("nginx", ["-p", folder, "-c", settings]) { RedirectStandardError = true, UseShellExecute = false })!;
    }

    private static async Task<double> Ask(string address, int seconds)
    {
        string[] args = ["-t", "1", "-c", "64", "-d", seconds.ToString(CultureInfo.InvariantCulture) + "s", "-H", "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "-H", "Cookie: hearth_v=0199b0a2-7c11-7000-8000-0123456789ab", address];
        using var wrk = Process.Start(new ProcessStartInfo("wrk", args) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var told = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (told.Contains("Non-2xx or 3xx", StringComparison.Ordinal)) throw new InvalidOperationException(told);
        return double.Parse(Rate().Match(told).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    // Told to stop it ends its workers too; killed it would leave them.
    private sealed class End(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }

    private sealed class NoLog : IKeepClicks
    {
        ValueTask IKeepClicks.Keep(Click click) => ValueTask.CompletedTask;
    }
}
