namespace Hearth.Statistics;

/// <summary>
/// The prior over shapes: two fifths of its weight say white noise around the regression, 15 % a part that returns to its mean (autocorrelated noise), 45 % a level that wanders (Harvey 1989), mostly by a seventh to
/// one of its noise a point. A model that knows only one of them gives intervals too narrow in the world of the others, and some tens of points cannot tell slow wandering from none: docs/accuracy.md says how often
/// the intervals held the truth in each world.
/// </summary>
internal static class ShapeGrid
{
    private static readonly double[] Returns = [0.3, 0.5, 0.65, 0.8];
    private static readonly double[] Shares = [0.25, 0.5, 0.75, 1];
    private static readonly (double Ratio, double Weight)[] Wanderings =
        [(0.02, 1), (0.04, 2), (0.08, 4), (0.15, 5), (0.3, 8), (0.6, 9), (1.2, 8), (2.5, 4), (double.PositiveInfinity, 2)];

    private static readonly double[] SlopeRatios = [0, 0.003, 0.01, 0.03];
    private static readonly double[] SeasonRatios = [0, 0.03, 0.1, 0.3];
    private static readonly double[] Scales = [0.05, 0.1, 0.2, 0.35, 0.6, 1, 1.6];

    /// <summary>All shapes of a series that may have a slope and a season.</summary>
    /// <param name="scaled">Whether the scale is part of the shape (counts) or estimated beside it.</param>
    public static IReadOnlyList<Shape> Of(bool trend, bool season, bool scaled)
    {
        var levels = new List<Shape> { new(1, 0, 0, 0, 0, 1, PortableMath.Log(0.4)) };
        var some = PortableMath.Log(0.15 / (Returns.Length * Shares.Length));
        foreach (var back in Returns)
        {
            foreach (var share in Shares) levels.Add(new(1 - share, back, share * (1 - back * back), 0, 0, 1, some));
        }

        foreach (var (ratio, weight) in Wanderings)
        {
            var step = double.IsPositiveInfinity(ratio) ? 1 : ratio * ratio / (1 + ratio * ratio);
            levels.Add(new(1 - step, 1, step, 0, 0, 1, PortableMath.Log(0.45 * weight / Wanderings.Sum(w => w.Weight))));
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
