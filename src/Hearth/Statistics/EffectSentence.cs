using System.Globalization;

namespace Hearth.Statistics;

/// <summary>The verdict in plain words.</summary>
internal static class EffectSentence
{
    /// <param name="seen">Average of the judged points, in the unit of the estimate's average.</param>
    public static string Of(EffectEstimate estimate, double seen, bool exposed)
    {
        var (average, relative) = (estimate.Average, estimate.Relative);
        var by = exposed ? "per 1,000 units" : "a point";
        var share = double.IsNaN(relative.Estimate) ? "" : string.Create(CultureInfo.InvariantCulture, $" ({relative.Estimate:+0%;−0%;0%}, between {relative.Low:+0%;−0%;0%} and {relative.High:+0%;−0%;0%})");
        var what = string.Create(CultureInfo.InvariantCulture,
            $"After the change the outcome was {Number(seen)} {by} on average, where {Number(seen - average.Estimate)} was to be expected without it: {Number(Math.Abs(average.Estimate))} {(average.Estimate < 0 ? "less" : "more")}{share}.");
        return average.ExcludesZero
            ? string.Create(CultureInfo.InvariantCulture, $"{what} A difference this large comes by chance in {Chance(estimate.P)}, so the outcome {(average.Estimate < 0 ? "fell" : "rose")}.")
            : string.Create(CultureInfo.InvariantCulture, $"{what} Without any effect the difference would lie as far from nothing in {Chance(estimate.P)}, so no effect is shown: anything from {Number(average.Low)} to {Number(average.High)} {by} is plausible.");
    }

    private static string Chance(double p) => p < 0.01 ? "fewer than 1 of 100 cases" : string.Create(CultureInfo.InvariantCulture, $"{Math.Round(p * 100):0} of 100 cases");

    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
