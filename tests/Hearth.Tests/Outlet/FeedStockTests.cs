using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Outlet;

public class FeedStockTests
{
    private static Task<IReadOnlyList<Fed>> Tell(TestHouse house, params ToldStock[] events) => house.With<FeedStock, IReadOnlyList<Fed>>(s => s.Take(events, default));

    private static ToldStock Count(long sequence, int quantity, string sku = "LAP-15R") => new(sku, sequence, quantity, null);

    private static ToldStock Change(long sequence, int change, string sku = "LAP-15R") => new(sku, sequence, null, change);

    private static async Task<int> OnHand(TestHouse house, StockItemId item) => (await house.With<ReadStock, StockView?>(s => s.Item(item, default)))!.OnHand;

    [Theory, EveryDatabase]
    public async Task In_whatever_order_and_however_often_events_come_the_shelf_ends_the_same(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(20260901);
        for (var world = 0; world < 25; world++)
        {
            var sku = $"SKU-{world}";
            var item = await house.Stock(sku, 0);
            // A true history: what the warehouse saw, never below zero.
            var (level, history) = (0, new List<ToldStock>());
            for (var n = 1; n <= 12; n++)
            {
                if (random.Next(4) == 0) history.Add(Count(n, level = random.Next(30), sku));
                else
                {
                    var change = random.Next(-Math.Min(level, 10), 11);
                    level += change;
                    history.Add(Change(n, change, sku));
                }
            }

            var sent = history.Concat(history.Where(_ => random.Next(3) == 0)).ToArray();
            random.Shuffle(sent);
            foreach (var some in sent.Chunk(random.Next(1, 6))) await Tell(house, some);
            Assert.Equal(level, await OnHand(house, item));
        }

        Assert.False(await house.With<Database, bool>(db => db.Set<StockEvent>().AnyAsync(e => e.Waits)));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task What_would_take_promised_units_waits_until_an_offer_gives_them_back(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 25, stock: 40);
        var told = Assert.Single(await Tell(house, Change(1, -20)));
        Assert.Equal((FedOutcome.Waiting, 40), (told.Outcome, told.OnHand));
        Assert.Contains("25 units promised", Assert.Single(told.Errors!).Reason, StringComparison.Ordinal);
        Assert.Equal(FedOutcome.Repeated, Assert.Single(await Tell(house, Change(1, -20))).Outcome);
        await house.In(s => s.GetRequiredService<TidyOffersHandler>().Run(new(), default));
        Assert.Equal(40, await OnHand(house, offer.Item));

        await house.With<EndOffer, Ended>(s => s.Early(offer.Id, "The season is over.", OutletHouse.Merchandiser, default));
        await house.In(s => s.GetRequiredService<TidyOffersHandler>().Run(new(), default));
        Assert.Equal(20, await OnHand(house, offer.Item));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task Each_bad_event_is_named_and_the_others_are_kept(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var item = await house.Stock(quantity: 10);
        var told = await Tell(house, Change(1, 5), Count(2, -1), Change(-1, 1), new("LAP-15R", 3, 1, 1), new("LAP-15R", 4, null, null), Change(1, 1, "NOBODY"), Count(9, 12), Change(8, -3), Change(10, 1));
        Assert.Equal([FedOutcome.Kept, FedOutcome.Rejected, FedOutcome.Rejected, FedOutcome.Rejected, FedOutcome.Rejected, FedOutcome.Rejected, FedOutcome.Kept, FedOutcome.Superseded, FedOutcome.Kept], told.Select(t => t.Outcome));
        Assert.Equal(["quantity", "sequence", "quantity", "quantity", "sku"], told.Where(t => t.Errors is not null).Select(t => t.Errors![0].Field));
        Assert.Equal(13, await OnHand(house, item));
        Assert.Equal(FedOutcome.Repeated, Assert.Single(await Tell(house, Count(9, 12))).Outcome);
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task Told_by_many_at_once_every_event_counts_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var item = await house.Stock(quantity: 0);
        var events = Enumerable.Range(1, 40).Select(n => Change(n, 1)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(async () =>
        {
            foreach (var one in n % 2 == 0 ? events : events.Reverse()) await Tell(house, one);
        })));
        Assert.Equal(40, await OnHand(house, item));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task Age_and_worth_of_free_stock_are_told_and_the_days_of_an_item_are_its_ledger(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var now = house.Clock.Now();
        StockCount Of(string sku, int quantity, int days, long? cost) => OutletHouse.Count(sku, quantity) with { ArrivedAt = now.AddDays(-days), Cost = cost is { } c ? OutletHouse.Eur(c) : null, Country = "DE", Location = "Hall 4" };
        await house.With<CountStock, IReadOnlyList<Counted>>(s => s.Take([Of("A", 3, 0, 30000), Of("B", 5, 14, null), Of("C", 7, 29, 10000), Of("D", 2, 90, 20000), Of("E", 0, 200, 1)], "test", default));

        var ages = await house.With<ReadStock, IReadOnlyList<StockAge>>(s => s.Ageing(default));
        Assert.Equal([(0, 14, 1, 3L), (14, 30, 2, 12L), (30, 60, 0, 0L), (60, 90, 0, 0L), (90, null, 1, 2L)], ages.Select(a => (a.From, a.To, a.Items, a.Units)));
        Assert.Equal((OutletHouse.Eur(12 * 49900), OutletHouse.Eur(7 * 10000), 5L), (ages[1].Values[0].Price, ages[1].Values[0].Cost, ages[1].Values[0].UnitsWithoutCost));

        var item = (await house.With<ReadStock, Page<StockView>?>(s => s.List("C", null, null, default)))!.Items.Single(i => i.Sku == "C");
        Assert.Equal((29, "DE", "Hall 4"), (item.AgeDays, item.Country, item.Location));
        house.Clock.Advance(TimeSpan.FromDays(2));
        await Tell(house, Change(1, -3, "C"));
        Assert.Equal([7, 7, 4], (await house.With<ReadStock, IReadOnlyList<StockDay>>(s => s.History(item.Id, default))).Select(d => d.OnHand));
    }
}
