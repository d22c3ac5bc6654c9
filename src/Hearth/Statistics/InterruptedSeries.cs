using System.Globalization;

namespace Hearth.Statistics;

/// <summary>A plain interrupted time series: how level and slope broke at the change.</summary>
/// <param name="Level">The jump at the change.</param>
/// <param name="Slope">How much more the series rises each point after it than before; zero where no break of the slope was asked for.</param>
/// <param name="Average">Mean of both over the judged points.</param>
/// <param name="Cumulative">Their sum over the judged points.</param>
/// <param name="P">Two-sided, of the average.</param>
/// <param name="Lags">How many points back the errors allow noise to be related.</param>
/// <param name="Sentence">The verdict for people.</param>
public sealed record InterruptedEstimate(Interval Level, Interval Slope, Interval Average, Interval Cumulative, double P, int Lags, string Sentence);

/// <summary>
/// Segmented regression (Wagner, Soumerai, Zhang &amp; Ross-Degnan 2002) with the errors of Newey &amp; West (1987): constant, slope, season and controls, and a break at the change. Simpler than <see cref="CausalImpact"/> and
/// open to the eye, but it believes that the slope before the change would have gone on, and its errors are too small where the level wanders.
/// </summary>
public static class InterruptedSeries
{
    /// <summary>Estimates the break.</summary>
    /// <param name="outcome">Evenly spaced; NaN where missing.</param>
    /// <param name="controls">Series as long as the outcome, without missing values.</param>
    /// <param name="from">Index of the first point after the change.</param>
    /// <param name="options">Season, level, lag, exposure (outcomes are then per 1,000 units and so are all estimates but the cumulative one); the slope may break too where a trend is asked for, and is the same before and after where it is not.</param>
    /// <exception cref="ArgumentException">As for <see cref="CausalImpact.Of"/>, or columns depend on one another.</exception>
    public static InterruptedEstimate Of(IReadOnlyList<double> outcome, IReadOnlyList<IReadOnlyList<double>> controls, int from, EffectOptions options)
    {
        EffectInput.Check(outcome, controls, from, options);
        var first = from + options.Lag;
        // Points within the lag belong to neither side: they are left out.
        var used = Enumerable.Range(0, outcome.Count).Where(t => !double.IsNaN(outcome[t]) && (t < from || t >= first)).ToList();
        var spreads = controls.Select(c => Columns.Spread(c)).ToList(); // scaled, so that large numbers do not look like the constant
        var rows = used.Select(t => Row(t)).ToArray();
        var seen = used.Select(t => options.Exposure is { } units ? outcome[t] / units[t] * 1000 : outcome[t]).ToList();
        // Newey & West 1994: lags grow with the points.
        var lags = (int)Math.Floor(4 * PortableMath.Exp(PortableMath.Log(used.Count / 100.0) * 2 / 9));
        var fit = LeastSquares.Of(rows, seen, lags);

        var (judged, units, weighted) = (0, 0.0, 0.0);
        for (var i = 0; i < used.Count; i++)
        {
            if (used[i] < first) continue;
            var exposed = (options.Exposure?[used[i]] ?? 1000) / 1000;
            judged++;
            units += exposed;
            weighted += exposed * (used[i] - first);
        }

        var reach = StudentT.Beyond(options.Level, fit.Freedom);
        var slope = options.Trend ? Sum(0, 1) : default;
        var (average, error) = fit.Sum(Weights(1, options.Trend ? weighted / units : 0));
        var ends = new Interval(average, average - reach * error, average + reach * error);
        var times = options.Exposure is null ? judged : units;
        var p = error > 0 ? StudentT.TwoSided(average / error, fit.Freedom) : average == 0 ? 1 : 0;
        return new(Sum(1, 0), slope, ends, new(times * ends.Estimate, times * ends.Low, times * ends.High), p, lags, Sentence(ends, p));

        double[] Row(int t)
        {
            double after = t >= first ? 1 : 0;
            // The breaks come first; time is counted from the change, so that the first break is the jump there.
            List<double> row = [after];
            if (options.Trend) row.Add(after * (t - first));
            row.Add(1);
            if (options.Trend) row.Add((double)(t - first) / outcome.Count);
            for (var s = 0; s < options.Seasons - 1; s++) row.Add(t % options.Seasons == s ? 1 : t % options.Seasons == options.Seasons - 1 ? -1 : 0);
            for (var c = 0; c < controls.Count; c++) row.Add((controls[c][t] - spreads[c].Mean) / spreads[c].Deviation);
            return [.. row];
        }

        double[] Weights(double level, double slope)
        {
            var weights = new double[rows[0].Length];
            weights[0] = level;
            if (options.Trend) weights[1] = slope;
            return weights;
        }

        Interval Sum(double level, double slope)
        {
            var (value, deviation) = fit.Sum(Weights(level, slope));
            return new(value, value - reach * deviation, value + reach * deviation);
        }
    }

    private static string Sentence(Interval average, double p) => string.Create(CultureInfo.InvariantCulture,
        $"After the change the outcome was {Math.Abs(average.Estimate):0.##} {(average.Estimate < 0 ? "lower" : "higher")} on average than level and slope before it would have it ({average.Low:0.##} to {average.High:0.##}, p {(p < 0.001 ? "below 0.001" : string.Create(CultureInfo.InvariantCulture, $"= {p:0.###}"))}): {(average.ExcludesZero ? "the series broke there" : "no break is shown")}.");
}
