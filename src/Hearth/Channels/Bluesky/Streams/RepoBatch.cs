namespace Hearth.Channels.Bluesky;

/// <summary>A post as a stream of repositories brings it: the record alone, without what the network's app knows of its author.</summary>
/// <param name="Ref">Its address and hash.</param>
/// <param name="Did">Who wrote it.</param>
/// <param name="Text">As written; may be empty (a picture alone).</param>
/// <param name="At">When it was written, never later than it was seen.</param>
/// <param name="SeenAt">When the stream saw this form of it.</param>
/// <param name="IsUpdate">True when it replaces an earlier form.</param>
public sealed record StreamedPost(PostRef Ref, string Did, string Text, DateTimeOffset At, DateTimeOffset SeenAt, bool IsUpdate)
{
    /// <summary>The first language it is marked with.</summary>
    public string? Language { get; init; }

    /// <summary>What it answers.</summary>
    public ReplyRefs? Reply { get; init; }

    /// <summary>The DIDs of those whom it mentions, answers or quotes.</summary>
    public IReadOnlyList<string> SpeaksTo { get; init; } = [];

    /// <summary>Addresses it links to: behind words, and on a card.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Its pictures and videos, with what they show.</summary>
    public IReadOnlyList<CarriedMedia> Carries { get; init; } = [];

    public bool HasImage { get; init; }

    public bool HasVideo { get; init; }
}

/// <summary>What a stretch of a stream told, in order: posts, then deletions.</summary>
public sealed class RepoBatch
{
    private readonly List<StreamedPost> _posts = [];
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _handles = new(StringComparer.Ordinal);

    public IReadOnlyList<StreamedPost> Posts => _posts;

    /// <summary>Addresses of deleted posts.</summary>
    public IReadOnlyCollection<string> Removed => _removed;

    /// <summary>DIDs of accounts that were deleted or taken down.</summary>
    public IReadOnlyCollection<string> GoneAccounts => _gone;

    /// <summary>Handles that became known, by DID.</summary>
    public IReadOnlyDictionary<string, string> Handles => _handles;

    /// <summary>Where to go on after this batch; null when nothing came.</summary>
    public long? Cursor { get; private set; }

    /// <summary>The time of the newest event.</summary>
    public DateTimeOffset? SeenUpTo { get; private set; }

    /// <summary>Frames that were malformed or too large.</summary>
    public int Skipped { get; private set; }

    /// <summary>Frames that came, of any kind.</summary>
    public int Frames { get; private set; }

    internal void Came(long cursor, DateTimeOffset? at)
    {
        Frames++;
        if (!(Cursor > cursor)) Cursor = cursor;
        if (at is not null && !(SeenUpTo > at)) SeenUpTo = at;
    }

    internal void Skip() => (Frames, Skipped) = (Frames + 1, Skipped + 1);

    // A record that is put again under the key of one just deleted is that record changed.
    internal void Add(StreamedPost post) => _posts.Add(_removed.Remove(post.Ref.Uri) ? post with { IsUpdate = true } : post);

    internal void Remove(string uri) => _removed.Add(uri);

    internal void Named(string did, string handle) => _handles[did] = handle;

    internal void Gone(string did) => _gone.Add(did);
}

/// <summary>Reads one frame of a stream into a batch.</summary>
public interface IRepoDecoder
{
    /// <summary>The largest frame that is read, in bytes; a larger one is skipped.</summary>
    int MaxFrame { get; }

    /// <summary>Never throws for what a frame holds: what cannot be read is counted as skipped. Throws <see cref="RepoStreamException"/> when the server says that it ends the stream.</summary>
    void Read(ReadOnlySpan<byte> frame, RepoBatch batch);
}

/// <summary>The server ended the stream and said why.</summary>
public sealed class RepoStreamException(string message) : Exception(message);
