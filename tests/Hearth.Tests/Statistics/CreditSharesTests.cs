using Hearth.Platform;
using Hearth.Statistics.Attribution;

namespace Hearth.Tests.Statistics;

public class CreditSharesTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Theory]
    [InlineData(AttributionModel.LastClick, new[] { 0, 0, 0, 1_000_000 })]
    [InlineData(AttributionModel.FirstClick, new[] { 1_000_000, 0, 0, 0 })]
    [InlineData(AttributionModel.LastNonDirect, new[] { 0, 1_000_000, 0, 0 })]
    [InlineData(AttributionModel.Linear, new[] { 250_000, 250_000, 250_000, 250_000 })]
    [InlineData(AttributionModel.Position, new[] { 400_000, 100_000, 100_000, 400_000 })]
    [InlineData(AttributionModel.TimeDecay, new[] { 66_667, 133_333, 266_667, 533_333 })]
    public void Four_touches_a_week_apart_the_last_two_direct(AttributionModel model, int[] millionths) =>
        Assert.Equal(millionths.Select(m => (long)m), CreditShares.Of([Touch(21), Touch(14), Touch(7, true), Touch(0, true)], model, Week));

    [Fact]
    public void Two_touches_share_by_halves_and_three_by_forty_twenty_forty()
    {
        Assert.Equal([500_000, 500_000], CreditShares.Of([Touch(2), Touch(1)], AttributionModel.Position, Week));
        Assert.Equal([400_000, 200_000, 400_000], CreditShares.Of([Touch(3), Touch(2), Touch(1)], AttributionModel.Position, Week));
    }

    [Fact]
    public void When_all_are_direct_the_last_has_it() => Assert.Equal([0, CreditShares.Whole], CreditShares.Of([Touch(2, true), Touch(1, true)], AttributionModel.LastNonDirect, Week));

    [Fact]
    public void What_is_asked_wrong_is_refused()
    {
        Assert.Throws<ArgumentException>(() => CreditShares.Of([], AttributionModel.Linear, Week));
        Assert.Throws<ArgumentOutOfRangeException>(() => CreditShares.Of([Touch(1)], AttributionModel.TimeDecay, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => CreditShares.Of([Touch(1)], (AttributionModel)99, Week));
    }

    [Fact]
    public void Shares_sum_to_one_and_money_to_the_minor_unit_whatever_the_touches()
    {
        var random = new Random(6);
        for (var world = 0; world < 3_000; world++)
        {
            ModelTouch[] touches = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => new ModelTouch(TimeSpan.FromHours(random.Next(-24, 24 * 400)), random.Next(2) == 0)).OrderByDescending(t => t.Age)];
            var halfLife = TimeSpan.FromHours(random.Next(1, 24 * 60));
            var money = new Money(random.NextInt64(-1_000_000_000, 1_000_000_000), "EUR");
            foreach (var model in Enum.GetValues<AttributionModel>())
            {
                var shares = CreditShares.Of(touches, model, halfLife);
                Assert.Equal((touches.Length, CreditShares.Whole), (shares.Length, shares.Sum()));
                Assert.All(shares, s => Assert.InRange(s, 0, CreditShares.Whole));
                Assert.Equal(money.Minor, money.Split(shares).Sum(m => m.Minor));
                foreach (var (share, plain) in shares.Zip(Plain(touches, model, halfLife))) Assert.InRange(share, (plain * CreditShares.Whole) - 1.001, (plain * CreditShares.Whole) + 1.001);
            }
        }
    }

    // The models as a text book has them, in fractions.
    private static double[] Plain(ModelTouch[] touches, AttributionModel model, TimeSpan halfLife)
    {
        var n = touches.Length;
        double[] One(int at) => [.. touches.Select((_, i) => i == at ? 1.0 : 0.0)];
        var decayed = touches.Select(t => Math.Pow(2, -(t.Age.TotalHours - touches[^1].Age.TotalHours) / halfLife.TotalHours)).ToArray();
        var come = Array.FindLastIndex(touches, t => !t.IsDirect);
        return model switch
        {
            AttributionModel.LastClick => One(n - 1),
            AttributionModel.FirstClick => One(0),
            AttributionModel.LastNonDirect => One(come < 0 ? n - 1 : come),
            AttributionModel.Linear => [.. touches.Select(_ => 1.0 / n)],
            AttributionModel.Position => n == 1 ? [1] : n == 2 ? [0.5, 0.5] : [.. touches.Select((_, i) => i == 0 || i == n - 1 ? 0.4 : 0.2 / (n - 2))],
            _ => [.. decayed.Select(d => d / decayed.Sum())],
        };
    }

    private static ModelTouch Touch(int daysAgo, bool direct = false) => new(TimeSpan.FromDays(daysAgo), direct);
}
