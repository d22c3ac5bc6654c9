using System.Security.Cryptography;
using System.Text;

namespace Hearth.Channels.Discourse;

/// <summary>Signatures of Discourse's webhooks: <c>X-Discourse-Event-Signature: sha256=</c> and the HMAC-SHA256 of the body in hexadecimal (docs.discourse.org, "Webhooks").</summary>
public static class DiscourseHook
{
    /// <summary>The value of the header.</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <summary>Why the message is not to be trusted; null when it is.</summary>
    public static string? Refuse(string secret, string? signature, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(signature)) return "the header X-Discourse-Event-Signature is missing; give the webhook the secret";
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(secret, body)), Encoding.UTF8.GetBytes(signature.Trim().ToLowerInvariant())) ? null : "the signature does not fit";
    }
}
