namespace Hearth.Channels.ActivityPub;

/// <summary>Who wrote a note.</summary>
/// <param name="Id">The actor's address.</param>
/// <param name="Handle">"ada@example.org".</param>
/// <param name="Name">As it shows itself.</param>
/// <param name="Avatar">Address of its picture.</param>
/// <param name="Url">Its page.</param>
public sealed record HeardAuthor(string Id, string Handle, string? Name, string? Avatar, string? Url);

/// <summary>A note that reached an actor of ours.</summary>
/// <param name="Id">Its address.</param>
/// <param name="Text">As a person reads it; never HTML.</param>
/// <param name="At">When it was written.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Url">Where people see it.</param>
/// <param name="Language">As it is marked; null when it is not.</param>
/// <param name="ParentId">What it answers.</param>
/// <param name="RootId">The first note of its thread; null when it is that.</param>
/// <param name="EditedAt">When it got this text; null when it was never changed.</param>
/// <param name="IsPublic">False for what was written to few.</param>
/// <param name="HasImage">It carries a picture.</param>
/// <param name="HasVideo">It carries a film or a sound.</param>
/// <param name="Links">Where its links lead.</param>
/// <param name="SpeaksTo">Those whom it is addressed to or names.</param>
public sealed record HeardNote(string Id, string Text, DateTimeOffset At, HeardAuthor Author, string? Url, string? Language, string? ParentId, string? RootId, DateTimeOffset? EditedAt,
    bool IsPublic, bool HasImage, bool HasVideo, IReadOnlyList<string> Links, IReadOnlyList<string> SpeaksTo)
{
    /// <summary>Its pictures, films and sounds, with what they show.</summary>
    public IReadOnlyList<CarriedMedia> Carries { get; init; } = [];
}

/// <summary>Something that came to an actor's inbox: exactly one of the three is there.</summary>
/// <param name="Position">Rises in the order in which it was taken.</param>
/// <param name="Note">A note, or its new text.</param>
/// <param name="Removed">The address of a note that its author took away.</param>
/// <param name="Gone">The address of an author who is gone with all that they wrote.</param>
public sealed record HeardActivity(long Position, HeardNote? Note, string? Removed, string? Gone);
