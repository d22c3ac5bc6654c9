using Hearth.Platform;

namespace Hearth.Governance;

public readonly record struct CertificateId(Guid Value) : IId<CertificateId>
{
    public static CertificateId New() => new(Ids.New());

    public static CertificateId From(Guid value) => new(value);
}

/// <summary>What somebody may state as a fact in the brand's name, from least to most; each holds those before it.</summary>
public enum CertificationLevel
{
    /// <summary>What a product is, does and costs.</summary>
    Product,

    /// <summary>What the company did, does and plans.</summary>
    Company,

    /// <summary>What concerns safety, health or the law.</summary>
    Safety,
}

/// <summary>The council's word that somebody may correct what others say.</summary>
internal sealed class Certificate
{
    public required CertificateId Id { get; init; }

    public required UserId User { get; init; }

    public required CertificationLevel Level { get; init; }

    public required UserId GrantedBy { get; init; }

    public required DateTimeOffset GrantedAt { get; init; }

    public required DateTimeOffset Ends { get; init; }

    public UserId? RevokedBy { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
