using Microsoft.AspNetCore.Http;

namespace Hearth.Platform;

/// <summary>The address people reach this server under, for links that leave the house.</summary>
/// <param name="Given">What the operator said (<c>--public-url</c>); null when nothing was said.</param>
public sealed record PublicAddress(string? Given)
{
    /// <summary>What the operator said; else what this request was sent to. No slash at its end.</summary>
    public string Of(HttpContext context) => (Given ?? $"{context.Request.Scheme}://{context.Request.Host}").TrimEnd('/');
}
