using System.Globalization;
using Hearth.Statistics;

namespace Hearth.Tests.Statistics;

public class CausalImpactTests
{
    // shared/data/README.md: the change comes after t = 70; published average 11, cumulative 315 (Brodersen et al. 2015, the package's vignette).
    [Fact]
    public void The_published_example_gives_the_published_effect()
    {
        var (outcome, control) = Vignette();

        var estimate = CausalImpact.Of(outcome, [control], 70, new());

        Assert.InRange(estimate.Average.Estimate, 10.0, 11.5);
        Assert.True(estimate.Average.Holds(10));
        Assert.InRange(estimate.Cumulative.Estimate, 300, 330);
        Assert.True(estimate.Relative.ExcludesZero);
        Assert.InRange(estimate.ControlInclusion[0], 0.99, 1.0001);
    }

    [Fact]
    public void The_same_series_before_its_change_shows_no_effect()
    {
        var (outcome, control) = Vignette();

        var estimate = CausalImpact.Of(outcome[..70], [control[..70]], 50, new());

        Assert.True(estimate.Average.Holds(0));
        Assert.True(estimate.P > 0.05);
    }

    // The last bit too: nothing in it depends on the machine's library of functions, its vector width or its fused operations.
    [Fact]
    public void A_seed_gives_the_same_effect_to_the_last_bit_on_any_machine()
    {
        var (outcome, control) = Vignette();

        Assert.Equal(10.510465126508363, CausalImpact.Of(outcome, [control], 70, new(Seed: 1)).Average.Estimate);
        Assert.NotEqual(10.510465126508363, CausalImpact.Of(outcome, [control], 70, new(Seed: 2)).Average.Estimate);
    }

    [Fact]
    public void Sums_averages_and_points_agree()
    {
        var (outcome, control) = Vignette();

        var estimate = CausalImpact.Of(outcome, [control], 70, new(Lag: 4));

        Assert.Equal(26 * estimate.Average.Estimate, estimate.Cumulative.Estimate, 9);
        Assert.Equal(estimate.Cumulative, estimate.Points[^1].Cumulative);
        Assert.All(estimate.Points.Take(74), p => Assert.Equal(default, p.Cumulative));
        Assert.All(estimate.Points, p => Assert.Equal(p.Observed, p.Expected.Estimate + p.Effect.Estimate, 9));
        Assert.All(estimate.Points, p => Assert.True(p.Expected.Low <= p.Expected.Estimate && p.Expected.Estimate <= p.Expected.High));
        Assert.Equal(outcome, estimate.Points.Select(p => p.Observed));
    }

    [Fact]
    public void Points_before_the_change_are_expected_as_surely_as_they_are_said_to_be()
    {
        var (outcome, control) = Vignette();

        var held = CausalImpact.Of(outcome, [control], 70, new()).Points.Take(70).Count(p => p.Expected.Holds(p.Observed));

        Assert.InRange(held, 63, 70);
    }

    [Fact]
    public void An_irrelevant_control_is_left_out_and_one_that_never_varied_before_is_no_trouble()
    {
        var (outcome, control) = Vignette();
        var random = new RandomStream(4);
        var (chance, still) = (outcome.Select(_ => random.Normal()).ToArray(), outcome.Select((_, t) => t < 70 ? 3.0 : 1000).ToArray());

        var estimate = CausalImpact.Of(outcome, [chance, control, still], 70, new());

        Assert.InRange(estimate.Average.Estimate, 10.0, 11.5);
        Assert.True(estimate.ControlInclusion[0] < 0.3);
        Assert.True(estimate.ControlInclusion[1] > 0.99);
        Assert.Equal(0, estimate.ControlInclusion[2]);
    }

    [Fact]
    public void The_right_control_is_found_among_many()
    {
        var (outcome, control) = Vignette();
        var random = new RandomStream(6);
        var others = Enumerable.Range(0, 29).Select(_ => outcome.Select(_ => random.Normal()).ToArray()).ToList();

        var estimate = CausalImpact.Of(outcome, [.. others.Take(12), control, .. others.Skip(12)], 70, new(Draws: 300));

        Assert.True(estimate.ControlInclusion[12] > 0.95);
        Assert.True(estimate.ControlInclusion.Where((_, i) => i != 12).Average() < 0.1);
        Assert.InRange(estimate.Average.Estimate, 9.5, 12);
    }

