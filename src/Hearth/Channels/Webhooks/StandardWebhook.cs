using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Channels.Webhooks;

/// <summary>Signatures of signed webhooks as https://www.standardwebhooks.com says (specification 1.0, symmetric keys).</summary>
public static class StandardWebhook
{
    /// <summary>How far the sender's clock may be off, in either direction.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string Prefix = "whsec_";

    /// <summary>A new secret: "whsec_" and 32 random bytes in base64 (the specification asks for 24 to 64).</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The value of the <c>webhook-signature</c> header.</summary>
    public static string Sign(string secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body) =>
        "v1," + Convert.ToBase64String(Mac(Key(secret), id, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), body));

    /// <summary>Why the message is not to be trusted; null when it is.</summary>
    /// <param name="secret">Ours, as made by <see cref="NewSecret"/>.</param>
    /// <param name="id">Header <c>webhook-id</c>.</param>
    /// <param name="timestamp">Header <c>webhook-timestamp</c>, Unix seconds.</param>
    /// <param name="signatures">Header <c>webhook-signature</c>: one or more, separated by spaces; unknown versions are passed over.</param>
    /// <param name="body">The body as it came, to the byte.</param>
    /// <param name="now">The time here.</param>
    public static string? Refuse(string secret, string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(id)) return "the header webhook-id is missing";
        if (string.IsNullOrEmpty(timestamp)) return "the header webhook-timestamp is missing";
        if (string.IsNullOrEmpty(signatures)) return "the header webhook-signature is missing";
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return "the header webhook-timestamp is no Unix time in seconds";
        var age = now.ToUnixTimeSeconds() - seconds;
        if (Math.Abs(age) > Tolerance.TotalSeconds) return age > 0 ? "the message is older than five minutes" : "the message is from the future";
        var expected = Mac(Key(secret), id, timestamp, body);
        var found = false;
        Span<byte> given = stackalloc byte[64];
        foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!signature.StartsWith("v1,", StringComparison.Ordinal)) continue;
            if (Convert.TryFromBase64String(signature[3..], given, out var length)) found |= CryptographicOperations.FixedTimeEquals(given[..length], expected);
        }

        return found ? null : "no signature fits";
    }

    private static byte[] Key(string secret) => Convert.FromBase64String(secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret);

    private static byte[] Mac(byte[] key, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}
