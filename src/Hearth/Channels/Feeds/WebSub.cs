using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hearth.Platform.Http;

namespace Hearth.Channels.Feeds;

/// <summary>The subscriber's side of WebSub (w3.org/TR/websub): asking a hub, and knowing that what comes is from it.</summary>
public sealed class WebSub(IHttpClientFactory clients)
{
    /// <summary>For how long a subscription is asked; the hub may give less.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromDays(10);

    /// <summary>Asks a hub to tell of a topic's changes (section 5.1). It then asks the callback whether that is true.</summary>
    /// <exception cref="HttpRequestException">The hub does not take it.</exception>
    public async Task Subscribe(string hub, string topic, string callback, string secret, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("hub.mode", "subscribe"), new("hub.topic", topic), new("hub.callback", callback), new("hub.secret", secret),
            new("hub.lease_seconds", ((long)Lease.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
        ]);
        using var answer = await clients.Outside().PostAsync(new Uri(hub), form, ct);
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"The hub answered {(int)answer.StatusCode} {answer.ReasonPhrase}.", null, answer.StatusCode);
    }

    /// <summary>The value of <c>X-Hub-Signature</c> (section 7.1).</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <summary>True when the content was sent by who knows the secret: sha1, sha256, sha384 or sha512, as the hub chose.</summary>
    public static bool IsTrue(string secret, string? signature, ReadOnlySpan<byte> body)
    {
        if (signature?.Split('=', 2) is not [var method, var given]) return false;
        var key = Encoding.UTF8.GetBytes(secret);
        var expected = method.ToLowerInvariant() switch
        {
#pragma warning disable CA5350 // hubs choose the method, and many still choose sha1; with a secret of 32 random bytes HMAC-SHA1 is not known to be broken
            "sha1" => HMACSHA1.HashData(key, body),
#pragma warning restore CA5350
            "sha256" => HMACSHA256.HashData(key, body),
            "sha384" => HMACSHA384.HashData(key, body),
            "sha512" => HMACSHA512.HashData(key, body),
            _ => null,
        };
        return expected is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(expected)), Encoding.UTF8.GetBytes(given.Trim().ToLowerInvariant()));
    }
}
