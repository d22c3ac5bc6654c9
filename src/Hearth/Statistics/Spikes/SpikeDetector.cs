namespace Hearth.Statistics;

/// <summary>What a detector says of one point.</summary>
/// <param name="Expected">The count that was usual for this hour at this level, before the point was seen; 0 or more.</param>
/// <param name="Score">-log10 of the share of points as far from what was expected as this one: 3 is one in a thousand. 0 inside the usual and while warming up.</param>
/// <param name="News">The score when it is news, and 0 when it belongs to a wave that was told already.</param>
/// <param name="IsAbove">True when the count lies above what was expected.</param>
/// <param name="IsSpike">True when <paramref name="News"/> reaches the threshold.</param>
public readonly record struct SpikePoint(double Expected, double Score, double News, bool IsAbove, bool IsSpike);

/// <summary>
/// Finds unusual counts as they come; a point is judged by the points before it alone. Three steps, each of constant cost:
/// 1. The count x becomes 2√(x + 3/8), whose spread hardly depends on the level (Anscombe, Biometrika 1948), less a level and an hour-of-day part, both exponentially weighted and winsorised.
/// 2. The size of what is left, in spreads, is put on the tail of the sizes before: above the quantile q the excesses are taken as exponential (peaks over threshold; Siffer et al., KDD 2017, with shape 0), which gives the share of points that lie as far out.
/// 3. A wave is told once: a score is news when it stands clearly above what is left of the highest one before.
/// </summary>
/// <param name="options">How it learns and speaks.</param>
/// <param name="state">Where another detector stopped; null to begin. It is changed by <see cref="Next"/>.</param>
public sealed class SpikeDetector(SpikeOptions options, SpikeState? state = null)
{
    // A count of independent posts has a spread of 1 after the transformation; a quiet series must not look calmer than that.
    private const double LeastSpread = 1;
    private const int Hours = 24;
    private const int MostExcesses = 1_000;
    private const double QuantileStep = 0.02;

    public SpikeState State { get; } = state ?? new();

    /// <summary>Judges a point, then learns from it.</summary>
    /// <param name="at">Later than the point before.</param>
    /// <param name="count">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative or no number, or the time does not go on.</exception>
    public SpikePoint Next(DateTimeOffset at, double count)
    {
        if (!double.IsFinite(count) || count < 0) throw new ArgumentOutOfRangeException(nameof(count), count, "A count is 0 or more.");
        if (State.Points > 0 && at <= State.At) throw new ArgumentOutOfRangeException(nameof(at), at, "Points come in order of time.");
        var passed = State.Points == 0 ? TimeSpan.Zero : at - State.At;
        if (State.Points == 0) State.Since = at;
        var hour = at.UtcDateTime.Hour;
        var seasonal = Transformed(count) - State.Hours[hour];
        if (State.Points == 0) State.Level = seasonal;
        var left = seasonal - State.Level;
        var spread = Math.Max(LeastSpread, Math.Sqrt(State.Variance));
        var (expected, score) = (Count(State.Level + State.Hours[hour]), State.Points < options.WarmUp ? 0 : Judge(Math.Abs(left) / spread));
        Learn(at, hour, passed, State.Points > options.WarmUp / 5 ? Math.Clamp(left, -options.Winsor * spread, options.Winsor * spread) : left);
        var news = News(passed, score);
        return new(expected, score, news, left > 0, news >= options.Threshold);
    }

    private double Judge(double size)
    {
        var (excess, q) = (size - State.Quantile, options.Tail);
        State.Quantile = Math.Max(0.1, State.Quantile + (QuantileStep * Math.Max(0.2, State.Quantile) * (excess > 0 ? 1 - q : -q)));
        if (excess <= 0) return 0;
        var score = -Math.Log10(q) + (excess / State.MeanExcess / Math.Log(10));
        State.Excesses = Math.Min(State.Excesses + 1, MostExcesses);
        State.MeanExcess += (Math.Min(excess, options.ExcessCap * State.MeanExcess) - State.MeanExcess) / State.Excesses;
        return score;
    }

    private void Learn(DateTimeOffset at, int hour, TimeSpan passed, double left)
    {
        var weight = Math.Max(Weight(passed, options.HalfLife), 1.0 / (State.Points + 1));
        State.Level += weight * left;
        State.Variance += weight * ((left * left) - State.Variance);
        if (at - State.Since > TimeSpan.FromDays(1)) State.Hours[hour] += Weight(passed, options.SeasonHalfLife) * left;
        (State.Points, State.At) = (State.Points + 1, at);
    }

    private double News(TimeSpan passed, double score)
    {
        State.Peak *= Math.Pow(0.5, passed / options.Forget);
        var news = score > State.Peak * options.Rise ? score : 0;
        State.Peak = Math.Max(State.Peak, score);
        return news;
    }

    private static double Weight(TimeSpan passed, TimeSpan halfLife) => 1 - Math.Pow(0.5, passed / halfLife);

    private static double Transformed(double count) => 2 * Math.Sqrt(count + 0.375);

    private static double Count(double transformed) => Math.Max(0, (Math.Max(0, transformed) * Math.Max(0, transformed) / 4) - 0.375);

    internal static int SeasonLength => Hours;
}

/// <summary>All that a <see cref="SpikeDetector"/> remembers; kept as JSON it goes on in another process.</summary>
public sealed class SpikeState
{
    /// <summary>How many points it has seen.</summary>
    public long Points { get; set; }

    public DateTimeOffset Since { get; set; }

    /// <summary>The latest point.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Of the transformed counts, without the part of the hour.</summary>
    public double Level { get; set; }

    public double Variance { get; set; }

    /// <summary>What each hour of the UTC day adds to the level.</summary>
    public double[] Hours { get; set; } = new double[SpikeDetector.SeasonLength];

    /// <summary>Above it lies the tail, in spreads.</summary>
    public double Quantile { get; set; } = 1.5;

    public double MeanExcess { get; set; } = 1;

    /// <summary>How many points the mean excess stands on; begins as if it had seen some.</summary>
    public int Excesses { get; set; } = 20;

    /// <summary>What is left of the highest score.</summary>
    public double Peak { get; set; }
}
