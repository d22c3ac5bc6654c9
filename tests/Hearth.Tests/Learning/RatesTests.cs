using System.Globalization;
using System.Text;
using Hearth.Channels.Files;
using Hearth.Learning;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Tests.Outlet;

namespace Hearth.Tests.Learning;

public class RatesTests
{
    private const string Head = "day,base,quote,rate\n";

    [Theory, EveryDatabase]
    public async Task A_file_goes_in_once_and_a_changed_rate_says_what_it_was(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        const string File = Head + "2026-08-31,EUR,USD,1.0850\n2026-08-31,EUR,NOK,11.7105\n2026-08-31,EUR,USD,1.085\n";
        var first = await Run(house, File);
        Assert.Equal((3, 2, 0, 1, 0), (first.Read, first.Kept, first.Changed, first.Repeated, first.Rejected));
        var again = await Run(house, File);
        Assert.Equal((3, 0, 0, 3, 0), (again.Read, again.Kept, again.Changed, again.Repeated, again.Rejected));
        var changed = await Run(house, Head + "2026-08-31,EUR,USD,1.1\n2026-08-31,EUR,NOK,11.7105\n");
        Assert.Equal((0, 1, 1), (changed.Kept, changed.Changed, changed.Repeated));
        Assert.Equal(new RateChange(new(2026, 8, 31), "EUR", "USD", 1.085m, 1.1m), Assert.Single(changed.Changes));
        Assert.Equal(["EUR NOK 11.7105 rates.csv", "EUR USD 1.1 rates.csv"], (await All(house)).Select(r => FormattableString.Invariant($"{r.Base} {r.Quote} {r.Rate:0.####} {r.Source}")));
    }

    [Theory, EveryDatabase]
    public async Task The_history_as_the_bank_publishes_it_is_read_with_its_gaps(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        const string File = "Date,USD,JPY,CYP,\n2026-08-31,1.0850,161.2,N/A,\n2026-08-28,1.0841,N/A,N/A,\n";
        var report = await Run(house, File);
        Assert.Equal((2, 3, 0), (report.Read, report.Kept, report.Rejected));
        Assert.Equal(["2026-08-31 EUR JPY 161.2", "2026-08-31 EUR USD 1.085", "2026-08-28 EUR USD 1.0841"], (await All(house)).Select(r => FormattableString.Invariant($"{r.Day:yyyy-MM-dd} {r.Base} {r.Quote} {r.Rate:0.####}")));
        Assert.Equal((0, 3), ((await Run(house, File)).Kept, (await Run(house, File)).Repeated));
    }

    [Theory, EveryDatabase]
    public async Task A_bad_row_is_named_and_nothing_of_its_file_is_kept(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var own = await Run(house, Head + """
            2026-08-31,EUR,USD,1.0850
            31.08.2026,EUR,USD,1.0850
            2026-09-03,EUR,USD,1.0850
            2026-08-31,EURO,USD,1.0850
            2026-08-31,EUR,EUR,1
            2026-08-31,EUR,NOK,0
            2026-08-31,EUR,NOK,-1
            2026-08-31,EUR,NOK,"1,5"
            2026-08-31,EUR,NOK,1.0000000000001
            2026-08-31,EUR,NOK
            2026-08-31,EUR,USD,1.0851
            """);
        (int Line, string Reason)[] expected =
        [
            (3, "day must be a day like 2026-09-07, not '31.08.2026'"), (4, "day must be a day since 1990-01-01 that is not in the future"), (5, "base must be three letters"), (6, "quote must not be the base itself"), (7, "rate must be a number"),
            (8, "rate must be"), (9, "rate must be"), (10, "rate must be"), (11, "3 fields where the header has 4"), (12, "rate is 1.0851, and 1.0850 for the same day and currencies on line 2"),
        ];
        Assert.Equal((11, 0, 10), (own.Read, own.Kept, own.Rejected));
        Assert.Equal(expected.Select(e => (long)e.Line), own.Errors.Select(e => e.Line));
        Assert.All(own.Errors.Zip(expected), pair => Assert.StartsWith(pair.Second.Reason, pair.First.Reason, StringComparison.Ordinal));
        var bank = await Run(house, "Date,USD,JPY,\n2026-08-31,1.0850,x,\n2026-08-28,1.0841,,\n");
        Assert.Equal(["JPY must be a number", "JPY must be a number"], bank.Errors.Select(e => e.Reason[..20]));
        Assert.Empty(await All(house));
        foreach (var unreadable in new[] { "", "day,base,quote\n2026-08-31,EUR,USD\n", "Date,USD,Dollar\n2026-08-31,1,1\n", "Date,EUR\n2026-08-31,1\n", "Date\n2026-08-31\n" }) await Assert.ThrowsAsync<UnreadableFileException>(() => Run(house, unreadable));
    }

