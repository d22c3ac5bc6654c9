using Hearth.Channels.Trackers;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Operations.Discussion;

public readonly record struct GapCommentId(Guid Value) : IId<GapCommentId>
{
    public static GapCommentId New() => new(Ids.New());

    public static GapCommentId From(Guid value) => new(value);
}

public readonly record struct GapEvidenceId(Guid Value) : IId<GapEvidenceId>
{
    public static GapEvidenceId New() => new(Ids.New());

    public static GapEvidenceId From(Guid value) => new(value);
}

/// <summary>Somebody who works on a gap said something about it; <paramref name="Tracker"/> is where, null for here.</summary>
public sealed record GapCommented(GapId Gap, GapCommentId Comment, UserId By, TrackerId? Tracker, DateTimeOffset At) : IFact
{
    public string Subject => "gap:" + Gap.Value;
}

/// <summary>What the people who work on a gap say to each other. Never public.</summary>
internal sealed class GapComment
{
    public long Number { get; init; }

    public required GapCommentId Id { get; init; }

    public required GapId GapId { get; init; }

    /// <summary>Null for what was said in a tracker.</summary>
    public UserId? By { get; init; }

    public required string ByName { get; init; }

    public required string Body { get; set; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>Where it was said, and what names it there.</summary>
    public TrackerId? TrackerId { get; init; }

    public string? ExternalId { get; init; }

    public string? Url { get; init; }
}

/// <summary>A document that shows the cause: a lab's report, the statistics of returns.</summary>
internal sealed class GapEvidence
{
    public long Number { get; init; }

    public required GapEvidenceId Id { get; init; }

    public required GapId GapId { get; init; }

    public required string Title { get; init; }

    public required string Address { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class GapWatcher
{
    public required GapId GapId { get; init; }

    public required UserId User { get; init; }

    public required string Name { get; init; }

    /// <summary>Up to when they have looked.</summary>
    public required DateTimeOffset SeenAt { get; set; }
}

internal static class GapTalkSchema
{
    public static void Build(ModelBuilder model)
    {
        model.Entity<GapComment>(e =>
        {
            e.ToTable("operations_gap_comments");
            e.HasKey(c => c.Number);
            e.Property(c => c.Number).ValueGeneratedOnAdd();
            e.HasIndex(c => c.Id).IsUnique();
            e.HasIndex(c => new { c.GapId, c.Number });
            e.HasIndex(c => new { c.TrackerId, c.ExternalId }).IsUnique();
        });
        model.Entity<GapEvidence>(e =>
        {
            e.ToTable("operations_gap_evidence");
            e.HasKey(v => v.Number);
            e.Property(v => v.Number).ValueGeneratedOnAdd();
            e.HasIndex(v => v.Id).IsUnique();
            e.HasIndex(v => new { v.GapId, v.Number });
        });
        model.Entity<GapWatcher>(e =>
        {
            e.ToTable("operations_gap_watchers");
            e.HasKey(w => new { w.GapId, w.User });
            e.HasIndex(w => w.User);
        });
    }
}

internal static class WatchedGaps
{
    /// <summary>Gaps that somebody watches and that moved, or were spoken of by somebody else, since they last looked.</summary>
    internal static IQueryable<GapId> NewsFor(this Database db, UserId reader)
    {
        var watched = db.Set<GapWatcher>().Where(w => w.User == reader);
        var moved = from w in watched join m in db.Set<GapMove>() on w.GapId equals m.GapId where m.At > w.SeenAt && m.By != reader select w.GapId;
        var said = from w in watched join c in db.Set<GapComment>() on w.GapId equals c.GapId where c.At > w.SeenAt && c.By != reader select w.GapId;
        return moved.Union(said);
    }
}
