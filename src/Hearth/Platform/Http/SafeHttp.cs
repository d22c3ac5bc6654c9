using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hearth.Platform.Http;

/// <summary>Bounds of every outgoing request.</summary>
public sealed class SafeHttpOptions
{
    /// <summary>
    /// Hosts ("127.0.0.1:2583", "intranet.example:443", or without a port for any port) that may be reached although their address is private.
    /// Empty unless the operator says so.
    /// </summary>
    public ISet<string> AllowPrivate { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Longest answer body that is read, in bytes. Default 16 MiB.</summary>
    public long MaxBytes { get; set; } = 16 << 20;

    /// <summary>Longest time from connect to the last byte. Default 30 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>The request was not sent, or its answer not read, because a bound of <see cref="SafeHttpOptions"/> forbids it.</summary>
public sealed class UnsafeRequestException(string message) : HttpRequestException(message);

/// <summary>
/// The one way out: refuses private, loopback, link-local and multicast addresses after name resolution, on the first request and on each
/// redirect, since the check stands where the socket is connected (no gap between check and use). Bounds time, size and redirects (5).
/// </summary>
public static class SafeHttp
{
    /// <summary>Ask <see cref="IHttpClientFactory"/> for the client of this name.</summary>
    public const string Client = "outside";

    /// <summary>The same without following redirects, for who must know where and how long something has moved.</summary>
    public const string Unfollowed = "outside-unfollowed";

    internal static IServiceCollection AddSafeHttp(this IServiceCollection services)
    {
        services.AddOptions<SafeHttpOptions>();
        foreach (var name in (string[])[Client, Unfollowed]) services.AddHttpClient(name).ConfigureHttpClient((s, client) =>
        {
            var options = s.GetRequiredService<IOptions<SafeHttpOptions>>().Value;
            client.Timeout = options.Timeout;
            client.MaxResponseContentBufferSize = options.MaxBytes;
            client.DefaultRequestHeaders.UserAgent.ParseAdd($"Hearth/{typeof(SafeHttp).Assembly.GetName().Version?.ToString(3)}");
        }).ConfigurePrimaryHttpMessageHandler(s => Handler(s.GetRequiredService<IOptions<SafeHttpOptions>>().Value, follows: name == Client)).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services;
    }

    /// <summary>The client of <see cref="Client"/>.</summary>
    public static HttpClient Outside(this IHttpClientFactory factory) => factory.CreateClient(Client);

    /// <summary>The client of <see cref="Unfollowed"/>.</summary>
    public static HttpClient OutsideUnfollowed(this IHttpClientFactory factory) => factory.CreateClient(Unfollowed);

    /// <summary>True for an address that only means something inside a network: RFC 6890's special-purpose registries, and multicast.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return true;
        var b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return b[0] is 0 or 10 or 127 or >= 224
                || b[0] == 100 && b[1] is >= 64 and < 128
                || b[0] == 169 && b[1] == 254
                || b[0] == 172 && b[1] is >= 16 and < 32
                || b[0] == 192 && (b[1] == 168 || b[1] == 0 && b[2] is 0 or 2)
                || b[0] == 198 && (b[1] is 18 or 19 || b[1] == 51 && b[2] == 100)
                || b[0] == 203 && b[1] == 0 && b[2] == 113;
        }

        var embedded = b[0] == 0x20 && b[1] == 0x02 ? b[2..6] // 6to4
            : b[0] == 0 && b[1] == 0x64 && b[2] == 0xff && b[3] == 0x9b ? b[12..16] : null; // NAT64
        return address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal || address.IsIPv6Teredo
            || address.Equals(IPAddress.IPv6None) || address.Equals(IPAddress.IPv6Any)
            || b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && b[3] == 0xb8 // documentation
            || embedded is not null && IsPrivate(new IPAddress(embedded));
    }

    /// <summary>When an answer says how long to wait (Retry-After, RFC 9110 section 10.2.3), the time to try again, at most a day ahead; else null.</summary>
    public static DateTimeOffset? RetryAt(this HttpResponseMessage response, DateTimeOffset now)
    {
        var at = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => now + delta,
            { Date: { } date } => date,
            _ => (DateTimeOffset?)null,
        };
        return at is null ? null : at > now.AddDays(1) ? now.AddDays(1) : at < now ? now : at;
    }

    private static SocketsHttpHandler Handler(SafeHttpOptions options, bool follows) => new()
    {
        AllowAutoRedirect = follows,
        MaxAutomaticRedirections = 5,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = async (context, ct) =>
        {
            var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
            var allowed = options.AllowPrivate.Contains(host) || options.AllowPrivate.Contains($"{host}:{port}");
            var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, ct);
            var usable = addresses.Where(a => allowed || !IsPrivate(a)).ToArray();
            if (usable.Length == 0) throw new UnsafeRequestException($"{host}:{port} is a private address; it is not reached unless the operator allows it.");
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(usable, port, ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };
}
