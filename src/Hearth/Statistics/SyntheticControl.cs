namespace Hearth.Statistics;

/// <summary>The effect on treated units, against a mix of untreated ones.</summary>
/// <param name="Average">Mean gap of a point after the change; the interval holds what placebo inference does not refuse.</param>
/// <param name="Cumulative">Its sum over those points.</param>
/// <param name="Relative">The average as a share of the mix's own average after the change; NaN where that is not above zero.</param>
/// <param name="P">Share of all units, the treated among them, whose gap grew at least as much at the change. Never below one in the number of units.</param>
/// <param name="Weights">Of each donor, in the order given; 0 or more, together 1.</param>
/// <param name="Fit">Root mean square of the gap before the change, in the outcome's unit.</param>
/// <param name="Points">One for each point.</param>
/// <param name="Placebos">Of each donor treated as if it had changed: its gap's root mean square after the change divided by that before; NaN where the mix fits it without any gap.</param>
/// <param name="Ratio">The same of the treated.</param>
/// <param name="Level">Confidence of the intervals: what was asked for, or n/(n + 1) where n donors allow no more.</param>
/// <param name="Sentence">The verdict for people.</param>
public sealed record SyntheticEstimate(
    Interval Average, Interval Cumulative, Interval Relative, double P, IReadOnlyList<double> Weights, double Fit, IReadOnlyList<SyntheticPoint> Points, IReadOnlyList<double> Placebos, double Ratio, double Level, string Sentence);

/// <param name="Observed">Mean of the treated units.</param>
/// <param name="Expected">The mix of the others.</param>
public sealed record SyntheticPoint(double Observed, double Expected);

/// <summary>
/// Synthetic control for panels (Abadie, Diamond &amp; Hainmueller 2010): a mix of untreated units, weights on the simplex, that went like the treated ones before the change and shows how they would have gone on.
/// Inference by treating each untreated unit as if it had changed. Several treated units are one, their mean.
/// </summary>
public static class SyntheticControl
{
    /// <summary>Estimates the effect.</summary>
    /// <param name="treated">One or more series of finite numbers, all as long.</param>
    /// <param name="donors">Two or more units that the change cannot have touched, as long.</param>
    /// <param name="from">Index of the first point after the change; at least two lie before it.</param>
    /// <param name="level">Confidence, above 0 and below 1. With n donors no interval can be surer than n/(n + 1).</param>
    /// <exception cref="ArgumentException">Something above does not hold; the message says what.</exception>
    public static SyntheticEstimate Of(IReadOnlyList<IReadOnlyList<double>> treated, IReadOnlyList<IReadOnlyList<double>> donors, int from, double level = 0.95)
    {
        Check(treated, donors, from);
        var points = treated[0].Count;
        var mean = Enumerable.Range(0, points).Select(t => treated.Sum(u => u[t]) / treated.Count).ToArray();
        var own = Gap(mean, donors, from);

        // Each donor against the others; the treated are left out of all mixes, as their effect would be in them.
        var placebos = donors.Select((d, i) => Gap(d, [.. donors.Where((_, o) => o != i)], from)).ToList();
        var ratio = own.After / own.Before;
        var ratios = placebos.Select(p => p.After / p.Before).ToList();
        var p = (1.0 + ratios.Count(r => r >= ratio || double.IsNaN(r))) / (1 + ratios.Count);

        // What the average gap does where nothing changed, in units of the fit: its spread around the estimate is the interval (inversion of the placebo test).
        var spread = placebos.Where(g => g.Before > 0).Select(g => Math.Abs(g.Average) / g.Before).Order().ToList();
        var rank = Math.Min((int)Math.Ceiling(level * (spread.Count + 1)), spread.Count) - 1;
        var reach = rank < 0 ? double.PositiveInfinity : spread[rank] * own.Before;
        var average = new Interval(own.Average, own.Average - reach, own.Average + reach);
        var after = points - from;
        var expected = own.Mix.Skip(from).Sum() / after;
        var estimate = new SyntheticEstimate(
            average, Times(average, after), expected > 0 ? Times(average, 1 / expected) : new(double.NaN, double.NaN, double.NaN), p, own.Weights, own.Before,
            [.. mean.Select((y, t) => new SyntheticPoint(y, own.Mix[t]))], ratios, ratio, Math.Min(level, spread.Count / (spread.Count + 1.0)), "");
        return estimate with { Sentence = SyntheticSentence.Of(estimate, mean.Skip(from).Sum() / after, donors.Count, level) };
    }

    private static Interval Times(Interval interval, double by) => new(interval.Estimate * by, interval.Low * by, interval.High * by);

    private static Gaps Gap(IReadOnlyList<double> unit, IReadOnlyList<IReadOnlyList<double>> donors, int from)
    {
        var weights = SimplexWeights.Of([.. unit.Take(from)], [.. donors.Select(d => d.Take(from).ToArray())]);
        var mix = Enumerable.Range(0, unit.Count).Select(t => donors.Select((d, i) => weights[i] * d[t]).Sum()).ToArray();
        var gaps = unit.Select((y, t) => y - mix[t]).ToArray();
        return new(weights, mix, Root(gaps[..from]), Root(gaps[from..]), gaps[from..].Sum() / (unit.Count - from));
    }

    private static double Root(double[] gaps) => Math.Sqrt(gaps.Sum(g => g * g) / gaps.Length);

    private static void Check(IReadOnlyList<IReadOnlyList<double>> treated, IReadOnlyList<IReadOnlyList<double>> donors, int from)
    {
        if (treated.Count == 0) throw new ArgumentException("No unit is named as treated.", nameof(treated));
        if (donors.Count < 2) throw new ArgumentException($"At least two untreated units are needed; there are {donors.Count}.", nameof(donors));
        var points = treated[0].Count;
        if (treated.Concat(donors).Any(u => u.Count != points)) throw new ArgumentException("All units need the same points.", nameof(donors));
        if (treated.Concat(donors).Any(u => !u.All(double.IsFinite))) throw new ArgumentException("All values must be finite numbers.", nameof(donors));
        if (from < 2 || from >= points) throw new ArgumentException($"At least two points must lie before the change and one after it; it comes at point {from + 1} of {points}.", nameof(from));
    }

    private sealed record Gaps(double[] Weights, double[] Mix, double Before, double After, double Average);
}
