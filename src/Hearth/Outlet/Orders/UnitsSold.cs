using Hearth.Operations.Verification;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Units by the day of their order.</summary>
internal sealed class UnitsSold(Database db) : IUnitsSold
{
    public async Task<IReadOnlyList<int>> Of(IReadOnlyCollection<string> skus, DateOnly first, DateOnly end, CancellationToken ct)
    {
        var (from, until) = (new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero), new DateTimeOffset(end, TimeOnly.MinValue, TimeSpan.Zero));
        var sold = await db.Set<OrderLine>().Where(l => skus.Contains(l.Sku)).Join(db.Set<Order>().Where(o => o.PlacedAt >= from && o.PlacedAt < until), l => l.Order, o => o.Id, (l, o) => new { o.PlacedAt, l.Quantity })
            .ToListAsync(ct);
        var days = new int[end.DayNumber - first.DayNumber];
        foreach (var line in sold) days[DateOnly.FromDateTime(line.PlacedAt.UtcDateTime).DayNumber - first.DayNumber] += line.Quantity;
        return days;
    }
}
