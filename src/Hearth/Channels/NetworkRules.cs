namespace Hearth.Channels;

/// <summary>What an account's server takes in one post.</summary>
/// <param name="MaxLength">The longest text, in <paramref name="Unit"/>.</param>
/// <param name="Unit">"graphemes" or "characters".</param>
/// <param name="MaxBytes">The longest text in bytes of UTF-8; null without such a limit.</param>
/// <param name="LinkLength">How much a link counts however long it is; null when it counts as it is written.</param>
/// <param name="MaxImages">0 when it takes none.</param>
/// <param name="MaxImageBytes">The largest picture.</param>
/// <param name="ImageTypes">Media types of pictures.</param>
/// <param name="MaxAlt">The longest description of a picture, in characters.</param>
public sealed record NetworkRules(int MaxLength, string Unit, int? MaxBytes, int? LinkLength, int MaxImages, int MaxImageBytes, IReadOnlyList<string> ImageTypes, int MaxAlt)
{
    /// <summary>Words, and nothing beside them.</summary>
    public static NetworkRules WordsOnly(TextLength measured) => new(measured.Limit, measured.Unit, null, null, 0, 0, [], 0);
}

public enum MarkKind
{
    Link,
    Handle,
    Tag,
}

/// <summary>A part of a text that the network shows as a link.</summary>
/// <param name="Start">The first character, from 0 (UTF-16).</param>
/// <param name="Length">In characters.</param>
/// <param name="Kind">link, handle or tag.</param>
/// <param name="Value">The address, the handle without @, or the tag without #.</param>
public sealed record TextMark(int Start, int Length, MarkKind Kind, string Value);

/// <summary>How people met a post.</summary>
/// <param name="Likes">0 or more.</param>
/// <param name="Reshares">0 or more.</param>
/// <param name="Replies">0 or more.</param>
public sealed record Receipts(int Likes, int Reshares, int Replies);

/// <summary>What a network lets one account do, in points of its own.</summary>
/// <param name="PerHour">Points in any hour.</param>
/// <param name="PerDay">Points in any day.</param>
/// <param name="Create">What a new post costs.</param>
/// <param name="Update">What a change costs.</param>
/// <param name="Delete">What a deletion costs.</param>
public sealed record PointBudget(int PerHour, int PerDay, int Create, int Update, int Delete);
