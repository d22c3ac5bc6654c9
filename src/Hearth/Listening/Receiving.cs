namespace Hearth.Listening;

/// <summary>What became of a batch: every post is in exactly one of the five.</summary>
/// <param name="Kept">New mentions.</param>
/// <param name="Repeated">Posts that were there already, or twice in the batch.</param>
/// <param name="Rejected">Posts that cannot be kept, with the reason.</param>
/// <param name="Edited">Mentions that have a new text now.</param>
/// <param name="Left">Posts not kept because nobody asked for them, or because they were deleted already.</param>
public sealed record Received(int Kept, int Repeated, IReadOnlyList<RejectedPost> Rejected, int Edited = 0, int Left = 0);

/// <summary>One post of a batch that cannot be kept.</summary>
/// <param name="Index">Place in the batch, from 0.</param>
/// <param name="ExternalId">As the source gave it.</param>
/// <param name="Reason">For a person.</param>
public sealed record RejectedPost(int Index, string ExternalId, string Reason);

/// <summary>How a batch is taken in.</summary>
/// <param name="Cursor">The source's new cursor, stored with the posts; null leaves it as it is.</param>
/// <param name="Engage">Overrides the source's own setting for this batch.</param>
/// <param name="Removed">External ids of posts deleted at the source: their text goes here too, and one that is not here yet is kept out.</param>
/// <param name="OnlyMatched">True to keep only posts that match a saved query or speak to the brand.</param>
public sealed record Receiving(string? Cursor = null, bool? Engage = null, IReadOnlyList<string>? Removed = null, bool OnlyMatched = false)
{
    /// <summary>External ids of authors whose account is gone: what they wrote is removed.</summary>
    public IReadOnlyList<string>? RemovedAuthors { get; init; }

    /// <summary>Handles that became known, by the author's external id.</summary>
    public IReadOnlyDictionary<string, string>? Renamed { get; init; }

    /// <summary>The time of the newest event seen; null when the source does not say.</summary>
    public DateTimeOffset? SeenUpTo { get; init; }

    /// <summary>Items that could not be read.</summary>
    public int Skipped { get; init; }

    /// <summary>The lease under which the source is read; a batch of a reader that lost it is refused.</summary>
    internal SourceLease? Lease { get; init; }
}
