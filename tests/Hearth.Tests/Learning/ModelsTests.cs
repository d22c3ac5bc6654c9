using Hearth.Learning;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Tests.Outlet;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Learning;

public class ModelsTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly (DateTimeOffset From, DateTimeOffset To) All = (Start.AddYears(-1), Start.AddYears(1));

    [Theory, EveryDatabase]
    public async Task An_order_after_four_touches_is_shared_out_in_each_way(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (a, b) = (await house.Offer(sku: "S1"), await house.Offer(sku: "S2"));
        var visitor = VisitorId.New();
        await Click(house, a, visitor, -21, "one.example");
        await Click(house, b, visitor, -14, "two.example");
        await Click(house, a, visitor, -7, "");
        await Click(house, b, visitor, 0, "");
        await Place(house, "A1", Start, 10_001, visitor);
        await house.Settle();

        var table = Assert.Single((await Report(house)).Currencies);
        var (first, second) = (table.Offers.Single(o => o.Offer == a.Id).Money, table.Offers.Single(o => o.Offer == b.Id).Money);
        Assert.Equal((0, 0, 10_001, 0, 5_001), (first.Ledger.Minor, first.LastClick.Minor, first.FirstClick.Minor, first.LastNonDirect.Minor, first.Linear.Minor));
        Assert.Equal((5_001, 3_334), (first.Position.Minor, first.TimeDecay.Minor)); // 1/15 + 4/15 of 100.01
        Assert.Equal((10_001, 10_001, 0, 10_001, 5_000, 5_000, 6_667), (second.Ledger.Minor, second.LastClick.Minor, second.FirstClick.Minor, second.LastNonDirect.Minor, second.Linear.Minor, second.Position.Minor, second.TimeDecay.Minor));
        Assert.Equal([TouchWay.Referred, TouchWay.Direct], table.Ways.Select(w => w.Way!.Value));
    }

    [Theory, EveryDatabase]
    public async Task In_random_worlds_every_column_sums_to_the_orders_and_every_number_to_the_orders_behind_it(DatabaseKind kind)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            await using var house = await TestHouse.Create(kind);
            var total = await Tell(house, new Random(seed));
            var report = await Report(house);
            Assert.Equal(total, report.Currencies.Sum(c => c.All.Minor));
            foreach (var table in report.Currencies)
            {
                foreach (var column in Enum.GetValues<CreditColumn>())
                {
                    Assert.Equal(table.All.Minor, table.Offers.Append(table.Untouched).Sum(l => l.Money.Of(column).Minor));
                    Assert.Equal(table.All.Minor, table.Ways.Append(table.Untouched).Sum(l => l.Money.Of(column).Minor));
                    foreach (var line in table.Offers.Concat(table.Ways).Append(table.Untouched))
                    {
                        var filter = new ModelFilter(All.From, All.To, table.Currency, column, line.Offer, line.Way, line is { Offer: null, Way: null });
                        var behind = await Walk(house, filter);
                        Assert.Equal(line.Money.Of(column).Minor, behind.Sum(o => o.Credited.Minor));
                        Assert.Equal(behind.Count, behind.DistinctBy(o => o.Number).Count());
                        Assert.Equal(behind.Count == 0 ? [] : [line.Money.Of(column)], await house.With<ReadModels, IReadOnlyList<Money>>(s => s.Sum(filter, default)));
                    }
                }

                var orders = await Walk(house, new(All.From, All.To, table.Currency, CreditColumn.Linear));
                Assert.Equal((table.Orders, table.All.Minor), (orders.Count, orders.Sum(o => o.Credited.Minor)));
                foreach (var order in orders.Where(o => o.Touches > 0))
                {
                    var shares = new List<long>();
                    foreach (var line in table.Offers) shares.AddRange((await Walk(house, new(All.From, All.To, table.Currency, CreditColumn.TimeDecay, line.Offer))).Where(o => o.Number == order.Number).Select(o => o.Millionths));
                    Assert.Equal(1_000_000, shares.Sum());
                }
            }

            var earned = await house.With<ReadEarnings, Earnings>(s => s.Between(All.From, All.To, default));
            Assert.Equal(earned.Offers.SelectMany(o => o.Earned.Select(e => (o.Offer, e.Total))).OrderBy(e => e.Offer.Value).ThenBy(e => e.Total.Currency, StringComparer.Ordinal),
                report.Currencies.SelectMany(c => c.Offers.Where(o => earned.Offers.Any(e => e.Offer == o.Offer && e.Earned.Any(x => x.Total.Currency == c.Currency))).Select(o => (o.Offer!.Value, o.Money.Ledger)))
                    .OrderBy(e => e.Value.Value).ThenBy(e => e.Ledger.Currency, StringComparer.Ordinal));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_shorter_window_counts_the_ledger_again_and_a_longer_one_back_again(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        var visitor = VisitorId.New();
        await Click(house, offer, visitor, -10, "one.example");
        for (var i = 0; i < 120; i++) await Place(house, $"A{i:000}", Start.AddMinutes(-i), 100, visitor);
        await house.Settle();
        var before = await Ledger(house);
        Assert.All(before, c => Assert.Equal(offer.Id, c.Offer));

        Assert.Empty(await Policy(house, 5, 7));
        Assert.False(await Counted(house));
        await Recount(house);
        Assert.True(await Counted(house));
        Assert.All(await Ledger(house), c => Assert.Equal((CreditKind.Unattributed, null), (c.Kind, c.Offer)));
        Assert.Empty((await Report(house)).Currencies.Single().Offers);

        Assert.Empty(await Policy(house, 30, 7));
        await Recount(house);
        Assert.Equal(before, await Ledger(house));

        Assert.Empty(await Policy(house, 30, 7));
        Assert.True(await Counted(house));
        var record = await house.With<CreditPolicies, IReadOnlyList<CreditPolicyView>>(s => s.All(default));
        Assert.Equal([(30, OutletHouse.Merchandiser.Name), (5, OutletHouse.Merchandiser.Name), (30, null)], record.Select(p => (p.WindowDays, p.ByName)));
        Assert.Equal(["windowDays", "halfLifeDays"], (await Policy(house, 0, 366)).Select(e => e.Field));
    }

    [Theory, EveryDatabase]
    public async Task The_click_that_an_order_names_is_its_cause_though_it_was_read_twice(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        var (click, visitor) = await CreditTests.Follow(house, offer);
        Assert.IsType<Placed.Kept>(await house.With<PlaceOrder, Placed>(s => s.Take(new("A1", house.Clock.Now().AddMinutes(5), [new("S1", 1, new(1000, "EUR"))], null, click, visitor), default)));
        await house.Settle();
        Assert.True(Assert.Single(await Touches(house)).IsCause);
        Assert.Equal(1000, Assert.Single(Assert.Single((await Report(house)).Currencies).Offers).Money.Ledger.Minor);
    }

    [Theory, EveryDatabase]
    public async Task Another_half_life_changes_the_report_and_no_stored_row(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (a, b) = (await house.Offer(sku: "S1"), await house.Offer(sku: "S2"));
        var visitor = VisitorId.New();
        await Click(house, a, visitor, -14, "one.example");
        await Click(house, b, visitor, 0, "one.example");
        await Place(house, "A1", Start, 9_000, visitor);
        await house.Settle();
        var (ledger, touches) = (await Ledger(house), await Touches(house));
        Assert.Equal(1_800, (await Report(house)).Currencies[0].Offers.Single(o => o.Offer == a.Id).Money.TimeDecay.Minor);

        await Policy(house, 30, 14);
        await Recount(house);
        Assert.Equal(3_000, (await Report(house)).Currencies[0].Offers.Single(o => o.Offer == a.Id).Money.TimeDecay.Minor);
        Assert.Equal(ledger, await Ledger(house));
        Assert.Equal(touches, await Touches(house));
    }

    [Theory, EveryDatabase]
    public async Task A_code_without_a_click_is_shown_as_such(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        var alone = VisitorId.New();
        var code = await house.Claim(offer.Id, alone);
        var came = VisitorId.New();
        await Click(house, offer, came, 0, "");
        var second = await house.Claim(offer.Id, came);
        await Place(house, "A1", Start.AddHours(1), 500, null, code);
        await Place(house, "A2", Start.AddHours(1), 700, null, second);
        await house.Settle();

        var only = (await house.With<ReadCredits, Page<CreditView>?>(s => s.List(new(Basis: CreditBasis.CodeOnly), null, 10, default)))!.Items;
        Assert.Equal(["A1"], only.Select(c => c.Number));
        var earned = (await house.With<ReadEarnings, Earnings>(s => s.Between(All.From, All.To, default))).Offers.Single().Earned.Single();
        Assert.Equal((500, 1_200, 0), (earned.CodeOnly.Minor, earned.Total.Minor, earned.Amplified.Minor));
    }

    private static async Task<long> Tell(TestHouse house, Random random)
    {
        OfferView[] offers = [await house.Offer(sku: "S0"), await house.Offer(sku: "S1"), await house.Offer(sku: "S2")];
        VisitorId[] visitors = [.. Enumerable.Range(0, 4).Select(_ => VisitorId.New())];
        var total = 0L;
        for (var i = 0; i < 24; i++)
        {
            await house.With<AddPastClicks, int>(s => s.Take([new(offers[random.Next(3)].Id, visitors[random.Next(4)], When(random), random.Next(2) == 0 ? "" : "somewhere.example")], default));
        }

        for (var i = 0; i < 16; i++)
        {
            var (at, minor) = (When(random), random.NextInt64(1, 100_000));
            await Place(house, $"O{i:00}", at, minor, random.Next(5) == 0 ? null : visitors[random.Next(4)], null, random.Next(3) == 0 ? "USD" : "EUR");
            total += minor;
            if (random.Next(3) > 0) continue;
            var back = random.NextInt64(1, minor + 1);
            await house.Settle();
            var currency = (await house.With<ReadOrders, OrderDetail?>(s => s.One($"O{i:00}", default)))!.Order.Total.Currency;
            Assert.IsType<Refunded.Kept>(await house.With<RefundOrder, Refunded>(s => s.Take(new($"O{i:00}", "R1", at.AddDays(1), [new(1, new(back, currency))]), default)));
            total -= back;
        }

        await house.Settle();
        return total;
    }

    private static DateTimeOffset When(Random random) => Start.AddDays(-random.Next(1, 60)).AddMicroseconds(random.NextInt64(1, 80_000_000_000));

    private static async Task<List<ModelOrder>> Walk(TestHouse house, ModelFilter filter)
    {
        var (all, after) = (new List<ModelOrder>(), (string?)null);
        do
        {
            var page = (await house.With<ReadModels, Page<ModelOrder>?>(s => s.Orders(filter, after, 5, default)))!;
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    private static Task Click(TestHouse house, OfferView offer, VisitorId visitor, int days, string from) =>
        house.With<AddPastClicks, int>(s => s.Take([new(offer.Id, visitor, Start.AddDays(days), from)], default));

    private static async Task Place(TestHouse house, string number, DateTimeOffset at, long minor, VisitorId? visitor, string? code = null, string currency = "EUR") =>
        Assert.IsType<Placed.Kept>(await house.With<PlaceOrder, Placed>(s => s.Take(new(number, at, [new("S1", 1, new(minor, currency))], code, null, visitor), default)));

    private static Task<ModelReport> Report(TestHouse house) => house.With<ReadModels, ModelReport>(s => s.Between(All.From, All.To, default));

    private static Task<IReadOnlyList<FieldError>> Policy(TestHouse house, int window, int halfLife) =>
        house.With<CreditPolicies, IReadOnlyList<FieldError>>(s => s.Set(window, halfLife, OutletHouse.Merchandiser, default));

    private static Task Recount(TestHouse house) => house.With<RecountLedger>(s => s.Run(new(), default));

    private static Task<bool> Counted(TestHouse house) => house.With<CreditPolicies, bool>(s => s.IsCounted(default));

    private static async Task<List<CreditEntry>> Ledger(TestHouse house) =>
        [.. (await house.With<ReadCredits, Page<CreditView>?>(s => s.List(new(), null, 500, default)))!.Items.OrderBy(c => c.Number, StringComparer.Ordinal).Select(c => c.Entry)];

    private static Task<List<TouchRow>> Touches(TestHouse house) => house.With<Database, List<TouchRow>>(db => db.Set<TouchRow>().AsNoTracking().OrderBy(t => t.Order).ThenBy(t => t.Position).ToListAsync());
}
