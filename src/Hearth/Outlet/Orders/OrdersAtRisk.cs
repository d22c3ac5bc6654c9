using Hearth.Operations.Proposals;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Orders with an article, and those of them in which some of it was paid back.</summary>
internal sealed class OrdersAtRisk(Database db) : IOrdersAtRisk
{
    public async Task<(int Orders, int Refunded)> Of(string sku, DateTimeOffset since, CancellationToken ct)
    {
        var recent = db.Set<Order>().Where(o => o.PlacedAt >= since);
        var lines = db.Set<OrderLine>().Where(l => l.Sku == sku).Join(recent, l => l.Order, o => o.Id, (l, _) => l);
        var orders = await lines.Select(l => l.Order).Distinct().CountAsync(ct);
        var refunded = await lines.Where(l => db.Set<OrderRefund>().Any(r => r.Order == l.Order && r.Line == l.Line)).Select(l => l.Order).Distinct().CountAsync(ct);
        return (orders, refunded);
    }
}
