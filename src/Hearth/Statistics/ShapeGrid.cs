namespace Hearth.Statistics;

/// <summary>
/// The prior over shapes: a third of its weight says white noise around the regression, a third a part that returns to its mean (autocorrelated noise), a third a level that wanders (Harvey 1989).
/// A model that knows only one of them gives intervals too narrow in the world of the others.
/// </summary>
internal static class ShapeGrid
{
    private static readonly double[] Returns = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95];
    private static readonly double[] Shares = [0.25, 0.5, 0.75, 1];
    private static readonly double[] Ratios = [0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, double.PositiveInfinity];
    private static readonly double[] SlopeRatios = [0, 0.01, 0.03, 0.1];
    private static readonly double[] SeasonRatios = [0, 0.03, 0.1, 0.3];
    private static readonly double[] Scales = [0.05, 0.1, 0.2, 0.35, 0.6, 1, 1.6];

    /// <summary>All shapes of a series that may have a slope and a season.</summary>
    /// <param name="scaled">Whether the scale is part of the shape (counts) or estimated beside it.</param>
    public static IReadOnlyList<Shape> Of(bool trend, bool season, bool scaled)
    {
        var levels = new List<Shape> { new(1, 0, 0, 0, 0, 1, PortableMath.Log(1 / 3.0)) };
        var some = -PortableMath.Log(3 * Returns.Length * Shares.Length);
        foreach (var back in Returns)
        {
            foreach (var share in Shares) levels.Add(new(1 - share, back, share * (1 - back * back), 0, 0, 1, some));
        }

        var each = -PortableMath.Log(3 * Ratios.Length);
        foreach (var ratio in Ratios)
        {
            var step = double.IsPositiveInfinity(ratio) ? 1 : ratio * ratio / (1 + ratio * ratio);
            levels.Add(new(1 - step, 1, step, 0, 0, 1, each));
        }

        var drifting = from level in levels
                       from slope in trend ? SlopeRatios : [0]
                       from turn in season ? SeasonRatios : [0]
                       select level with { Slope = slope * slope, Season = turn * turn, LogPrior = level.LogPrior + Half(trend, slope, SlopeRatios) + Half(season, turn, SeasonRatios) };
        return scaled
            ? [new(0, 0, 0, 0, 0, 1, levels[0].LogPrior - PortableMath.Log(Scales.Length)), .. from shape in drifting from scale in Scales select shape with { Scale = scale }]
            : [.. drifting];
    }

    // A half says it does not drift, the rest is shared.
    private static double Half(bool asked, double ratio, double[] ratios) => !asked ? 0 : PortableMath.Log(ratio == 0 ? 0.5 : 0.5 / (ratios.Length - 1));
}
