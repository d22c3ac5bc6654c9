namespace Hearth.Listening;

/// <summary>What a post is in its thread.</summary>
public enum PostKind
{
    /// <summary>It begins a thread, or stands alone.</summary>
    Original,

    /// <summary>It answers another post.</summary>
    Reply,

    /// <summary>It passes on another's post.</summary>
    Repost,
}

/// <summary>What a post carries besides words. Stored as the sum: never renumber.</summary>
[Flags]
public enum Media
{
    None = 0,
    Link = 1,
    Image = 2,
    Video = 4,
}
