namespace Hearth.Statistics;

/// <summary>A series with the windows in which people saw something unusual.</summary>
/// <param name="Name">For people.</param>
/// <param name="Points">How many points it has.</param>
/// <param name="Windows">First and last point of each window, both inclusive, in order and apart.</param>
public sealed record NabSeries(string Name, int Points, IReadOnlyList<(int First, int Last)> Windows)
{
    /// <summary>So many points at the beginning are not scored: 15 % of the series, at most 750.</summary>
    public int Probation { get; } = (int)Math.Min(Math.Floor(0.15 * Points), 0.15 * 5000);

    /// <summary>Where each point stands: the number of its window, or -1.</summary>
    internal int[] Window { get; } = Places(Points, Windows);

    /// <summary>What a detection at each point is worth.</summary>
    internal double[] Worth { get; } = Worths(Points, Windows);

    private static int[] Places(int points, IReadOnlyList<(int First, int Last)> windows)
    {
        var places = new int[points];
        Array.Fill(places, -1);
        for (var n = 0; n < windows.Count; n++)
        {
            if (windows[n].First < (n == 0 ? 0 : windows[n - 1].Last + 1) || windows[n].Last < windows[n].First || windows[n].Last >= points) throw new ArgumentException("Windows lie inside the series, in order and apart.", nameof(windows));
            Array.Fill(places, n, windows[n].First, windows[n].Last - windows[n].First + 1);
        }

        return places;
    }

    // Early in a window is worth most; behind it a false alarm costs more the farther it is.
    private static double[] Worths(int points, IReadOnlyList<(int First, int Last)> windows)
    {
        var worth = new double[points];
        var next = 0;
        for (var n = 0; n < points; n++)
        {
            if (next < windows.Count && n > windows[next].Last) next++;
            if (next < windows.Count && n >= windows[next].First)
            {
                var (first, last) = windows[next];
                worth[n] = NabScore.Sigmoid(-(last - n + 1.0) / (last - first + 1)) / NabScore.Sigmoid(-1);
            }
            else
            {
                worth[n] = NabScore.FalsePositive * (next == 0 ? -1 : NabScore.Sigmoid((n - windows[next - 1].Last) / (double)(windows[next - 1].Last - windows[next - 1].First)));
            }
        }

        return worth;
    }
}

/// <summary>
/// The score of the Numenta Anomaly Benchmark, standard profile: a window found is worth up to 1 by how early, a window missed costs 1, a false alarm 0.11 (less shortly behind a window);
/// the sum on a scale where finding nothing is 0 and finding every window at its first point without a false alarm is 100.
/// Lavin and Ahmad, "Evaluating real-time anomaly detection algorithms: the Numenta Anomaly Benchmark" (ICMLA 2015), and the benchmark's version 1.1.
/// </summary>
public static class NabScore
{
    internal const double FalsePositive = 0.11;

    /// <summary>What detections at the points with a score of at least <paramref name="threshold"/> are worth together; from minus the number of windows and below, up to the number of windows.</summary>
    public static double Raw(NabSeries series, IReadOnlyList<double> scores, double threshold)
    {
        Check(series, scores);
        var best = new double[series.Windows.Count];
        Array.Fill(best, -1);
        var alarms = 0.0;
        for (var n = series.Probation; n < series.Points; n++)
        {
            if (scores[n] < threshold) continue;
            if (series.Window[n] is >= 0 and var window) best[window] = Math.Max(best[window], series.Worth[n]);
            else alarms += series.Worth[n];
        }

        return best.Sum() + alarms;
    }

    /// <summary>The score of several series together, at most 100.</summary>
    /// <param name="raw">The sum of their <see cref="Raw"/> scores.</param>
    /// <param name="windows">How many windows they have; above 0.</param>
    public static double Of(double raw, int windows) => 100 * (raw + windows) / (2 * windows);

    /// <summary>The one threshold for all series that gives the highest score, as the benchmark sets it.</summary>
    /// <returns>The threshold and the score; infinity and 0 when finding nothing is best.</returns>
    public static (double Threshold, double Score) Best(IReadOnlyList<NabSeries> all, IReadOnlyList<IReadOnlyList<double>> scores)
    {
        for (var s = 0; s < all.Count; s++) Check(all[s], scores[s]);
        var windows = all.Sum(s => s.Windows.Count);
        var points = all.SelectMany((series, s) => Enumerable.Range(series.Probation, series.Points - series.Probation).Where(n => scores[s][n] > 0).Select(n => (Score: scores[s][n], Series: s, Point: n)))
            .OrderByDescending(p => p.Score).ToArray();
        var found = all.Select(s => Enumerable.Repeat(-1.0, s.Windows.Count).ToArray()).ToArray();
        var (sum, best) = (-(double)windows, (Threshold: double.PositiveInfinity, Raw: -(double)windows));
        for (var k = 0; k < points.Length; k++)
        {
            var (score, s, n) = points[k];
            var worth = all[s].Worth[n];
            if (all[s].Window[n] is >= 0 and var window)
            {
                sum += Math.Max(0, worth - found[s][window]);
                found[s][window] = Math.Max(found[s][window], worth);
            }
            else
            {
                sum += worth;
            }

            // Points of one score are found together or not at all.
            if ((k + 1 == points.Length || points[k + 1].Score != score) && sum > best.Raw) best = (score, sum);
        }

        return (best.Threshold, Of(best.Raw, windows));
    }

    /// <summary>2 / (1 + e^5x) - 1: 0.987 at the beginning of a window (-1), 0 at its end (0), -1 from three widths behind it on.</summary>
    internal static double Sigmoid(double x) => x >= 3 ? -1 : (2 / (1 + Math.Exp(5 * x))) - 1;

    private static void Check(NabSeries series, IReadOnlyList<double> scores)
    {
        if (scores.Count != series.Points) throw new ArgumentException($"{series.Name} has {series.Points} points and {scores.Count} scores.", nameof(scores));
    }
}