    [Fact]
    public void Missing_points_cost_certainty_and_nothing_else()
    {
        var (outcome, control) = Vignette();
        for (var t = 3; t < 100; t += 4) outcome[t] = double.NaN;

        var estimate = CausalImpact.Of(outcome, [control], 70, new());

        Assert.InRange(estimate.Average.Estimate, 9.5, 12);
        Assert.Equal(22 * estimate.Average.Estimate, estimate.Cumulative.Estimate, 9); // eight of the thirty are missing
        Assert.True(double.IsNaN(estimate.Points[3].Observed));
        Assert.True(double.IsFinite(estimate.Points[3].Expected.Estimate));
    }

    [Fact]
    public void A_week_in_the_series_is_no_effect()
    {
        var random = new RandomStream(8);
        var outcome = Enumerable.Range(0, 66).Select(t => 20 + (t % 7 >= 5 ? 10 : 0) + random.Normal()).ToArray();

        var weekend = CausalImpact.Of(outcome, [], 61, new(Seasons: 7)).Average;
        var blind = CausalImpact.Of(outcome, [], 61, new()).Average;

        Assert.True(weekend.Holds(0));
        Assert.True(weekend.High - weekend.Low < 0.5 * (blind.High - blind.Low));
    }

    [Fact]
    public void A_share_of_what_may_be_nothing_is_not_told()
    {
        var random = new RandomStream(8);
        var outcome = Enumerable.Range(0, 60).Select(_ => random.Normal()).ToArray();

        Assert.True(double.IsNaN(CausalImpact.Of(outcome, [], 40, new()).Relative.Estimate));
    }

    [Fact]
    public void A_series_that_never_moves_has_no_effect()
    {
        var estimate = CausalImpact.Of([.. Enumerable.Repeat(5.0, 40)], [], 30, new());

        Assert.Equal(0, estimate.Average.Estimate, 1);
        Assert.False(estimate.Average.ExcludesZero);
    }

    [Fact]
    public void The_verdict_says_what_was_seen_and_what_was_to_be_expected()
    {
        var (outcome, control) = Vignette();

        Assert.Equal(
            "After the change the outcome was 117 a point on average, where 107 was to be expected without it: 10.5 more (+10%, between +9% and +11%). A difference this large comes by chance in fewer than 1 of 100 cases, so the outcome rose.",
            CausalImpact.Of(outcome, [control], 70, new()).Sentence);
        Assert.Contains("so no effect is shown", CausalImpact.Of(outcome[..70], [control[..70]], 50, new()).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_measured_is_refused_with_the_point()
    {
        double[] outcome = [.. Enumerable.Range(0, 30).Select(t => (double)t)];
        Assert.Contains("No point is left to judge", Refused(30, new()), StringComparison.Ordinal);
        Assert.Contains("No point is left to judge", Refused(25, new(Lag: 5)), StringComparison.Ordinal);
        Assert.Contains("At least 6 points", Refused(5, new()), StringComparison.Ordinal);
        Assert.Contains("Two whole seasons of 12", Refused(20, new(Seasons: 12)), StringComparison.Ordinal);
        Assert.Contains("Point 4 of the exposure is 0", Refused(20, new(Exposure: [.. outcome.Select((_, t) => t == 3 ? 0.0 : 1)])), StringComparison.Ordinal);
        Assert.Contains("100 to 100,000 draws", Refused(20, new(Draws: 5)), StringComparison.Ordinal);
        outcome[6] = 1.5;
        Assert.Contains("Point 7 of the outcome is 1.5", Refused(20, new(Kind: SeriesKind.Count)), StringComparison.Ordinal);

        string Refused(int from, EffectOptions options) => Assert.Throws<ArgumentException>(() => CausalImpact.Of(outcome, [], from, options)).Message;
    }

    [Fact]
    public void A_control_with_a_hole_is_refused()
    {
        double[] outcome = [.. Enumerable.Range(0, 30).Select(t => (double)t)], holed = [.. outcome];
        holed[9] = double.NaN;

        Assert.Contains("Point 10 of control 1", Assert.Throws<ArgumentException>(() => CausalImpact.Of(outcome, [holed], 20, new())).Message, StringComparison.Ordinal);
    }

    internal static (double[] Outcome, double[] Control) Vignette()
    {
        var rows = File.ReadLines(SharedData.File("causal-google/vignette.csv")).Skip(1).Select(line => line.Split(',').Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray()).ToList();
        return ([.. rows.Select(r => r[1])], [.. rows.Select(r => r[2])]);
    }
}
