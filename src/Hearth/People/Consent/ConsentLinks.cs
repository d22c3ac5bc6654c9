using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Hearth.People.Consent;

/// <summary>The address of the page where a person sees what they agreed to and takes it back, without signing in. Whoever has it may do no more than that.</summary>
public sealed class ConsentLinks(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Hearth.People.Consent");

    /// <summary>The path, to be sent to that person alone.</summary>
    public string PathFor(PersonId person) => "/consent/" + _protector.Protect(person.Value.ToString("N"));

    /// <summary>Whose it is; null for an address that is not ours.</summary>
    public PersonId? Read(string token)
    {
        try
        {
            return Guid.TryParseExact(_protector.Unprotect(token), "N", out var id) ? PersonId.From(id) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
