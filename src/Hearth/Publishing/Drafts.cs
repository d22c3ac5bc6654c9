using Hearth.Channels;
using Hearth.Governance;

namespace Hearth.Publishing;

/// <summary>What a reply answers, as its network names it. Plain references, so that any room can give them.</summary>
/// <param name="Network">Where the answered post stands ("bluesky", "web", "file" ...).</param>
/// <param name="Account">Who is to answer; null for the account connected first on that network.</param>
/// <param name="ParentUri">The answered post; null when it has no address that can be answered.</param>
/// <param name="ParentCid">Its hash; the network is asked when it is not known.</param>
/// <param name="RootUri">The post that began the thread; the network is asked when it is not known.</param>
/// <param name="RootCid">Its hash.</param>
public sealed record ReplyTarget(string Network, ChannelAccountId? Account, string? ParentUri, string? ParentCid = null, string? RootUri = null, string? RootCid = null)
{
    /// <summary>What the account's own server calls the answered post, where that is not its address (Mastodon).</summary>
    public string? ParentId { get; init; }

    /// <summary>Who wrote the answered post, without @; on some networks they are named in the answer.</summary>
    public string? Handle { get; init; }
}

/// <summary>A correction of what somebody said, in the brand's name.</summary>
/// <param name="Claim">What was said that is wrong.</param>
/// <param name="Evidence">Where it can be read what is right; stands beneath the reply.</param>
/// <param name="Of">What it is about; its author must be certified for it.</param>
public sealed record FactualCorrection(string? Claim, string? Evidence, CertificationLevel Of = CertificationLevel.Product);

/// <summary>An answer to be given.</summary>
/// <param name="To">What it answers.</param>
/// <param name="Text">Without signature; that is added.</param>
/// <param name="Author">The named human who speaks.</param>
/// <param name="About">What it belongs to, to find it again ("conversation:0198..."); see <see cref="ReadMessages.About"/>.</param>
/// <param name="Id">Chosen by a caller that may call twice; the second call changes nothing.</param>
public sealed record ReplyDraft(ReplyTarget To, string Text, Actor Author, string? About = null, MessageId? Id = null)
{
    /// <summary>BCP 47 ("de"); null when it is not known.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<PictureId> Pictures { get; init; } = [];

    /// <summary>Null for an answer that corrects nobody.</summary>
    public FactualCorrection? Correction { get; init; }

    /// <summary>True to part a text that is too long into a thread.</summary>
    public bool AsThread { get; init; }

    /// <summary>True when the policy's rules of approval apply: it comes from a person, and nobody has looked at it yet.</summary>
    public bool IsToBeReviewed { get; init; }
}

/// <summary>A post to be made.</summary>
/// <param name="Account">Who speaks.</param>
/// <param name="Text">As it will stand.</param>
/// <param name="Author">The human who wrote it.</param>
/// <param name="Card">A link shown as a card beneath it.</param>
/// <param name="About">What it belongs to, to find it again ("offer:0198...").</param>
/// <param name="Id">Chosen by a caller that may call twice; the second call changes nothing.</param>
public sealed record PostDraft(ChannelAccountId Account, string Text, Actor Author, LinkCard? Card = null, string? About = null, MessageId? Id = null)
{
    /// <inheritdoc cref="ReplyDraft.Language"/>
    public string? Language { get; init; }

    /// <summary>When it is to be sent: in the future, at most a year ahead; null for at once.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>True for the account's next free slot; then the caller keeps it within a transaction, and <see cref="At"/> is not looked at.</summary>
    public bool InQueue { get; init; }

    /// <summary>It must be sent before this; null for whenever.</summary>
    public DateTimeOffset? Before { get; init; }

    public IReadOnlyList<PictureId> Pictures { get; init; } = [];

    /// <inheritdoc cref="ReplyDraft.AsThread"/>
    public bool AsThread { get; init; }

    /// <inheritdoc cref="ReplyDraft.IsToBeReviewed"/>
    public bool IsToBeReviewed { get; init; }
}

/// <summary>What became of a draft: exactly one of the nested cases.</summary>
public abstract record Publication
{
    private Publication() { }

    /// <summary>It will be sent once the caller's unit of work is kept.</summary>
    /// <param name="Message">Its id; <see cref="MessageSent"/> or <see cref="MessageFailed"/> will name it.</param>
    /// <param name="Text">As it will stand, with signature.</param>
    public sealed record Queued(MessageId Message, string Text) : Publication;

    /// <summary>Nothing can send it there: a person copies the text over and marks it posted.</summary>
    public sealed record ByHand(MessageId Message, string Text) : Publication;

    /// <summary>It waits until somebody else has approved it.</summary>
    /// <param name="Message">Its id; <see cref="MessageApproved"/> or <see cref="MessageRejected"/> will name it.</param>
    /// <param name="Text">As it would stand.</param>
    /// <param name="Why">The rules that hold it.</param>
    public sealed record Held(MessageId Message, string Text, IReadOnlyList<string> Why) : Publication;

    /// <summary>It will be sent at its time.</summary>
    /// <param name="Message">Its id.</param>
    /// <param name="Text">As it will stand.</param>
    /// <param name="At">Its time, in whole seconds.</param>
    public sealed record Scheduled(MessageId Message, string Text, DateTimeOffset At) : Publication;

    /// <summary>Longer, with its signature, than the network takes.</summary>
    /// <param name="Length">In <paramref name="Unit"/>.</param>
    /// <param name="Limit">The most the network takes.</param>
    /// <param name="Unit">"graphemes" or "bytes".</param>
    public sealed record TooLong(int Length, int Limit, string Unit) : Publication;

    public sealed record Empty : Publication;

    /// <summary>There is no such account, or it is disconnected.</summary>
    public sealed record NotConnected : Publication;

    /// <summary>Its author is not certified to correct facts at this level.</summary>
    public sealed record NotCertified(CertificationLevel Level) : Publication;

    public sealed record Invalid(string Field, string Reason) : Publication;
}

/// <summary>How a text will stand, before it is queued.</summary>
/// <param name="Text">All of it, with signature.</param>
/// <param name="Length">As the network counts it.</param>
public sealed record Preview(string Text, TextLength Length)
{
    /// <summary>As posts: one, or those of the thread that it would be parted into.</summary>
    public IReadOnlyList<PreviewPart> Parts { get; init; } = [];

    /// <summary>What the account's server takes.</summary>
    public NetworkRules? Rules { get; init; }

    /// <summary>Why it would wait for somebody else; empty when it would go at once.</summary>
    public IReadOnlyList<string> WaitsFor { get; init; } = [];

    /// <summary>The line under it.</summary>
    public string? Signature { get; init; }

    /// <summary>The version of the policy that says so.</summary>
    public int PolicyVersion { get; init; }

    /// <summary>Who will be seen to speak; null when a person posts it by hand.</summary>
    public string? Account { get; init; }
}

/// <summary>One post of what will stand.</summary>
/// <param name="Text">With its number in the thread; the last with the signature.</param>
/// <param name="Length">As the network counts it.</param>
/// <param name="Marks">What will be shown as links.</param>
public sealed record PreviewPart(string Text, TextLength Length, IReadOnlyList<TextMark> Marks);
