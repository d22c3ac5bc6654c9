using System.Buffers.Text;
using System.Security.Cryptography;

namespace Hearth.App.Hosting;

/// <summary>
/// What every answer tells the browser. Scripts and styles come from this server only; an inline script needs the nonce of its own answer; there are no
/// inline handlers and no style attributes.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    private static readonly object Key = new();

    public Task Invoke(HttpContext context)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        context.Items[Key] = nonce;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; "
            + "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        return next(context);
    }

    /// <summary>The nonce of this answer, for an inline script or style element.</summary>
    public static string Nonce(HttpContext context) => (string)context.Items[Key]!;
}
