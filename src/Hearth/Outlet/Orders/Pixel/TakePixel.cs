using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>
/// Takes an order that a browser tells on the shop's thank-you page. Anybody can send one, so it is marked unverified until the shop itself tells of the same order, and the shop's word then takes the place of
/// everything in it. Of an order that the shop told of before, within <see cref="TieFor"/>, a browser may still say by which click it came, if nothing else ties it.
/// </summary>
internal sealed class TakePixel(Database db, PlaceOrder place, TimeProvider clock)
{
    public static readonly TimeSpan TieFor = TimeSpan.FromDays(1);

    /// <returns>What is wrong with it; empty when it was taken, or is known and was passed over.</returns>
    public async Task<IReadOnlyList<FieldError>> Run(IncomingOrder told, CancellationToken ct)
    {
        var known = await Known(told, ct);
        if (known is null)
        {
            var placed = await place.Take(told with { Unverified = true }, ct);
            if (placed is Placed.Invalid invalid) return invalid.Errors;
            if (placed is Placed.Kept { Again: true }) known = await Known(told, ct); // somebody was faster, perhaps the shop
        }

        if (known is { Unverified: false, Click: null, Visitor: null, Code: null } && (told.Click ?? (object?)told.Visitor) is not null) await Tie(known, told, ct);
        return [];
    }

    private Task<Order?> Known(IncomingOrder told, CancellationToken ct) => db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(o => o.Number == told.Number, ct);

    private Task Tie(Order known, IncomingOrder told, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        var since = now - TieFor;
        var tied = await db.Set<Order>().Where(o => o.Id == known.Id && o.ReceivedAt > since && o.Click == null && o.Visitor == null && o.Code == null)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Click, told.Click).SetProperty(o => o.Visitor, told.Visitor).SetProperty(o => o.TiedByPixel, true), ct);
        if (tied == 0) return;
        db.Record(new OrderChanged(known.Id, now));
        await db.SaveChangesAsync(ct);
    }, ct);
}
