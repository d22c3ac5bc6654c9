using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Http;

namespace Hearth.Ideas.DoubleDippers;

/// <summary>What was seen when somebody voted or posted. No address, name or text can be read from it; 0 is "not seen".</summary>
/// <param name="Device">Salted hash of the mark that the browser carries.</param>
/// <param name="Network">Salted hash of the network's prefix: /24 of IPv4, /48 of IPv6.</param>
/// <param name="Agent">Salted hash of what the browser calls itself.</param>
/// <param name="Referrer">The host of the page that led here, at most 100 characters; null when it was ours or is not known.</param>
public sealed record VoteFrom(long Device, long Network, long Agent, string? Referrer);

/// <summary>Sees where a vote comes from. Only who votes or posts is marked; who reads carries at most the name of the site that led here.</summary>
public sealed class SeeVoter(Database db, WatchBoard watch, TimeProvider clock)
{
    internal const string Mark = "hearth_mark";
    internal const string Came = "hearth_came";

    /// <summary>What is seen of a request that votes or posts; null while the board is not watched.</summary>
    /// <remarks>Marks the browser when it carries no mark yet, unless the board wants none or the browser asks for privacy (Global Privacy Control).</remarks>
    public async Task<VoteFrom?> Of(HttpContext http, CancellationToken ct)
    {
        if (await watch.Row(ct) is not { IsOn: true } row) return null;
        return new(Device(http, row), Hash(row, "network", Prefix(http.Connection.RemoteIpAddress)), Hash(row, "agent", http.Request.Headers.UserAgent.ToString()), Host(http.Request.Cookies[Came]));
    }

    /// <summary>Keeps what is seen of a request that posted an idea: its author's own vote for it, whether the button is pressed or not.</summary>
    public async Task Posted(HttpContext http, UserId author, IdeaId idea, CancellationToken ct)
    {
        if (await Of(http, ct) is { } from) await SignalRows.Put(db, [SignalRows.Of(author, idea, clock.Now(), from, posted: true)], ct);
    }

    /// <summary>The host of somebody else's page that led here; null when there is none, it is remembered already, or the browser asks for privacy.</summary>
    public static string? LedHere(HttpContext http)
    {
        if (http.Request.Cookies.ContainsKey(Came) || WantsPrivacy(http) || !Uri.TryCreate(http.Request.Headers.Referer, UriKind.Absolute, out var from)) return null;
        return Host(from.Host) is { } host && !string.Equals(host, http.Request.Host.Host, StringComparison.OrdinalIgnoreCase) ? host : null;
    }

    /// <summary>Lets the browser remember for a day which host led here, while the board is watched and browsers may be marked.</summary>
    public async Task Remember(HttpContext http, string host, CancellationToken ct)
    {
        if (await watch.Row(ct) is not { IsOn: true, Marks: true }) return;
        http.Response.Cookies.Append(Came, host, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(1), Path = "/" });
    }

    internal static string Prefix(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, address.AddressFamily == AddressFamily.InterNetworkV6 ? 6 : 3));
    }

    private long Device(HttpContext http, IdeaWatch row)
    {
        if (!row.Marks || WantsPrivacy(http)) return 0;
        var mark = http.Request.Cookies[Mark];
        if (mark is not { Length: 22 })
        {
            mark = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
            http.Response.Cookies.Append(Mark, mark, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Expires = clock.Now().AddDays(row.KeepDays), Path = "/" });
        }

        return Hash(row, "device", mark);
    }

    private static bool WantsPrivacy(HttpContext http) => http.Request.Headers["Sec-GPC"] == "1";

    private static string? Host(string? host) =>
        host is { Length: > 0 and <= 100 } && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') ? host.ToLowerInvariant() : null;

    private static long Hash(IdeaWatch row, string what, string value) => value.Length == 0 ? 0
        : BinaryPrimitives.ReadInt64BigEndian(HMACSHA256.HashData(row.Salt, Encoding.UTF8.GetBytes(what + "\0" + value))) is var hash and not 0 ? hash : 1;
}
