using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hearth.Channels.Bluesky.OAuth;

/// <summary>
/// Proves with each request that whoever sends a token holds the key it was given to (RFC 9449): a token that leaks is of no use alone. Servers hand out
/// nonces that go stale after minutes; the latest of each is remembered here, and a request that met a stale one is sent once more.
/// </summary>
public sealed class Dpop(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, string> _nonces = new(StringComparer.Ordinal);

    /// <summary>A new key, in PEM: ES256, which every server of the network takes.</summary>
    internal static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>The header DPoP of one request.</summary>
    /// <param name="pem">The private key.</param>
    /// <param name="method">"POST".</param>
    /// <param name="address">Where the request goes; query and fragment are no part of the proof.</param>
    /// <param name="token">The access token that goes with it; null when none does.</param>
    internal string Proof(string pem, string method, Uri address, string? token)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        var point = key.ExportParameters(false).Q;
        var header = new JsonObject
        {
            ["typ"] = "dpop+jwt", ["alg"] = "ES256",
            ["jwk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) },
        };
        var claims = new JsonObject
        {
            ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), ["htm"] = method, ["htu"] = address.GetLeftPart(UriPartial.Path), ["iat"] = clock.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (_nonces.TryGetValue(address.Authority, out var nonce)) claims["nonce"] = nonce;
        if (token is not null) claims["ath"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        var signed = Part(header) + "." + Part(claims);
        return signed + "." + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    /// <summary>Remembers the nonce that a server gave.</summary>
    /// <returns>True when it gave one that we did not have.</returns>
    internal bool Learn(Uri address, HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("DPoP-Nonce", out var given) || given.FirstOrDefault() is not { Length: > 0 } nonce) return false;
        var known = _nonces.TryGetValue(address.Authority, out var old) && old == nonce;
        _nonces[address.Authority] = nonce;
        return !known;
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
