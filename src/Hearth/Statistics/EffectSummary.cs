namespace Hearth.Statistics;

/// <summary>From draws of the series without the change to intervals of the effect.</summary>
internal static class EffectSummary
{
    public static EffectEstimate Of(IReadOnlyList<double> seen, Counterfactual.Draws draws, int from, EffectOptions options)
    {
        var (count, first, counts) = (options.Draws, from + options.Lag, options.Kind == SeriesKind.Count);
        var points = new EffectPoint[seen.Count];
        var (sums, expected, sorted) = (new double[count], new double[count], new double[count]);
        var (units, judged, total) = (0.0, 0, 0.0);
        for (var t = 0; t < seen.Count; t++)
        {
            // Points are shown per 1,000 units where units are known; sums are in the outcome's own unit.
            var exposed = (options.Exposure?[t] ?? 1000) / 1000;
            var shown = counts ? exposed : 1;
            var value = seen[t];
            if (t >= first && !double.IsNaN(value))
            {
                judged++;
                units += exposed;
                var weight = counts ? 1 : exposed;
                total += weight * value;
                for (var d = 0; d < count; d++)
                {
                    sums[d] += weight * (value - draws.Values[t][d]);
                    expected[d] += weight * draws.Values[t][d];
                }
            }

            for (var d = 0; d < count; d++) sorted[d] = draws.Values[t][d] / shown;
            var without = Middle(sorted, options.Level);
            var effect = new Interval(value / shown - without.Estimate, value / shown - without.High, value / shown - without.Low);
            sums.CopyTo(sorted, 0);
            points[t] = new(value / shown, without, effect, t < first ? default : Middle(sorted, options.Level));
        }

        sums.CopyTo(sorted, 0);
        var cumulative = Middle(sorted, options.Level);
        var by = options.Exposure is null ? judged : units;
        var average = new Interval(cumulative.Estimate / by, cumulative.Low / by, cumulative.High / by);
        // A draw equal to what was seen counts for both sides, and one is added to each: no finite number of draws shows that something never happens.
        var (up, down) = (0, 0);
        foreach (var sum in sums)
        {
            if (sum >= 0) up++;
            if (sum <= 0) down++;
        }

        var tail = ((cumulative.Estimate > 0 ? down : up) + 1.0) / (count + 1);
        var estimate = new EffectEstimate(average, cumulative, Relative(sums, expected, options.Level), Math.Max(1 - tail, 0.5), Math.Min(1, 2 * tail), points, draws.Inclusion, "");
        return estimate with { Sentence = EffectSentence.Of(estimate, total / by, options.Exposure is not null) };
    }

    private static Interval Relative(double[] sums, double[] expected, double level)
    {
        if (!expected.All(e => e > 0) && !expected.All(e => e < 0)) return new(double.NaN, double.NaN, double.NaN);
        return Middle([.. sums.Select((s, d) => s / Math.Abs(expected[d]))], level);
    }

    /// <summary>Median and the quantiles that leave the same on both sides. Sorts what it is given.</summary>
    internal static Interval Middle(double[] values, double level)
    {
        Array.Sort(values);
        return new(Quantile(values, 0.5), Quantile(values, (1 - level) / 2), Quantile(values, (1 + level) / 2));
    }

    // Hyndman & Fan 1996, type 7.
    private static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)Math.Floor(at);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
