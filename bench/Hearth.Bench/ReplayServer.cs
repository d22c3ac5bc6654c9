using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearth.Bench;

/// <summary>Speaks Jetstream v1 from <see cref="RecordedEvents"/>: from the cursor on, that event included, as fast as the reader takes them; then it stays open.</summary>
internal sealed class ReplayServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ReplayServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First().Replace("http://", "ws://", StringComparison.Ordinal) + "/subscribe";

    public static async Task<ReplayServer> Start(RecordedEvents events, long count)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        app.Map("/subscribe", async (HttpContext http) =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            var cursor = long.Parse(http.Request.Query["cursor"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
            var buffer = new byte[64 * 1024];
            try
            {
                for (var n = Math.Max(0, (cursor - RecordedEvents.Begin + RecordedEvents.Step - 1) / RecordedEvents.Step); n < count; n++)
                {
                    var length = events.Write(n, buffer);
                    await socket.SendAsync(buffer.AsMemory(0, length), WebSocketMessageType.Text, true, http.RequestAborted);
                }

                await socket.ReceiveAsync(buffer.AsMemory(), http.RequestAborted);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException)
            {
                socket.Abort(); // the reader was killed
            }
        });
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
