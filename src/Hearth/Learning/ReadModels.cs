using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Statistics.Attribution;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

/// <summary>A column of the table: the ledger itself, or a model.</summary>
public enum CreditColumn
{
    /// <summary>As stored: the code, else the last touch.</summary>
    Ledger,
    LastClick,
    FirstClick,
    LastNonDirect,
    Linear,
    Position,
    TimeDecay,
}

/// <summary>The same money under each way of counting.</summary>
/// <param name="Ledger">As stored: the code, else the last touch.</param>
/// <param name="LastClick">All to the last touch.</param>
/// <param name="FirstClick">All to the first touch.</param>
/// <param name="LastNonDirect">All to the last touch of which something says where the person came from.</param>
/// <param name="Linear">The same to each touch.</param>
/// <param name="Position">40 % to the first touch, 40 % to the last, 20 % to those between.</param>
/// <param name="TimeDecay">Half as much to a touch for each half-life that it is older.</param>
public sealed record ModelMoney(Money Ledger, Money LastClick, Money FirstClick, Money LastNonDirect, Money Linear, Money Position, Money TimeDecay)
{
    /// <summary>By column.</summary>
    public Money Of(CreditColumn column) => column switch
    {
        CreditColumn.Ledger => Ledger, CreditColumn.LastClick => LastClick, CreditColumn.FirstClick => FirstClick, CreditColumn.LastNonDirect => LastNonDirect,
        CreditColumn.Linear => Linear, CreditColumn.Position => Position, _ => TimeDecay,
    };
}

/// <summary>A row of the table.</summary>
/// <param name="Offer">Which offer; null in a row of a way, and in that of orders without a touch.</param>
/// <param name="Title">What the offer is called.</param>
/// <param name="Way">By what the touches came; null in a row of an offer.</param>
/// <param name="Orders">Orders with at least one such touch; of orders without a touch, how many there are.</param>
/// <param name="Money">Refunds subtracted.</param>
public sealed record ModelLine(OfferId? Offer, string? Title, TouchWay? Way, int Orders, ModelMoney Money);

/// <summary>One currency, all models side by side. Each column of <paramref name="Offers"/>, and each of <paramref name="Ways"/>, sums with <paramref name="Untouched"/> to <paramref name="All"/>.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Orders">All orders of the currency that the ledger has.</param>
/// <param name="All">Their money, refunds subtracted.</param>
/// <param name="Untouched">Orders before which nobody came by an offer.</param>
/// <param name="Offers">The best by the ledger first.</param>
/// <param name="Ways">By what the touches came.</param>
public sealed record ModelTable(string Currency, int Orders, Money All, ModelLine Untouched, IReadOnlyList<ModelLine> Offers, IReadOnlyList<ModelLine> Ways);

/// <summary>The report.</summary>
/// <param name="From">First instant counted.</param>
/// <param name="To">First instant not counted any more.</param>
/// <param name="WindowDays">How long coming by an offer counts.</param>
/// <param name="HalfLifeDays">After how long a touch counts half by the time decay.</param>
/// <param name="Currencies">A table for each.</param>
public sealed record ModelReport(DateTimeOffset From, DateTimeOffset To, double WindowDays, double HalfLifeDays, IReadOnlyList<ModelTable> Currencies);

/// <summary>Which orders behind a number.</summary>
/// <param name="From">First instant counted.</param>
/// <param name="To">First instant not counted any more.</param>
/// <param name="Currency">Only this one; null for all.</param>
/// <param name="Column">Under which model.</param>
/// <param name="Offer">Only what it gets.</param>
/// <param name="Way">Only what touches of this kind get.</param>
/// <param name="Untouched">Only orders without a touch.</param>
public sealed record ModelFilter(DateTimeOffset From, DateTimeOffset To, string? Currency, CreditColumn Column, OfferId? Offer = null, TouchWay? Way = null, bool Untouched = false);

