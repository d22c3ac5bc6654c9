namespace Hearth.Governance;

internal enum LinkPurpose
{
    /// <summary>Whoever opens it becomes the first owner.</summary>
    Owner,

    /// <summary>An invited person sets a password.</summary>
    Invitation,

    /// <summary>Signs the account in without a password.</summary>
    SignIn,
}

/// <summary>An address that works once, within a time. Only the hash of its secret is kept.</summary>
internal sealed class SignInLink
{
    public required byte[] Hash { get; init; }

    public required LinkPurpose Purpose { get; init; }

    /// <summary>Null for the first owner, who has no account yet.</summary>
    public Guid? Account { get; init; }

    public required DateTimeOffset Until { get; init; }

    public DateTimeOffset? Used { get; set; }
}
