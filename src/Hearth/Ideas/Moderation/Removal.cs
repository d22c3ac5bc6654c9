using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Moderation;

/// <summary>What was taken down.</summary>
public enum RemovedKind
{
    Idea,
    Comment,
    Image,
}

/// <summary>Why something was taken down, or is said to deserve it.</summary>
public enum RemovalReason
{
    /// <summary>Its author asked for it. No moderator can give this reason.</summary>
    Author,

    /// <summary>Advertising, or the same text over and over.</summary>
    Spam,

    /// <summary>Against a person or a group.</summary>
    Insult,

    /// <summary>It names what somebody else wants private.</summary>
    PrivateData,

    /// <summary>It has nothing to do with the brand.</summary>
    OffTopic,

    /// <summary>Against the law, or the rights of somebody.</summary>
    Unlawful,

    /// <summary>Something else, as the note says.</summary>
    Other,
}

/// <summary>One time that something was taken down, and, once it was put back, by whom and why.</summary>
internal sealed class Removal
{
    public long Number { get; private set; }
    public required RemovedKind Kind { get; init; }
    public required IdeaId Idea { get; init; }

    /// <summary>The comment; null when it was the idea or one of its images.</summary>
    public IdeaCommentId? Comment { get; init; }

    /// <summary>The image; null when it was the idea or a comment.</summary>
    public Guid? Image { get; init; }
    public required RemovalReason Why { get; init; }

    /// <summary>For its author and the brand; the public log names reasons and counts only.</summary>
    public required string Note { get; init; }

    /// <summary>The words that went, as <see cref="KeptWords"/>; null for a picture, when its author removed it, and once it is back.</summary>
    public required string? Kept { get; set; }
    public required UserId By { get; init; }
    public required string ByName { get; init; }
    public required Department? Department { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Year and month in UTC, as 202611.</summary>
    public required int Month { get; init; }

    /// <summary>Null while it is down.</summary>
    public DateTimeOffset? RestoredAt { get; set; }
    public UserId? RestoredBy { get; set; }
    public string? RestoredByName { get; set; }
    public string? RestoredNote { get; set; }

    internal static int MonthOf(DateTimeOffset at) => at.UtcDateTime.Year * 100 + at.UtcDateTime.Month;
}

/// <summary>Somebody of the public says that something should be taken down.</summary>
internal sealed class IdeaReport
{
    public long Number { get; private set; }

    /// <summary>The idea's or the comment's id: an account reports a thing once.</summary>
    public required Guid Target { get; init; }
    public required IdeaId Idea { get; init; }
    public required IdeaCommentId? Comment { get; init; }
    public required RemovalReason Why { get; init; }
    public required string Note { get; init; }
    public required UserId By { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null while nobody of the brand has decided.</summary>
    public DateTimeOffset? SettledAt { get; set; }
    public UserId? SettledBy { get; set; }

    /// <summary>True when what was reported was taken down.</summary>
    public bool Upheld { get; set; }
}

internal static class ModerationSchema
{
    internal static void Build(ModelBuilder model)
    {
        model.Entity<Removal>(e =>
        {
            e.ToTable("ideas_removals");
            e.HasKey(r => r.Number);
            e.HasIndex(r => new { r.Idea, r.Number });
            e.HasIndex(r => r.Comment);
            e.HasIndex(r => new { r.Month, r.Kind, r.Why });
        });
        model.Entity<IdeaReport>(e =>
        {
            e.ToTable("ideas_reports");
            e.HasKey(r => r.Number);
            e.HasIndex(r => new { r.Target, r.By }).IsUnique();
            e.HasIndex(r => new { r.SettledAt, r.Number });
        });
    }
}

/// <summary>Something was taken off the board.</summary>
/// <param name="Idea">The idea, or the one it belonged to.</param>
/// <param name="Kind">The idea, a comment or an image.</param>
/// <param name="Comment">The comment, if it was one.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Why">The reason.</param>
/// <param name="By">Who took it down: its author or a member of staff.</param>
/// <param name="At">When.</param>
public sealed record IdeaRemoved(IdeaId Idea, RemovedKind Kind, IdeaCommentId? Comment, UserId Author, RemovalReason Why, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}

/// <summary>Something is back on the board.</summary>
/// <param name="Idea">The idea, or the one it belongs to.</param>
/// <param name="Kind">The idea, a comment or an image.</param>
/// <param name="Comment">The comment, if it is one.</param>
/// <param name="By">The member of staff.</param>
/// <param name="At">When.</param>
public sealed record IdeaRestored(IdeaId Idea, RemovedKind Kind, IdeaCommentId? Comment, UserId By, DateTimeOffset At) : IFact
{
    public string Subject => "idea:" + Idea.Value;
}
