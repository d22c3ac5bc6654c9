using System.Text;
using Hearth.Governance;
using Hearth.Learning;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Tests.Outlet;

namespace Hearth.Tests.Learning;

public class TogetherTests
{
    // The clock of a house begins on Tuesday 1 September 2026; the last rates are of the Friday before.
    private const string Rates = "Date,USD,NOK,JPY,\n2026-08-28,1.0850,11.7105,161.20,\n";
    private static readonly DateRange Days = new(new(2026, 8, 5), new(2026, 9, 1));

    [Theory, EveryDatabase]
    public async Task The_sum_is_the_sum_of_what_is_shown_behind_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (offer, click) = await Shop(house);
        await Set(house, "EUR");
        await RatesTests.Run(house, Rates);
        await Place(house, "E1", "EUR", click, 44900, 999);
        await Place(house, "U1", "USD", click, 44900, 333, 333, 334);
        await Place(house, "U2", "USD", null, 1, 1, 1);
        await Place(house, "J1", "JPY", click, 1, 77777);
        await Place(house, "N1", "NOK", null, 12345);
        Assert.IsType<Refunded.Kept>(await house.With<RefundOrder, Refunded>(s => s.Take(new("U1", "R1", house.Clock.Now(), [new(1, new(100, "USD")), new(2, new(333, "USD"))]), default)));
        await house.Settle();

        var together = (await Read(house))!;
        var total = Assert.Single(together.Report.Totals);
        Assert.Equal((5, 3, 4), (total.Orders, total.AttributedOrders, together.Changed));
        Assert.Empty(together.WithoutRate);
        Assert.Equal(0, total.Pending.Minor);

        // Each order is changed once: 44900+999; (45900−433)/1.085 = 41905.07; 3/1.085 = 2.76; 77778/161.2 = 482.49 EUR; 123.45/11.7105 = 10.54.
        Assert.Equal(45899 + 41905 + 3 + 48249 + 1054, total.All.Minor);
        Assert.Equal(45899 + 41905 + 48249, (total.Direct + total.Halo).Minor);
        Assert.Equal(3 + 1054, total.Unattributed.Minor);
        var earned = Assert.Single(Assert.Single(together.Report.Offers, o => o.Offer == offer).Earned);
        Assert.Equal((3, total.Direct, total.Halo), (earned.Orders, earned.Direct, earned.Halo));

        var behind = await Behind(house, new());
        Assert.Equal(total.All.Minor, behind.Sum(b => b.Money!.Value.Minor));
        foreach (var (filter, number) in new[] { (new CreditFilter(Kind: CreditKind.Direct), total.Direct), (new(Kind: CreditKind.Halo), total.Halo), (new(Kind: CreditKind.Unattributed), total.Unattributed), (new(Offer: offer), earned.Total), (new(Refunds: true), -total.Refunded) })
        {
            Assert.Equal(number.Minor, (await Behind(house, filter)).Sum(b => b.Money!.Value.Minor));
            Assert.Equal(number, Assert.Single(await house.With<ReadTogether, IReadOnlyList<Money>>(s => s.Sum(filter, false, default))));
        }

