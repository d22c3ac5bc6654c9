using System.Globalization;
using Hearth.Statistics;

namespace Hearth.Operations.Verification;

/// <summary>Says a judgement to people.</summary>
internal static class JudgeWords
{
    /// <param name="observed">Critical posts a judged day.</param>
    /// <param name="estimate">Against what was expected.</param>
    /// <param name="isLast">Whether all judged days are in.</param>
    public static string Of(double observed, EffectEstimate estimate, bool isLast)
    {
        var average = estimate.Average;
        var (days, fewer) = (isLast ? "In the days judged" : "So far", average.Estimate < 0);
        var share = double.IsNaN(estimate.Relative.Estimate) ? "" : string.Create(CultureInfo.InvariantCulture, $", {Math.Abs(estimate.Relative.Estimate):0 %} {(fewer ? "fewer" : "more")}");
        var seen = string.Create(CultureInfo.InvariantCulture,
            $"{days} {observed:0.0} critical posts a day spoke of it; without the change {observed - average.Estimate:0.0} were to be expected{share}.");
        var range = string.Create(CultureInfo.InvariantCulture, $"between {Said(average.Low)} and {Said(average.High)} a day");
        return average.High < 0 ? $"{seen} With 95 % certainty the change made it {range}: the talk fell."
            : average.Low > 0 ? $"{seen} With 95 % certainty it is {range}: the talk grew."
            : $"{seen} That may be chance: anything {range} is plausible, so no fall is shown.";
    }

    private static string Said(double effect) => string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(effect):0.0} {(effect < 0 ? "fewer" : "more")}");
}
