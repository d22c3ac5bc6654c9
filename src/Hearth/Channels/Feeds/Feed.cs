namespace Hearth.Channels.Feeds;

/// <summary>What a feed holds, whatever its format.</summary>
/// <param name="Title">Its name; null when it says none.</param>
/// <param name="Language">As it claims (BCP 47).</param>
/// <param name="Items">In the order of the feed.</param>
public sealed record Feed(string? Title, string? Language, IReadOnlyList<FeedItem> Items)
{
    /// <summary>Ids of entries that were taken away (RFC 6721).</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Where a hub tells of changes (WebSub), and the feed's own address as the hub knows it; null when it offers none.</summary>
    public string? Hub { get; init; }

    /// <inheritdoc cref="Hub"/>
    public string? Self { get; init; }

    /// <summary>How long it need not be asked again, as its <c>ttl</c> says (minutes in the feed); null when it does not say.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>What had to be mended before it could be read, for a person; null when it was right.</summary>
    public string? Mended { get; init; }
}

/// <summary>One entry.</summary>
/// <param name="Id">What names it: guid, atom:id, else its address, else a hash of its words.</param>
/// <param name="Title">Plain text.</param>
/// <param name="Text">Its content as plain text; HTML was taken off.</param>
/// <param name="Url">Where people read it.</param>
/// <param name="At">When it was published; null when the feed does not say or it cannot be read.</param>
/// <param name="Author">A name.</param>
public sealed record FeedItem(string Id, string? Title, string? Text, string? Url, string? At, string? Author)
{
    /// <summary>When it was last changed, as written; null when the feed does not say.</summary>
    public string? Updated { get; init; }

    /// <summary>It carries a picture, or a video (an enclosure, Media RSS, an attachment).</summary>
    public bool HasImage { get; init; }

    /// <inheritdoc cref="HasImage"/>
    public bool HasVideo { get; init; }
}

/// <summary>The document is no feed; the message says why.</summary>
public sealed class NoFeedException(string message) : Exception(message)
{
    /// <summary>True when it is a web page, on which the address of a feed may stand.</summary>
    public bool IsPage { get; init; }
}
