using System.Globalization;
using System.Text.Json;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Keeps orders equal to what a shop said last of them. All in the caller's transaction, which holds the shop's row.</summary>
internal sealed class KeepShopOrder(Database db, PlaceOrder place, RefundOrder refunds, RedeemClaim redeem, AmendOrder amend)
{
    private const string CalledOff = "cancelled";

    /// <exception cref="NotKept">It cannot be used.</exception>
    public async Task Order(Shop shop, ShopOrder told, CancellationToken ct)
    {
        var row = await Row(shop, told.Key, ct);
        if (row is null || told.ChangedAt >= row.ChangedAt) row = await Newer(shop, told, row, ct);
        if (row.Order is not { } order) return; // called off since
        foreach (var waiting in await Waiting(shop, told.Key, ct)) await PayBack(order, row, waiting, ct);
        await db.Set<WaitingRefund>().Where(w => w.Shop == shop.Id && w.Key == told.Key).ExecuteDeleteAsync(ct);
        foreach (var refund in told.Refunds.OrderBy(r => r.At).ThenBy(r => r.Refund, StringComparer.Ordinal)) await PayBack(order, row, refund, ct);
        if (told.CalledOffAt is { } at && told.ChangedAt >= row.ChangedAt) await PayBackRest(order, at, ct);
    }

