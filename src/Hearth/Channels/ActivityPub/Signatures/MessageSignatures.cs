using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Channels.ActivityPub;

/// <summary>HTTP Message Signatures (RFC 9421), as far as servers of the network use them: RSA keys, plain header fields and the derived components of a request.</summary>
internal static class MessageSignatures
{
    public static IReadOnlyList<(string Name, string Value)> Sign(SignedRequest request, string keyId, RSA key, DateTimeOffset now)
    {
        var headers = new List<(string Name, string Value)>();
        var covered = new List<string> { "@method", "@target-uri" };
        var seen = request;
        if (request.Body.Length > 0)
        {
            var digest = Digests.Content(request.Body);
            headers.Add(("Content-Digest", digest));
            covered.Add("content-digest");
            seen = request with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["content-digest"] = digest } };
        }

        var input = string.Create(CultureInfo.InvariantCulture, $"({string.Join(' ', covered.Select(c => $"\"{c}\""))});created={now.ToUnixTimeSeconds()};keyid=\"{keyId}\";alg=\"rsa-v1_5-sha256\"");
        var signature = key.SignData(Encoding.UTF8.GetBytes(Base(seen, covered, input)!), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        headers.Add(("Signature-Input", "sig1=" + input));
        headers.Add(("Signature", $"sig1=:{Convert.ToBase64String(signature)}:"));
        return headers;
    }

    public static SignatureClaim? Read(SignedRequest request, DateTimeOffset now, out string? wrong)
    {
        wrong = null;
        var signatures = StructuredField.Dictionary(request["signature"] ?? "");
        foreach (var (label, input) in StructuredField.Dictionary(request["signature-input"]!))
        {
            if (!signatures.TryGetValue(label, out var given) || StructuredField.Bytes(given) is not { } signature) continue;
            return Read(request, input, signature, now, out wrong);
        }

        return HttpSignatures.Nothing("has a Signature-Input without its Signature", out wrong);
    }

    private static SignatureClaim? Read(SignedRequest request, string input, byte[] signature, DateTimeOffset now, out string? wrong)
    {
        if (StructuredField.InnerList(input) is not var (covered, parameters)) return HttpSignatures.Nothing("has a Signature-Input that cannot be read", out wrong);
        if (!parameters.TryGetValue("keyid", out var keyId) || keyId.Length == 0) return HttpSignatures.Nothing("has a signature without a key", out wrong);
        if (HttpSignatures.Instant(parameters.GetValueOrDefault("created")) is not { } created) return HttpSignatures.Nothing("has a signature without a time", out wrong);
        if (HttpSignatures.Untimely(created, HttpSignatures.Instant(parameters.GetValueOrDefault("expires")), now) is { } late) return HttpSignatures.Nothing(late, out wrong);
        var addressed = covered.Contains("@target-uri") || covered.Contains("@request-target") && covered.Contains("@authority") || covered.Contains("@path") && covered.Contains("@authority");
        if (!covered.Contains("@method") || !addressed) return HttpSignatures.Nothing("has a signature that does not cover its method and address", out wrong);
        if (request.Body.Length > 0 && !covered.Contains("content-digest")) return HttpSignatures.Nothing("has a signature that does not cover its body", out wrong);
        if (covered.Contains("content-digest") && !Digests.Fits(request["content-digest"], request.Body)) return HttpSignatures.Nothing("has another body than was signed", out wrong);
        if (parameters.GetValueOrDefault("alg", "rsa-v1_5-sha256") is not ("rsa-v1_5-sha256" or "rsa-pss-sha512")) return HttpSignatures.Nothing("is signed by an algorithm that is not known here", out wrong);
        if (Base(request, covered, input) is not { } text) return HttpSignatures.Nothing("has a signature over something that it does not carry", out wrong);
        wrong = null;
        return new(keyId, text, signature, parameters.GetValueOrDefault("alg", "rsa-v1_5-sha256"));
    }

    // Section 2.5. Null when something covered is not there, or is of a kind that is not known here.
    private static string? Base(SignedRequest request, IReadOnlyList<string> covered, string input)
    {
        var text = new StringBuilder();
        foreach (var component in covered)
        {
            var value = component switch
            {
                "@method" => request.Method.ToUpperInvariant(),
                "@target-uri" => request.Target.AbsoluteUri,
                "@authority" => request.Authority,
                "@scheme" => request.Target.Scheme,
                "@request-target" => request.Target.PathAndQuery,
                "@path" => request.Target.AbsolutePath,
                "@query" => request.Target.Query.Length == 0 ? "?" : request.Target.Query,
                ['@', ..] => null,
                _ => request[component],
            };
            if (value is null) return null;
            text.Append('"').Append(component).Append("\": ").Append(value).Append('\n');
        }

        return text.Append("\"@signature-params\": ").Append(input).ToString();
    }
}
