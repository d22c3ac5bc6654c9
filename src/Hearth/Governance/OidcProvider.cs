namespace Hearth.Governance;

/// <summary>A provider of single sign-on (OpenID Connect Core 1.0) that this server trusts to say who somebody is.</summary>
internal sealed class OidcProvider
{
    /// <summary>Its place in addresses, chosen once: the provider knows the way back by it.</summary>
    public required string Slug { get; init; }

    public required string Name { get; set; }

    public required string Issuer { get; set; }

    public required string ClientId { get; set; }

    /// <summary>Encrypted; null for a client without one.</summary>
    public string? ClientSecret { get; set; }

    public required bool ForStaff { get; set; }

    public Role? OpensAs { get; set; }

    public Department? Department { get; set; }

    /// <summary>Separated by blanks; empty for any.</summary>
    public required string Domains { get; set; }

    /// <summary>Whether an address of these domains may come in.</summary>
    public bool Takes(string email) => Domains.Length == 0 || Domains.Split(' ').Contains(email[(email.LastIndexOf('@') + 1)..], StringComparer.Ordinal);
}
