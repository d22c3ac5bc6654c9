using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Bench;

/// <summary>
/// Posts of an actor with 1.5 million followers on 1,000 servers, from the queue to the last server's answer, against the signatures that all cores of the machine make in the same time when they
/// do nothing else. The servers stand on the same machine and take their part of it.
/// </summary>
internal static class FanOutBench
{
    private const int Followers = 1_500_000, ServersThere = 1_000, Posts = 10;

    public static async Task Run(string[] args)
    {
        var followers = args is [var n] ? int.Parse(n, System.Globalization.CultureInfo.InvariantCulture) : Followers;
        var port = FreePort();
        var hosts = Enumerable.Range(0, ServersThere).Select(n => $"127.0.{1 + n / 250}.{1 + n % 250}").ToArray();
        var taken = 0;
        await using var servers = await Serve(hosts, port, () => Interlocked.Increment(ref taken));
        Table.Head($"deliveries of {Posts} posts to {followers:N0} followers on {ServersThere:N0} servers");
        foreach (var kind in BenchDatabase.Kinds)
        {
            await using var database = await BenchDatabase.Create(kind, s => s.Configure<SafeHttpOptions>(o => o.AllowPrivate.UnionWith(hosts)));
            var account = ((Connection.Connected)await database.With<OpenActor, Connection>(o => o.With("https://brand.example", "brand", "Brand", null, default))).Account.Id;
            await Follow(database, account, hosts, port, followers);
            await Deliver(database, account, 1, () => taken); // every server is met once, and every query compiled
            var (ours, bound, queued) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < 3; round++)
            {
                var (queueing, sending) = await Deliver(database, account, Posts, () => taken);
                queued.Add(queueing.TotalMilliseconds / Posts);
                ours.Add(Posts * ServersThere / sending.TotalSeconds);
                bound.Add(Signatures());
            }

            Table.Row($"{kind}, against the signatures alone", Table.Median(ours), Table.Median(bound));
            Console.WriteLine(FormattableString.Invariant($"{kind}: to find the servers of all followers and to queue a post took {Table.Median(queued):0} ms."));
        }
    }

    private static async Task<(TimeSpan Queueing, TimeSpan Sending)> Deliver(BenchDatabase database, ChannelAccountId account, int posts, Func<int> taken)
    {
        var before = taken();
        var network = database.Services.GetServices<IOutgoingNetwork>().Single(n => n.Name == Networks.ActivityPub);
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < posts; n++)
        {
            var now = DateTimeOffset.UtcNow;
            await network.Place(account, network.NewKey(now), await network.Prepare(account, new("Twenty-five chairs, until Sunday or until they are gone.", now, null, null), default), default);
        }

        var queueing = watch.Elapsed;
        watch.Restart();
        using var stop = new CancellationTokenSource();
        var worker = ActivatorUtilities.CreateInstance<JobWorker>(database.Services);
        await worker.StartAsync(stop.Token);
        while (await database.With<Database, bool>(db => db.Set<DeliveryRow>().AnyAsync())) await Task.Delay(20);
        watch.Stop();
        await worker.StopAsync(default);
        return taken() - before >= posts * ServersThere ? (queueing, watch.Elapsed) : throw new InvalidOperationException($"{taken() - before} deliveries came.");
    }

    private static Task Follow(BenchDatabase database, ChannelAccountId account, string[] hosts, int port, int followers) => database.With<Database>(async db =>
    {
        for (var from = 0; from < followers; from += 100_000)
        {
            await db.InsertAll([.. Enumerable.Range(from, Math.Min(100_000, followers - from)).Select(n => new FollowerRow
            {
                Account = account, Actor = $"http://{hosts[n % hosts.Length]}:{port}/users/{n}", Follow = $"http://{hosts[n % hosts.Length]}:{port}/follows/{n}", Inbox = $"http://{hosts[n % hosts.Length]}:{port}/inbox", At = DateTimeOffset.UtcNow,
            })], default);
        }
    });

    // What one delivery signs, on all cores for three seconds.
    private static double Signatures()
    {
        var (done, watch) = (0L, Stopwatch.StartNew());
        var body = Encoding.UTF8.GetBytes(new string('x', 1_000));
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            using var key = RSA.Create(2048);
            var request = new SignedRequest("POST", new("https://example.org/inbox"), new Dictionary<string, string>(StringComparer.Ordinal), body);
            while (watch.Elapsed.TotalSeconds < 3)
            {
                HttpSignatures.Sign(SignatureStyle.Cavage, request, "https://brand.example/ap/actors/brand#main-key", key, DateTimeOffset.UtcNow);
                Interlocked.Increment(ref done);
            }
        });
        return done / watch.Elapsed.TotalSeconds;
    }

    private static async Task<WebApplication> Serve(string[] hosts, int port, Action taken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            foreach (var host in hosts) k.Listen(IPAddress.Parse(host), port);
        });
        var app = builder.Build();
        app.Run(context =>
        {
            taken();
            context.Response.StatusCode = 202;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return app;
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
