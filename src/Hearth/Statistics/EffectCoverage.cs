namespace Hearth.Statistics;

/// <summary>How often intervals held the truth over made series of one world.</summary>
/// <param name="Covered">Share of the series whose cumulative interval held the true effect, 0 to 1.</param>
/// <param name="FalseAlarms">Of the series without an effect, the share whose interval excluded zero.</param>
/// <param name="Found">Of the series with one, the share whose interval excluded zero on the right side.</param>
/// <param name="Width">Mean width of the average's interval.</param>
public sealed record CoverageOfWorld(string World, string Says, int Series, double Covered, double FalseAlarms, double Found, double Width);

/// <summary>Checks the intervals of <see cref="CausalImpact"/> on made series whose true effect is known.</summary>
public static class EffectCoverage
{
    /// <summary>Names of the worlds that series can be made of.</summary>
    public static IReadOnlyList<string> Worlds { get; } = [.. SimulatedWorld.All.Select(w => w.Name)];

    /// <param name="world">One of <see cref="Worlds"/>.</param>
    /// <param name="series">How many series are made.</param>
    /// <param name="seed">Series and draws depend on it alone.</param>
    public static CoverageOfWorld Of(string world, int series, ulong seed, int draws = 1000)
    {
        var made = SimulatedWorld.All.First(w => w.Name == world);
        var random = new RandomStream(seed);
        var (covered, nulls, alarms, effects, found, width) = (0, 0, 0, 0, 0, 0.0);
        for (var i = 0; i < series; i++)
        {
            var one = made.Make(random);
            var estimate = CausalImpact.Of(one.Outcome, one.Controls, one.From, one.Options with { Draws = draws });
            var cumulative = estimate.Cumulative;
            covered += cumulative.Holds(one.Truth) ? 1 : 0;
            width += (estimate.Average.High - estimate.Average.Low) / series;
            if (one.Truth == 0)
            {
                nulls++;
                alarms += cumulative.ExcludesZero ? 1 : 0;
            }
            else
            {
                effects++;
                found += cumulative.ExcludesZero && Math.Sign(cumulative.Estimate) == Math.Sign(one.Truth) ? 1 : 0;
            }
        }

        return new(made.Name, made.Says, series, (double)covered / series, (double)alarms / Math.Max(nulls, 1), (double)found / Math.Max(effects, 1), width);
    }
}
