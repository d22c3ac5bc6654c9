using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

public enum TouchKind
{
    Click,
    Code,
}

/// <summary>A moment at which a person came by an offer.</summary>
/// <param name="Offer">Which offer.</param>
/// <param name="Sku">What that offer sells.</param>
/// <param name="At">When they followed the link or got the code.</param>
/// <param name="Kind">By link or by code.</param>
/// <param name="Source">The click or the claim.</param>
/// <param name="From">Host of the page a click came from; empty when not told.</param>
/// <param name="Generation">0 for the offer's own link; for a personal link how many people handed it on, 1 and up.</param>
public sealed record Touch(OfferId Offer, string Sku, DateTimeOffset At, TouchKind Kind, Guid Source, string From = "", int Generation = 0);

/// <summary>An order with the touches that it names itself.</summary>
public sealed record JourneyOrder(OrderId Id, string Number, DateTimeOffset PlacedAt, Touch? Code, Touch? Click, IReadOnlyList<LineView> Lines, IReadOnlyList<RefundView> Refunds);

/// <summary>All orders of one visitor and all touches before, between and after them.</summary>
/// <param name="Visitor">Whose; null for an order that nothing ties to a browser, which then stands alone.</param>
/// <param name="Orders">In no particular order.</param>
/// <param name="Touches">The visitor's clicks, claims, and what their orders name; in no particular order.</param>
public sealed record Journey(VisitorId? Visitor, IReadOnlyList<JourneyOrder> Orders, IReadOnlyList<Touch> Touches);

/// <summary>
/// Reads what credit for orders is worked out from. An order belongs to the browser that it names, else to that of the click it names, else to that of the
/// claim whose code it used. The answer depends only on what is stored, not on the order in which it came.
/// </summary>
public sealed class ReadJourney(Database db)
{
    /// <summary>The journey of the visitor whom this order belongs to.</summary>
    public async Task<Journey> Of(OrderId id, CancellationToken ct)
    {
        var order = await db.Set<Order>().AsNoTracking().SingleAsync(o => o.Id == id, ct);
        var named = await Named([order], ct);
        return named[order.Id].Visitor is { } visitor ? await Of(visitor, ct) : new(null, await With([order], named, ct), []);
    }

    public async Task<Journey> Of(VisitorId visitor, CancellationToken ct)
    {
        var clicks = db.Set<Click>().Where(c => c.Visitor == visitor);
        var claims = db.Set<Claim>().Where(c => c.Visitor == visitor);
        var mine = await db.Set<Order>().AsNoTracking().Where(o => o.Visitor == visitor).ToListAsync(ct);
        mine.AddRange(await db.Set<Order>().AsNoTracking().Where(o => o.Visitor == null && clicks.Any(c => c.Id == o.Click)).ToListAsync(ct));
        mine.AddRange(await db.Set<Order>().AsNoTracking().Where(o => o.Visitor == null && o.Code != null && claims.Any(c => c.Code == o.Code)).ToListAsync(ct));
        mine = [.. mine.DistinctBy(o => o.Id)];
        var named = await Named(mine, ct);
        mine.RemoveAll(o => named[o.Id].Visitor != visitor);

        var touches = await clicks.Where(c => c.Kind == ClickKind.Person).Join(db.Set<Offer>(), c => c.Offer, o => o.Id, (c, o) => new { c.Id, c.Offer, o.Sku, c.At, c.From, c.Generation }).ToListAsync(ct);
        var codes = await claims.Where(c => c.ClaimedAt != null).Join(db.Set<Offer>(), c => c.Offer, o => o.Id, (c, o) => new { c.Id, c.Offer, o.Sku, c.ClaimedAt }).ToListAsync(ct);
        return new(visitor, await With(mine, named, ct),
        [
            .. touches.Select(t => new Touch(t.Offer, t.Sku, t.At, TouchKind.Click, t.Id.Value, t.From, t.Generation))
                .Concat(codes.Select(t => new Touch(t.Offer, t.Sku, t.ClaimedAt!.Value, TouchKind.Code, t.Id.Value)))
                .Concat(mine.SelectMany(o => new[] { named[o.Id].Code, named[o.Id].Click }).OfType<Touch>())
                .DistinctBy(t => (t.Kind, t.Source)),
        ]);
    }

    /// <summary>The orders that name this click.</summary>
    public async Task<IReadOnlyList<OrderId>> Naming(ClickId click, CancellationToken ct) =>
        await db.Set<Order>().Where(o => o.Click == click).Select(o => o.Id).ToListAsync(ct);

    private sealed record Names(VisitorId? Visitor, Touch? Code, Touch? Click);

    private async Task<Dictionary<OrderId, Names>> Named(List<Order> orders, CancellationToken ct)
    {
        var (ids, codes) = (orders.Select(o => o.Click).OfType<ClickId>().ToList(), orders.Select(o => o.Code).OfType<string>().ToList());
        var clicks = await db.Set<Click>().Where(c => ids.Contains(c.Id)).Join(db.Set<Offer>(), c => c.Offer, o => o.Id, (c, o) => new { c.Id, c.Offer, o.Sku, c.At, c.Visitor, c.From, c.Generation })
            .ToDictionaryAsync(c => c.Id, ct);
        var claims = await db.Set<Claim>().Where(c => c.Code != null && codes.Contains(c.Code)).Join(db.Set<Offer>(), c => c.Offer, o => o.Id, (c, o) => new { c.Id, c.Code, c.Offer, o.Sku, c.ClaimedAt, c.Visitor })
            .ToDictionaryAsync(c => c.Code!, StringComparer.Ordinal, ct);
        return orders.ToDictionary(o => o.Id, o =>
        {
            var click = o.Click is { } id ? clicks.GetValueOrDefault(id) : null;
            var claim = o.Code is { } code ? claims.GetValueOrDefault(code) : null;
            return new Names(o.Visitor ?? click?.Visitor ?? claim?.Visitor,
                claim is null ? null : new(claim.Offer, claim.Sku, claim.ClaimedAt!.Value, TouchKind.Code, claim.Id.Value),
                click is null ? null : new(click.Offer, click.Sku, click.At, TouchKind.Click, click.Id.Value, click.From, click.Generation));
        });
    }

    private async Task<IReadOnlyList<JourneyOrder>> With(List<Order> orders, Dictionary<OrderId, Names> named, CancellationToken ct)
    {
        var ids = orders.ConvertAll(o => o.Id);
        var lines = (await db.Set<OrderLine>().AsNoTracking().Where(l => ids.Contains(l.Order)).ToListAsync(ct)).ToLookup(l => l.Order);
        var refunds = (await db.Set<OrderRefund>().AsNoTracking().Where(r => ids.Contains(r.Order)).ToListAsync(ct)).ToLookup(r => r.Order);
        return [.. orders.Select(o => new JourneyOrder(o.Id, o.Number, o.PlacedAt, named[o.Id].Code, named[o.Id].Click,
            [.. lines[o.Id].OrderBy(l => l.Line).Select(l => new LineView(l.Line, l.Sku, l.Quantity, l.Amount, l.Refunded))],
            [.. refunds[o.Id].Select(r => new RefundView(r.Refund, r.Line, r.Amount, r.At))]))];
    }
}
