using System.Text;
using Hearth.Channels.Files;
using Hearth.Learning;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Tests.Outlet;

namespace Hearth.Tests.Learning;

public class ChannelsTests
{
    private const string Head = "channel,from,period,currency,cost,clicks,orders,revenue,margin,new_customers\n";

    // The clock of a house begins on Tuesday 1 September 2026: its week began on 31 August.
    private static readonly DateRange August = new(new(2026, 8, 5), new(2026, 9, 1));

    [Theory, EveryDatabase]
    public async Task A_file_stands_by_week_beside_what_is_counted_here(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        const string File = Head + """
            email,2026-08-31,day,EUR,10.00,100,4,200.00,80.00,2
            email,2026-09-01,day,EUR,5.50,50,1,20.00,10.00,1
            search,2026-08-24,week,EUR,100.00,900,20,1000.00,50.00,
            search,2026-08-24,week,USD,1.00,,,,,
            social,2026-08-31,week,EUR,40.00,,,,60.00,
            """;
        Assert.Equal((5, 5, 0, 0), await Import(house, File));
        Assert.Equal((5, 0, 5, 0), await Import(house, File));
        var offer = await house.Offer();
        var click = await CreditTests.Follow(house, offer);
        await Place(house, "A1", 44900, click.Click);
        await Place(house, "A2", 100, null);
        await house.Settle();

        var report = await Report(house);
        Assert.Equal((new(2026, 8, 3), new(2026, 9, 6)), (report.FirstDay, report.LastDay));
        Assert.Equal(["email 2026-08-31", "social 2026-08-31", "search 2026-08-24", "search 2026-08-24"], report.Weeks.Select(l => $"{l.Channel} {l.Week:yyyy-MM-dd}"));
        var email = report.Weeks[0];
        Assert.Equal((1550, 150, 5, 22000, 9000, 3, 480.6m), (email.Cost!.Value.Minor, email.Clicks, email.Orders, email.Revenue!.Value.Minor, email.Margin!.Value.Minor, email.NewCustomers, email.Roi));
        var social = report.Weeks[1];
        Assert.Equal((4000, 1, 1, 44900, 6000, null, 50m), (social.Cost!.Value.Minor, social.Clicks, social.Orders, social.Revenue!.Value.Minor, social.Margin!.Value.Minor, social.NewCustomers, social.Roi));
        Assert.Equal(-50m, report.Weeks[2].Roi);
        Assert.Equal((null, null, null), (report.Weeks[3].Clicks, report.Weeks[3].Revenue, report.Weeks[3].Roi));
        Assert.Equal(report.Weeks.Where(l => l.Currency == "EUR").Sum(l => l.Cost?.Minor ?? 0), report.Totals.Where(l => l.Currency == "EUR").Sum(l => l.Cost?.Minor ?? 0));
        var behind = await house.With<ReadCredits, IReadOnlyList<Money>>(s => s.Sum(new(DateRange.Start(new(2026, 8, 31)), DateRange.End(new(2026, 9, 6)), Currency: "EUR", Attributed: true), default));
        Assert.Equal(social.Revenue, Assert.Single(behind));
        Assert.Contains("2026-08-31,email,EUR,15.50,150,5,220.00,90.00,480.6,3\r\n2026-08-31,social,EUR,40.00,1,1,449.00,60.00,50.0,\r\n", Encoding.UTF8.GetString(ReadChannels.Csv(report)), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Another_figure_for_the_same_time_replaces_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Import(house, Head + "email,2026-08-31,day,EUR,10.00,100,4,200.00,,\n");
        Assert.Equal((2, 1, 1, 0), await Import(house, Head + "email,2026-08-31,day,EUR,12.00,100,4,200.00,,\nemail,2026-08-31,day,EUR,12.00,100,4,200.00,,\n"));
        Assert.Equal(1200, Assert.Single((await Report(house)).Weeks).Cost!.Value.Minor);
    }

    [Theory, EveryDatabase]
    public async Task A_bad_row_is_named_by_line_and_field_and_the_others_go_in(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        const string File = Head + """
            email,2026-08-31,day,EUR,1.00,1,,,,
            E mail,2026-08-31,day,EUR,1.00,1,,,,
            email,31.08.2026,day,EUR,1.00,1,,,,
            email,2026-09-01,week,EUR,1.00,1,,,,
            email,2026-08-31,month,EUR,1.00,1,,,,
            email,2026-08-31,week,EUR,1.00,1,,,,
            email,2026-08-31,day,EURO,1.00,1,,,,
            email,2026-09-02,day,EUR,1.001,-1,,,,
            email,2026-09-02,day,EUR,-1.00,1,,,,
            email,2026-09-02,day,EUR,,,,,,
            social,2026-09-02,day,EUR,1.00,5,,,,
            """;
        var report = await Run(house, File);
        Assert.Equal((11, 1, 10), (report.Read, report.Kept, report.Rejected));
        (int Line, string Reason)[] expected =
        [
            (3, "channel must"), (4, "from must"), (5, "from must be a Monday"), (6, "period must"), (7, "period is a week of which days are known"), (8, "currency must"), (9, "cost must"), (10, "cost must not be below zero"),
            (11, "cost or another figure"), (12, "clicks of social"),
        ];
        Assert.Equal(expected.Select(e => (long)e.Line), report.Errors.Select(e => e.Line));
        Assert.All(report.Errors.Zip(expected), pair => Assert.StartsWith(pair.Second.Reason, pair.First.Reason, StringComparison.Ordinal));
        Assert.Contains("clicks must be a whole number, not '-1'", report.Errors[6].Reason, StringComparison.Ordinal);
        Assert.Single((await Report(house)).Weeks);
        await Assert.ThrowsAsync<UnreadableFileException>(() => Run(house, "channel,from\nemail,2026-08-31\n"));
    }

    [Theory, EveryDatabase]
    public async Task Of_a_day_and_its_week_told_at_once_one_is_kept(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        ChannelFigure Figure(int day, FigurePeriod period) => new("email", new DateOnly(2026, 8, 31).AddDays(day), period, "EUR", OutletHouse.Eur(100), null, null, null, null, null);
        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => house.With<KeepChannels, IReadOnlyList<FigureKept>>(s => s.Take([i % 2 == 0 ? Figure(0, FigurePeriod.Week) : Figure(i % 7, FigurePeriod.Day)], "test", default)))));
        var kept = told.Count(t => t[0] is FigureKept.Kept);
        Assert.True(kept is 1 or 4);
        Assert.Equal(kept * 100, Assert.Single((await Report(house)).Weeks).Cost!.Value.Minor);
    }

    private static async Task<(long, long, long, long)> Import(TestHouse house, string text)
    {
        var report = await Run(house, text);
        return (report.Read, report.Kept, report.Repeated, report.Rejected);
    }

    private static Task<ImportReport> Run(TestHouse house, string text) => house.With<ImportChannels, ImportReport>(s => s.Run(new MemoryStream(Encoding.UTF8.GetBytes(text)), "channels.csv", null, default));

    private static Task<ChannelReport> Report(TestHouse house) => house.With<ReadChannels, ChannelReport>(s => s.Between(August, default));

    private static async Task Place(TestHouse house, string number, long minor, ClickId? click) =>
        Assert.IsType<Placed.Kept>(await house.With<PlaceOrder, Placed>(s => s.Take(new(number, house.Clock.Now(), [new("LAP-15R", 1, OutletHouse.Eur(minor))], null, click), default)));
}
