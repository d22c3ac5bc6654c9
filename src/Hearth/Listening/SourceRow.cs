using Hearth.Platform;

namespace Hearth.Listening;

public enum SourceState
{
    /// <summary>It is read, or takes what it is sent.</summary>
    Active,

    /// <summary>It is left alone until somebody resumes it.</summary>
    Paused,

    /// <summary>It is gone; its name stays on what was heard from it.</summary>
    Removed,
}

/// <summary>A place that posts come from.</summary>
internal sealed class SourceRow
{
    public required SourceId Id { get; init; }

    /// <summary>"file", "webhook", or the kind of an <see cref="IMentionSource"/>.</summary>
    public required string Kind { get; init; }

    public required string Network { get; init; }

    public required string Name { get; set; }

    /// <summary>A JSON object of strings.</summary>
    public required string Settings { get; set; }

    /// <summary>The webhook's secret, protected at rest.</summary>
    public string? Secret { get; set; }

    public SourceState State { get; set; }

    public required bool Engage { get; set; }

    public string? Cursor { get; set; }

    /// <summary>When it was last asked, or last told us something.</summary>
    public DateTimeOffset? LastReadAt { get; set; }

    /// <summary>When its newest post was written.</summary>
    public DateTimeOffset? LastItemAt { get; set; }

    public string? LastError { get; set; }

    public int Failures { get; set; }

    /// <summary>Not before; null for a source that is not polled.</summary>
    public DateTimeOffset? NextTry { get; set; }

    /// <summary>Whoever reads it now; nobody else may until <see cref="LeaseUntil"/> has passed. A person's change takes the lease away, so that reading begins anew.</summary>
    public Guid? LeaseOwner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When the first of the <see cref="Failures"/> happened.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>True once <see cref="SourceFailed"/> was recorded of this spell.</summary>
    public bool IsFailureTold { get; set; }

    /// <summary>The time of the newest event seen; now minus this is the lag of a stream.</summary>
    public DateTimeOffset? SeenUpTo { get; set; }

    /// <summary>Items that could not be read and were passed over.</summary>
    public long Skipped { get; set; }

    /// <summary>Items read per minute lately, as <see cref="ItemRate"/> writes them.</summary>
    public string? Rate { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Within which external ids mean the same: a whole network, or this source alone where every source has ids of its own.</summary>
    public string IdScope() => Network is "file" or "webhook" or "web" ? $"{Network}:{Id.Value}" : Network;

    /// <summary>Forgets what went wrong, and tells those who were told of it.</summary>
    public void Works(Database db, DateTimeOffset now)
    {
        if (IsFailureTold) db.Record(new SourceRecovered(Id, now));
        (LastError, Failures, FailingSince, IsFailureTold) = (null, 0, null, false);
    }
}
