using Hearth.Statistics;

namespace Hearth.Operations.Verification;

/// <summary>Units that were sold. Operations asks; the room that takes orders answers.</summary>
public interface IUnitsSold
{
    /// <summary>Units of these articles that were ordered on each day, UTC, whatever was paid back later.</summary>
    /// <param name="skus">At least one.</param>
    /// <param name="first">The first day.</param>
    /// <param name="end">The day after the last.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>One number a day.</returns>
    Task<IReadOnlyList<int>> Of(IReadOnlyCollection<string> skus, DateOnly first, DateOnly end, CancellationToken ct);
}

/// <summary>A judgement by what was sold: critical posts per 1,000 units, those sold on an average day of the four weeks up to each day standing for the day.</summary>
/// <param name="Observed">In the days judged.</param>
/// <param name="Expected">In the same days without the change.</param>
/// <param name="Effect">Their difference, with its 95 % interval.</param>
/// <param name="Before">Units sold in the four weeks before the change.</param>
/// <param name="After">Units sold in the four weeks up to the last day.</param>
public sealed record PerThousand(double Observed, double Expected, Interval Effect, long Before, long After);

/// <summary>What posts stand on where it is known how much was sold.</summary>
internal static class Sales
{
    /// <summary>People speak of what they bought lately, not only today.</summary>
    public const int Days = 28;

    /// <summary>Units in four weeks; fewer say nothing of how many could have complained.</summary>
    public const int Least = 20;

    /// <summary>Units of the four weeks up to each day.</summary>
    /// <param name="sold">By day, beginning <see cref="Days"/> − 1 days before the first that is wanted.</param>
    public static long[] Lately(IReadOnlyList<int> sold)
    {
        var lately = new long[Math.Max(0, sold.Count - Days + 1)];
        for (var t = 0; t < lately.Length; t++)
        {
            for (var d = 0; d < Days; d++) lately[t] += sold[t + d];
        }

        return lately;
    }

    /// <summary>The first day from which on enough was sold up to the last; null when that is none, or too late to know what was to be expected.</summary>
    public static int? From(IReadOnlyList<long> lately, int shipped)
    {
        var from = lately.Count;
        while (from > 0 && lately[from - 1] >= Least) from--;
        return shipped - from >= JudgeTalk.LeastBefore ? from : null;
    }
}
