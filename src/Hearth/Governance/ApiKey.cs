using System.Security.Cryptography;
using System.Text;
using Hearth.Platform;

namespace Hearth.Governance;

public readonly record struct KeyId(Guid Value) : IId<KeyId>
{
    public static KeyId New() => new(Ids.New());

    public static KeyId From(Guid value) => new(value);
}

/// <summary>What a program shows instead of a password. Only the hash of the secret is kept: 256 random bits need no salt and no slow hash.</summary>
internal sealed class ApiKey
{
    public required KeyId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The first characters of the secret, by which a person knows it again.</summary>
    public required string Prefix { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>Separated by blanks.</summary>
    public required string Scopes { get; init; }

    public required Guid Owner { get; init; }

    public required DateTimeOffset Since { get; init; }

    public DateTimeOffset? LastUsed { get; set; }

    public DateTimeOffset? Revoked { get; set; }
}

/// <summary>A secret of 256 random bits that is shown once and kept as its SHA-256.</summary>
internal static class Secret
{
    public static string New(string prefix) => prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
