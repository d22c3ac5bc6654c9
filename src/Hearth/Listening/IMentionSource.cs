using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>One kind of place that is asked for posts again and again. A new kind is one class, registered as this.</summary>
public interface IMentionSource
{
    /// <summary>The word its sources carry: "feed", "bluesky".</summary>
    string Kind { get; }

    /// <summary>Where its posts are found and answered: "web", "bluesky".</summary>
    string Network { get; }

    /// <summary>True when posts open conversations unless a person says otherwise.</summary>
    bool EngageByDefault { get; }

    /// <summary>How long to wait between two looks when nothing is wrong.</summary>
    TimeSpan Every => TimeSpan.FromMinutes(5);

    /// <summary>What a person must be told about the settings before the source is kept; empty when they will do.</summary>
    IEnumerable<FieldError> Check(SourceSettings settings) => [];

    /// <summary>
    /// Reads what came after <paramref name="cursor"/>. What it returns is stored together with the new cursor; after a crash it is asked again with
    /// the old one, and repeats are harmless. Throws to say that it failed (the message is shown on the page) or <see cref="LaterException"/> to be asked at a time.
    /// </summary>
    Task<SourceBatch> Read(SourceSettings settings, string? cursor, CancellationToken ct);
}

/// <summary>A source as its reader sees it.</summary>
/// <param name="Source">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Values">What a person set: "url" of a feed, "account" and "query" of a network.</param>
public sealed record SourceSettings(SourceId Source, string Name, IReadOnlyDictionary<string, string> Values);

/// <summary>What one look brought.</summary>
/// <param name="Posts">New or repeated posts, oldest first if the source can.</param>
/// <param name="Cursor">Where to go on next time.</param>
/// <param name="More">True to be asked again at once.</param>
/// <param name="Removed">External ids of posts that were deleted at the source.</param>
public sealed record SourceBatch(IReadOnlyList<IncomingPost> Posts, string? Cursor, bool More = false, IReadOnlyList<string>? Removed = null);
