using Hearth.Statistics;

namespace Hearth.Listening.Spikes;

/// <summary>A count that stands out.</summary>
/// <param name="At">When.</param>
/// <param name="Value">The count.</param>
/// <param name="Expected">What was usual then.</param>
/// <param name="Score">-log10 of the share of points that lie as far out.</param>
public sealed record FoundSpike(DateTimeOffset At, double Value, double Expected, double Score);

/// <summary>What was found in one file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Points">How many counts it has.</param>
/// <param name="Spikes">In order of time.</param>
public sealed record SeriesSpikes(string File, int Points, IReadOnlyList<FoundSpike> Spikes);

/// <summary>Scores against labels: the Numenta Anomaly Benchmark, standard profile, where 0 is finding nothing and 100 is perfect.</summary>
/// <param name="Score">With the one threshold for all files that is best on them, as the benchmark does it.</param>
/// <param name="Threshold">That threshold.</param>
/// <param name="AtThreshold">With the threshold that was given.</param>
/// <param name="ThresholdFromOthers">The threshold of each file chosen on the other files; null for one file.</param>
/// <param name="LeaveOneOut">Settings and threshold of each file chosen on the other files; null when that was not asked for.</param>
/// <param name="Lines">Each file of <paramref name="LeaveOneOut"/>.</param>
public sealed record SpikeScores(double Score, double Threshold, double AtThreshold, double? ThresholdFromOthers, double? LeaveOneOut, IReadOnlyList<LeftOut>? Lines);

/// <summary>Runs the detector of the live queries over files.</summary>
public static class MeasureSpikes
{
    /// <summary>What stands out in a file, each point judged by those before it alone; waves that go on are told once.</summary>
    public static SeriesSpikes In(SeriesFile series, SpikeOptions options)
    {
        var (detector, found) = (new SpikeDetector(options), new List<FoundSpike>());
        foreach (var (at, count) in series.Points)
        {
            var point = detector.Next(at, count);
            if (point.IsSpike) found.Add(new(at, count, point.Expected, point.News));
        }

        return new(series.Name, series.Points.Count, found);
    }

    /// <summary>Scores the detector on labelled files together.</summary>
    /// <param name="series">The files.</param>
    /// <param name="labelled">Their windows, in the same order.</param>
    /// <param name="options">How it learns; its threshold is one of those scored.</param>
    /// <param name="leaveOneOut">True to also choose the settings for each file on the others; needs two files.</param>
    public static SpikeScores Score(IReadOnlyList<SeriesFile> series, IReadOnlyList<NabSeries> labelled, SpikeOptions options, bool leaveOneOut)
    {
        IReadOnlyList<double>[] news = [.. series.Select(s => NabLeaveOneOut.News(options, s.Points))];
        var windows = labelled.Sum(s => s.Windows.Count);
        var (threshold, score) = NabScore.Best(labelled, news);
        double? others = series.Count < 2 ? null : NabScore.Of(labelled.Select((one, n) => NabScore.Raw(one, news[n],
            NabScore.Best([.. labelled.Where((_, o) => o != n)], [.. news.Where((_, o) => o != n)]).Threshold)).Sum(), windows);
        (double Score, IReadOnlyList<LeftOut> Lines)? left = leaveOneOut && series.Count > 1 ? NabLeaveOneOut.Run(labelled, [.. series.Select(s => s.Points)]) : null;
        return new(score, threshold, NabScore.Of(labelled.Select((one, n) => NabScore.Raw(one, news[n], options.Threshold)).Sum(), windows), others, left?.Score, left?.Lines);
    }
}
