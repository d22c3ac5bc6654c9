namespace Hearth.Listening.Spikes;

/// <summary>How far one series of a query's counts has been watched, and what its detector remembers.</summary>
internal sealed class SpikeWatch
{
    public required QueryId Query { get; init; }

    /// <summary>How long a count is, in minutes.</summary>
    public required int Minutes { get; init; }

    /// <summary>True for its negative mentions alone.</summary>
    public required bool Negative { get; init; }

    /// <summary>Of the query's text: with another text it is another series.</summary>
    public required int Version { get; set; }

    /// <summary>Counts that begin before this moment have been judged.</summary>
    public required DateTimeOffset Until { get; set; }

    /// <summary>A <see cref="Statistics.SpikeState"/> as JSON.</summary>
    public required string State { get; set; }
}

/// <summary>A count of a query that stood out.</summary>
internal sealed class SpikeRow
{
    public required QueryId Query { get; init; }

    public required int Minutes { get; init; }

    public required bool Negative { get; init; }

    /// <summary>Where the count begins.</summary>
    public required DateTimeOffset At { get; init; }

    public required long Count { get; init; }

    public required double Expected { get; init; }

    public required double Score { get; init; }

    /// <summary>True when <see cref="MentionSpiked"/> was recorded: it had just happened, and nothing of the same wave was told before.</summary>
    public required bool IsTold { get; init; }
}
