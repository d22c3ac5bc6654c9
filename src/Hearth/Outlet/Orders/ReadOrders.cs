using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>An order in a list.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Number">The shop's own id.</param>
/// <param name="PlacedAt">When the customer ordered.</param>
/// <param name="Total">Sum of its lines as paid.</param>
/// <param name="Refunded">Of that, paid back.</param>
/// <param name="Code">The claim code it used, if any.</param>
/// <param name="Click">The click it named, if any.</param>
/// <param name="Visitor">The browser it named, if any.</param>
/// <param name="Unverified">True while only a page of the shop told of it, in a browser, and not the shop itself.</param>
public sealed record OrderView(OrderId Id, string Number, DateTimeOffset PlacedAt, Money Total, Money Refunded, string? Code, ClickId? Click, VisitorId? Visitor, bool Unverified)
{
    public Money Net => Total - Refunded;
}

/// <summary>A line of an order.</summary>
public sealed record LineView(int Line, string Sku, int Quantity, Money Amount, Money Refunded);

/// <summary>Money paid back for a line.</summary>
public sealed record RefundView(string Refund, int Line, Money Amount, DateTimeOffset At);

/// <summary>An order with everything known of it.</summary>
public sealed record OrderDetail(OrderView Order, IReadOnlyList<LineView> Lines, IReadOnlyList<RefundView> Refunds);

/// <summary>All orders of a currency in a time.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Orders">How many.</param>
/// <param name="Gross">As paid.</param>
/// <param name="Refunded">Of that, paid back up to now.</param>
public sealed record OrderSum(string Currency, int Orders, Money Gross, Money Refunded)
{
    public Money Net => Gross - Refunded;
}

/// <summary>What is left of an order.</summary>
/// <param name="Order">Which.</param>
/// <param name="PlacedAt">When the customer ordered.</param>
/// <param name="Net">As paid, less what was paid back up to now.</param>
public sealed record OrderNet(OrderId Order, DateTimeOffset PlacedAt, Money Net);

public sealed class ReadOrders(Database db)
{
    /// <summary>Orders placed from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive), newest first.</summary>
    /// <param name="from">Null for all of the past.</param>
    /// <param name="to">Null for no end.</param>
    /// <param name="search">Part of the order's number; null or empty for all.</param>
    /// <param name="after">From <see cref="Page{T}.Next"/> of the page before.</param>
    /// <param name="size">1 to 500, 50 unless told.</param>
    /// <param name="ct">Stops the reading.</param>
    public async Task<Page<OrderView>?> List(DateTimeOffset? from, DateTimeOffset? to, string? search, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var last)) return null;
        var take = Keyset.Size(size);
        var orders = db.Set<Order>().AsNoTracking().Where(o => (from == null || o.PlacedAt >= from) && (to == null || o.PlacedAt < to));
        if (!string.IsNullOrWhiteSpace(search))
        {
            var part = search.Trim();
            orders = orders.Where(o => o.Number.Contains(part));
        }

        if (last is not null)
        {
            orders = orders.Where(o => o.PlacedAt < last.At || (o.PlacedAt == last.At && string.Compare(o.Number, last.Number) > 0));
        }

        var rows = await orders.OrderByDescending(o => o.PlacedAt).ThenBy(o => o.Number).Take(take + 1)
            .Select(o => new { Order = o, Refunded = db.Set<OrderLine>().Where(l => l.Order == o.Id).Sum(l => l.Refunded.Minor) }).ToListAsync(ct);
        return Keyset.Cut(rows, take, r => new Place(r.Order.PlacedAt, r.Order.Number)).Select(r => View(r.Order, r.Refunded));
    }

    /// <summary>By the shop's own id; null when it is not known.</summary>
    public async Task<OrderDetail?> One(string number, CancellationToken ct)
    {
        if (await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(o => o.Number == number, ct) is not { } order) return null;
        var lines = await db.Set<OrderLine>().AsNoTracking().Where(l => l.Order == order.Id).OrderBy(l => l.Line).ToListAsync(ct);
        var refunds = await db.Set<OrderRefund>().AsNoTracking().Where(r => r.Order == order.Id).OrderBy(r => r.At).ThenBy(r => r.Line).ToListAsync(ct);
        return new(View(order, lines.Sum(l => l.Refunded.Minor)), [.. lines.Select(l => new LineView(l.Line, l.Sku, l.Quantity, l.Amount, l.Refunded))],
            [.. refunds.Select(r => new RefundView(r.Refund, r.Line, r.Amount, r.At))]);
    }

    /// <summary>How many of the orders placed from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive) only a browser told of.</summary>
    public Task<int> Unverified(DateTimeOffset from, DateTimeOffset to, CancellationToken ct) => db.Set<Order>().CountAsync(o => o.PlacedAt >= from && o.PlacedAt < to && o.Unverified, ct);

    /// <summary>The shop's own ids.</summary>
    public async Task<IReadOnlyDictionary<OrderId, string>> Numbers(IReadOnlyCollection<OrderId> ids, CancellationToken ct) =>
        await db.Set<Order>().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Number, ct);

    /// <summary>Sums by currency of the orders placed from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive).</summary>
    public async Task<IReadOnlyList<OrderSum>> Sums(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var orders = db.Set<Order>().Where(o => o.PlacedAt >= from && o.PlacedAt < to);
        var counts = await orders.GroupBy(o => o.Total.Currency).Select(g => new { Currency = g.Key, Count = g.Count() }).ToListAsync(ct);
        var sums = await orders.Join(db.Set<OrderLine>(), o => o.Id, l => l.Order, (_, l) => l).GroupBy(l => l.Amount.Currency)
            .Select(g => new { Currency = g.Key, Gross = g.Sum(l => l.Amount.Minor), Refunded = g.Sum(l => l.Refunded.Minor) }).ToDictionaryAsync(s => s.Currency, ct);
        return [.. counts.OrderBy(c => c.Currency, StringComparer.Ordinal).Select(c => new OrderSum(c.Currency, c.Count, new(sums[c.Currency].Gross, c.Currency), new(sums[c.Currency].Refunded, c.Currency)))];
    }

    /// <summary>What is left of each order after refunds, of the orders placed from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive) in other currencies than one; by number.</summary>
    public async Task<IReadOnlyList<OrderNet>> Nets(DateTimeOffset from, DateTimeOffset to, string except, CancellationToken ct) =>
        [.. (await db.Set<Order>().Where(o => o.PlacedAt >= from && o.PlacedAt < to && o.Total.Currency != except).OrderBy(o => o.Number)
            .Select(o => new { o.Id, o.PlacedAt, o.Total.Currency, Net = db.Set<OrderLine>().Where(l => l.Order == o.Id).Sum(l => l.Amount.Minor - l.Refunded.Minor) }).ToListAsync(ct))
            .Select(o => new OrderNet(o.Id, o.PlacedAt, new(o.Net, o.Currency)))];

    private static OrderView View(Order o, long refunded) => new(o.Id, o.Number, o.PlacedAt, o.Total, new(refunded, o.Total.Currency), o.Code, o.Click, o.Visitor, o.Unverified);

    private sealed record Place(DateTimeOffset At, string Number);
}
