using System.Text.Json;
using Hearth.Listening.Spikes;
using Hearth.Statistics;

namespace Hearth.Tests.Statistics;

public class SpikeDetectorTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_wave_is_told_once_and_again_only_when_it_rises_well_above()
    {
        var points = Run(Days(6, rate: 20, (5 * 288, 120), (5 * 288 + 1, 130), (5 * 288 + 2, 125), (5 * 288 + 3, 900)));

        var spikes = points.Index().Where(p => p.Item.IsSpike).Select(p => p.Index).ToList();

        Assert.Equal([5 * 288, (5 * 288) + 3], spikes);
        Assert.InRange(points[5 * 288].Expected, 15, 25);
        Assert.All(spikes, n => Assert.True(points[n].IsAbove));
    }

    [Fact]
    public void The_usual_rush_of_an_hour_is_no_spike_once_it_is_known()
    {
        // Three times as much each day at 18:00; after two weeks it is expected.
        var random = new Random(3);
        var counts = Enumerable.Range(0, 288 * 21).Select(n => Poisson(random, n / 12 % 24 == 18 ? 60 : 20)).ToArray();
        var points = Run(counts);
        Assert.DoesNotContain(points.Skip(14 * 288), p => p.IsSpike);
        Assert.InRange(points[(20 * 288) + (18 * 12) + 6].Expected, 45, 75);
        Assert.InRange(points[(20 * 288) + (12 * 12)].Expected, 15, 25);
    }

    [Fact]
    public void A_falling_silent_is_unusual_but_not_above()
    {
        var points = Run(Days(6, rate: 400, [.. Enumerable.Range(5 * 288, 6).Select(n => (n, 0))]));
        Assert.True(points[5 * 288].IsSpike);
        Assert.False(points[5 * 288].IsAbove);
    }

    [Fact]
    public void False_alarms_are_as_rare_as_the_threshold_says_when_the_tail_is_exponential_and_rarer_when_it_is_thin()
    {
        var (heavy, thin) = (0, 0);
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            heavy += Run([.. Enumerable.Range(0, 288 * 28).Select(_ => Math.Pow(Math.Max(0, 30 + (Math.Log(random.NextDouble()) * (random.Next(2) == 0 ? 1.5 : -1.5))) / 2, 2))]).Count(p => p.IsSpike);
            thin += Run([.. Enumerable.Range(0, 288 * 28).Select(_ => (double)Poisson(random, 4))]).Count(p => p.IsSpike);
        }

        // 161,280 points at one in 5,000 are 32.
        Assert.InRange(heavy, 16, 64);
        Assert.InRange(thin, 0, 16);
    }

    [Fact]
    public void A_point_is_judged_without_what_comes_after_it()
    {
        var random = new Random(5);
        var counts = Enumerable.Range(0, 2_000).Select(_ => random.Next(60)).ToArray();
        var whole = Run(counts);
        foreach (var length in (int[])[1, 99, 101, 700, 1_999]) Assert.Equal(whole.Take(length), Run(counts[..length]));
    }

    [Fact]
    public void A_detector_goes_on_from_its_kept_state_as_if_it_had_never_stopped()
    {
        var random = new Random(9);
        var counts = Enumerable.Range(0, 1_500).Select(_ => random.Next(60)).ToArray();
        var whole = Run(counts);

        var first = new SpikeDetector(new());
        for (var n = 0; n < 700; n++) first.Next(At(n), counts[n]);
        var second = new SpikeDetector(new(), JsonSerializer.Deserialize<SpikeState>(JsonSerializer.Serialize(first.State)));
        for (var n = 700; n < counts.Length; n++) Assert.Equal(whole[n], second.Next(At(n), counts[n]));
    }

    [Fact]
    public void Points_that_cannot_be_counts_or_go_back_are_refused()
    {
        var detector = new SpikeDetector(new());
        detector.Next(Start, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => detector.Next(Start, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => detector.Next(Start.AddMinutes(5), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => detector.Next(Start.AddMinutes(5), double.NaN));
        Assert.False(detector.Next(Start.AddMinutes(5), 1).IsSpike);
    }

    /// <summary>The bar of the project: above 75 on the Numenta Anomaly Benchmark's four series of posts about brands, by its standard profile.</summary>
    [Fact]
    public async Task The_four_series_of_posts_about_brands_score_above_75()
    {
        var labels = await File.ReadAllTextAsync(SharedData.File("nab-twitter-volume/labels.json"));
        var series = new List<SeriesFile>();
        foreach (var brand in (string[])["AAPL", "AMZN", "FB", "GOOG"])
        {
            await using var file = File.OpenRead(SharedData.File($"nab-twitter-volume/Twitter_volume_{brand}.csv"));
            series.Add(await SeriesFile.Read($"Twitter_volume_{brand}.csv", file, "timestamp", "value", default));
        }

        var scores = MeasureSpikes.Score(series, series.ConvertAll(s => s.Labelled(labels)), new(), leaveOneOut: true);

        Assert.InRange(scores.Score, 75, 100);
        Assert.InRange(scores.AtThreshold, 75, 100);
        Assert.InRange(scores.LeaveOneOut!.Value, 75, 100);
    }

    private static int[] Days(int days, double rate, params (int At, int Count)[] waves)
    {
        var random = new Random(1);
        var counts = Enumerable.Range(0, days * 288).Select(_ => Poisson(random, rate)).ToArray();
        foreach (var (at, count) in waves) counts[at] = count;
        return counts;
    }

    private static List<SpikePoint> Run(int[] counts) => Run([.. counts.Select(c => (double)c)]);

    private static List<SpikePoint> Run(double[] counts)
    {
        var detector = new SpikeDetector(new());
        return [.. counts.Select((c, n) => detector.Next(At(n), c))];
    }

    private static DateTimeOffset At(int n) => Start.AddMinutes(5 * n);

    private static int Poisson(Random random, double rate)
    {
        // Multiplication of uniforms (Knuth, The Art of Computer Programming 3.4.1), in parts so that e^-rate does not vanish.
        var count = 0;
        for (; rate > 30; rate -= 30) count += Poisson(random, 30);
        var (least, product) = (Math.Exp(-rate), random.NextDouble());
        for (; product > least; count++) product *= random.NextDouble();
        return count;
    }
}
