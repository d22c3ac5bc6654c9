namespace Hearth.Channels.ActivityPub;

/// <summary>The brand as an actor of its own. Its private key is the account's session.</summary>
internal sealed class OwnActorRow
{
    public required ChannelAccountId Account { get; init; }

    /// <summary>The part before the @.</summary>
    public required string Name { get; init; }

    /// <summary>Scheme, host and port that all of its addresses begin with.</summary>
    public required string Origin { get; init; }

    /// <summary>What it says of itself; plain text.</summary>
    public string? Summary { get; set; }

    /// <summary>The path of the page that it stands for; null for the whole site.</summary>
    public string? Page { get; set; }

    /// <summary>The path of its picture, a PNG; null for none.</summary>
    public string? Icon { get; set; }

    public required string PublicKey { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Rises with everything that is taken in, so that the row's lock puts that in one order.</summary>
    public long Taken { get; set; }
}

/// <summary>An actor of another server, as it last showed itself.</summary>
internal sealed class RemoteActorRow
{
    /// <summary>Its address.</summary>
    public required string Id { get; init; }

    public required string Host { get; init; }

    public required string KeyId { get; set; }

    public required string PublicKey { get; set; }

    public required string Inbox { get; set; }

    public string? SharedInbox { get; set; }

    public required string Username { get; set; }

    public string? Name { get; set; }

    public string? Avatar { get; set; }

    public string? Url { get; set; }

    public required DateTimeOffset FetchedAt { get; set; }
}

/// <summary>Who follows an actor of ours.</summary>
internal sealed class FollowerRow
{
    public required ChannelAccountId Account { get; init; }

    public required string Actor { get; init; }

    /// <summary>The follow that is in force; undoing another one changes nothing.</summary>
    public required string Follow { get; set; }

    /// <summary>Where its server takes what is meant for many; one delivery there reaches all of them.</summary>
    public required string Inbox { get; set; }

    public required DateTimeOffset At { get; init; }
}

internal enum TakenKind
{
    /// <summary>A note, or its new text.</summary>
    Post,

    /// <summary>A note is gone.</summary>
    Removed,

    /// <summary>An account is gone.</summary>
    AuthorGone,

    /// <summary>Anything that Listening has no part in; kept so that it is taken once.</summary>
    Other,
}

/// <summary>An activity that was taken in. The row outlives what it said: an activity of the same id is never taken again.</summary>
internal sealed class TakenRow
{
    /// <summary>Rises in the order of the commits of one account.</summary>
    public long Position { get; init; }

    public required ChannelAccountId Account { get; init; }

    public required string Activity { get; init; }

    public required TakenKind Kind { get; init; }

    public required string Actor { get; init; }

    /// <summary>The note; null of what is about none.</summary>
    public string? Object { get; init; }

    /// <summary>The note that it answers.</summary>
    public string? Parent { get; init; }

    /// <summary>The first note of its thread.</summary>
    public string? Root { get; init; }

    /// <summary>False for what was written to few.</summary>
    public bool IsPublic { get; init; }

    /// <summary>What Listening reads; forgotten once it has read it.</summary>
    public string? Body { get; set; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A note of ours.</summary>
internal sealed class NoteRow
{
    /// <summary>The last part of its address, chosen before it was sent.</summary>
    public required string Key { get; init; }

    public required ChannelAccountId Account { get; init; }

    /// <summary>A <see cref="PreparedNote"/>.</summary>
    public required string Body { get; set; }

    public bool IsPublic { get; init; }

    public string? Root { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>How often it was changed; part of the id of each change.</summary>
    public int Version { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>Somebody likes or passes on a note of ours.</summary>
internal sealed class ReactionRow
{
    public required string Note { get; init; }

    public required string Actor { get; init; }

    /// <summary>"Like" or "Announce".</summary>
    public required string Kind { get; init; }

    public required string Activity { get; set; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>An activity of ours on its way.</summary>
internal sealed class SentRow
{
    public required string Activity { get; init; }

    public required ChannelAccountId Account { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>An inbox that an activity of ours is still to be put into.</summary>
internal sealed class DeliveryRow
{
    public required string Activity { get; init; }

    /// <summary>Which job sends it.</summary>
    public required int Part { get; init; }

    /// <summary>One of a server: its shared one where it has one.</summary>
    public required string Inbox { get; init; }
}

/// <summary>What is known of a server.</summary>
internal sealed class HostRow
{
    /// <summary>Host, with the port when it is not the scheme's own.</summary>
    public required string Host { get; init; }

    /// <summary>The style of signature that it took last.</summary>
    public SignatureStyle? Style { get; set; }

    /// <summary>Nothing is sent there before.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    public int Failures { get; set; }

    public string? Error { get; set; }

    /// <summary>When a person blocked it; nothing comes from there and nothing goes there.</summary>
    public DateTimeOffset? BlockedAt { get; set; }

    public string? BlockedBy { get; set; }
}
