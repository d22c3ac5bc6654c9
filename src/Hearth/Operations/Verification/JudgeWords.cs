using System.Globalization;
using Hearth.Statistics;

namespace Hearth.Operations.Verification;

/// <summary>Says a judgement to people.</summary>
internal static class JudgeWords
{
    /// <param name="observed">Critical posts a judged day.</param>
    /// <param name="average">How many more or fewer that is than expected.</param>
    /// <param name="relative">The same as a share of what was expected; not a number where that is not known.</param>
    /// <param name="sold">The same by what was sold; null where that is not known.</param>
    /// <param name="isLast">Whether all judged days are in.</param>
    public static string Of(double observed, Interval average, Interval relative, PerThousand? sold, bool isLast)
    {
        var (days, fewer) = (isLast ? "In the days judged" : "So far", average.Estimate < 0);
        var share = double.IsNaN(relative.Estimate) ? "" : string.Create(CultureInfo.InvariantCulture, $", {Math.Abs(relative.Estimate):0 %} {(fewer ? "fewer" : "more")}");
        var seen = string.Create(CultureInfo.InvariantCulture,
            $"{days} {observed:0.0} critical posts a day spoke of it; without the change {observed - average.Estimate:0.0} were to be expected{(sold is null ? "" : " of as many units sold")}{share}.");
        var thousand = sold is null ? "" : string.Create(CultureInfo.InvariantCulture, $" Per 1,000 units sold that is {sold.Observed:0.0} instead of {sold.Expected:0.0}.");
        var range = string.Create(CultureInfo.InvariantCulture, $"between {Said(average.Low)} and {Said(average.High)} a day");
        return average.High < 0 ? $"{seen} With 95 % certainty the change made it {range}: the talk fell.{thousand}"
            : average.Low > 0 ? $"{seen} With 95 % certainty it is {range}: the talk grew.{thousand}"
            : $"{seen} That may be chance: anything {range} is plausible, so no fall is shown.{thousand}";
    }

    private static string Said(double effect) => string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(effect):0.0} {(effect < 0 ? "fewer" : "more")}");
}
