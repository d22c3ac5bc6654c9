namespace Hearth.Statistics;

/// <summary>What an estimate needs, said in words a person can act on.</summary>
internal static class EffectInput
{
    private const int LeastBefore = 5;

    public static void Check(IReadOnlyList<double> outcome, IReadOnlyList<IReadOnlyList<double>> controls, int from, EffectOptions options)
    {
        if (options.Draws is < 100 or > 100_000) throw new ArgumentException($"There must be 100 to 100,000 draws, not {options.Draws}.", nameof(options));
        if (!(options.Level is >= 0.5 and <= 0.999)) throw new ArgumentException($"The level must be 0.5 to 0.999, not {options.Level}.", nameof(options));
        if (options.Seasons is < 1 or > 400) throw new ArgumentException($"A season must have 1 to 400 points, not {options.Seasons}.", nameof(options));
        if (options.Lag < 0) throw new ArgumentException($"The lag must be 0 points or more, not {options.Lag}.", nameof(options));
        if (from + options.Lag >= outcome.Count) throw new ArgumentException($"No point is left to judge: the change comes at point {from + 1} of {outcome.Count}, and {options.Lag} after it are left out.", nameof(from));
        if (controls.Count > CausalImpact.MostControls) throw new ArgumentException($"There may be at most {CausalImpact.MostControls} controls, not {controls.Count}.", nameof(controls));
        if (options.Seasons > 1 && from < 2 * options.Seasons) throw new ArgumentException($"Two whole seasons of {options.Seasons} points must lie before the change; there are {from} points.", nameof(from));

        var known = outcome.Take(Math.Max(from, 0)).Count(y => !double.IsNaN(y));
        var needed = LeastBefore + options.Seasons + (options.Trend ? 1 : 0);
        if (known < needed) throw new ArgumentException($"At least {needed} points with a value must lie before the change; there are {known}.", nameof(from));
        if (outcome.Skip(from + options.Lag).All(double.IsNaN)) throw new ArgumentException("All points after the change are missing.", nameof(outcome));
        for (var t = 0; t < outcome.Count; t++)
        {
            if (double.IsInfinity(outcome[t])) throw new ArgumentException($"Point {t + 1} of the outcome is not a finite number.", nameof(outcome));
            if (options.Kind == SeriesKind.Count && !double.IsNaN(outcome[t]) && (outcome[t] < 0 || outcome[t] != Math.Floor(outcome[t]) || outcome[t] > 1e9))
                throw new ArgumentException($"Point {t + 1} of the outcome is {outcome[t]}: counts are whole numbers from 0 to 1,000,000,000.", nameof(outcome));
        }

        for (var c = 0; c < controls.Count; c++)
        {
            if (controls[c].Count != outcome.Count) throw new ArgumentException($"Control {c + 1} has {controls[c].Count} points, the outcome {outcome.Count}.", nameof(controls));
            for (var t = 0; t < outcome.Count; t++)
            {
                if (!double.IsFinite(controls[c][t])) throw new ArgumentException($"Point {t + 1} of control {c + 1} is missing or not finite.", nameof(controls));
            }
        }

        if (options.Exposure is not { } units) return;
        if (units.Count != outcome.Count) throw new ArgumentException($"The exposure has {units.Count} points, the outcome {outcome.Count}.", nameof(options));
        for (var t = 0; t < units.Count; t++)
        {
            if (!(units[t] > 0) || double.IsInfinity(units[t])) throw new ArgumentException($"Point {t + 1} of the exposure is {units[t]}: it must be above 0.", nameof(options));
        }
    }
}
