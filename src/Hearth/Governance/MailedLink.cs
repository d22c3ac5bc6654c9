namespace Hearth.Governance;

internal enum MailedPurpose
{
    /// <summary>Signs in whoever has the address, or opens an account for it.</summary>
    Enter,

    /// <summary>Proves that the address is that of the account it was asked from.</summary>
    Confirm,
}

/// <summary>An address that works once and was sent to a mailbox. Only the hash of its secret is kept.</summary>
internal sealed class MailedLink
{
    public required byte[] Hash { get; init; }

    /// <summary>In lower case, as in <see cref="Account"/>.</summary>
    public required string Email { get; init; }

    public required MailedPurpose Purpose { get; init; }

    /// <summary>Who asked, to confirm; null to enter: which account that is turns out when the link is used.</summary>
    public Guid? Account { get; init; }

    /// <summary>What somebody new wants to be called.</summary>
    public string? Name { get; init; }

    /// <summary>Where they were going, inside this site.</summary>
    public string? To { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset Until { get; init; }

    public DateTimeOffset? Used { get; set; }
}
