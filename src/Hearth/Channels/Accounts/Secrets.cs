using Microsoft.AspNetCore.DataProtection;

namespace Hearth.Channels;

/// <summary>Encrypts what an account signs in with. A secret of one purpose does not open as another.</summary>
public sealed class Secrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Hearth.Channels.Accounts.v1");

    internal string Hide(string secret) => _protector.Protect(secret);

    /// <summary>Opens what <see cref="Hide"/> closed.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The keys that hid it are gone: the account must be connected again.</exception>
    internal string Show(string hidden) => _protector.Unprotect(hidden);
}
