using Hearth.Statistics;

namespace Hearth.Tests.Statistics;

public class EffectPlaceboTests
{
    [Fact]
    public void An_effect_is_found_at_its_date_and_in_its_series_and_nowhere_else()
    {
        var (outcome, control) = CausalImpactTests.Vignette();
        var options = new EffectOptions(Draws: 300);

        var placebos = EffectPlacebo.Of(CausalImpact.Of(outcome, [control], 70, options), outcome, [control], 70, options, dates: 4);

        Assert.Equal(5, placebos.Tests.Count);
        Assert.Equal(0, placebos.Alarms);
        Assert.Equal(1 / 6.0, placebos.P, 12);
        Assert.All(placebos.Tests.Where(t => t.Control is null), t => Assert.InRange(t.From, 20, 69));
        Assert.Equal(0, Assert.Single(placebos.Tests, t => t.Control is not null).Control);
    }

    [Fact]
    public void A_series_that_jumps_by_itself_raises_the_alarm()
    {
        // Up and down by ten every twenty points, which no model of the first points foresees.
        var random = new RandomStream(2);
        var outcome = Enumerable.Range(0, 100).Select(t => (t / 20 % 2 == 0 ? 0 : 10) + random.Normal()).ToArray();
        var options = new EffectOptions(Draws: 300);
        var estimate = CausalImpact.Of(outcome, [], 80, options);

        var placebos = EffectPlacebo.Of(estimate, outcome, [], 80, options, dates: 8);

        Assert.True(placebos.Alarms > 0 || !estimate.Average.ExcludesZero);
        Assert.True(placebos.P > 1.0 / 9);
    }
}
