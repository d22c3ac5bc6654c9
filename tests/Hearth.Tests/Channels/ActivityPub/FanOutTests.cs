using System.Net;
using System.Net.Sockets;
using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Channels.ActivityPub;

/// <summary>What is meant for many servers: many at once, each of them one request at a time, and whatever is not delivered yet is still there.</summary>
public class FanOutTests
{
    private const string Activity = FakeFediverse.Actor + "/said/1";

    [Theory, EveryDatabase]
    public async Task Many_servers_are_spoken_to_at_once_and_each_gets_one_request_after_the_other(DatabaseKind kind)
    {
        var (gate, open, now, most, all) = (new Lock(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new Dictionary<string, int>(), new Dictionary<string, int>(), 0);
        var servers = new Servers(async request =>
        {
            var host = request.RequestUri!.Host;
            lock (gate)
            {
                now[host] = now.GetValueOrDefault(host) + 1;
                most[host] = Math.Max(most.GetValueOrDefault(host), now[host]);
                if (++all == ActivityDelivery.AtOnce) open.SetResult(); // nobody is answered before so many wait
            }

            await open.Task.WaitAsync(TimeSpan.FromMinutes(1)); // so many must come to wait at once, whichever part is first
            lock (gate) now[host]--;
            return new(HttpStatusCode.Accepted);
        });
        await using var house = await servers.House(kind);
        var inboxes = Enumerable.Range(0, 1_500).Select(n => $"https://s{n % 375}.example/users/{n}/inbox").ToList();
        await Send(house, inboxes);
        Assert.Equal(3, await house.With<Database, int>(db => db.Set<JobRow>().CountAsync(j => j.Kind == FactRow.TypeName(typeof(DeliverActivity)))));
        await house.Settle();
        Assert.Equal(inboxes.Order(StringComparer.Ordinal), servers.Taken.Order(StringComparer.Ordinal));
        Assert.Equal(375, most.Count);
        Assert.All(most.Values, m => Assert.Equal(1, m));
        Assert.Equal(0, await Left(house));
    }

    [Theory, EveryDatabase]
    public async Task Servers_that_do_not_answer_hold_up_nobody_and_get_it_when_they_are_back_or_are_given_up(DatabaseKind kind)
    {
        var down = new HashSet<string>(Enumerable.Range(0, 10).Select(n => $"s{n}.example"));
        var servers = new Servers(request => down.Contains(request.RequestUri!.Host) ? throw new TaskCanceledException("no answer", new TimeoutException()) : Task.FromResult<HttpResponseMessage>(new(HttpStatusCode.Accepted)));
        await using var house = await servers.House(kind);
        await Send(house, Enumerable.Range(0, 60).SelectMany(n => (string[])[$"https://s{n}.example/a", $"https://s{n}.example/b"]));
        await house.Settle();
        Assert.Equal(100, servers.Taken.Count);
        Assert.Equal(20, await Left(house));
        Assert.All(await house.With<Database, List<HostRow>>(db => db.Set<HostRow>().Where(h => h.NotBefore != null).ToListAsync()), h => Assert.Equal($"{h.Host} did not answer in time", h.Error));
        Assert.Equal(10, servers.Asked - 100); // of what two inboxes have in common, one was asked

        down.RemoveWhere(s => s != "s7.example");
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await house.Settle();
        Assert.Equal(118, servers.Taken.Count);
        Assert.Equal(2, await Left(house));
        for (var day = 0; day < 2; day++)
        {
            house.Clock.Advance(TimeSpan.FromHours(20));
            await house.Settle();
        }

        Assert.Equal(0, await Left(house));
        Assert.Equal(118, servers.Taken.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(118, servers.Taken.Count);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_goes_to_who_is_blocked_and_nothing_is_sent_any_more_of_what_was_taken_back(DatabaseKind kind)
    {
        var servers = new Servers(_ => Task.FromResult<HttpResponseMessage>(new(HttpStatusCode.Accepted)));
        await using var house = await servers.House(kind);
        await Send(house, ["https://bad.example/inbox", "https://deep.bad.example/inbox", "https://good.example/inbox", "ftp://odd.example/inbox"]);
        Assert.NotNull(await house.With<BlockedHosts, string?>(b => b.Add("bad.example", "Mara", default)));
        await house.Settle();
        Assert.Equal(["https://good.example/inbox"], servers.Taken);
        Assert.Equal(0, await Left(house));

        await Send(house, ["https://good.example/inbox"], Activity + "/2");
        await house.With<Database, int>(db => db.Set<SentRow>().Where(s => s.Activity == Activity + "/2").ExecuteDeleteAsync());
        await house.Settle();
        Assert.Single(servers.Taken);
        Assert.Equal(0, await Left(house));
    }

    [Theory, EveryDatabase]
    public async Task Who_is_killed_in_the_middle_goes_on_with_what_was_not_delivered(DatabaseKind kind)
    {
        var counted = new Dictionary<string, int>();
        using var listener = new HttpListener();
        var origin = Loopback(listener);
        using var stop = new CancellationTokenSource();
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                lock (counted) counted[context.Request.Url!.AbsolutePath] = counted.GetValueOrDefault(context.Request.Url.AbsolutePath) + 1;
                try
                {
                    context.Response.StatusCode = 202;
                    context.Response.Close();
                }
                catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException or System.Net.Sockets.SocketException)
                {
                    // Whoever asked is dead, which the listener says in one way or another; it must go on answering the next.
                }
            }
        });
        var servers = new Servers(_ => throw new InvalidOperationException("The test sends nothing itself."));
        await using var house = await servers.House(kind);
        var names = Enumerable.Range(0, 1_300).Select(n => $"/in/{n:0000}").ToList();
        await Send(house, names.Select(n => origin + n));
        string[] where = [house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, new Uri(origin).Authority];
        foreach (var after in (int[])[40, 300, 20, 400]) Assert.Equal(137, await ChildProcess.Run(DeliverAndDie, [.. where, after.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
        var before = counted.Values.Sum();
        Assert.InRange(before, 700, 1_299);
        Assert.Equal(0, await ChildProcess.Run(DeliverAndDie, [.. where, int.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
        Assert.Equal(names, counted.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(counted.Values.Sum(), 1_300, 1_300 + 4 * 300); // again only what a killed process had not struck off
        Assert.Equal(0, await Left(house));
        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => serving);
    }

    [Child]
    internal static async Task DeliverAndDie(string[] args)
    {
        var left = int.Parse(args[4], System.Globalization.CultureInfo.InvariantCulture);
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        await using var services = new ServiceCollection().AddLogging().AddHearth(at).Configure<JobOptions>(o => o.Lease = TimeSpan.FromSeconds(1))
            .Configure<SafeHttpOptions>(o => o.AllowPrivate.Add(args[3])).ConfigureHttpClientDefaults(b => b.AddHttpMessageHandler(() => new DiesAfter(() => Interlocked.Decrement(ref left) <= 0))).BuildServiceProvider();
        var worker = services.GetRequiredService<JobWorker>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do await worker.Drain(default);
        while (await Waits(services) && await timer.WaitForNextTickAsync());
    }

    private static async Task<bool> Waits(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Database>().Set<DeliveryRow>().AnyAsync();
    }

    private static string Loopback(HttpListener listener)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var origin = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        probe.Stop();
        listener.Prefixes.Add(origin + "/");
        listener.Start();
        return origin;
    }

    private static Task Send(TestHouse house, IEnumerable<string> inboxes, string activity = Activity) => house.With<Database>(db => db.InTransaction(async () =>
    {
        var account = await db.Set<OwnActorRow>().Select(a => a.Account).SingleAsync();
        await db.Send(account, activity, """{"type":"Create"}""", inboxes, house.Clock.Now(), default);
        await db.SaveChangesAsync();
    }, default));

    private static Task<int> Left(TestHouse house) => house.With<Database, int>(db => db.Set<DeliveryRow>().CountAsync());

    /// <summary>Servers that answer as the test says.</summary>
    private sealed class Servers(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        private int _asked;

        public List<string> Taken { get; } = [];

        public int Asked => _asked;

        public async Task<TestHouse> House(DatabaseKind kind)
        {
            var house = await TestHouse.Create(kind, s =>
            {
                foreach (var name in (string[])[SafeHttp.Client, SafeHttp.Unfollowed]) s.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(() => this);
            });
            await house.With<OpenActor, Connection>(o => o.With(FakeFediverse.Origin, "hearthside", "Hearthside", null, default));
            return house;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            var said = await answer(request);
            lock (Taken) Taken.Add(request.RequestUri!.AbsoluteUri);
            return said;
        }
    }

    private sealed class DiesAfter(Func<bool> now) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (now()) ChildProcess.DieNow();
            return answer;
        }
    }
}
