using Hearth.Channels;
using Hearth.People.Merging;

namespace Hearth.Listening;

/// <summary>A post as a source gives it, before anything is made of it.</summary>
/// <param name="ExternalId">What names it at its source, 1 to 512 characters; the same post always has the same.</param>
/// <param name="Text">As written, never HTML; 1 to 100,000 characters.</param>
/// <param name="At">When it was written.</param>
/// <param name="Author">Who wrote it; null when the source does not say.</param>
/// <param name="Url">Where people read it.</param>
/// <param name="Language">As the source claims (BCP 47); the reader may know better.</param>
/// <param name="ParentId">The external id of the post it answers.</param>
/// <param name="RootId">The external id of the thread's first post; null when it is that post, or unknown.</param>
/// <param name="IsOwn">True for a post by the brand itself: kept for the thread, opens no conversation.</param>
/// <param name="Refs">What the network needs to answer it.</param>
/// <param name="IsEdit">True when this is the post's text after a change: it replaces what is stored. An edit of a post that never came is the post.</param>
/// <param name="Kind">What it is in its thread; null for a reply when <paramref name="ParentId"/> is given, else an original.</param>
/// <param name="Followers">How many follow its author; null when the source does not say.</param>
/// <param name="Links">Addresses the post links to beside those that stand in its text (a card, a shortened link's target).</param>
/// <param name="Has">What it carries. A link in the text needs no telling.</param>
public sealed record IncomingPost(
    string ExternalId, string Text, DateTimeOffset At, IncomingAuthor? Author = null, string? Url = null, string? Language = null,
    string? ParentId = null, string? RootId = null, bool IsOwn = false, NetworkRefs? Refs = null,
    bool IsEdit = false, PostKind? Kind = null, long? Followers = null, IReadOnlyList<string>? Links = null, Media Has = Media.None)
{
    /// <summary>When the text got the form that it has here: the time of the edit, <see cref="At"/> of a post that was never changed. An older form never replaces a newer.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>External ids of the accounts it names or answers; what speaks to an account of the brand is kept though no query asks for it.</summary>
    public IReadOnlyList<string>? SpeaksTo { get; init; }

    /// <summary>Its pictures, videos and sounds, with what they show; null when the source does not say.</summary>
    public IReadOnlyList<CarriedMedia>? Carries { get; init; }
}

/// <summary>Who wrote a post.</summary>
/// <param name="ExternalId">What names the account for ever (a DID on Bluesky); the handle where the network has nothing better.</param>
/// <param name="Handle">As shown, without the leading @.</param>
/// <param name="Name">Display name.</param>
/// <param name="AvatarUrl">A picture, if any.</param>
/// <param name="Url">The profile page.</param>
public sealed record IncomingAuthor(string ExternalId, string? Handle = null, string? Name = null, string? AvatarUrl = null, string? Url = null)
{
    /// <summary>What the account says of itself; null when the source does not tell.</summary>
    public SeenProfile? Profile { get; init; }
}

/// <summary>How a network points at a post (AT Protocol strong references; others fill <paramref name="Uri"/> alone).</summary>
public sealed record NetworkRefs(string Uri, string? Cid = null, string? RootUri = null, string? RootCid = null);
