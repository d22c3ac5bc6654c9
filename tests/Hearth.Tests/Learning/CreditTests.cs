using Hearth.Learning;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Tests.Outlet;

namespace Hearth.Tests.Learning;

public class CreditTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory, EveryDatabase]
    public async Task An_offered_item_is_direct_another_item_is_halo_and_the_total_is_the_orders(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        var click = await Follow(house, offer);

        await Place(house, "A1", [("LAP-15R", 44900), ("BAG-1", 2990)], click: click.Click);
        await Place(house, "A2", [("MOUSE-7", 1999)], visitor: click.Visitor);
        await Place(house, "A3", [("LAP-15R", 49900)]);
        await house.Settle();

        var report = await Report(house);
        var total = Assert.Single(report.Totals);
        Assert.Equal((44900, 2990 + 1999, 49900, 99789, 0), (total.Direct.Minor, total.Halo.Minor, total.Unattributed.Minor, total.All.Minor, total.Pending.Minor));
        Assert.Equal((3, 2), (total.Orders, total.AttributedOrders));
        var line = Assert.Single(report.Offers);
        Assert.Equal((2, 44900, 4989, 1, 1), (line.Earned[0].Orders, line.Earned[0].Direct.Minor, line.Earned[0].Halo.Minor, line.Traffic.Clicks, line.Traffic.Visitors));
    }

    [Theory, EveryDatabase]
    public async Task A_code_beats_a_click_and_the_last_click_beats_the_first(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (first, second, coded) = (await house.Offer(sku: "S1"), await house.Offer(sku: "S2"), await house.Offer(sku: "S3"));
        var early = await Follow(house, first);
        house.Clock.Advance(TimeSpan.FromHours(1));
        await Follow(house, second, early.Visitor);
        await Place(house, "A1", [("S1", 100)], visitor: early.Visitor);
        house.Clock.Advance(TimeSpan.FromHours(1));
        var code = await house.Claim(coded.Id, VisitorId.New());
        await Place(house, "A2", [("S3", 100)], visitor: early.Visitor, code: code!.ToLowerInvariant());
        await house.Settle();

        Assert.Equal((CreditKind.Halo, second.Id, CreditBasis.Visitor), await Of(house, "A1"));
        Assert.Equal((CreditKind.Direct, coded.Id, CreditBasis.Code), await Of(house, "A2"));
    }

    [Theory, EveryDatabase]
    public async Task The_window_ends_just_before_its_last_instant(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        var click = await Follow(house, offer);
        var end = house.Clock.Now() + CreditPolicy.Default.Window;
        house.Clock.Set(end);

        await Place(house, "in", [("LAP-15R", 100)], click: click.Click, at: end - TimeSpan.FromMicroseconds(1));
        await Place(house, "out", [("LAP-15R", 100)], click: click.Click, at: end);
        await house.Settle();

        Assert.Equal((CreditKind.Direct, offer.Id, CreditBasis.Click), await Of(house, "in"));
        Assert.Equal((CreditKind.Unattributed, null, CreditBasis.None), await Of(house, "out"));
    }

    [Theory, EveryDatabase]
    public async Task Whatever_comes_in_whatever_order_the_ledger_is_what_a_plain_computation_says(DatabaseKind kind)
    {
        for (var seed = 1; seed <= (kind == DatabaseKind.Sqlite ? 6 : 3); seed++)
        {
            await using var house = await TestHouse.Create(kind);
            var world = await World.Make(house, new Random(seed));
            await world.Tell(house);

            var ledger = (await house.With<ReadCredits, Page<CreditView>?>(s => s.List(new(), null, 500, default)))!.Items;
            Assert.Equal(world.Expected(), ledger.Select(c => (c.Number, c.Entry.Line, c.Entry.Refund ?? "", c.Entry.Amount, c.Entry.Kind, c.Entry.Offer)).Order().ToList());

            var report = await Report(house);
            Assert.All(report.Totals, t => Assert.Equal(0, t.Pending.Minor));
            Assert.Equal(world.Total, report.Totals.Sum(t => t.All.Minor));
            Assert.Equal(world.Total, ledger.Sum(c => c.Entry.Amount.Minor));
        }
    }

    internal static async Task<(ClickId Click, VisitorId Visitor)> Follow(TestHouse house, OfferView offer, VisitorId? visitor = null)
    {
        var followed = (await house.With<FollowLink, Followed?>(s => s.By(offer.Link, visitor, "Mozilla/5.0 (X11; Linux) Firefox/140.0", null, null, default)))!;
        return (followed.Click, followed.Visitor!.Value);
    }

    private static async Task Place(TestHouse house, string number, (string Sku, long Minor)[] lines, ClickId? click = null, VisitorId? visitor = null, string? code = null, DateTimeOffset? at = null) =>
        Assert.IsType<Placed.Kept>(await house.With<PlaceOrder, Placed>(s => s.Take(
            new(number, at ?? house.Clock.GetUtcNow(), [.. lines.Select(l => new IncomingLine(l.Sku, 1, OutletHouse.Eur(l.Minor)))], code, click, visitor), default)));

    private static Task<Earnings> Report(TestHouse house) => house.With<ReadEarnings, Earnings>(s => s.Between(Start.AddYears(-1), Start.AddYears(1), default));

    private static async Task<(CreditKind, OfferId?, CreditBasis)> Of(TestHouse house, string number)
    {
        var order = (await house.With<ReadOrders, OrderDetail?>(s => s.One(number, default)))!.Order.Id;
        var entry = Assert.Single(await house.With<ReadCredits, IReadOnlyList<CreditEntry>>(s => s.Of(order, default)));
        return (entry.Kind, entry.Offer, entry.Basis);
    }

    /// <summary>Random offers, clicks, orders and refunds, with the credit worked out the plain way: by looking at everything, for each line.</summary>
    private sealed class World
    {
        private readonly List<OfferView> _offers = [];
        private readonly List<PastClick> _clicks = [];
        private readonly List<IncomingOrder> _orders = [];
        private readonly List<IncomingRefund> _refunds = [];
        private readonly List<VisitorId> _visitors = [.. Enumerable.Range(0, 5).Select(_ => VisitorId.New())];
        private Random _random = new(0);

        public long Total => _orders.Sum(o => o.Lines.Sum(l => l.Amount.Minor)) - _refunds.Sum(r => r.Lines.Sum(l => l.Amount.Minor));

        public static async Task<World> Make(TestHouse house, Random random)
        {
            var world = new World { _random = random };
            for (var i = 0; i < 3; i++) world._offers.Add(await house.Offer(sku: $"S{i}"));
            for (var i = 0; i < 14; i++) world._clicks.Add(new(world.Pick(world._offers).Id, world.Pick(world._visitors), world.When(), Id: ClickId.New()));
            for (var i = 0; i < 18; i++)
            {
                var currency = random.Next(4) == 0 ? "USD" : "EUR";
                var lines = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new IncomingLine($"S{random.Next(5)}", random.Next(1, 3), new(random.Next(1, 100_000), currency)));
                world._orders.Add(new($"O{i:00}", world.When(), [.. lines], null, random.Next(3) == 0 ? world.Pick(world._clicks).Id : null, random.Next(3) > 0 ? world.Pick(world._visitors) : null));
            }

            foreach (var order in world._orders.Where(_ => random.Next(3) == 0))
            {
                var line = random.Next(order.Lines.Count);
                var amount = order.Lines[line].Amount;
                world._refunds.Add(new(order.Number, "R1", order.PlacedAt.AddDays(2), [new(line + 1, amount with { Minor = random.NextInt64(1, amount.Minor + 1) })]));
            }

            return world;
        }

        /// <summary>Tells everything in a random order, some of it twice, handling facts in between; a refund that comes before its order is told again later.</summary>
        public async Task Tell(TestHouse house)
        {
            var telling = _clicks.Select(c => (Func<Task<bool>>)(async () => { await house.With<AddPastClicks, int>(s => s.Take([c], default)); return true; }))
                .Concat(_orders.Select(o => (Func<Task<bool>>)(async () => await house.With<PlaceOrder, Placed>(s => s.Take(o, default)) is Placed.Kept)))
                .Concat(_refunds.Select(r => (Func<Task<bool>>)(async () => await house.With<RefundOrder, Refunded>(s => s.Take(r, default)) is Refunded.Kept))).ToList();
            telling = [.. telling, .. telling.Where(_ => _random.Next(3) == 0)];
            var waiting = telling.OrderBy(_ => _random.Next()).ToList();
            while (waiting.Count > 0)
            {
                var again = new List<Func<Task<bool>>>();
                foreach (var tell in waiting)
                {
                    if (!await tell()) again.Add(tell);
                    if (_random.Next(6) == 0) await house.Settle();
                }

                waiting = again;
            }

            await house.Settle();
        }

        public List<(string, int, string, Money, CreditKind, OfferId?)> Expected()
        {
            var all = new List<(string, int, string, Money, CreditKind, OfferId?)>();
            foreach (var order in _orders)
            {
                var cause = Cause(order);
                for (var line = 1; line <= order.Lines.Count; line++)
                {
                    var (sku, _, amount) = order.Lines[line - 1];
                    var kind = cause is null ? CreditKind.Unattributed : _offers.Single(o => o.Id == cause.Offer).Sku == sku ? CreditKind.Direct : CreditKind.Halo;
                    all.Add((order.Number, line, "", amount, kind, cause?.Offer));
                    foreach (var refund in _refunds.Where(r => r.Order == order.Number)) foreach (var back in refund.Lines.Where(l => l.Line == line)) all.Add((order.Number, line, refund.Refund, -back.Amount, kind, cause?.Offer));
                }
            }

            return [.. all.Order()];
        }

        private VisitorId? Whose(IncomingOrder order) => order.Visitor ?? Named(order)?.Visitor;

        private PastClick? Named(IncomingOrder order) => _clicks.SingleOrDefault(c => order.Click is not null && c.Id == order.Click);

        private PastClick? Cause(IncomingOrder order)
        {
            PastClick? best = null;
            foreach (var click in _clicks.OrderBy(c => c.At))
            {
                if (order.PlacedAt - click.At >= TimeSpan.FromDays(30)) continue;
                var byLink = order.Click == click.Id;
                var mine = Whose(order) is { } who && (click.Visitor == who || _orders.Any(o => Whose(o) == who && o.Click == click.Id));
                if (byLink || (mine && click.At <= order.PlacedAt)) best = click;
            }

            return best;
        }

        private T Pick<T>(List<T> of) => of[_random.Next(of.Count)];

        // Microseconds, so that no two moments are the same and none is rounded.
        private DateTimeOffset When() => Start.AddDays(-_random.Next(1, 80)).AddMicroseconds(_random.NextInt64(1, 80_000_000_000));
    }
}
