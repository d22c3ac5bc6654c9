using Hearth.Operations.Delight;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Orders placed with a code that somebody claimed under a handle or an address: the one way in which an order says who a person is.</summary>
internal sealed class ReturnOrders(Database db) : IReturnOrders
{
    private const int AtOnce = 500;

    public async Task<IReadOnlyList<ReturnOrder>> Of(IReadOnlyCollection<string> contacts, DateTimeOffset since, DateTimeOffset until, CancellationToken ct)
    {
        var found = new List<ReturnOrder>();
        foreach (var chunk in contacts.Chunk(AtOnce))
        {
            var rows = await db.Set<Claim>().AsNoTracking().Where(c => chunk.Contains(c.Contact) && c.Code != null).Join(db.Set<Order>().AsNoTracking().Where(o => o.PlacedAt >= since && o.PlacedAt <= until), c => c.Code, o => o.Code, (c, o) => new { c.Contact, Order = o }).ToListAsync(ct);
            var ids = rows.Select(r => r.Order.Id).Distinct().ToArray();
            var refunds = (await db.Set<OrderLine>().AsNoTracking().Where(l => ids.Contains(l.Order)).ToListAsync(ct)).ToLookup(l => l.Order, l => l.Refunded);
            found.AddRange(rows.Select(r => new ReturnOrder(r.Contact, r.Order.PlacedAt, refunds[r.Order.Id].Aggregate(r.Order.Total, (left, back) => left - back))));
        }

        return found;
    }
}
