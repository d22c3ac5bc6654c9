using Hearth.Platform;

namespace Hearth.Tests.Platform;

public class MoneyTests
{
    [Theory]
    [InlineData("12.34", "EUR", 1234)]
    [InlineData("-0.5", "USD", -50)]
    [InlineData("1200", "JPY", 1200)]
    [InlineData("1.234", "KWD", 1234)]
    public void An_amount_is_read_in_the_minor_unit_of_its_currency(string text, string currency, long minor)
    {
        Assert.True(Money.TryParse(text, currency, out var money));
        Assert.Equal(new Money(minor, currency), money);
    }

    [Theory]
    [InlineData("12.345", "EUR")]
    [InlineData("1.5", "JPY")]
    [InlineData("1,200.00", "EUR")]
    [InlineData("1e3", "EUR")]
    [InlineData("99999999999999999999", "EUR")]
    [InlineData("12.00", "eur")]
    [InlineData("", "EUR")]
    public void What_is_no_exact_amount_is_refused(string text, string currency) => Assert.False(Money.TryParse(text, currency, out _));

    [Fact]
    public void Splitting_loses_nothing_whatever_the_weights()
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var whole = new Money(random.NextInt64(-1_000_000_000, 1_000_000_000), "EUR");
            var weights = Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.NextInt64(0, 1000)).Append(1).ToArray();
            var parts = whole.Split(weights);
            Assert.Equal(whole.Minor, parts.Sum(p => p.Minor));
            var total = weights.Sum();
            Assert.All(parts.Zip(weights), p => Assert.InRange((double)p.First.Minor - (double)whole.Minor * p.Second / total, -1, 1));
        }
    }

    [Fact]
    public void Two_currencies_do_not_mix() =>
        Assert.Throws<InvalidOperationException>(() => new Money(1, "EUR") + new Money(1, "USD"));
}
