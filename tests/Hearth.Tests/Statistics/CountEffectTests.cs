using Hearth.Statistics;

namespace Hearth.Tests.Statistics;

public class CountEffectTests
{
    private static readonly EffectOptions Counted = new(Kind: SeriesKind.Count);

    [Fact]
    public void Half_as_many_complaints_are_seen_as_half()
    {
        var estimate = CausalImpact.Of(Counts(12, 0.5), [], 70, Counted);

        Assert.InRange(estimate.Relative.Estimate, -0.6, -0.4);
        Assert.True(estimate.Average.High < 0);
        Assert.True(estimate.Probability > 0.99);
    }

    [Fact]
    public void Counts_that_go_on_as_they_were_show_no_effect()
    {
        var estimate = CausalImpact.Of(Counts(12, 1), [], 70, Counted);

        Assert.True(estimate.Average.Holds(0));
        Assert.All(estimate.Points, p => Assert.True(p.Expected.Low >= 0));
    }

    // With a flat rate known well, the number expected over 30 points is Poisson: the interval is about ±1.96 √(30 λ (1 + 30/70)).
    [Fact]
    public void The_interval_is_as_wide_as_counts_make_it()
    {
        var cumulative = CausalImpact.Of(Counts(4, 1), [], 70, Counted with { Draws = 4000 }).Cumulative;

        Assert.InRange((cumulative.High - cumulative.Low) / (2 * 1.96 * Math.Sqrt(30 * 4 * (1 + 30 / 70.0))), 0.85, 1.6);
    }

    [Fact]
    public void Days_with_nothing_are_counts_like_others()
    {
        var outcome = Counts(0.3, 1);
        for (var t = 70; t < 100; t++) outcome[t] += 2;

        var estimate = CausalImpact.Of(outcome, [], 70, Counted);

        Assert.True(estimate.Average.Low > 1);
        Assert.True(estimate.Average.High < 2.6);
    }

    [Fact]
    public void A_series_without_a_single_event_expects_none_or_few()
    {
        var estimate = CausalImpact.Of([.. Enumerable.Repeat(0.0, 60)], [], 40, Counted);

        Assert.True(estimate.Cumulative.Holds(0));
        Assert.InRange(estimate.Cumulative.Low, -10, 0);
    }

    [Fact]
    public void With_units_sold_twice_as_many_units_are_no_effect()
    {
        var random = new RandomStream(12);
        var units = Enumerable.Range(0, 100).Select(t => t < 70 ? 2000.0 : 4000).ToArray();
        var outcome = units.Select(u => random.Poisson(u * 6 / 1000)).ToArray();

        var blind = CausalImpact.Of(outcome, [], 70, Counted);
        var known = CausalImpact.Of(outcome, [], 70, Counted with { Exposure = units });

        Assert.True(blind.Average.Low > 0);
        Assert.True(known.Average.Holds(0));
        Assert.InRange(known.Points[80].Expected.Estimate, 4, 8); // per 1,000 units
        Assert.Equal(known.Cumulative.Estimate, known.Average.Estimate * 4 * 30, 6); // in complaints
        Assert.Contains("per 1,000 units", known.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_of_real_numbers_is_divided_by_its_units_too()
    {
        var random = new RandomStream(13);
        var units = Enumerable.Range(0, 60).Select(t => 1000.0 + 50 * t).ToArray();
        var outcome = units.Select((u, t) => u / 1000 * (20 + random.Normal() - (t < 40 ? 0 : 5))).ToArray();

        var estimate = CausalImpact.Of(outcome, [], 40, new(Exposure: units));

        Assert.InRange(estimate.Average.Estimate, -6, -4);
        Assert.Equal(estimate.Average.Estimate * units[40..].Sum() / 1000, estimate.Cumulative.Estimate, 6);
    }

    [Fact]
    public void A_control_that_is_counted_carries_the_expectation_on()
    {
        var random = new RandomStream(14);
        var tide = Enumerable.Range(0, 100).Select(t => t < 70 ? 0.4 * Math.Sin(t / 5.0) : 0.7).ToArray();
        var control = tide.Select(s => random.Poisson(60 * Math.Exp(s))).ToArray();
        var outcome = tide.Select(s => random.Poisson(15 * Math.Exp(s))).ToArray();

        var estimate = CausalImpact.Of(outcome, [control], 70, Counted);

        Assert.True(estimate.ControlInclusion[0] > 0.9);
        Assert.True(estimate.Average.Holds(0));
        Assert.True(CausalImpact.Of(outcome, [], 70, Counted).Average.Estimate > 5); // the tide looks like an effect to who does not know it
    }

    // Whole worlds with known effects; each world's own figure for 1,000 series stands in docs/accuracy.md.
    [Fact]
    public void Intervals_hold_the_truth_about_as_often_as_they_say()
    {
        var covered = EffectCoverage.Worlds.Average(world => EffectCoverage.Of(world, 25, seed: 5, draws: 300).Covered);

        Assert.InRange(covered, 0.93, 0.97);
    }

    private static double[] Counts(double mean, double times)
    {
        var random = new RandomStream(10);
        return [.. Enumerable.Range(0, 100).Select(t => random.Poisson(t < 70 ? mean : times * mean))];
    }
}