/// <summary>An order behind a number.</summary>
/// <param name="Number">The shop's own id.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="Net">Its money, refunds subtracted.</param>
/// <param name="Touches">How many touches count for it.</param>
/// <param name="Millionths">The share of it that counts here, 1,000,000 for all of it.</param>
/// <param name="Credited">That share in money.</param>
public sealed record ModelOrder(string Number, DateTimeOffset PlacedAt, Money Net, int Touches, long Millionths, Money Credited);

/// <summary>Credit under every model, worked out from the ledger and its touches when it is asked for: nothing is stored under a model.</summary>
public sealed class ReadModels(Database db, ReadOrders orders, ReadOffers offers, CreditPolicies policies)
{
    private static readonly CreditColumn[] Columns = Enum.GetValues<CreditColumn>();

    /// <summary>From <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive), by the time of the order.</summary>
    public async Task<ModelReport> Between(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var policy = await policies.Now(ct);
        var shared = await Shared(from, to, null, policy.HalfLife, ct);
        var titles = await offers.Many([.. shared.SelectMany(s => s.Touches).Select(t => t.Offer).Distinct()], ct);
        return new(from, to, policy.Window.TotalDays, policy.HalfLife.TotalDays,
            [.. shared.GroupBy(s => s.Net.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Table(g.Key, [.. g], titles))]);
    }