    /// <summary>Pays back now, or when the order comes.</summary>
    /// <exception cref="NotKept">It cannot be used.</exception>
    public async Task Refund(Shop shop, ShopRefund told, CancellationToken ct)
    {
        if (await Row(shop, told.Key, ct) is { } row)
        {
            if (row.Order is { } order) await PayBack(order, row, told, ct);
            return;
        }

        if (await db.Set<WaitingRefund>().AnyAsync(w => w.Shop == shop.Id && w.Key == told.Key && w.Refund == told.Refund, ct)) return;
        db.Add(new WaitingRefund { Shop = shop.Id, Key = told.Key, Refund = told.Refund, At = told.At, Body = JsonSerializer.Serialize(told, Json.Options) });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Pays back what is left. An order that is not known will not count either, should older words of it still come.</summary>
    public async Task CallOff(Shop shop, string key, DateTimeOffset at, CancellationToken ct)
    {
        if (await Row(shop, key, ct) is not { } row)
        {
            db.Add(new ShopOrderRow { Shop = shop.Id, Key = key, Order = null, ChangedAt = at, Lines = "", TaxOnTop = true });
            await db.SaveChangesAsync(ct);
        }
        else if (row.Order is { } order && at >= row.ChangedAt) await PayBackRest(order, at, ct);
    }

    private async Task<ShopOrderRow> Newer(Shop shop, ShopOrder told, ShopOrderRow? row, CancellationToken ct)
    {
        if (told.Lines.DistinctBy(l => l.Key).Count() != told.Lines.Count) throw new NotKept([new("line_items", "must each have an id of their own")]);
        var code = told.Codes.Select(ClaimCode.Normal).FirstOrDefault(ClaimCode.IsWellFormed);
        var incoming = new IncomingOrder(shop.Prefix + told.Number, told.PlacedAt, [.. told.Lines.Select(l => new IncomingLine(l.Sku, l.Quantity, l.Amount))], code, told.Click, told.Visitor);
        var (order, lines) = row?.Order is { } known ? (known, Change(await amend.Change(known, incoming, Places(row, told), ct))) : (await Place(incoming, ct), [.. Enumerable.Range(1, told.Lines.Count)]);
        var places = string.Join(',', told.Lines.Zip(lines, (l, at) => string.Create(CultureInfo.InvariantCulture, $"{l.Key}:{at}")));
        if (row is null) db.Add(row = new ShopOrderRow { Shop = shop.Id, Key = told.Key, Order = order, ChangedAt = told.ChangedAt, Lines = places, TaxOnTop = told.TaxOnTop });
        else
        {
            (row.Order, row.ChangedAt, row.Lines, row.TaxOnTop) = (order, told.ChangedAt, places, told.TaxOnTop);
            db.Update(row); // placing forgets what it knew when somebody else placed it first
        }

        await db.SaveChangesAsync(ct);
        if (code is not null) await redeem.Use(code, incoming.Number, "shop:" + shop.Id.Value, ct); // a code used before, or of another house, changes nothing here
        return row;
    }

    private async Task<OrderId> Place(IncomingOrder incoming, CancellationToken ct) => await place.Take(incoming, ct) switch
    {
        Placed.Kept kept => kept.Order,
        Placed.Differs differs => throw new NotKept([new("order", $"{incoming.Number} is known from elsewhere with other contents"), .. differs.Differences]),
        Placed.Invalid invalid => throw new NotKept(invalid.Errors),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IReadOnlyList<int> Change(Amended amended) => amended switch
    {
        Amended.Done done => done.Lines,
        Amended.Invalid invalid => throw new NotKept(invalid.Errors),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static List<int> Places(ShopOrderRow row, ShopOrder told)
    {
        var known = Places(row);
        return [.. told.Lines.Select(l => known.GetValueOrDefault(l.Key))];
    }

    private static Dictionary<string, int> Places(ShopOrderRow row) =>
        row.Lines.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(':')).ToDictionary(p => p[0], p => int.Parse(p[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private Task<ShopOrderRow?> Row(Shop shop, string key, CancellationToken ct) => db.Set<ShopOrderRow>().SingleOrDefaultAsync(o => o.Shop == shop.Id && o.Key == key, ct);

    private async Task<IReadOnlyList<ShopRefund>> Waiting(Shop shop, string key, CancellationToken ct) =>
        [.. (await db.Set<WaitingRefund>().AsNoTracking().Where(w => w.Shop == shop.Id && w.Key == key).OrderBy(w => w.At).ThenBy(w => w.Refund).ToListAsync(ct)).Select(w => JsonSerializer.Deserialize<ShopRefund>(w.Body, Json.Options)!)];

    private async Task PayBack(OrderId id, ShopOrderRow row, ShopRefund told, CancellationToken ct)
    {
        var (order, left) = await Left(id, ct);
        if (await db.Set<OrderRefund>().AnyAsync(r => r.Order == id && r.Refund == told.Refund, ct)) return;
        await Take(order, told.Refund, told.At, Share(told, row, order.Total.Currency, left), ct);
    }

    private async Task PayBackRest(OrderId id, DateTimeOffset at, CancellationToken ct)
    {
        var (order, left) = await Left(id, ct);
        if (await db.Set<OrderRefund>().AnyAsync(r => r.Order == id && r.Refund == CalledOff, ct)) return;
        await Take(order, CalledOff, at, left, ct);
    }

    private async Task<(Order Order, IReadOnlyDictionary<int, long> Left)> Left(OrderId id, CancellationToken ct)
    {
        // Takes the order's row until commit, so that nobody pays back between this look and our own paying back.
        await db.Set<Order>().Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Refunds, o => o.Refunds), ct);
        var lines = await db.Set<OrderLine>().AsNoTracking().Where(l => l.Order == id).OrderBy(l => l.Line).ToListAsync(ct);
        return (await db.Set<Order>().AsNoTracking().SingleAsync(o => o.Id == id, ct), lines.ToDictionary(l => l.Line, l => l.Amount.Minor - l.Refunded.Minor));
    }

    private async Task Take(Order order, string refund, DateTimeOffset at, IReadOnlyDictionary<int, long> amounts, CancellationToken ct)
    {
        var lines = amounts.Where(a => a.Value > 0).OrderBy(a => a.Key).Select(a => new RefundedLine(a.Key, new(a.Value, order.Total.Currency))).ToList();
        if (lines.Count > 0 && await refunds.Take(new(order.Number, refund, at, lines), ct) is Refunded.Invalid invalid) throw new NotKept(invalid.Errors);
    }

    /// <summary>
    /// Minor units of each line that a refund pays back. Named lines share what was paid by what they are worth, and get no more than that: the rest was for shipping. A refund without lines is shared by what is
    /// left of each. No line gets more than is left of it.
    /// </summary>
    private static IReadOnlyDictionary<int, long> Share(ShopRefund told, ShopOrderRow row, string currency, IReadOnlyDictionary<int, long> left)
    {
        var places = Places(row);
        var worth = told.Lines.Where(l => left.ContainsKey(places.GetValueOrDefault(l.Line))).GroupBy(l => places[l.Line])
            .ToDictionary(g => g.Key, g => Math.Max(0, ShopJson.Round(g.Sum(l => l.Net + (row.TaxOnTop ? l.Tax : 0)), currency).Minor));
        if (worth.Count == 0 && told.Lines.Count == 0) worth = left.ToDictionary();
        var most = worth.Values.Sum();
        if (most == 0) return worth;
        var paid = told.Paid is { } given ? Math.Min(most, ShopJson.Round(given, currency).Minor) : most;
        var keys = worth.Keys.Order().ToArray();
        var parts = new Money(paid, currency).Split([.. keys.Select(k => worth[k])]);
        return keys.Zip(parts).ToDictionary(p => p.First, p => Math.Min(p.Second.Minor, left[p.First]));
    }
}
