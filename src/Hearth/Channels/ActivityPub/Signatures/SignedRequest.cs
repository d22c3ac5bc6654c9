namespace Hearth.Channels.ActivityPub;

/// <summary>A request as it was sent, with all that a signature may cover.</summary>
/// <param name="Method">"GET", "POST".</param>
/// <param name="Target">The address it was sent to, with our own origin: what a proxy made of it does not matter.</param>
/// <param name="Headers">By lower-case name; several of one name joined with ", ".</param>
/// <param name="Body">To the byte; empty when there is none.</param>
public sealed record SignedRequest(string Method, Uri Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    internal string? this[string header] => Headers.TryGetValue(header, out var value) ? value.Trim() : null;

    /// <summary>The value of the header Host, as RFC 9110 section 7.2 wants it: without a port that is the scheme's own.</summary>
    internal string Authority => Target.IsDefaultPort ? Target.IdnHost : $"{Target.IdnHost}:{Target.Port}";
}

/// <summary>What a signature says of itself, and the text that was signed.</summary>
/// <param name="KeyId">The address of the key.</param>
/// <param name="Base">What the signature is over.</param>
/// <param name="Signature">The signature.</param>
/// <param name="Algorithm">"rsa-v1_5-sha256" or "rsa-pss-sha512".</param>
internal sealed record SignatureClaim(string KeyId, string Base, byte[] Signature, string Algorithm);

/// <summary>How a request is signed.</summary>
public enum SignatureStyle
{
    /// <summary>RFC 9421, HTTP Message Signatures.</summary>
    Rfc9421,

    /// <summary>draft-cavage-http-signatures-12, which most of the network still speaks alone.</summary>
    Cavage,
}
