namespace Hearth.Statistics;

/// <summary>A made series with a known effect.</summary>
/// <param name="Truth">The effect summed over the points after the change: what is in <paramref name="Outcome"/> less what would have been.</param>
internal sealed record SimulatedSeries(double[] Outcome, double[][] Controls, int From, EffectOptions Options, double Truth);

/// <summary>A way in which series come about, to see whether intervals hold the truth as often as they say.</summary>
/// <param name="Name">Short, for a command line.</param>
/// <param name="Says">One line for people.</param>
internal sealed record SimulatedWorld(string Name, string Says, Func<RandomStream, SimulatedSeries> Make)
{
    private const int Points = 100, From = 70;

    /// <summary>All worlds, 100 points with the change after 70; the effect is one standard deviation of the noise up or down, or none, at random.</summary>
    public static IReadOnlyList<SimulatedWorld> All { get; } =
    [
        new("noise", "white noise around a control; a second control is irrelevant", r => Real(r, Noise(1, 0, 0), 1)),
        new("wandering-slow", "a level that wanders a twentieth of its noise a point", r => Real(r, Noise(1, 1, 0.05), 1)),
        new("wandering", "a level that wanders a tenth of its noise a point, around a control; a second is irrelevant", r => Real(r, Noise(1, 1, 0.1), 1)),
        new("wandering-fast", "a level that wanders half of its noise a point", r => Real(r, Noise(1, 1, 0.5), 1)),
        new("autocorrelated", "noise that keeps 0.6 of itself from point to point", r => Real(r, Noise(0, 0.6, 0.8), 1)),
        new("autocorrelated-long", "noise that keeps 0.9 of itself from point to point", r => Real(r, Noise(0, 0.9, 0.44), 1)),
        new("irrelevant", "ten irrelevant controls that wander, one that matters, white noise and a slowly wandering level", r => Real(r, Noise(1, 1, 0.05), 10)),
        new("season", "a week's pattern, half as strong as the control, white noise", r => Real(r, Noise(1, 0, 0), 1, seasons: 7)),
        new("season-drift", "a week's pattern that drifts, a wandering level", r => Real(r, Noise(1, 1, 0.1), 1, seasons: 7, drift: 0.1)),
        new("trend", "a straight slope, white noise and a slowly wandering level", r => Real(r, Noise(1, 1, 0.05), 1, slope: 0.05)),
        new("counts", "counts of about 8 with a control that is counted too", r => Counts(r, 8, 0.1)),
        new("counts-rare", "counts of about 0.8, many zeros", r => Counts(r, 0.8, 0)),
        new("counts-week", "counts of about 8 whose rate follows the week and wanders", r => Counts(r, 8, 0.05, 0.03, 7)),
    ];

    // White noise and a part that keeps some of itself.
    private static Func<RandomStream, int, double[]> Noise(double white, double keeps, double step) => (random, points) =>
    {
        var (noise, part) = (new double[points], keeps is > 0 and < 1 ? step / Math.Sqrt(1 - keeps * keeps) * random.Normal() : 0);
        for (var t = 0; t < points; t++)
        {
            noise[t] = part + white * random.Normal();
            part = keeps * part + step * random.Normal();
        }

        return noise;
    };

    private static SimulatedSeries Real(RandomStream random, Func<RandomStream, int, double[]> noise, int irrelevant, int seasons = 1, double drift = 0, double slope = 0)
    {
        var controls = Enumerable.Range(0, 1 + irrelevant).Select(_ => Noise(0.3, 1, 0.3)(random, Points)).ToArray();
        var (moves, week) = (noise(random, Points), Enumerable.Range(0, seasons).Select(_ => random.Normal()).ToArray());
        var effect = random.Below(3) - 1;
        var outcome = new double[Points];
        for (var t = 0; t < Points; t++)
        {
            if (seasons > 1)
            {
                week[t % seasons] += drift * random.Normal();
                outcome[t] += week[t % seasons];
            }

            outcome[t] += 50 + 1.2 * controls[0][t] + slope * t + moves[t] + (t < From ? 0 : effect);
        }

        return new(outcome, controls, From, new(Seasons: seasons, Seed: random.Bits(), Trend: slope != 0), effect * (Points - From));
    }

    private static SimulatedSeries Counts(RandomStream random, double mean, double noise, double step = 0, int seasons = 1)
    {
        var shared = Noise(0.1, 0.9, 0.15)(random, Points);
        var (moves, week) = (Noise(noise, 1, step)(random, Points), Enumerable.Range(0, seasons).Select(_ => 0.3 * random.Normal()).ToArray());
        var control = shared.Select(s => random.Poisson(40 * PortableMath.Exp(s))).ToArray();
        var irrelevant = Noise(0.1, 1, 0.1)(random, Points).Select(s => random.Poisson(20 * PortableMath.Exp(s))).ToArray();
        var fate = random.Below(3);
        var (outcome, truth) = (new double[Points], 0.0);
        for (var t = 0; t < Points; t++)
        {
            var rate = mean * PortableMath.Exp(shared[t] + moves[t] + (seasons > 1 ? week[t % seasons] : 0));
            var without = random.Poisson(rate);
            outcome[t] = without;
            if (t < From || fate == 0) continue;
            // Some that would have come do not, or half as many come besides.
            outcome[t] = fate == 1 ? Kept(random, without, 0.6) : without + random.Poisson(rate / 2);
            truth += outcome[t] - without;
        }

        return new(outcome, [control, irrelevant], From, new(Seasons: seasons, Seed: random.Bits(), Kind: SeriesKind.Count), truth);
    }

    private static double Kept(RandomStream random, double count, double share)
    {
        var kept = 0;
        for (var i = 0; i < count; i++) kept += random.Uniform() < share ? 1 : 0;
        return kept;
    }
}
