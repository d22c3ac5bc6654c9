namespace Hearth.Channels;

public enum ChannelState
{
    /// <summary>Signed in; used for listening and publishing.</summary>
    Connected,

    /// <summary>The network no longer accepts the sign-in; a person must connect it again.</summary>
    NeedsSignIn,

    /// <summary>A person disconnected it; its secrets are gone, its history stays.</summary>
    Disconnected,
}

/// <summary>An account of the brand. Its password and session are kept encrypted and never leave this room.</summary>
internal sealed class ChannelAccount
{
    public required ChannelAccountId Id { get; init; }

    public required string Network { get; init; }

    /// <summary>The account's id on the network (a DID on Bluesky); it stays when the handle changes.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The server that a person gave ("https://bsky.social").</summary>
    public required string Service { get; set; }

    /// <summary>The server that holds the account, as the identity directory says; equal to <see cref="Service"/> when it is not known.</summary>
    public required string Host { get; set; }

    public required string Handle { get; set; }

    public string? DisplayName { get; set; }

    /// <summary>The app password, encrypted; null once disconnected.</summary>
    public string? Password { get; set; }

    /// <summary>The tokens of the session, encrypted; null before the first and once disconnected.</summary>
    public string? Session { get; set; }

    /// <summary>Whose market it serves (ISO 3166-1 alpha-2, "DE"); null for none in particular.</summary>
    public string? Country { get; set; }

    public ChannelState State { get; set; }

    public string? Error { get; set; }

    public DateTimeOffset? ErrorAt { get; set; }

    public required DateTimeOffset ConnectedAt { get; set; }
}
