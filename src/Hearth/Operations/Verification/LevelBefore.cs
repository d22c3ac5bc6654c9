namespace Hearth.Operations.Verification;

/// <summary>
/// Finds the day from which on the talk before a change stood at one level. A cause begins some day: what was said before it does not tell how much was to be expected. The split with the
/// greatest likelihood ratio of two Poisson rates against one is taken while the ratio is beyond what one level explains, each time in the later part (binary segmentation; Scott &amp; Knott 1974,
/// Biometrics 30; Bayes-like penalty of Schwarz 1978 doubled, since levels drift).
/// </summary>
internal static class LevelBefore
{
    /// <returns>Index of the first day to be used; 0 when all days before the change stand at one level.</returns>
    public static int Begin(IReadOnlyList<int> counts, int shipped)
    {
        var begin = Math.Max(0, shipped - JudgeTalk.MostBefore);
        while (Split(counts, begin, shipped) is { } split) begin = split;
        return begin;
    }

    private static int? Split(IReadOnlyList<int> counts, int begin, int end)
    {
        var days = end - begin;
        var total = 0.0;
        for (var n = begin; n < end; n++) total += counts[n];
        var (best, at, left) = (0.0, (int?)null, 0.0);
        for (var n = begin + 1; n <= end - JudgeTalk.LeastBefore; n++)
        {
            left += counts[n - 1];
            var ratio = Part(left, n - begin) + Part(total - left, end - n) - Part(total, days);
            if (ratio > best) (best, at) = (ratio, n);
        }

        return best > 2 * Math.Log(Math.Max(days, 2)) ? at : null;
    }

    // The part of a Poisson log-likelihood, at its own mean, that differs between splits.
    private static double Part(double sum, int days) => sum <= 0 ? 0 : sum * Math.Log(sum / days);
}
