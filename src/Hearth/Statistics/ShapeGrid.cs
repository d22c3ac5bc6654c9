namespace Hearth.Statistics;

/// <summary>
/// The prior over shapes: 35 % of its weight say white noise around the regression, 15 % noise that keeps some of itself from point to point, 50 % a level that wanders (Harvey 1989), mostly by a seventh to
/// one of its noise a point. A model that knows only one of them gives intervals too narrow in the world of the others, and some tens of points cannot tell slow wandering from none: docs/accuracy.md says how often
/// the intervals held the truth in each world.
/// </summary>
internal static class ShapeGrid
{
    private static readonly double[] Returns = [0.15, 0.3, 0.45, 0.6, 0.75, 0.85];
    private static readonly (double Ratio, double Weight)[] Wanderings =
        [(0.02, 1), (0.04, 2), (0.08, 4), (0.15, 5), (0.3, 8), (0.6, 9), (1.2, 8), (2.5, 4), (double.PositiveInfinity, 2)];

    private static readonly double[] SlopeRatios = [0, 0.003, 0.01, 0.03];
    private static readonly double[] SeasonRatios = [0, 0.03, 0.1, 0.3];
    // Of log rates: a deviation of 1 nearly trebles a rate from one point to the next, which is rare.
    private static readonly (double Scale, double Weight)[] Scales = [(0.05, 2), (0.1, 3), (0.2, 3), (0.35, 2), (0.6, 1), (1, 0.5)];

    /// <summary>All shapes of a series that may have a slope and a season.</summary>
    /// <param name="scaled">Whether the scale is part of the shape (counts) or estimated beside it.</param>
    public static IReadOnlyList<Shape> Of(bool trend, bool season, bool scaled)
    {
        var levels = new List<Shape> { new(1, 0, 0, 0, 0, 1, PortableMath.Log(0.35)) };
        foreach (var back in Returns) levels.Add(new(0, back, 1 - back * back, 0, 0, 1, PortableMath.Log(0.15 / Returns.Length)));
        foreach (var (ratio, weight) in Wanderings)
        {
            var step = double.IsPositiveInfinity(ratio) ? 1 : ratio * ratio / (1 + ratio * ratio);
            levels.Add(new(1 - step, 1, step, 0, 0, 1, PortableMath.Log(0.5 * weight / Wanderings.Sum(w => w.Weight))));
        }

        var drifting = from level in levels
                       from slope in trend ? SlopeRatios : [0]
                       from turn in season ? SeasonRatios : [0]
                       select level with { Slope = slope * slope, Season = turn * turn, LogPrior = level.LogPrior + Drift(trend, slope, SlopeRatios, 0.75) + Drift(season, turn, SeasonRatios, 0.5) };
        if (!scaled) return [.. drifting];
        var all = Scales.Sum(s => s.Weight);
        return
        [
            new(0, 0, 0, 0, 0, 1, PortableMath.Log(0.15)), // nothing but the noise of counts
            .. from shape in drifting from scale in Scales select shape with { Scale = scale.Scale, LogPrior = shape.LogPrior + PortableMath.Log(0.85 * scale.Weight / all) },
        ];
    }

    // So much says that it does not drift, the rest is shared.
    private static double Drift(bool asked, double ratio, double[] ratios, double still) => !asked ? 0 : PortableMath.Log(ratio == 0 ? still : (1 - still) / (ratios.Length - 1));
}
