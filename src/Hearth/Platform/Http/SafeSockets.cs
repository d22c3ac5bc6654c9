using System.Net.WebSockets;

namespace Hearth.Platform.Http;

/// <summary>WebSockets to the outside, behind the same guard as <see cref="SafeHttp"/>: a private address is not reached unless the operator allows it.</summary>
public sealed class SafeSockets(IHttpMessageHandlerFactory handlers, TimeProvider clock)
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(15);

    /// <summary>A server that neither sends nor answers a ping for so long is gone.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    /// <summary>Connects.</summary>
    /// <param name="address">ws:// or wss://.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="UnsafeRequestException">The address is private.</exception>
    /// <exception cref="HttpRequestException">The server is not there, or does not speak WebSocket; the message says which.</exception>
    public async Task<WebSocket> Connect(Uri address, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = Silence;
        socket.Options.KeepAliveTimeout = Silence;
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            using var limit = new CancellationTokenSource(ConnectWithin, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);

            // The factory keeps the handler; disposing the invoker must not end it.
            using var invoker = new HttpMessageInvoker(handlers.CreateHandler(SafeHttp.Client), disposeHandler: false);
            await socket.ConnectAsync(address, invoker, both.Token);
            return socket;
        }
        catch (Exception e)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            if (e.InnerException is UnsafeRequestException || e.InnerException?.InnerException is UnsafeRequestException) throw e.InnerException as UnsafeRequestException ?? e.InnerException.InnerException!;
            if (e is OperationCanceledException && !ct.IsCancellationRequested) throw new HttpRequestException($"{address.Authority} did not answer within {ConnectWithin.TotalSeconds:N0} seconds.", e);
            if (e is not WebSocketException) throw;
            throw new HttpRequestException(status is 0 or 200 ? $"{address.Authority} could not be reached: {(e.InnerException ?? e).Message}" : $"{address.Authority} answered {status} instead of opening a stream.", e);
        }
    }
}
