using Hearth.Channels;
using Hearth.Governance;

namespace Hearth.Publishing;

public enum MessageKind
{
    /// <summary>Answers somebody; signed with a name.</summary>
    Reply,

    /// <summary>Stands by itself on the brand's account.</summary>
    Post,
}

public enum MessageStatus
{
    /// <summary>Waits for its turn.</summary>
    Queued,

    /// <summary>Being sent; after a crash it is taken up again from here.</summary>
    Sending,

    /// <summary>Stands on its network.</summary>
    Sent,

    /// <summary>Not tried again by itself: retry it, change its text, or give it up.</summary>
    Failed,

    /// <summary>Nothing can send it: a person copies it over and says where it stands.</summary>
    ByHand,

    /// <summary>A person decided that it is not to be sent.</summary>
    GivenUp,

    /// <summary>Being taken away from its network.</summary>
    Deleting,

    /// <summary>Taken away from its network.</summary>
    Deleted,
}

/// <summary>Something that the brand says, once.</summary>
internal sealed class Message
{
    /// <summary>Failures after which a person has to look: with the growing pauses between them, a little under two hours.</summary>
    public const int MaxAttempts = 20;

    public required MessageId Id { get; init; }

    public required MessageKind Kind { get; init; }

    public required MessageStatus Status { get; set; }

    public required string Network { get; init; }

    /// <summary>Null when a person posts it by hand.</summary>
    public ChannelAccountId? Account { get; init; }

    /// <summary>What it belongs to, in the words of the room that asked ("conversation:0198..."); found again with it.</summary>
    public string? About { get; init; }

    /// <summary>What its author wrote.</summary>
    public required string Words { get; set; }

    /// <summary>Who speaks, and for whom; null on a post.</summary>
    public string? Signature { get; init; }

    public required UserId Author { get; init; }

    public required string AuthorName { get; init; }

    public required string AuthorInitials { get; init; }

    public string? ParentUri { get; init; }

    public string? ParentCid { get; init; }

    public string? RootUri { get; init; }

    public string? RootCid { get; init; }

    public string? CardUrl { get; init; }

    public string? CardTitle { get; init; }

    public string? CardDescription { get; init; }

    public byte[]? CardImage { get; init; }

    public string? CardImageType { get; init; }

    /// <summary>The key that it stands under on the network, chosen before anything is sent.</summary>
    public string? Key { get; set; }

    /// <summary>A key that an earlier text may stand under; cleared away before this one is sent.</summary>
    public string? StaleKey { get; set; }

    /// <summary>Exactly what is sent, kept before the first try so that every try sends the same.</summary>
    public string? Prepared { get; set; }

    public int Attempts { get; set; }

    /// <summary>Why it failed, or what the last try said.</summary>
    public string? Reason { get; set; }

    public required DateTimeOffset QueuedAt { get; init; }

    public DateTimeOffset? SentAt { get; set; }

    public string? ExternalId { get; set; }

    public string? Cid { get; set; }

    public string? Url { get; set; }

    public string Text => Disclosure.Sign(Words, Signature);

    public Outgoing Outgoing() => new(Text, QueuedAt,
        ParentUri is null ? null : new(new(ParentUri, ParentCid), RootUri is null ? null : new(RootUri, RootCid)),
        CardUrl is null ? null : new(CardUrl, CardTitle!, CardDescription!, CardImage is null ? null : new(CardImage, CardImageType!)));
}
