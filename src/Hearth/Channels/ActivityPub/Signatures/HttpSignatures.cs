using System.Security.Cryptography;
using System.Text;

namespace Hearth.Channels.ActivityPub;

/// <summary>Signs requests and reads the signatures of others, in both styles that the network speaks.</summary>
internal static class HttpSignatures
{
    /// <summary>How far the clock of the signer may be from ours, either way. What is older is refused, so a caught request is of no use for longer.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Reads the signature and checks all that needs no key: that it covers method, address and body, that the body is the one it covers, and its time.</summary>
    /// <param name="request">As it came.</param>
    /// <param name="now">The time here.</param>
    /// <param name="wrong">Why it is not trusted; null when there is a claim.</param>
    public static SignatureClaim? Read(SignedRequest request, DateTimeOffset now, out string? wrong) =>
        request["signature-input"] is not null ? MessageSignatures.Read(request, now, out wrong)
        : request["signature"] is not null ? CavageSignatures.Read(request, now, out wrong)
        : Nothing("is not signed", out wrong);

    /// <summary>The headers that sign a request.</summary>
    /// <param name="style">Which of the two.</param>
    /// <param name="request">To be sent; its headers are not looked at.</param>
    /// <param name="keyId">The address of the key.</param>
    /// <param name="key">The private key.</param>
    /// <param name="now">The time here.</param>
    public static IReadOnlyList<(string Name, string Value)> Sign(SignatureStyle style, SignedRequest request, string keyId, RSA key, DateTimeOffset now) =>
        style == SignatureStyle.Rfc9421 ? MessageSignatures.Sign(request, keyId, key, now) : CavageSignatures.Sign(request, keyId, key, now);

    /// <summary>True when the key made the signature. A key that cannot be read made none.</summary>
    public static bool Verify(SignatureClaim claim, string publicKey)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(publicKey);
            if (key.KeySize < 1024) return false;
            var (hash, padding) = claim.Algorithm == "rsa-pss-sha512" ? (HashAlgorithmName.SHA512, RSASignaturePadding.Pss) : (HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return key.VerifyData(Encoding.UTF8.GetBytes(claim.Base), claim.Signature, hash, padding);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Why a time is not accepted; null when it is.</summary>
    public static string? Untimely(DateTimeOffset made, DateTimeOffset? ends, DateTimeOffset now)
    {
        if (made < now - Window) return "was signed more than an hour ago";
        if (made > now + Window) return "was signed more than an hour ahead";
        return ends < now ? "has a signature that has run out" : null;
    }

    /// <summary>A Unix time; null for a number that is none.</summary>
    public static DateTimeOffset? Instant(string? seconds) =>
        long.TryParse(seconds, System.Globalization.CultureInfo.InvariantCulture, out var s) && s is > 0 and < 253402300799 ? DateTimeOffset.FromUnixTimeSeconds(s) : null;

    public static SignatureClaim? Nothing(string reason, out string? wrong)
    {
        wrong = reason;
        return null;
    }
}
