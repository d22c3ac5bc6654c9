using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Listening.Reading;

/// <summary>Speaks Jetstream v1 to any number of readers: from the cursor on, that event included, then what comes. Knows wantedCollections; commits alone are filtered by it.</summary>
public sealed class JetstreamServer : IAsyncDisposable
{
    private readonly List<(long Time, string? Collection, byte[] Line)> _events = [];
    private readonly CancellationTokenSource _end = new();
    private readonly WebApplication _app;
    private CancellationTokenSource _open = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isBroken;
    private long _last;

    private JetstreamServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Map("/subscribe", Subscribe);
    }

    public string Address => _app.Urls.First().Replace("http://", "ws://", StringComparison.Ordinal) + "/subscribe";

    /// <summary>What readers asked for, in order.</summary>
    public List<string> Queries { get; } = [];

    public static async Task<JetstreamServer> Start()
    {
        var server = new JetstreamServer();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Adds an event of an account; the server gives it the next time.</summary>
    /// <param name="did">Whose.</param>
    /// <param name="rest">The members after did and time_us, as JSON without braces.</param>
    /// <param name="collection">What a commit is about; null for other events.</param>
    public void Add(string did, string rest, string? collection = null)
    {
        lock (_events)
        {
            _last = Math.Max(TimeProvider.System.GetUtcNow().ToUnixMicroseconds(), _last + 1);
            Put(_last, collection, Encoding.UTF8.GetBytes($$"""{"did":"{{did}}","time_us":{{_last}},{{rest}}}"""));
        }
    }

    /// <summary>Adds a commit of a post.</summary>
    public void Commit(string did, string operation, string key, string? record) => Add(did,
        $$"""
        "kind":"commit","commit":{"rev":"3mptbypluud2a","operation":"{{operation}}","collection":"app.bsky.feed.post","rkey":"{{key}}"{{(record is null ? "" : $",\"record\":{record},\"cid\":\"bafyreiguce4jh7kcbmof3pmcvasifqtw24b6isakj5ve5ga2b4z4alpc4i\"")}}}
        """, "app.bsky.feed.post");

    /// <summary>Adds bytes as they are.</summary>
    public void Raw(byte[] frame)
    {
        lock (_events) Put(_last, null, frame);
    }

    public static string Record(string text, DateTimeOffset at) => $$"""{"$type":"app.bsky.feed.post","createdAt":"{{at:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","langs":["en"],"text":{{JsonSerializer.Serialize(text)}}}""";

    /// <summary>Ends what is open and answers 503 until mended.</summary>
    public void Break()
    {
        _isBroken = true;
        Disconnect();
    }

    public void Mend() => _isBroken = false;

    /// <summary>Ends what is open.</summary>
    public void Disconnect() => Interlocked.Exchange(ref _open, new()).Cancel();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Disconnect();
        await _app.DisposeAsync();
        _end.Dispose();
    }

    private void Put(long time, string? collection, byte[] line)
    {
        _events.Add((time, collection, line));
        Interlocked.Exchange(ref _more, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private async Task Subscribe(HttpContext http)
    {
        if (_isBroken || !http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        lock (Queries) Queries.Add(http.Request.QueryString.Value ?? "");
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, _open.Token);
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var listening = Listen(socket, both);
        try
        {
            await Send(socket, http.Request.Query, both.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
        }

        await both.CancelAsync();
        await listening;
    }

    private async Task Send(WebSocket socket, IQueryCollection query, CancellationToken ct)
    {
        var wanted = query["wantedCollections"].ToHashSet();
        var next = 0;
        lock (_events)
        {
            // Without a cursor: what comes from now on. With one: that very event is sent again.
            if (!query.TryGetValue("cursor", out var cursor)) next = _events.Count;
            else while (next < _events.Count && _events[next].Time < long.Parse(cursor!, CultureInfo.InvariantCulture)) next++;
        }

        while (true)
        {
            Task more;
            (long Time, string? Collection, byte[] Line)[] batch;
            lock (_events) (more, batch) = (_more.Task, [.. _events.Skip(next).Take(200)]);
            next += batch.Length;
            foreach (var one in batch)
            {
                if (one.Collection is null || wanted.Count == 0 || wanted.Contains(one.Collection)) await socket.SendAsync(one.Line, WebSocketMessageType.Text, true, ct);
            }

            if (batch.Length == 0) await more.WaitAsync(ct);
        }
    }

    // Pings are answered while somebody reads.
    private static async Task Listen(WebSocket socket, CancellationTokenSource end)
    {
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), end.Token)).MessageType != WebSocketMessageType.Close) { }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // gone
        }

        await end.CancelAsync();
    }
}
