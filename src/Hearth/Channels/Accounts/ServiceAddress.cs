using Hearth.Platform.Http;
using Microsoft.Extensions.Options;

namespace Hearth.Channels;

/// <summary>Which servers an account may be connected to: https, or any that the operator allowed although its address is private.</summary>
public sealed class ServiceAddress(IOptions<SafeHttpOptions> options)
{
    /// <summary>Reads an address as a person types it; "bsky.social" means https://bsky.social.</summary>
    /// <param name="given">With or without scheme; a path is refused.</param>
    /// <param name="address">Scheme, host and port, without a slash at the end.</param>
    /// <param name="example">What an address of the network looks like.</param>
    /// <returns>Null when it is fine, else the reason for a person.</returns>
    public string? Check(string? given, out string address, string example = "https://bsky.social")
    {
        address = "";
        var text = (given ?? "").Trim().TrimEnd('/');
        if (text.Length == 0) return $"is needed; for most people it is {example}";
        if (!text.Contains("://", StringComparison.Ordinal)) text = "https://" + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Scheme is not ("https" or "http")) return $"is not an address like {example}";
        if (uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0) return "must be a server only, without path, name or password";
        var allowed = options.Value.AllowPrivate.Contains(uri.Host) || options.Value.AllowPrivate.Contains($"{uri.Host}:{uri.Port}");
        if (uri.Scheme == "http" && !allowed) return "must begin with https://; http only for servers that the operator allowed with --allow-private";
        address = uri.GetLeftPart(UriPartial.Authority);
        return null;
    }
}
