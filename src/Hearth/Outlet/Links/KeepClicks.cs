using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Brings clicks into the database, once each, and has the credit for orders since then worked out anew.</summary>
internal sealed class KeepClicks(Database db)
{
    /// <summary>Two transactions: the clicks, then the word to those orders that came before them. A caller that is killed between them gives the same clicks again. Not inside a transaction of the caller's.</summary>
    /// <param name="clicks">An id that is known already is passed over.</param>
    /// <param name="ct">Stops between the two.</param>
    /// <returns>How many were new.</returns>
    public async Task<int> Take(IReadOnlyList<Click> clicks, CancellationToken ct)
    {
        var added = await db.InTransaction(async () =>
        {
            var ids = clicks.Select(c => c.Id).ToList();
            var known = (await db.Set<Click>().Where(c => EF.Parameter(ids).Contains(c.Id)).Select(c => c.Id).ToListAsync(ct)).ToHashSet();
            var fresh = clicks.Where(c => known.Add(c.Id)).ToList();
            await db.InsertAll(fresh, ct);
            return fresh.Count;
        }, ct);
        await TellOrders(clicks, ct);
        return added;
    }

    // An order may be quicker than the click it came by. Asked once the clicks stand: whoever credited an order before could not see them. Telling twice changes nothing.
    private async Task TellOrders(IReadOnlyList<Click> clicks, CancellationToken ct)
    {
        var people = clicks.Where(c => c.Visitor is not null).ToList();
        if (people.Count == 0) return;
        var (ids, visitors, from) = (people.ConvertAll(c => (ClickId?)c.Id), people.ConvertAll(c => c.Visitor).Distinct().ToList(), people.Min(c => c.At));
        var orders = await db.Set<Order>().AsNoTracking().Where(o => ids.Contains(o.Click)).Select(o => new { o.Click, o.Visitor }).ToListAsync(ct);
        orders.AddRange(await db.Set<Order>().AsNoTracking().Where(o => visitors.Contains(o.Visitor) && o.PlacedAt >= from).Select(o => new { o.Click, o.Visitor }).ToListAsync(ct));
        if (orders.Count == 0) return;
        var (named, came) = (orders.Select(o => o.Click).ToHashSet(), orders.Select(o => o.Visitor).ToHashSet());
        await db.InTransaction(async () =>
        {
            foreach (var click in people.Where(c => named.Contains(c.Id) || came.Contains(c.Visitor))) db.Record(new PastClickAdded(click.Id, click.Offer, click.Visitor!.Value, click.At));
            await db.SaveChangesAsync(ct);
        }, ct);
    }
}

/// <summary>A click of the past, from another system's log.</summary>
public sealed record PastClick(OfferId Offer, VisitorId Visitor, DateTimeOffset At, string From = "", ClickId? Id = null);

/// <summary>Adds people's clicks of the past.</summary>
public sealed class AddPastClicks(Database db)
{
    /// <summary>Not inside a transaction of the caller's. An id that is known already is passed over; given again after a crash, the same clicks with the same ids are kept once.</summary>
    /// <returns>How many were new.</returns>
    public Task<int> Take(IReadOnlyList<PastClick> clicks, CancellationToken ct) => new KeepClicks(db).Take(
    [
        .. clicks.Select(past => new Click
        {
            Id = past.Id ?? new ClickId(Ids.New(past.At)), Offer = past.Offer, Visitor = past.Visitor, Kind = ClickKind.Person, From = past.From, UserAgent = "import", At = past.At,
        }),
    ], ct);
}
