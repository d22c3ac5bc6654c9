namespace Hearth.Statistics;

/// <summary>An effect looked for where there is none.</summary>
/// <param name="Control">The control taken for the outcome; null for the outcome itself.</param>
/// <param name="From">Index of the first point after the pretended change.</param>
/// <param name="Estimate">What was found.</param>
public sealed record Placebo(int? Control, int From, EffectEstimate Estimate);

/// <summary>What placebo tests say of an estimate.</summary>
/// <param name="Tests">Each test, by date and then by control.</param>
/// <param name="Alarms">How many intervals exclude zero. About one less than the level's share of them is to be expected by chance; more say that the model does not fit the series.</param>
/// <param name="P">Share of all estimates, the true one among them, that lie as far from zero in units of their interval's half width: the rank of the true effect among the false ones.</param>
public sealed record PlaceboTests(IReadOnlyList<Placebo> Tests, int Alarms, double P);

/// <summary>Placebo tests: dates before the change at which nothing changed, and untouched series at the date of the change.</summary>
public static class EffectPlacebo
{
    /// <summary>Runs both kinds of tests. Arguments as for <see cref="CausalImpact.Of"/>.</summary>
    /// <param name="estimate">What was estimated of the true change.</param>
    /// <param name="dates">Most dates to pretend, 0 or more; they are spread over what lies before the change, where enough points lie before them, and judged over as many points as the true change as far as there are.</param>
    /// <param name="untouched">Whether each control is tested as an outcome, against the other controls.</param>
    public static PlaceboTests Of(EffectEstimate estimate, IReadOnlyList<double> outcome, IReadOnlyList<IReadOnlyList<double>> controls, int from, EffectOptions options, int dates = 5, bool untouched = true)
    {
        var tests = new List<Placebo>();
        var after = Math.Min(outcome.Count - from, from / 3);
        var first = Math.Max(Math.Max(2 * options.Seasons, 10 + options.Seasons), from / 3);
        var last = from - Math.Max(after, options.Lag + 1);
        var seen = new HashSet<int>();
        for (var i = 0; i < dates && first <= last; i++)
        {
            var at = dates == 1 ? last : first + (int)((long)(last - first) * i / (dates - 1));
            if (!seen.Add(at)) continue;
            var until = Math.Min(at + Math.Max(after, options.Lag + 1), from);
            if (outcome.Skip(at + options.Lag).Take(until - at - options.Lag).All(double.IsNaN) || outcome.Take(at).Count(double.IsFinite) < first) continue;
            var cut = options with { Exposure = options.Exposure is null ? null : [.. options.Exposure.Take(until)] };
            tests.Add(new(null, at, CausalImpact.Of([.. outcome.Take(until)], [.. controls.Select(c => c.Take(until).ToArray())], at, cut)));
        }

        for (var c = 0; untouched && c < controls.Count; c++)
        {
            // A control has units of its own, which nobody gave; and it is counted only if all its numbers could be.
            var kind = options.Kind == SeriesKind.Count && controls[c].All(x => x >= 0 && x == Math.Floor(x)) ? SeriesKind.Count : SeriesKind.Real;
            tests.Add(new(c, from, CausalImpact.Of(controls[c], [.. controls.Where((_, o) => o != c)], from, options with { Exposure = null, Kind = kind })));
        }

        var size = Size(estimate);
        return new(tests, tests.Count(t => t.Estimate.Cumulative.ExcludesZero), (1.0 + tests.Count(t => Size(t.Estimate) >= size)) / (1 + tests.Count));
    }

    private static double Size(EffectEstimate estimate)
    {
        var half = (estimate.Cumulative.High - estimate.Cumulative.Low) / 2;
        return estimate.Cumulative.Estimate == 0 ? 0 : Math.Abs(estimate.Cumulative.Estimate) / half;
    }
}
