namespace Hearth.Statistics;

/// <summary>What the numbers of a series are.</summary>
public enum SeriesKind
{
    /// <summary>Any finite numbers, their noise about the same everywhere: a rate, a price, a mean.</summary>
    Real,

    /// <summary>Whole numbers from 0: how many. Their noise grows with their size and effects are multiplied, so zeros and low counts are no trouble.</summary>
    Count,
}

/// <summary>How an effect is to be measured.</summary>
/// <param name="Seasons">Points in a season (7 for days in weeks); 1 for no season. At least two whole seasons must lie before the change.</param>
/// <param name="Draws">Draws from the posterior, 100 to 100,000; the ends of a 95 % interval stand on a fortieth of them each.</param>
/// <param name="Seed">The same seed and series give the same estimate to the last bit, on any machine.</param>
/// <param name="Level">Posterior probability inside each interval, 0.5 to 0.999.</param>
/// <param name="Kind">Whether the outcome is counted.</param>
/// <param name="Exposure">Units each point stands on (sold, shipped), above 0, one for each point of the outcome. Points and the average are then per 1,000 units; the cumulative effect stays in the outcome's own unit.</param>
/// <param name="Lag">Points after the change that are left out of the judgement, because opinion lags changes.</param>
/// <param name="Trend">Whether the outcome may have a slope of its own, which may drift.</param>
public sealed record EffectOptions(
    int Seasons = 1, int Draws = 1000, ulong Seed = 1, double Level = 0.95, SeriesKind Kind = SeriesKind.Real, IReadOnlyList<double>? Exposure = null, int Lag = 0, bool Trend = false);
