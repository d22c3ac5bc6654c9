using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.Channels.Mail.Lmtp;

public sealed class LmtpOptions
{
    /// <summary>Where a mail server of this house hands letters over ("127.0.0.1:2424"); null, the default, for nowhere. Port 0 takes any free one.</summary>
    public IPEndPoint? Listen { get; set; }
}

/// <summary>
/// A small server for the Local Mail Transfer Protocol (RFC 2033): a Postfix or Exim of the house hands letters over, and hears of each recipient whether it is kept. It asks for no password, so it listens on loopback
/// or inside the house only.
/// </summary>
public sealed partial class LmtpServer(IServiceScopeFactory scopes, IOptions<LmtpOptions> options, ILogger<LmtpServer> log) : BackgroundService
{
    /// <summary>Connections at once; more wait.</summary>
    private const int AtOnce = 16;

    private readonly TaskCompletionSource<IPEndPoint> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where it listens, once it does.</summary>
    public Task<IPEndPoint> Listening => _listening.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Listen is not { } where) return;
        using var listener = new TcpListener(where);
        listener.Start();
        _listening.TrySetResult((IPEndPoint)listener.LocalEndpoint);
        Listens(log, listener.LocalEndpoint);
        using var free = new SemaphoreSlim(AtOnce);
        var open = new HashSet<Task>();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await free.WaitAsync(stoppingToken);
                var client = await listener.AcceptTcpClientAsync(stoppingToken);
                open.RemoveWhere(t => t.IsCompleted);
                open.Add(Serve(client, free, stoppingToken));
            }
        }
        catch (OperationCanceledException)
        {
            // the server stops
        }

        await Task.WhenAll(open);
    }

    private async Task Serve(TcpClient client, SemaphoreSlim free, CancellationToken ct)
    {
        try
        {
            using (client)
            await using (var stream = client.GetStream()) await new LmtpSession(scopes, stream, e => NotKept(log, e)).Run(ct);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // the other side went, or we stop; what was not answered with 250 is brought again
        }
        catch (Exception e)
        {
            Failed(log, e);
        }
        finally
        {
            free.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Letters are taken by LMTP on {Where}")]
    private static partial void Listens(ILogger log, EndPoint where);

    [LoggerMessage(Level = LogLevel.Error, Message = "A letter could not be kept; its mail server brings it again")]
    private static partial void NotKept(ILogger log, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "An LMTP session failed")]
    private static partial void Failed(ILogger log, Exception error);
}
