namespace Hearth.Statistics;

/// <summary>How well the detector does on a series that had no part in choosing its settings.</summary>
/// <param name="Series">The series left out.</param>
/// <param name="Chosen">The settings and the threshold that are best on the others.</param>
/// <param name="OnOthers">The score there.</param>
/// <param name="OnIt">The score on the one left out.</param>
public sealed record LeftOut(string Series, SpikeOptions Chosen, double OnOthers, double OnIt);

/// <summary>Chooses settings from a small grid on all series but one, and scores that one; each in turn.</summary>
public static class NabLeaveOneOut
{
    /// <summary>The grid: 96 settings around the defaults.</summary>
    public static IReadOnlyList<SpikeOptions> Grid { get; } =
    [
        .. from half in (int[])[7, 14]
           from season in (int[])[1, 2, 4]
           from tail in (double[])[0.02, 0.05]
           from forget in (int[])[12, 24]
           from rise in (double[])[1.2, 1.5]
           from winsor in (double[])[6, 12]
           select new SpikeOptions { HalfLife = TimeSpan.FromDays(half), SeasonHalfLife = TimeSpan.FromHours(season), Tail = tail, Forget = TimeSpan.FromHours(forget), Rise = rise, Winsor = winsor },
    ];

    /// <summary>Runs the whole grid; equal scores fall to the earlier setting.</summary>
    /// <param name="all">At least two series.</param>
    /// <param name="points">Their points.</param>
    /// <returns>A line for each series, and the score of all together.</returns>
    public static (double Score, IReadOnlyList<LeftOut> Lines) Run(IReadOnlyList<NabSeries> all, IReadOnlyList<IReadOnlyList<(DateTimeOffset At, double Count)>> points)
    {
        var best = new (double Score, double Threshold, int Setting, double Raw)[all.Count];
        Array.Fill(best, (double.NegativeInfinity, 0, 0, 0));
        for (var setting = 0; setting < Grid.Count; setting++)
        {
            var scores = points.Select(p => (IReadOnlyList<double>)News(Grid[setting], p)).ToArray();
            for (var left = 0; left < all.Count; left++)
            {
                var leftOut = left;
                var (threshold, score) = NabScore.Best([.. all.Where((_, n) => n != leftOut)], [.. scores.Where((_, n) => n != leftOut)]);
                if (score > best[left].Score) best[left] = (score, threshold, setting, NabScore.Raw(all[left], scores[left], threshold));
            }
        }

        return (NabScore.Of(best.Sum(b => b.Raw), all.Sum(s => s.Windows.Count)),
            [.. all.Select((s, n) => new LeftOut(s.Name, Grid[best[n].Setting] with { Threshold = best[n].Threshold }, best[n].Score, NabScore.Of(best[n].Raw, s.Windows.Count)))]);
    }

    /// <summary>What the detector says of a series, point by point.</summary>
    public static double[] News(SpikeOptions options, IReadOnlyList<(DateTimeOffset At, double Count)> points)
    {
        var (detector, news) = (new SpikeDetector(options), new double[points.Count]);
        for (var n = 0; n < points.Count; n++) news[n] = detector.Next(points[n].At, points[n].Count).News;
        return news;
    }
}
