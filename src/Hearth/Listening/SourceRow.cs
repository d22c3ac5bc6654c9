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

    public required DateTimeOffset CreatedAt { get; init; }
}
