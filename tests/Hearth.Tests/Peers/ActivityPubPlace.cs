using System.Collections.Concurrent;
using System.Net;
using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Peers;

/// <summary>A house with a door to the network: a second node on its database listens on loopback for what other servers ask and tell.</summary>
internal sealed class ActivityPubPlace : IAsyncDisposable
{
    private readonly WebApplication _door;

    private ActivityPubPlace(TestHouse house, WebApplication door, string origin, ChannelAccountView account, ConcurrentQueue<CameIn> came) => (House, _door, Origin, Account, Came) = (house, door, origin, account, came);

    /// <summary>What other servers put into inboxes here, byte for byte, in the order in which it was answered.</summary>
    public ConcurrentQueue<CameIn> Came { get; }

    public TestHouse House { get; }

    public string Origin { get; }

    public ChannelAccountView Account { get; }

    /// <summary>The brand's actor.</summary>
    public string Actor => Account.ExternalId;

    /// <summary>The real clock and leave to reach what is on loopback.</summary>
    public static IServiceCollection Use(IServiceCollection services, string[] peers) => services.AddSingleton(TimeProvider.System).Configure<JobOptions>(o => o.Lease = TimeSpan.FromSeconds(1))
        .Configure<SafeHttpOptions>(o => o.AllowPrivate.UnionWith(peers.Append("127.0.0.1")));

    /// <param name="kind">On which database.</param>
    /// <param name="peers">Servers that may be reached although they are on loopback ("127.0.0.1:8101").</param>
    /// <param name="more">Further services of the house.</param>
    public static async Task<ActivityPubPlace> Open(DatabaseKind kind, string[] peers, Action<IServiceCollection>? more = null)
    {
        var house = await TestHouse.Create(kind, s =>
        {
            Use(s, peers);
            more?.Invoke(s);
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddHearth(house.Location);
        Use(builder.Services, peers);
        var door = builder.Build();
        var came = new ConcurrentQueue<CameIn>();
        door.Use((http, next) => Record(http, next, came));
        door.MapActivityPub();
        await door.StartAsync();
        var origin = door.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var connection = await house.With<OpenActor, Connection>(o => o.With(origin, "hearthside", "Hearthside", "We make shoes, and answer.", default));
        return new(house, door, origin, Assert.IsType<Connection.Connected>(connection).Account, came);
    }

    /// <summary>Sends what came in once more, with what is to be different.</summary>
    public async Task<HttpStatusCode> Again(CameIn once, string? path = null, byte[]? body = null, Func<string, string, string?>? header = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Origin + (path ?? once.Path)) { Content = new ByteArrayContent(body ?? once.Body) };
        foreach (var (name, value) in once.Headers.Where(h => h.Name is not ("connection" or "content-length" or "transfer-encoding" or "host")))
        {
            if ((header is null ? value : header(name, value)) is not { } sent) continue;
            if (!request.Headers.TryAddWithoutValidation(name, sent)) request.Content.Headers.TryAddWithoutValidation(name, sent);
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task Record(HttpContext http, RequestDelegate next, ConcurrentQueue<CameIn> came)
    {
        http.Request.EnableBuffering();
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        http.Request.Body.Position = 0;
        var headers = http.Request.Headers.Select(h => (h.Key.ToLowerInvariant(), h.Value.ToString())).ToList();
        await next(http);
        if (http.Request.Method == "POST") came.Enqueue(new(http.Request.Path, headers, body.ToArray(), http.Response.StatusCode));
    }

    public async ValueTask DisposeAsync()
    {
        await _door.StopAsync();
        await _door.DisposeAsync();
        await House.DisposeAsync();
    }
}

/// <summary>A request as another server sent it.</summary>
internal sealed record CameIn(string Path, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body, int Status);
