using System.Diagnostics;
using System.Globalization;
using Hearth.Statistics;

namespace Hearth.Bench;

/// <summary>An effect with 1,000 draws on one thread, against the random numbers alone that such draws need: one for each draw and point.</summary>
internal static class EffectBench
{
    private const int Draws = 1000;

    public static Task Run(string[] args)
    {
        var rounds = args is [var r] ? int.Parse(r, CultureInfo.InvariantCulture) : 9;
        Console.WriteLine($"| {Draws:N0} draws, median of {rounds} | ms | its random numbers alone, ms | ratio |\n| --- | --- | --- | --- |");
        foreach (var (name, points, controls, options) in ((string, int, int, EffectOptions)[])
        [
            ("100 points, 2 controls", 100, 2, new()),
            ("100 points, 2 controls, weeks", 100, 2, new(Seasons: 7)),
            ("100 points, 2 controls, weeks and slope", 100, 2, new(Seasons: 7, Trend: true)),
            ("100 points, 2 controls, counted", 100, 2, new(Kind: SeriesKind.Count)),
            ("100 points, 2 controls, counted, weeks", 100, 2, new(Seasons: 7, Kind: SeriesKind.Count)),
            ("365 points, 10 controls, counted, weeks", 365, 10, new(Seasons: 7, Kind: SeriesKind.Count)),
            ("1,000 points, 20 controls", 1000, 20, new()),
        ])
        {
            var random = new RandomStream(1);
            double[][] others = [.. Enumerable.Range(0, controls).Select(_ => Enumerable.Range(0, points).Select(_ => random.Poisson(20)).ToArray())];
            var outcome = Enumerable.Range(0, points).Select(t => random.Poisson(5 + 0.2 * others[0][t])).ToArray();
            var (ours, bare) = (new List<double>(), new List<double>());
            for (var round = -2; round < rounds; round++)
            {
                var (estimate, numbers) = (Time(() => CausalImpact.Of(outcome, others, points * 7 / 10, options)), Time(() => Numbers(points)));
                if (round < 0) continue;
                ours.Add(estimate);
                bare.Add(numbers);
            }

            var (a, b) = (Table.Median(ours), Table.Median(bare));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {a:0.0} | {b:0.0} | {a / b:0.0} |"));
        }

        return Task.CompletedTask;
    }

    private static object Numbers(int points)
    {
        var (random, sum) = (new RandomStream(2), 0.0);
        for (var i = 0; i < Draws * points; i++) sum += random.Normal();
        return sum;
    }

    private static double Time(Func<object> what)
    {
        var watch = Stopwatch.StartNew();
        GC.KeepAlive(what());
        return watch.Elapsed.TotalMilliseconds;
    }
}
