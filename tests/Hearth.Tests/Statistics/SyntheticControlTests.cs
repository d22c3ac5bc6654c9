using Hearth.Statistics;

namespace Hearth.Tests.Statistics;

public class SyntheticControlTests
{
    private const int Points = 40, From = 28;

    [Fact]
    public void A_mix_of_others_is_found_and_what_parts_from_it_is_the_effect()
    {
        var donors = Donors(20);
        var treated = Mixed(donors, (2, 0.6), (5, 0.4));
        for (var t = From; t < Points; t++) treated[t] -= 8;

        var estimate = SyntheticControl.Of([treated], donors, From);

        Assert.Equal(0.6, estimate.Weights[2], 3);
        Assert.Equal(0.4, estimate.Weights[5], 3);
        Assert.Equal(-8, estimate.Average.Estimate, 2);
        Assert.Equal(-8 * (Points - From), estimate.Cumulative.Estimate, 1);
        Assert.Equal(1 / 21.0, estimate.P, 12);
        Assert.Equal(0.95, estimate.Level);
        Assert.Contains("the change is shown", estimate.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_are_never_negative_and_sum_to_one_and_no_small_move_fits_better()
    {
        var random = new RandomStream(5);
        for (var round = 0; round < 50; round++)
        {
            var donors = Enumerable.Range(0, 2 + round % 9).Select(_ => Some(random, 15)).ToArray();
            var target = Some(random, 15);

            var weights = SimplexWeights.Of(target, donors);

            Assert.Equal(1, weights.Sum(), 10);
            Assert.All(weights, w => Assert.True(w >= 0));
            var loss = Loss(weights);
            for (var i = 0; i < weights.Length; i++)
            {
                for (var j = 0; j < weights.Length; j++)
                {
                    var moved = (double[])weights.Clone();
                    var step = Math.Min(1e-3, moved[i]);
                    (moved[i], moved[j]) = (moved[i] - step, moved[j] + (i == j ? 0 : step));
                    if (i != j) Assert.True(Loss(moved) >= loss - 1e-9 * loss);
                }
            }

            double Loss(double[] w) => Enumerable.Range(0, 15).Sum(t => Math.Pow(target[t] - donors.Select((d, i) => w[i] * d[t]).Sum(), 2));
        }
    }

    [Fact]
    public void Where_nothing_changed_the_share_of_small_p_is_small()
    {
        var random = new RandomStream(11);
        var small = 0;
        for (var round = 0; round < 200; round++)
        {
            var units = Enumerable.Range(0, 20).Select(_ => Some(random, Points)).ToArray();
            small += SyntheticControl.Of([units[0]], units[1..], From).P <= 0.1 ? 1 : 0;
        }

        // 10 % are to be expected: 20 of 200, and more than 34 once in a thousand.
        Assert.InRange(small, 5, 34);
    }

    [Fact]
    public void Few_others_allow_little_certainty_and_it_is_said()
    {
        var donors = Donors(4);
        var treated = Mixed(donors, (0, 0.5), (1, 0.5)).Select((y, t) => y + (t < From ? 0.01 * (t % 2) : 30)).ToArray();

        var estimate = SyntheticControl.Of([treated], donors, From);

        Assert.Equal(0.2, estimate.P, 12);
        Assert.Equal(0.8, estimate.Level, 12);
        Assert.Contains("too few for more certainty", estimate.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_treated_units_count_as_their_mean()
    {
        var donors = Donors(10);
        var (a, b) = (Mixed(donors, (0, 1)), Mixed(donors, (1, 1)));
        for (var t = From; t < Points; t++) (a[t], b[t]) = (a[t] + 2, b[t] + 6);

        Assert.Equal(4, SyntheticControl.Of([a, b], donors, From).Average.Estimate, 2);
    }

    [Fact]
    public void Units_that_cannot_be_compared_are_refused_with_the_reason()
    {
        var donors = Donors(3);
        Assert.Contains("at least two untreated", Refused([donors[0]], [donors[1]], From), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("same points", Refused([donors[0]], [donors[1], donors[2][1..]], From), StringComparison.Ordinal);
        Assert.Contains("two points must lie before", Refused([donors[0]], [donors[1], donors[2]], 1), StringComparison.Ordinal);

        static string Refused(double[][] treated, double[][] others, int from) => Assert.Throws<ArgumentException>(() => SyntheticControl.Of(treated, others, from)).Message;
    }

    // Common movements that each donor follows in its own measure, and noise.
    private static double[][] Donors(int count)
    {
        var random = new RandomStream(7);
        var (one, two) = (Some(random, Points), Some(random, Points));
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (a, b, level) = (random.Uniform(), random.Uniform(), 50 + 10 * random.Normal());
            return Enumerable.Range(0, Points).Select(t => level + a * one[t] + b * two[t] + random.Normal()).ToArray();
        })];
    }

    private static double[] Mixed(double[][] donors, params (int Donor, double Weight)[] weights) =>
        [.. Enumerable.Range(0, Points).Select(t => weights.Sum(w => w.Weight * donors[w.Donor][t]))];

    private static double[] Some(RandomStream random, int points)
    {
        var (series, level) = (new double[points], 0.0);
        for (var t = 0; t < points; t++) series[t] = (level += random.Normal()) + random.Normal();
        return series;
    }
}
