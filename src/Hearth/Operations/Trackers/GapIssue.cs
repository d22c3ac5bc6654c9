using Hearth.Channels.Trackers;
using Hearth.Governance;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Trackers;

/// <summary>How a gap stands with its issue in a tracker.</summary>
public enum IssueState
{
    /// <summary>What we have to say is on its way.</summary>
    Waiting,

    /// <summary>Both sides know the same.</summary>
    InStep,

    /// <summary>The tracker would not have it; a person looks and tries again.</summary>
    Refused,

    /// <summary>It was deleted there.</summary>
    Gone,
}

/// <summary>A gap's issue in a tracker; there is one for the two at most.</summary>
internal sealed class GapIssue
{
    public required GapId GapId { get; init; }

    public required TrackerId TrackerId { get; init; }

    public IssueState State { get; set; }

    /// <summary>Null until it stands there.</summary>
    public long? Number { get; set; }

    public string? Url { get; set; }

    /// <summary>As the tracker last told.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>The tracker's own time of what it last told: news come in any order.</summary>
    public DateTimeOffset ToldAt { get; set; }

    /// <summary>As it shall be there; null when that is the tracker's to say.</summary>
    public bool? WantedOpen { get; set; }

    /// <summary>Where the gap is read, for those who come from the tracker; null when the house has no known address.</summary>
    public string? Back { get; init; }

    public required UserId AskedBy { get; init; }

    public required DateTimeOffset AskedFor { get; init; }

    /// <summary>When opening was first tried: from then on the issue may stand there without our knowing.</summary>
    public DateTimeOffset? TriedAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset NextAt { get; set; }

    public string? Error { get; set; }
}

/// <summary>Something to be said below an issue, once.</summary>
internal sealed class IssueNote
{
    public long Number { get; init; }

    public required Guid Mark { get; init; }

    public required GapId GapId { get; init; }

    public required TrackerId TrackerId { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? TriedAt { get; set; }

    public DateTimeOffset? SaidAt { get; set; }
}

/// <summary>A gap's issue in a tracker.</summary>
/// <param name="Tracker">The tracker.</param>
/// <param name="TrackerName">As people call it.</param>
/// <param name="State">waiting, inStep, refused or gone.</param>
/// <param name="Number">What people call the issue by there; null until it stands there.</param>
/// <param name="Url">Where people read it.</param>
/// <param name="IsOpen">As the tracker last told.</param>
/// <param name="Error">Why the last try failed.</param>
public sealed record GapIssueView(TrackerId Tracker, string TrackerName, IssueState State, long? Number, string? Url, bool IsOpen, string? Error);

internal static class TrackerSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<GapIssue>(e =>
        {
            e.ToTable("operations_gap_issues");
            e.HasKey(i => new { i.GapId, i.TrackerId });
            e.Property(i => i.State).HasConversion<string>();
            e.HasIndex(i => new { i.TrackerId, i.Number });
            e.HasIndex(i => new { i.State, i.NextAt });
        });
        model.Entity<IssueNote>(e =>
        {
            e.ToTable("operations_issue_notes");
            e.HasKey(n => n.Number);
            e.Property(n => n.Number).ValueGeneratedOnAdd();
            e.HasIndex(n => n.Mark).IsUnique();
            e.HasIndex(n => new { n.GapId, n.TrackerId, n.Number });
        });
    }
}
