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

    internal static (double[] Outcome, double[] Control) Vignette()
    {
        var rows = File.ReadLines(SharedData.File("causal-google/vignette.csv")).Skip(1).Select(line => line.Split(',').Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray()).ToList();
        return ([.. rows.Select(r => r[1])], [.. rows.Select(r => r[2])]);
    }
}
