using System.Security.Cryptography;

namespace Hearth.Channels.ActivityPub;

/// <summary>The two headers that bind a body to a signature: Content-Digest (RFC 9530) and the older Digest (RFC 3230).</summary>
internal static class Digests
{
    /// <summary>A value of Content-Digest.</summary>
    public static string Content(byte[] body) => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:";

    /// <summary>A value of Digest.</summary>
    public static string Old(byte[] body) => "SHA-256=" + Convert.ToBase64String(SHA256.HashData(body));

    /// <summary>True when the header names at least one digest that is still trusted, and every such one is the body's.</summary>
    /// <param name="header">Of either kind: "sha-256=:…:, sha-512=:…:" or "SHA-256=…".</param>
    /// <param name="body">To the byte.</param>
    public static bool Fits(string? header, byte[] body)
    {
        var known = 0;
        foreach (var part in (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 0) return false;
            var made = part[..at].Trim().ToLowerInvariant() switch { "sha-256" => SHA256.HashData(body), "sha-512" => SHA512.HashData(body), _ => null };
            if (made is null) continue; // MD5 and SHA-1 prove nothing
            var given = new byte[made.Length];
            if (!Convert.TryFromBase64String(part[(at + 1)..].Trim().Trim(':'), given, out var length) || length != made.Length || !CryptographicOperations.FixedTimeEquals(given, made)) return false;
            known++;
        }

        return known > 0;
    }
}