    [Theory, EveryDatabase]
    public async Task Of_two_files_at_once_each_rate_is_kept_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var reports = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Run(house, Head + "2026-08-31,EUR,USD,1.0850\n2026-08-30,EUR,USD,1.0840\n"))));
        Assert.Equal((2, 10), (reports.Sum(r => r.Kept), reports.Sum(r => r.Repeated)));
        Assert.Equal(2, (await All(house)).Count);
    }

    [Theory, EveryDatabase]
    public async Task Rates_are_walked_page_by_page(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Run(house, "Date,USD,JPY,NOK\n2026-08-31,1.0850,161.2,11.7\n2026-08-28,1.0841,160,11.6\n");
        var (seen, next) = (new List<RateView>(), (string?)null);
        do
        {
            var page = (await house.With<ReadRates, Page<RateView>?>(s => s.List(null, null, next, 2, default)))!;
            seen.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal((await All(house)).Select(r => (r.Day, r.Quote)), seen.Select(r => (r.Day, r.Quote)));
        Assert.Equal(2, (await house.With<ReadRates, Page<RateView>?>(s => s.List(null, "nok", null, null, default)))!.Items.Count);
        Assert.Null(await house.With<ReadRates, Page<RateView>?>(s => s.List(null, null, "nowhere", null, default)));
    }

    [Fact]
    public void A_day_without_a_rate_goes_by_the_last_one_of_the_seven_days_before()
    {
        var table = new RateTable([("EUR", "USD", new(2026, 8, 28), 1.25m)]);
        Assert.Equal(new(2026, 8, 28), table.Find("USD", "EUR", new(2026, 8, 28))!.Day);
        Assert.Equal(new(2026, 8, 28), table.Find("USD", "EUR", new(2026, 9, 4))!.Day);
        Assert.Null(table.Find("USD", "EUR", new(2026, 9, 5)));
        Assert.Null(table.Find("USD", "EUR", new(2026, 8, 27)));
        Assert.Null(table.Find("USD", "EUR", DateOnly.MinValue));
    }

    [Fact]
    public void A_rate_is_used_as_told_else_the_other_way_round_else_through_a_third_currency_of_the_same_day()
    {
        var day = new DateOnly(2026, 8, 31);
        var table = new RateTable([("EUR", "USD", day, 1.25m), ("EUR", "NOK", day, 12.5m), ("GBP", "NOK", day, 13m), ("EUR", "JPY", day.AddDays(-1), 160m)]);
        Assert.Equal((1.25m, null), (table.Find("EUR", "USD", day)!.Rate, table.Find("EUR", "USD", day)!.Through));
        Assert.Equal((0.8m, null), (table.Find("USD", "EUR", day)!.Rate, table.Find("USD", "EUR", day)!.Through));
        Assert.Equal((0.1m, "EUR"), (table.Find("NOK", "USD", day)!.Rate, table.Find("NOK", "USD", day)!.Through));
        Assert.Null(table.Find("USD", "JPY", day));
        Assert.Null(table.Find("USD", "SEK", day));
    }

    [Theory]
    [InlineData("EUR", "USD", "1.085", 1000, 1085)]
    [InlineData("EUR", "USD", "1.5", 1, 2)] // 1.5 and 2.5 both round to 2
    [InlineData("EUR", "USD", "2.5", 1, 2)]
    [InlineData("EUR", "USD", "2.5", -1, -2)]
    [InlineData("EUR", "JPY", "161.2", 1999, 3222)] // 19.99 × 161.2 = 3222.388
    [InlineData("JPY", "EUR", "0.0062", 3222, 1998)] // 3222 × 0.0062 = 19.9764
    [InlineData("EUR", "KWD", "0.333", 100, 333)]
    public void Money_is_changed_exactly_and_rounded_half_to_even(string from, string to, string rate, long minor, long expected)
    {
        var day = new DateOnly(2026, 8, 31);
        Assert.Equal(new Money(expected, to), new RateTable([(from, to, day, decimal.Parse(rate, CultureInfo.InvariantCulture))]).Find(from, to, day)!.Convert(minor));
    }

    [Fact]
    public void What_does_not_fit_is_not_changed() => Assert.Null(new DayRate("EUR", "USD", new(2026, 8, 31), 2, 1, null).Convert(long.MaxValue));

    internal static Task<RatesReport> Run(TestHouse house, string text) => house.With<ImportRates, RatesReport>(s => s.Run(new MemoryStream(Encoding.UTF8.GetBytes(text)), "rates.csv", default));

    private static async Task<IReadOnlyList<RateView>> All(TestHouse house) => (await house.With<ReadRates, Page<RateView>?>(s => s.List(null, null, null, 500, default)))!.Items;
}
