using Microsoft.AspNetCore.DataProtection;

namespace Hearth.Listening;

/// <summary>Keeps the secrets of webhooks unreadable to whoever has only the database.</summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Hearth.Listening.Webhooks");

    internal string Protect(string secret) => _protector.Protect(secret);

    internal string Reveal(string kept) => _protector.Unprotect(kept);
}
