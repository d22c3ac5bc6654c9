namespace Hearth.Statistics;

/// <summary>How a <see cref="SpikeDetector"/> learns what is usual, and when it speaks. Durations are of the series' own time.</summary>
public sealed record SpikeOptions
{
    /// <summary>How long the level and the spread remember: half of their weight is younger than this.</summary>
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(14);

    /// <summary>The same for each hour of the day, in time spent inside that hour: four hours are four days.</summary>
    public TimeSpan SeasonHalfLife { get; init; } = TimeSpan.FromHours(4);

    /// <summary>A deviation teaches the level and the spread as if it were at most so many spreads large, so that one wave does not hide the next.</summary>
    public double Winsor { get; init; } = 12;

    /// <summary>The share of the points, the largest deviations, that the tail is fitted to; above 0 and below 1.</summary>
    public double Tail { get; init; } = 0.05;

    /// <summary>A point of the tail teaches its mean as if it were at most so many means large.</summary>
    public double ExcessCap { get; init; } = 10;

    /// <summary>How fast a wave that was told is forgotten: after this time a score counts half.</summary>
    public TimeSpan Forget { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Told again when a score is more than so many times what is left of the highest one before.</summary>
    public double Rise { get; init; } = 1.5;

    /// <summary>So many points are learned from before the first one is judged.</summary>
    public int WarmUp { get; init; } = 100;

    /// <summary>Speaks from this score on: 3.7 is one point in 5,000, with points of five minutes once in 17 days.</summary>
    public double Threshold { get; init; } = 3.7;

    /// <summary>The same frequency of false alarms for points of another length.</summary>
    /// <param name="width">The length of a point; above zero.</param>
    public SpikeOptions For(TimeSpan width) => this with { Threshold = Threshold - Math.Log10(width / TimeSpan.FromMinutes(5)) };
}
