namespace Hearth.Statistics;

/// <summary>
/// What a change did to a series, against what a Bayesian structural time series expects without it, learnt before the change and carried on by controls that the change did not touch
/// (Brodersen, Gallusser, Koehler, Remy &amp; Scott 2015, Annals of Applied Statistics 9). docs/statistics.md says how; the posterior is summed over a grid and exact on it, so there is no chain to wait for.
/// </summary>
public static class CausalImpact
{
    /// <summary>Most controls.</summary>
    public const int MostControls = 60;

    /// <summary>Estimates the effect of a change.</summary>
    /// <param name="outcome">Evenly spaced; NaN where missing. Counts are whole and 0 or above.</param>
    /// <param name="controls">At most <see cref="MostControls"/> series as long as the outcome, without missing values, that the change cannot have touched.</param>
    /// <param name="from">Index of the first point after the change.</param>
    /// <exception cref="ArgumentException">Something above does not hold, or there are too few points; the message says what and where.</exception>
    public static EffectEstimate Of(IReadOnlyList<double> outcome, IReadOnlyList<IReadOnlyList<double>> controls, int from, EffectOptions options)
    {
        // 1. What was given is sound.
        EffectInput.Check(outcome, controls, from, options);
        var random = new RandomStream(options.Seed);
        var counts = options.Kind == SeriesKind.Count;

        // 2. Outcome and controls beside constant, slope and season; 3. draws of the series without the change.
        Counterfactual.Draws draws;
        IReadOnlyList<double> seen = outcome;
        if (counts)
        {
            var logs = controls.Select(c => c.All(x => x >= 0) ? [.. c.Select(x => PortableMath.Log(x + 0.5))] : c).ToList();
            var columns = Columns.Of(outcome, logs, from, options.Seasons, options.Trend, precision: fix => fix == 0 ? 1 / 9.0 : 1 / 4.0);
            draws = Counterfactual.Counts(outcome, columns, Offset(outcome, from, options), options, random);
        }
        else
        {
            seen = options.Exposure is { } units ? [.. outcome.Select((y, t) => y / units[t] * 1000)] : outcome;
            var columns = Columns.Of(seen, controls, from, options.Seasons, options.Trend);
            var (mean, deviation) = Columns.Spread(seen.Take(from));
            for (var t = 0; t < from; t++) columns.Row(t)[^1] = columns.Observed[t] ? (seen[t] - mean) / deviation : 0;
            draws = Counterfactual.Real(columns, options, random);
            foreach (var point in draws.Values)
            {
                for (var d = 0; d < point.Length; d++) point[d] = mean + deviation * point[d];
            }
        }

        // 4. What was seen less that, summed up.
        return EffectSummary.Of(seen, draws, from, options);
    }

    private static double[] Offset(IReadOnlyList<double> outcome, int from, EffectOptions options)
    {
        var (sum, units) = (0.5, 0.0);
        for (var t = 0; t < from; t++)
        {
            if (double.IsNaN(outcome[t])) continue;
            sum += outcome[t];
            units += options.Exposure?[t] ?? 1;
        }

        var overall = PortableMath.Log(sum / units);
        return [.. outcome.Select((_, t) => overall + PortableMath.Log(options.Exposure?[t] ?? 1))];
    }
}