    /// <summary>The orders behind a number, newest first. Their <see cref="ModelOrder.Credited"/> sums to the number.</summary>
    public async Task<Page<ModelOrder>?> Orders(ModelFilter filter, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var last)) return null;
        var take = Keyset.Size(size);
        var rows = (await Behind(filter, ct)).Where(r => last is null || r.Order.PlacedAt < last.At || (r.Order.PlacedAt == last.At && r.Order.Id.Value.CompareTo(last.Order) > 0)).Take(take + 1).ToList();
        var numbers = await orders.Numbers([.. rows.Select(r => r.Order.Id)], ct);
        return Keyset.Cut(rows, take, r => new Place(r.Order.PlacedAt, r.Order.Id.Value))
            .Select(r => new ModelOrder(numbers[r.Order.Id], r.Order.PlacedAt, r.Order.Net, r.Order.Touches.Count, r.Millionths, r.Credited));
    }

    /// <summary>Sums of <see cref="Orders"/> by currency.</summary>
    public async Task<IReadOnlyList<Money>> Sum(ModelFilter filter, CancellationToken ct) =>
        [.. (await Behind(filter, ct)).GroupBy(r => r.Credited.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Select(r => r.Credited).Aggregate((a, b) => a + b))];

    private async Task<IEnumerable<(OrderShares Order, long Millionths, Money Credited)>> Behind(ModelFilter f, CancellationToken ct)
    {
        var shared = await Shared(f.From, f.To, f.Currency, (await policies.Now(ct)).HalfLife, ct);
        if (f.Untouched) return shared.Where(s => s.Touches.Count == 0).Select(s => (s, CreditShares.Whole, s.Net));
        if (f.Offer is null && f.Way is null) return shared.Select(s => (s, CreditShares.Whole, s.Net));
        bool Wanted(TouchRow touch) => (f.Offer is null || touch.Offer == f.Offer) && (f.Way is null || touch.Way == f.Way);
        return shared.Select(s => (s, s.Millionths(f.Column, Wanted), s.Credited(f.Column, Wanted))).Where(r => r.Item2 > 0);
    }

    private async Task<List<OrderShares>> Shared(DateTimeOffset from, DateTimeOffset to, string? currency, TimeSpan halfLife, CancellationToken ct)
    {
        var nets = await db.Set<CreditRow>().Where(c => c.PlacedAt >= from && c.PlacedAt < to && (currency == null || c.Amount.Currency == currency))
            .GroupBy(c => new { c.Order, c.PlacedAt, c.Amount.Currency }).Select(g => new { g.Key.Order, g.Key.PlacedAt, g.Key.Currency, Minor = g.Sum(c => c.Amount.Minor) }).ToListAsync(ct);
        var touches = (await db.Set<TouchRow>().AsNoTracking().Where(t => t.PlacedAt >= from && t.PlacedAt < to).OrderBy(t => t.Order).ThenBy(t => t.Position).ToListAsync(ct)).ToLookup(t => t.Order);
        return [.. nets.OrderByDescending(n => n.PlacedAt).ThenBy(n => n.Order.Value).Select(n => new OrderShares(n.Order, n.PlacedAt, new(n.Minor, n.Currency), [.. touches[n.Order]], halfLife))];
    }

    private static ModelTable Table(string currency, IReadOnlyList<OrderShares> shared, IReadOnlyDictionary<OfferId, OfferView> titles)
    {
        var touched = shared.Where(s => s.Touches.Count > 0).ToList();
        var untouched = shared.Where(s => s.Touches.Count == 0).ToList();
        var each = touched.SelectMany(s => s.Touches.Select((t, i) => (Touch: t, Order: s, Index: i))).ToList();
        IEnumerable<ModelLine> Lines<TKey>(Func<TouchRow, TKey> by, Func<TKey, ModelLine> named) => each.GroupBy(e => by(e.Touch)).Select(g => named(g.Key) with
        {
            Orders = g.Select(e => e.Order).Distinct().Count(), Money = Columned(c => new(g.Sum(e => e.Order.Credited(c, e.Index)), currency)),
        });
        var none = untouched.Aggregate(Money.Zero(currency), (sum, s) => sum + s.Net);
        return new(currency, shared.Count, shared.Aggregate(Money.Zero(currency), (sum, s) => sum + s.Net), new(null, null, null, untouched.Count, Columned(_ => none)),
            [.. Lines(t => t.Offer, offer => new(offer, titles.GetValueOrDefault(offer)?.Title, null, 0, null!)).OrderByDescending(l => l.Money.Ledger).ThenBy(l => l.Offer!.Value.Value)],
            [.. Lines(t => t.Way, way => new(null, null, way, 0, null!)).OrderBy(l => l.Way)]);
    }

    private static ModelMoney Columned(Func<CreditColumn, Money> of) => new(of(CreditColumn.Ledger), of(CreditColumn.LastClick), of(CreditColumn.FirstClick), of(CreditColumn.LastNonDirect),
        of(CreditColumn.Linear), of(CreditColumn.Position), of(CreditColumn.TimeDecay));

    private sealed record Place(DateTimeOffset At, Guid Order);

    /// <summary>One order shared out under every column, once.</summary>
    private sealed class OrderShares
    {
        private readonly Dictionary<CreditColumn, (long[] Millionths, Money[] Money)> _by;

        public OrderShares(OrderId id, DateTimeOffset placedAt, Money net, IReadOnlyList<TouchRow> touches, TimeSpan halfLife)
        {
            (Id, PlacedAt, Net, Touches) = (id, placedAt, net, touches);
            ModelTouch[] seen = [.. touches.Select(t => new ModelTouch(placedAt - t.At, TouchWays.IsDirect(t.Way)))];
            _by = touches.Count == 0 ? [] : Columns.ToDictionary(c => c, c =>
            {
                var shares = c == CreditColumn.Ledger ? [.. touches.Select(t => t.IsCause ? CreditShares.Whole : 0)] : CreditShares.Of(seen, Model(c), halfLife);
                return (shares, net.Split(shares));
            });
        }

        public OrderId Id { get; }

        public DateTimeOffset PlacedAt { get; }

        public Money Net { get; }

        public IReadOnlyList<TouchRow> Touches { get; }

        public long Millionths(CreditColumn column, Func<TouchRow, bool> of) => Touches.Select((t, i) => of(t) ? _by[column].Millionths[i] : 0).Sum();

        public long Credited(CreditColumn column, int touch) => _by[column].Money[touch].Minor;

        public Money Credited(CreditColumn column, Func<TouchRow, bool> of) => new(Touches.Select((t, i) => of(t) ? _by[column].Money[i].Minor : 0).Sum(), Net.Currency);

        private static AttributionModel Model(CreditColumn column) => Enum.Parse<AttributionModel>(column.ToString());
    }
}
