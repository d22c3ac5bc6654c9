namespace Hearth.Channels;

/// <summary>A post on a network, named so that it cannot be exchanged unnoticed.</summary>
/// <param name="Uri">The network's id (at:// address on Bluesky).</param>
/// <param name="Cid">The hash of its content; null where a network has none or it is not known.</param>
public sealed record PostRef(string Uri, string? Cid);

/// <summary>Where an answer stands: under <paramref name="Parent"/>, in the thread that <paramref name="Root"/> began.</summary>
public sealed record ReplyRefs(PostRef Parent, PostRef? Root)
{
    /// <summary>What the account's own server calls the answered post, where that is not its address (Mastodon: its place in the instance's API).</summary>
    public string? ParentId { get; init; }

    /// <summary>Who wrote the answered post, without @; null when it is not known.</summary>
    public string? Handle { get; init; }
}

/// <summary>A picture beside a text.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="MediaType">"image/png", "image/jpeg", "image/webp" or "image/gif".</param>
/// <param name="Alt">What it shows, for who cannot see it; never empty.</param>
/// <param name="Width">In pixels; 0 when the file does not say.</param>
/// <param name="Height">In pixels; 0 when the file does not say.</param>
public sealed record OutgoingImage(byte[] Bytes, string MediaType, string Alt, int Width, int Height);

/// <summary>A picture of at most 1,000,000 bytes.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="MediaType">"image/png", "image/jpeg" or "image/webp".</param>
public sealed record CardImage(byte[] Bytes, string MediaType);

/// <summary>A link shown as a card beneath a post.</summary>
/// <param name="Url">http or https.</param>
/// <param name="Title">Up to 300 characters.</param>
/// <param name="Description">Up to 1,000 characters; may be empty.</param>
/// <param name="Image">Shown on the card.</param>
public sealed record LinkCard(string Url, string Title, string Description, CardImage? Image = null);

/// <summary>What is to be said on a network.</summary>
/// <param name="Text">Already fitted to the network and disclosed.</param>
/// <param name="At">When it was written: part of what is sent, so that sending again sends the same.</param>
/// <param name="Reply">Null for a post of its own.</param>
/// <param name="Card">Null without a link card.</param>
public sealed record Outgoing(string Text, DateTimeOffset At, ReplyRefs? Reply, LinkCard? Card)
{
    /// <summary>BCP 47 ("de"); null when it is not known.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<OutgoingImage> Images { get; init; } = [];

    /// <summary>The end of <see cref="Text"/> that says who speaks, for networks that set it apart; null when nobody is named.</summary>
    public string? Signature { get; init; }
}

/// <summary>Where a message stands now.</summary>
/// <param name="ExternalId">The network's id (at:// address on Bluesky).</param>
/// <param name="Cid">The hash of its content, where the network has one.</param>
/// <param name="Url">Where people see it.</param>
public sealed record Placed(string ExternalId, string? Cid, string? Url)
{
    /// <summary>The post that began its thread, where whoever answers it must name that too; null where nobody must.</summary>
    public PostRef? Root { get; init; }
}

/// <summary>How long a text is by a network's own rule.</summary>
/// <param name="Length">In <paramref name="Unit"/>.</param>
/// <param name="Limit">The most the network takes.</param>
/// <param name="Unit">"graphemes" or "bytes", whichever is nearer to its limit.</param>
public sealed record TextLength(int Length, int Limit, string Unit)
{
    public bool Fits => Length <= Limit;
}

/// <summary>A network that messages can be sent to, exactly once.</summary>
public interface IOutgoingNetwork
{
    /// <summary>One of <see cref="Networks"/>.</summary>
    string Name { get; }

    /// <summary>True when a message that stands can be given another text under the same key.</summary>
    bool Edits => false;

    /// <summary>What the network lets an account do in a time; null when it only says so once a limit is met.</summary>
    PointBudget? Budget => null;

    /// <summary>How long a text is where nobody has asked the account's server for its own rules.</summary>
    TextLength Measure(string text);

    /// <summary>How long a text is by the rules of the account's server.</summary>
    TextLength Measure(string text, NetworkRules rules) => Measure(text);

    /// <summary>What the account's server takes. Asked of it at most once in an hour.</summary>
    Task<NetworkRules> Rules(ChannelAccountId account, CancellationToken ct) => Task.FromResult(NetworkRules.WordsOnly(Measure("")));

    /// <summary>A text as it must stand so that the person who is answered is told of it.</summary>
    /// <param name="text">What is to be said.</param>
    /// <param name="handle">Who is answered, without @; null when it is not known.</param>
    string Address(string text, string? handle) => text;

    /// <summary>What the network will show as links, in order, never overlapping.</summary>
    IReadOnlyList<TextMark> Marks(string text) => [];

    /// <summary>A key under which a new message will stand. Chosen, and stored, before anything is sent.</summary>
    string NewKey(DateTimeOffset now);

    /// <summary>Asks the network for all it takes to send (names resolved, pictures uploaded). The result is kept and sent as it is on every attempt.</summary>
    /// <exception cref="ChannelRefusedException">It will never be taken as it is.</exception>
    Task<string> Prepare(ChannelAccountId account, Outgoing message, CancellationToken ct);

    /// <summary>Puts what was prepared under the key. Doing it again changes nothing: the message stands once.</summary>
    /// <exception cref="ChannelRefusedException">The network will not have it.</exception>
    Task<Placed> Place(ChannelAccountId account, string key, string prepared, CancellationToken ct);

    /// <summary>Puts what was prepared in the place of what stands under the key. Doing it again changes nothing.</summary>
    /// <exception cref="ChannelRefusedException">The network does not edit, or nothing stands there.</exception>
    Task<Placed> Edit(ChannelAccountId account, string key, string prepared, CancellationToken ct) => throw new ChannelRefusedException($"{Networks.Title(Name)} does not change what stands: delete it and say it anew.");

    /// <summary>Says whether a message stands under the key; null when it does not.</summary>
    Task<Placed?> Find(ChannelAccountId account, string key, CancellationToken ct);

    /// <summary>Takes away what stands under the key, if anything does.</summary>
    /// <exception cref="ChannelRefusedException">The network does not do it; a person has to.</exception>
    Task Remove(ChannelAccountId account, string key, CancellationToken ct);

    /// <summary>How people met posts of the account, by <see cref="Placed.ExternalId"/>; those that are not known are missing.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="externalIds">At most 20.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyDictionary<string, Receipts>> Receipts(ChannelAccountId account, IReadOnlyCollection<string> externalIds, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, Receipts>>(new Dictionary<string, Receipts>());
}

/// <summary>The network will not do this however often it is asked; a person has to change something.</summary>
public sealed class ChannelRefusedException(string reason, Exception? inner = null) : Exception(reason, inner);