        Assert.All(behind.Where(b => b.Entry.Amount.Currency != "EUR"), b => Assert.Equal((new DateOnly(2026, 8, 28), b.Entry.Amount.Currency, "EUR"), (b.Rate!.Day, b.Rate.From, b.Rate.To)));
        Assert.Equal(0, behind.Where(b => b.Number == "U1" && b.Entry.Line == 2).Sum(b => b.Money!.Value.Minor)); // paid back whole
        Assert.Equal(41905, behind.Where(b => b.Number == "U1").Sum(b => b.Money!.Value.Minor));
    }

    [Theory, EveryDatabase]
    public async Task Orders_without_a_rate_stand_apart_and_come_in_with_the_rates(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (_, click) = await Shop(house);
        await Set(house, "EUR");
        await Place(house, "E1", "EUR", click, 1000);
        await Place(house, "N1", "NOK", click, 100000);
        await Place(house, "N2", "NOK", null, 240000);
        await house.Settle();
        var before = (await Read(house))!;
        Assert.Equal((1000, 1), (Assert.Single(before.Report.Totals).All.Minor, before.Report.Totals[0].Orders));
        Assert.Equal(new WithoutRate(2, new(340000, "NOK"), new(2026, 9, 1), new(2026, 9, 1)), Assert.Single(before.WithoutRate));
        Assert.Equal(["N1", "N2"], (await Behind(house, new(Currency: "NOK"), true)).Select(b => b.Number).Order(StringComparer.Ordinal));
        Assert.Equal(new Money(340000, "NOK"), Assert.Single(await house.With<ReadTogether, IReadOnlyList<Money>>(s => s.Sum(new(), true, default))));
        Assert.Equal("E1", Assert.Single(await Behind(house, new())).Number);
        Assert.Contains(",no rate from 2026-09-01 to 2026-09-01,,,,,,,NOK,2,,,,3400.00,,\r\n", Encoding.UTF8.GetString(ReadTogether.Csv(before)), StringComparison.Ordinal);

        await RatesTests.Run(house, "day,base,quote,rate\n2026-08-25,EUR,NOK,10\n");
        var after = (await Read(house))!;
        Assert.Equal((1000 + 10000 + 24000, 3), (Assert.Single(after.Report.Totals).All.Minor, after.Report.Totals[0].Orders));
        Assert.Empty(after.WithoutRate);
    }

    [Theory, EveryDatabase]
    public async Task Another_rate_changes_the_report_and_not_the_ledger(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (_, click) = await Shop(house);
        await Place(house, "U1", "USD", click, 1000, 2000);
        await house.Settle();
        Assert.Null(await Read(house));
        Assert.Empty(await Behind(house, new()));
        await Set(house, "EUR");
        await RatesTests.Run(house, "day,base,quote,rate\n2026-09-01,EUR,USD,1.25\n");
        var ledger = await Ledger(house);
        Assert.Equal(2400, Assert.Single((await Read(house))!.Report.Totals).All.Minor);
        await RatesTests.Run(house, "day,base,quote,rate\n2026-09-01,EUR,USD,1.5\n");
        Assert.Equal(2000, Assert.Single((await Read(house))!.Report.Totals).All.Minor);
        Assert.Equal(ledger, await Ledger(house));
        Assert.Equal("USD", Assert.Single((await house.With<ReadEarnings, Earnings>(s => s.Between(Days.From, Days.To, default))).Totals).Currency);
    }

    [Theory, EveryDatabase]
    public async Task The_ledger_is_walked_page_by_page_with_both_kinds_of_money(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (_, click) = await Shop(house);
        await Set(house, "EUR");
        await RatesTests.Run(house, Rates);
        for (var i = 1; i <= 7; i++) await Place(house, $"O{i}", i % 2 == 0 ? "EUR" : "USD", i % 3 == 0 ? null : click, 100 * i, 7);
        await house.Settle();
        var whole = await Behind(house, new());
        var (seen, next) = (new List<CreditTogether>(), (string?)null);
        do
        {
            var page = (await house.With<ReadTogether, Page<CreditTogether>?>(s => s.List(new(), false, next, 3, default)))!;
            Assert.True(page.Items.Count <= 3);
            seen.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal(14, whole.Count);
        Assert.Equal(whole.Select(w => w.Entry), seen.Select(s => s.Entry));
        Assert.Null(await house.With<ReadTogether, Page<CreditTogether>?>(s => s.List(new(), false, "nowhere", 3, default)));
    }

    [Theory, EveryDatabase]
    public async Task Channels_stand_together_and_what_has_no_rate_apart(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (_, click) = await Shop(house);
        await house.With<ImportChannels, ImportReport>(s => s.Run(new MemoryStream(Encoding.UTF8.GetBytes("""
            channel,from,currency,cost,clicks,orders,revenue,new_customers
            email,2026-08-31,EUR,10.00,100,4,200.00,2
            email,2026-08-31,USD,10.85,50,1,,
            email,2026-08-31,SEK,5.00,7,,,
            email,2026-08-31,DKK,,3,,,
            """)), "channels.csv", null, default));
        await Place(house, "U1", "USD", click, 1085, 333);
        await Place(house, "E1", "EUR", click, 500);
        await Place(house, "S1", "SEK", click, 9900);
        await Place(house, "U2", "USD", null, 9900);
        await house.Settle();
        Assert.Null(await house.With<ReadChannelsTogether, ChannelsTogether?>(s => s.Between(Days, default)));
        await Set(house, "EUR");
        await RatesTests.Run(house, Rates);
        var together = (await house.With<ReadChannelsTogether, ChannelsTogether?>(s => s.Between(Days, default)))!;
        Assert.Equal(["email EUR", "social EUR"], together.Report.Totals.Select(l => $"{l.Channel} {l.Currency}"));
        var (email, social) = (together.Report.Totals[0], together.Report.Totals[1]);
        Assert.Equal((2000, 153, 5, 20000), (email.Cost!.Value.Minor, email.Clicks, email.Orders, email.Revenue!.Value.Minor));
        Assert.Equal((1307 + 500, 2L, 1L), (social.Revenue!.Value.Minor, social.Orders, social.Clicks)); // 1418/1.085 = 1306.9
        Assert.Equal(new WithoutRate(1, new(9900, "SEK"), new(2026, 9, 1), new(2026, 9, 1)), Assert.Single(together.Orders));
        Assert.Equal(new FiguresWithoutRate("email", "SEK", 1, new(500, "SEK"), null), Assert.Single(together.Figures));
        Assert.Equal(social.Revenue, Assert.Single(await house.With<ReadTogether, IReadOnlyList<Money>>(s => s.Sum(new(Attributed: true), false, default))));
        var csv = Encoding.UTF8.GetString(ReadChannelsTogether.Csv(together));
        Assert.EndsWith(",social (no rate),SEK,,,1,99.00,,,\r\n,email (no rate),SEK,5.00,,,,,,\r\n", csv, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Who_set_the_reporting_currency_stays_on_record(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Assert.Null(await house.With<ReportingCurrencies, string?>(s => s.Now(default)));
        await Set(house, "eur");
        await Set(house, "EUR");
        await Set(house, " ");
        Assert.Equal("currency", Assert.Single(await house.With<ReportingCurrencies, IReadOnlyList<FieldError>>(s => s.Set("EURO", OutletHouse.Merchandiser, default))).Field);
        Assert.Equal([(null, "Mara Vogt"), ("EUR", "Mara Vogt"), (null, (string?)null)], (await house.With<ReportingCurrencies, IReadOnlyList<ReportingCurrency>>(s => s.All(default))).Select(c => (c.Currency, c.ByName)));
    }

    private static async Task<(OfferId Offer, ClickId Click)> Shop(TestHouse house)
    {
        var offer = await house.Offer();
        return (offer.Id, (await CreditTests.Follow(house, offer)).Click);
    }

    private static async Task Set(TestHouse house, string currency) => Assert.Empty(await house.With<ReportingCurrencies, IReadOnlyList<FieldError>>(s => s.Set(currency, OutletHouse.Merchandiser, default)));

    private static Task<EarningsTogether?> Read(TestHouse house) => house.With<ReadTogether, EarningsTogether?>(s => s.Between(Days.From, Days.To, default));

    private static async Task<IReadOnlyList<CreditTogether>> Behind(TestHouse house, CreditFilter filter, bool withoutRate = false) => (await house.With<ReadTogether, Page<CreditTogether>?>(s => s.List(filter, withoutRate, null, 500, default)))!.Items;

    private static async Task<IReadOnlyList<CreditEntry>> Ledger(TestHouse house) => [.. (await house.With<ReadCredits, Page<CreditView>?>(s => s.List(new(), null, 500, default)))!.Items.Select(i => i.Entry)];

    // The first line is the offered article.
    private static async Task Place(TestHouse house, string number, string currency, ClickId? click, params long[] minor) =>
        Assert.IsType<Placed.Kept>(await house.With<PlaceOrder, Placed>(s => s.Take(new(number, house.Clock.Now(), [.. minor.Select((m, i) => new IncomingLine(i == 0 ? "LAP-15R" : $"SKU-{i}", 1, new(m, currency)))], null, click), default)));
}
