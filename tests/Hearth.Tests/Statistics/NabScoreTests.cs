using Hearth.Statistics;

namespace Hearth.Tests.Statistics;

public class NabScoreTests
{
    // 100 points, the first 15 on probation, one window of 10.
    private static readonly NabSeries One = new("one", 100, [(50, 59)]);

    [Fact]
    public void Finding_nothing_is_0_and_the_first_point_of_each_window_is_100()
    {
        Assert.Equal(0, NabScore.Of(NabScore.Raw(One, Found(), 1), 1), 9);
        Assert.Equal(100, NabScore.Of(NabScore.Raw(One, Found(50), 1), 1), 9);
        Assert.Equal((1, 100), NabScore.Best([One], [Found(50)]));
        Assert.Equal((double.PositiveInfinity, 0), NabScore.Best([One], [Found(20, 30, 40)]));
    }

    /// <summary>The worth of positions in a window as the benchmark's authors print it: 0.98661 at -1, 0.84828 at -0.5, 0 at the end.</summary>
    [Theory, InlineData(-1, 0.98661), InlineData(-0.5, 0.84828), InlineData(0, 0), InlineData(1, -0.98661), InlineData(3, -1)]
    public void The_sigmoid_is_the_published_one(double position, double worth) => Assert.Equal(worth, NabScore.Sigmoid(position), 5);

    [Fact]
    public void Only_the_earliest_detection_in_a_window_counts_and_later_is_worth_less()
    {
        var middle = NabScore.Raw(One, Found(55), 1);
        Assert.Equal(NabScore.Sigmoid(-0.5) / NabScore.Sigmoid(-1), middle, 9); // five of ten points are left, its own included
        Assert.Equal(middle, NabScore.Raw(One, Found(55, 56, 59), 1), 9);
        Assert.InRange(NabScore.Raw(One, Found(59), 1), 0.2, 0.3);
    }

    [Fact]
    public void A_false_alarm_costs_11_hundredths_and_less_shortly_behind_a_window()
    {
        Assert.Equal(-1.11, NabScore.Raw(One, Found(20), 1), 9);
        Assert.Equal(-1.22, NabScore.Raw(One, Found(20, 99), 1), 9); // over three widths behind
        Assert.Equal(-1 + (0.11 * NabScore.Sigmoid(1 / 9.0)), NabScore.Raw(One, Found(60), 1), 9);
    }

    [Fact]
    public void The_probation_is_15_percent_and_at_most_750_points()
    {
        Assert.Equal(-1, NabScore.Raw(One, Found(0, 14), 1), 9);
        Assert.Equal(-1.11, NabScore.Raw(One, Found(15), 1), 9);
        Assert.Equal(750, new NabSeries("long", 15_902, []).Probation);
    }

    [Fact]
    public void The_best_threshold_is_no_worse_than_any_other()
    {
        var random = new Random(7);
        var series = new[] { One, new NabSeries("two", 120, [(30, 39), (90, 99)]) };
        IReadOnlyList<double>[] scores = [.. series.Select(s => Enumerable.Range(0, s.Points).Select(n => Math.Round(random.NextDouble() + (s.Windows.Any(w => n >= w.First && n <= w.Last) ? 0.3 : 0), 2)).ToArray())];

        var (threshold, score) = NabScore.Best(series, scores);

        var all = scores.SelectMany(s => s).Where(s => s > 0).Distinct().Select(t => NabScore.Of(NabScore.Raw(series[0], scores[0], t) + NabScore.Raw(series[1], scores[1], t), 3)).ToList();
        Assert.Equal(all.Max(), score, 9);
        Assert.Equal(score, NabScore.Of(NabScore.Raw(series[0], scores[0], threshold) + NabScore.Raw(series[1], scores[1], threshold), 3), 9);
    }

    private static double[] Found(params int[] at)
    {
        var scores = new double[One.Points];
        foreach (var n in at) scores[n] = 1;
        return scores;
    }
}
