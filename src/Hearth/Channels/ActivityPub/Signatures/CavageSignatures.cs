using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Channels.ActivityPub;

/// <summary>Signatures as draft-cavage-http-signatures-12 describes them, with RSA and SHA-256: what most servers of the network speak.</summary>
internal static class CavageSignatures
{
    public static IReadOnlyList<(string Name, string Value)> Sign(SignedRequest request, string keyId, RSA key, DateTimeOffset now)
    {
        var headers = new List<(string Name, string Value)> { ("Date", now.UtcDateTime.ToString("r", CultureInfo.InvariantCulture)) };
        var covered = new List<string> { "(request-target)", "host", "date" };
        if (request.Body.Length > 0)
        {
            headers.Add(("Digest", Digests.Old(request.Body)));
            covered.Add("digest");
        }

        var seen = request with { Headers = headers.Append(("Host", request.Authority)).ToDictionary(h => h.Item1.ToLowerInvariant(), h => h.Item2, StringComparer.Ordinal) };
        var signature = key.SignData(Encoding.UTF8.GetBytes(Base(seen, covered, null, null)!), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        headers.Add(("Signature", $"keyId=\"{keyId}\",algorithm=\"rsa-sha256\",headers=\"{string.Join(' ', covered)}\",signature=\"{Convert.ToBase64String(signature)}\""));
        return headers;
    }

    public static SignatureClaim? Read(SignedRequest request, DateTimeOffset now, out string? wrong)
    {
        var parts = StructuredField.Dictionary(request["signature"]!).ToDictionary(p => p.Key, p => p.Value.Trim('"'), StringComparer.OrdinalIgnoreCase);
        if (parts.GetValueOrDefault("keyId") is not { Length: > 0 } keyId) return HttpSignatures.Nothing("has a signature without a key", out wrong);
        var signature = new byte[parts.GetValueOrDefault("signature", "").Length];
        if (!Convert.TryFromBase64String(parts.GetValueOrDefault("signature", ""), signature, out var length) || length == 0) return HttpSignatures.Nothing("has a signature that cannot be read", out wrong);
        if (parts.GetValueOrDefault("algorithm", "hs2019").ToLowerInvariant() is not ("rsa-sha256" or "hs2019")) return HttpSignatures.Nothing("is signed by an algorithm that is not known here", out wrong);
        var covered = parts.GetValueOrDefault("headers", "date").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!covered.Contains("(request-target)") || !covered.Contains("host")) return HttpSignatures.Nothing("has a signature that does not cover its method and address", out wrong);

        // The host that was signed is ours, or the request was meant for somebody else.
        if (!string.Equals(request["host"], request.Authority, StringComparison.OrdinalIgnoreCase)) return HttpSignatures.Nothing("was signed for another host", out wrong);
        if (request.Body.Length > 0 && !covered.Contains("digest")) return HttpSignatures.Nothing("has a signature that does not cover its body", out wrong);
        if (covered.Contains("digest") && !Digests.Fits(request["digest"], request.Body)) return HttpSignatures.Nothing("has another body than was signed", out wrong);
        var made = covered.Contains("(created)") ? HttpSignatures.Instant(parts.GetValueOrDefault("created"))
            : covered.Contains("date") && DateTimeOffset.TryParse(request["date"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
        if (made is not { } at) return HttpSignatures.Nothing("has a signature without a time", out wrong);
        if (HttpSignatures.Untimely(at, HttpSignatures.Instant(parts.GetValueOrDefault("expires")), now) is { } late) return HttpSignatures.Nothing(late, out wrong);
        if (Base(request, covered, parts.GetValueOrDefault("created"), parts.GetValueOrDefault("expires")) is not { } text) return HttpSignatures.Nothing("has a signature over something that it does not carry", out wrong);
        wrong = null;
        return new(keyId, text, signature[..length], "rsa-v1_5-sha256");
    }

    // Section 2.3. Null when something covered is not there.
    private static string? Base(SignedRequest request, IReadOnlyList<string> covered, string? created, string? expires)
    {
        var lines = new List<string>();
        foreach (var name in covered)
        {
            var value = name switch
            {
                "(request-target)" => $"{request.Method.ToLowerInvariant()} {request.Target.PathAndQuery}",
                "(created)" => created,
                "(expires)" => expires,
                _ => request[name],
            };
            if (value is null) return null;
            lines.Add($"{name}: {value}");
        }

        return string.Join('\n', lines);
    }
}
