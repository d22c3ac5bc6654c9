using Hearth.Statistics;

namespace Hearth.Tests.Statistics;

public class InterruptedSeriesTests
{
    [Fact]
    public void Jump_and_break_of_the_slope_are_told_apart()
    {
        var outcome = Enumerable.Range(0, 60).Select(t => 5 + 0.5 * t + (t < 40 ? 0 : 7 - 0.3 * (t - 40)) + (t % 2 == 0 ? 0.01 : -0.01)).ToArray();

        var estimate = InterruptedSeries.Of(outcome, [], 40, new(Trend: true));

        Assert.Equal(7, estimate.Level.Estimate, 1);
        Assert.Equal(-0.3, estimate.Slope.Estimate, 2);
        Assert.Equal(7 - 0.3 * 9.5, estimate.Average.Estimate, 1);
        Assert.Equal(20 * estimate.Average.Estimate, estimate.Cumulative.Estimate, 9);
        Assert.True(estimate.P < 1e-6);
    }

    // With one column the Newey-West variance of a mean is known in closed form: gamma(0) + 2 sum of (1 - l/(L+1)) gamma(l), over n; here with n/(n - 1).
    [Fact]
    public void The_errors_are_those_of_Newey_and_West()
    {
        double[] outcome = [1, 3, 2, 5, 4, 6, 8, 7];
        var fit = LeastSquares.Of([.. outcome.Select(_ => new[] { 1.0 })], outcome, 2);

        var e = outcome.Select(y => y - 4.5).ToArray();
        double Gamma(int lag) => Enumerable.Range(lag, 8 - lag).Sum(t => e[t] * e[t - lag]);
        var expected = (Gamma(0) + 2 * (2 / 3.0 * Gamma(1) + 1 / 3.0 * Gamma(2))) / 64 * 8 / 7;
        Assert.Equal(4.5, fit.Coefficients[0], 12);
        Assert.Equal(expected, fit.Covariance[0], 12);
    }

    [Fact]
    public void Autocorrelated_noise_makes_the_errors_larger_than_plain_ones()
    {
        var (random, plain, robust) = (new RandomStream(3), 0, 0);
        for (var round = 0; round < 300; round++)
        {
            var (noise, outcome) = (0.0, new double[120]);
            for (var t = 0; t < 120; t++) outcome[t] = noise = 0.6 * noise + random.Normal();
            var rows = outcome.Select((_, t) => new[] { t < 80 ? 0.0 : 1, 1 }).ToArray();
            plain += Math.Abs(Z(LeastSquares.Of(rows, outcome, 0))) > 1.96 ? 1 : 0;
            robust += InterruptedSeries.Of(outcome, [], 80, new()).P < 0.05 ? 1 : 0;
        }

        Assert.True(plain > 75, $"plain errors alarm in {plain} of 300");
        Assert.True(robust < 0.7 * plain, $"robust errors alarm in {robust} of 300, plain in {plain}");

        static double Z(LeastSquares fit) => fit.Sum([1, 0]) is var (value, error) ? value / error : 0;
    }

    [Fact]
    public void Points_within_the_lag_and_missing_ones_are_left_out()
    {
        var outcome = Enumerable.Range(0, 50).Select(t => t < 30 ? 2 + 0.1 * (t % 3) : t < 35 ? 1000 : 4 + 0.1 * (t % 3)).ToArray();
        outcome[3] = double.NaN;

        Assert.Equal(2, InterruptedSeries.Of(outcome, [], 30, new(Lag: 5)).Average.Estimate, 1);
    }

    [Fact]
    public void A_control_that_repeats_another_is_refused()
    {
        var control = Enumerable.Range(0, 40).Select(t => (double)(t * t % 17)).ToArray();

        Assert.Contains("says what the others say", Assert.Throws<ArgumentException>(() => InterruptedSeries.Of(control, [control, control], 20, new())).Message, StringComparison.Ordinal);
    }
}
