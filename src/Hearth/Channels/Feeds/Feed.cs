namespace Hearth.Channels.Feeds;

/// <summary>What a feed holds, whatever its format.</summary>
/// <param name="Title">Its name; null when it says none.</param>
/// <param name="Language">As it claims (BCP 47).</param>
/// <param name="Items">In the order of the feed.</param>
public sealed record Feed(string? Title, string? Language, IReadOnlyList<FeedItem> Items);

/// <summary>One entry.</summary>
/// <param name="Id">What names it: guid, atom:id, else its address.</param>
/// <param name="Title">Plain text.</param>
/// <param name="Text">Its content as plain text; HTML was taken off.</param>
/// <param name="Url">Where people read it.</param>
/// <param name="At">When it was published; null when the feed does not say or it cannot be read.</param>
/// <param name="Author">A name.</param>
public sealed record FeedItem(string Id, string? Title, string? Text, string? Url, string? At, string? Author);

/// <summary>The document is no feed; the message says why.</summary>
public sealed class NoFeedException(string message) : Exception(message);
