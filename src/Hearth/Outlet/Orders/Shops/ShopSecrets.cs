using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Hearth.Outlet;

/// <summary>Keeps the secrets that shops sign with unreadable to whoever has only the database.</summary>
public sealed class ShopSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Hearth.Outlet.Shops");

    internal string Protect(string secret) => _protector.Protect(secret);

    /// <summary>Whether the signature (base64 of the body's HMAC-SHA256, which Shopify and WooCommerce share) was made with the secret. Takes the same time whatever differs.</summary>
    internal bool Signed(string kept, string? signature, ReadOnlySpan<byte> body)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(signature?.Trim() ?? "", given, out var length) && length == given.Length
            && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_protector.Unprotect(kept)), body), given);
    }
}
