namespace Hearth.Listening;

public enum SourceState
{
    Active,
    Paused,
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

    /// <summary>Rises when a person changes state, settings or cursor: whoever reads the source begins anew.</summary>
    public int Version { get; set; }

    /// <summary>The node that reads it now; nobody else may until <see cref="LeaseUntil"/> has passed.</summary>
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
}
