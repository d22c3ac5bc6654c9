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

    /// <summary>Waits for somebody else to approve it.</summary>
    Held,

    /// <summary>Somebody refused it; it is not sent.</summary>
    Rejected,

    /// <summary>Stands, and is being given another text.</summary>
    Editing,

    /// <summary>Waits for its time; until then it can be changed, moved and given up.</summary>
    Scheduled,
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

    public string? ParentUri { get; set; }

    public string? ParentCid { get; set; }

    public string? RootUri { get; set; }

    public string? RootCid { get; set; }

    /// <summary>What the account's own server calls the answered post, where that is not its address.</summary>
    public string? ParentId { get; set; }

    /// <summary>Who wrote the answered post, without @.</summary>
    public string? ParentHandle { get; init; }

    /// <summary>BCP 47 ("de"); null when nobody said.</summary>
    public string? Language { get; init; }

    /// <summary>The first part of the thread that this one belongs to; null when it stands alone or is the first.</summary>
    public MessageId? ThreadOf { get; init; }

    /// <summary>Its place in its thread, from 1.</summary>
    public int Part { get; init; } = 1;

    /// <summary>How many parts its thread has; 1 when it stands alone.</summary>
    public int Parts { get; set; } = 1;

    /// <summary>The version of the policy of speaking that it was checked and signed by; 0 before there was one.</summary>
    public int PolicyVersion { get; init; }

    /// <summary>Of a factual correction: what was said that is wrong.</summary>
    public string? CorrectedClaim { get; init; }

    /// <summary>Of a factual correction: where it can be read what is right.</summary>
    public string? Evidence { get; init; }

    /// <summary>Of a factual correction: the certificate that its author spoke by.</summary>
    public Guid? Certificate { get; init; }

    /// <summary>Why it waits for approval, a line each; null when nothing held it.</summary>
    public string? HeldFor { get; set; }

    /// <summary>The text that it is being given while it stands.</summary>
    public string? NewWords { get; set; }

    /// <summary>When its text was last changed while it stood.</summary>
    public DateTimeOffset? EditedAt { get; set; }

    public int Likes { get; set; }

    public int Reshares { get; set; }

    public int Replies { get; set; }

    /// <summary>When the network is next asked how people met it; null when it is not asked (any more).</summary>
    public DateTimeOffset? ReceiptsDue { get; set; }

    public string? CardUrl { get; init; }

    public string? CardTitle { get; init; }

    public string? CardDescription { get; init; }

    public byte[]? CardImage { get; init; }

    public string? CardImageType { get; init; }

    /// <summary>Of a post: its words as <see cref="Publishing.SameWords"/> compares them, those of a thread whole; null before they were compared.</summary>
    public string? SameWords { get; set; }

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

    /// <summary>When it is to be sent, in whole seconds; null for at once.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public string? ExternalId { get; set; }

    public string? Cid { get; set; }

    public string? Url { get; set; }

    public string Text => TextOf(Words);

    /// <summary>As other words of it would stand: who is answered, the words, the part's number, the signature.</summary>
    public string TextOf(string words) => Disclosure.Sign(words, Part == Parts ? Signature : null);

    /// <summary>What is to be sent.</summary>
    /// <param name="words">Its own, or those that it is being given.</param>
    /// <param name="images">Its pictures, in order.</param>
    public Outgoing Outgoing(string words, IReadOnlyList<OutgoingImage> images) => new(TextOf(words), DueAt ?? QueuedAt,
        ParentUri is null ? null : new(new(ParentUri, ParentCid), RootUri is null ? null : new(RootUri, RootCid)) { ParentId = ParentId, Handle = ParentHandle },
        CardUrl is null ? null : new(CardUrl, CardTitle!, CardDescription!, CardImage is null ? null : new(CardImage, CardImageType!)))
        { Language = Language, Images = images, Signature = Part == Parts ? Signature : null };
}
