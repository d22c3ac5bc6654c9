using System.Globalization;

namespace Hearth.Statistics;

/// <summary>The verdict of a synthetic control in plain words.</summary>
internal static class SyntheticSentence
{
    public static string Of(SyntheticEstimate estimate, double seen, int donors, double level)
    {
        var (average, rank) = (estimate.Average, (int)Math.Round(estimate.P * (donors + 1)));
        var what = string.Create(CultureInfo.InvariantCulture,
            $"After the change the treated were at {EffectSentence.Number(seen)} on average, where the mix of the others is at {EffectSentence.Number(seen - average.Estimate)}: {EffectSentence.Number(Math.Abs(average.Estimate))} {(average.Estimate < 0 ? "less" : "more")}.");
        var rarely = rank == 1 ? $"No other unit's gap grew as much when it was treated as if it had changed (1 of {donors + 1}, p = {Number(estimate.P)})" : $"{rank - 1} of {donors} other units had a gap that grew as much without any change (p = {Number(estimate.P)})";
        var verdict = estimate.P <= 1 - level + 1e-12 ? $"so the change is shown" : rank == 1 ? $"but {donors} others are too few for more certainty" : "so no effect is shown";
        return $"{what} {rarely}, {verdict}.";
    }

    private static string Number(double p) => p.ToString("0.###", CultureInfo.InvariantCulture);
}
