using Hearth.Statistics;

namespace Hearth.Tests.Statistics;

public class UpliftTests
{
    // Newcombe 1998, Statistics in Medicine 17, table II, method 10: 56/70 against 48/80 and 9/10 against 3/10, 0/10 against 0/10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    public void The_difference_of_shares_has_the_published_interval(int treated, int of, int held, int among, double low, double high)
    {
        var difference = Uplift.OfShares((treated, of), (held, among)).Difference;

        Assert.Equal(low, difference.Low, 4);
        Assert.Equal(high, difference.High, 4);
        Assert.Equal((double)treated / of - (double)held / among, difference.Estimate, 12);
    }

    // Student's sleep data (Cushny & Peebles 1905), as R's t.test(extra ~ group) prints it: t = -1.8608, df = 17.776, p = 0.07939, -3.3654832 to 0.2054832.
    [Fact]
    public void The_difference_of_means_is_Welchs()
    {
        var uplift = Uplift.OfMeans([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);

        Assert.Equal(0.07939, uplift.P, 5);
        Assert.Equal(-3.3654832, uplift.Difference.Low, 5);
        Assert.Equal(0.2054832, uplift.Difference.High, 5);
        Assert.Equal(0.75, uplift.Treated, 12);
        Assert.Equal(2.33, uplift.Held, 12);
    }

    [Fact]
    public void Groups_without_members_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Uplift.OfShares((0, 0), (1, 2)));
        Assert.Throws<ArgumentException>(() => Uplift.OfShares((3, 2), (1, 2)));
        Assert.Throws<ArgumentException>(() => Uplift.OfMeans([1], [1, 2]));
    }

    [Fact]
    public void Groups_that_do_not_vary_differ_for_certain_or_not_at_all()
    {
        Assert.Equal(new Interval(1, 1, 1), Uplift.OfMeans([2, 2], [1, 1]).Difference);
        Assert.Equal(1, Uplift.OfMeans([2, 2], [2, 2]).P);
    }

    // Quantiles as printed in tables of the t distribution (two-sided 95 % and 99 %).
    [Theory]
    [InlineData(1, 12.706, 63.657)]
    [InlineData(10, 2.228, 3.169)]
    [InlineData(30, 2.042, 2.750)]
    [InlineData(double.PositiveInfinity, 1.960, 2.576)]
    public void The_t_distribution_is_that_of_the_tables(double freedom, double at95, double at99)
    {
        Assert.Equal(at95, StudentT.Beyond(0.95, freedom), 3);
        Assert.Equal(at99, StudentT.Beyond(0.99, freedom), 3);
    }
}
