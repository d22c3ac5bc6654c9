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
public sealed record Touch(OfferId Offer, string Sku, DateTimeOffset At, TouchKind Kind, Guid Source, string From = "", int Generation = 0)
{
    /// <summary>What a set gives beside; empty unless the offer is one.</summary>
    public IReadOnlyCollection<string> Also { get; init; } = [];

    public bool Sells(string sku) => sku == Sku || Also.Contains(sku);
}

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
    /// <summary>The journeys of the visitors whom these orders belong to, and of these visitors; each visitor once, and each order that belongs to nobody alone.</summary>
    /// <param name="ids">Known orders.</param>
    /// <param name="also">Visitors, known or not.</param>
    /// <param name="ct">Stops reading.</param>
    public async Task<IReadOnlyList<Journey>> Of(IReadOnlyCollection<OrderId> ids, IReadOnlyCollection<VisitorId> also, CancellationToken ct)
    {
        var orders = await db.Set<Order>().AsNoTracking().Where(o => ids.Contains(o.Id)).ToListAsync(ct);
        var named = await Named(orders, ct);
        var alone = orders.Where(o => named[o.Id].Visitor is null).ToList();
        List<VisitorId?> visitors = [.. orders.Select(o => named[o.Id].Visitor).Concat(also.Cast<VisitorId?>()).OfType<VisitorId>().Distinct()];
        return
        [
            .. (await With(alone, named, ct)).Select(o => new Journey(null, [o], [])),
            .. visitors.Count == 0 ? [] : await Of(visitors, ct),
        ];
    }

    private async Task<IEnumerable<Journey>> Of(List<VisitorId?> visitors, CancellationToken ct)
    {
        // Clicks and codes first, then orders by them: asked for all at once, the database would look through every order that names no browser.
        var clicks = await db.Set<Click>().Where(c => visitors.Contains(c.Visitor)).Join(db.Set<Offer>(), c => c.Offer, o => o.Id, (c, o) => new { c.Visitor, c.Id, c.Offer, o.Sku, c.At, c.From, c.Generation, c.Kind }).ToListAsync(ct);
        var claims = await db.Set<Claim>().Where(c => visitors.Contains(c.Visitor) && c.ClaimedAt != null).Join(db.Set<Offer>(), c => c.Offer, o => o.Id, (c, o) => new { c.Visitor, c.Id, c.Offer, o.Sku, c.ClaimedAt, c.Code }).ToListAsync(ct);
        var (ids, used) = (clicks.ConvertAll(c => (ClickId?)c.Id), claims.ConvertAll(c => c.Code));
        var all = await db.Set<Order>().AsNoTracking().Where(o => visitors.Contains(o.Visitor)).ToListAsync(ct);
        all.AddRange(await db.Set<Order>().AsNoTracking().Where(o => ids.Contains(o.Click)).ToListAsync(ct));
        all.AddRange(await db.Set<Order>().AsNoTracking().Where(o => used.Contains(o.Code)).ToListAsync(ct));
        all = [.. all.DistinctBy(o => o.Id)];
        var named = await Named(all, ct);
        var theirs = all.ToLookup(o => named[o.Id].Visitor);

        var sets = await Sets([.. clicks.Select(c => c.Offer), .. claims.Select(c => c.Offer)], ct);
        var touches = clicks.Where(c => c.Kind == ClickKind.Person).ToLookup(c => c.Visitor, t => new Touch(t.Offer, t.Sku, t.At, TouchKind.Click, t.Id.Value, t.From, t.Generation) { Also = [.. sets[t.Offer]] });
        var codes = claims.ToLookup(c => (VisitorId?)c.Visitor, t => new Touch(t.Offer, t.Sku, t.ClaimedAt!.Value, TouchKind.Code, t.Id.Value) { Also = [.. sets[t.Offer]] });
        var orders = (await With([.. visitors.SelectMany(v => theirs[v])], named, ct)).ToDictionary(o => o.Id);
        return visitors.Select(v => new Journey(v, [.. theirs[v].Select(o => orders[o.Id])],
        [
            .. touches[v].Concat(codes[v]).Concat(theirs[v].SelectMany(o => new[] { named[o.Id].Code, named[o.Id].Click }).OfType<Touch>()).DistinctBy(t => (t.Kind, t.Source)),
        ]));
    }

    /// <summary>The orders that name one of these clicks.</summary>
    public async Task<IReadOnlyList<OrderId>> Naming(IReadOnlyCollection<ClickId> clicks, CancellationToken ct)
    {
        List<ClickId?> ids = [.. clicks];
        return ids.Count == 0 ? [] : await db.Set<Order>().Where(o => ids.Contains(o.Click)).Select(o => o.Id).ToListAsync(ct);
    }

    private sealed record Names(VisitorId? Visitor, Touch? Code, Touch? Click);

    private async Task<Dictionary<OrderId, Names>> Named(List<Order> orders, CancellationToken ct)
    {
        var (ids, codes) = (orders.Select(o => o.Click).OfType<ClickId>().ToList(), orders.Select(o => o.Code).OfType<string>().ToList());
        var clicks = await db.Set<Click>().Where(c => ids.Contains(c.Id)).Join(db.Set<Offer>(), c => c.Offer, o => o.Id, (c, o) => new { c.Id, c.Offer, o.Sku, c.At, c.Visitor, c.From, c.Generation })
            .ToDictionaryAsync(c => c.Id, ct);
        var claims = await db.Set<Claim>().Where(c => c.Code != null && codes.Contains(c.Code)).Join(db.Set<Offer>(), c => c.Offer, o => o.Id, (c, o) => new { c.Id, c.Code, c.Offer, o.Sku, c.ClaimedAt, c.Visitor })
            .ToDictionaryAsync(c => c.Code!, StringComparer.Ordinal, ct);
        var sets = await Sets([.. clicks.Values.Select(c => c.Offer), .. claims.Values.Select(c => c.Offer)], ct);
        return orders.ToDictionary(o => o.Id, o =>
        {
            var click = o.Click is { } id ? clicks.GetValueOrDefault(id) : null;
            var claim = o.Code is { } code ? claims.GetValueOrDefault(code) : null;
            return new Names(o.Visitor ?? click?.Visitor ?? claim?.Visitor,
                claim is null ? null : new(claim.Offer, claim.Sku, claim.ClaimedAt!.Value, TouchKind.Code, claim.Id.Value) { Also = [.. sets[claim.Offer]] },
                click is null ? null : new(click.Offer, click.Sku, click.At, TouchKind.Click, click.Id.Value, click.From, click.Generation) { Also = [.. sets[click.Offer]] });
        });
    }

    private async Task<ILookup<OfferId, string>> Sets(IEnumerable<OfferId> offers, CancellationToken ct)
    {
        var ids = offers.Distinct().ToList();
        return (ids.Count == 0 ? [] : await db.Set<OfferPart>().Where(p => ids.Contains(p.Offer)).Select(p => new { p.Offer, p.Sku }).ToListAsync(ct)).ToLookup(p => p.Offer, p => p.Sku);
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
