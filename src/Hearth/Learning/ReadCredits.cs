using System.Linq.Expressions;
using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

/// <summary>Which lines of the credit ledger.</summary>
/// <param name="From">First instant counted; null for all of the past.</param>
/// <param name="To">First instant not counted any more; null for no end.</param>
/// <param name="Offer">Only what is credited to it.</param>
/// <param name="Kind">Only direct, halo or unattributed.</param>
/// <param name="Currency">Only this one.</param>
/// <param name="Refunds">True for refunds only, false for sales only, null for both.</param>
/// <param name="Basis">Only what is tied in this way.</param>
/// <param name="Amplified">True for what came by personal links, false for the rest, null for both.</param>
/// <param name="Generation">Only what came by personal links of this generation.</param>
/// <param name="Attributed">True for what is credited to any offer, false for the rest, null for both.</param>
public sealed record CreditFilter(DateTimeOffset? From = null, DateTimeOffset? To = null, OfferId? Offer = null, CreditKind? Kind = null, string? Currency = null, bool? Refunds = null, CreditBasis? Basis = null,
    bool? Amplified = null, int? Generation = null, bool? Attributed = null);

/// <summary>A line of the ledger with the shop's id of its order.</summary>
public sealed record CreditView(string Number, CreditEntry Entry);

/// <summary>The rows behind each number of the report.</summary>
public sealed class ReadCredits(Database db, ReadOrders orders)
{
    /// <summary>Newest order first.</summary>
    public async Task<Page<CreditView>?> List(CreditFilter filter, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<CreditPlace>(after, out var last)) return null;
        var take = Keyset.Size(size);
        var found = await Rows(filter, last, take + 1, ct);
        var numbers = await orders.Numbers([.. found.Select(c => c.Order).Distinct()], ct);
        return Keyset.Cut(found, take, c => new CreditPlace(c.PlacedAt, c.Number)).Select(c => new CreditView(numbers[c.Order], c.Entry));
    }

    /// <summary>The credit of one order, by line.</summary>
    public async Task<IReadOnlyList<CreditEntry>> Of(OrderId order, CancellationToken ct) =>
        [.. (await db.Set<CreditRow>().AsNoTracking().Where(c => c.Order == order).OrderBy(c => c.Line).ThenBy(c => c.Refund).ToListAsync(ct)).Select(c => c.Entry)];

    /// <summary>Sums of what a filter shows, by currency.</summary>
    public async Task<IReadOnlyList<Money>> Sum(CreditFilter filter, CancellationToken ct) =>
        [.. (await Rows(filter).GroupBy(c => c.Amount.Currency).Select(g => new { Currency = g.Key, Minor = g.Sum(c => c.Amount.Minor) }).ToListAsync(ct))
            .OrderBy(s => s.Currency, StringComparer.Ordinal).Select(s => new Money(s.Minor, s.Currency))];

    internal static Expression<Func<CreditRow, bool>> Which(CreditFilter f) => c => (f.From == null || c.PlacedAt >= f.From) && (f.To == null || c.PlacedAt < f.To)
        && (f.Offer == null || c.Offer == f.Offer) && (f.Kind == null || c.Kind == f.Kind) && (f.Currency == null || c.Amount.Currency == f.Currency)
        && (f.Refunds == null || (c.Refund != "") == f.Refunds) && (f.Basis == null || c.Basis == f.Basis) && (f.Amplified == null || (c.Generation > 0) == f.Amplified) && (f.Generation == null || c.Generation == f.Generation)
        && (f.Attributed == null || (c.Offer != null) == f.Attributed);

    private IQueryable<CreditRow> Rows(CreditFilter f) => db.Set<CreditRow>().AsNoTracking().Where(Which(f));

    internal Task<List<CreditRow>> Rows(CreditFilter filter, CreditPlace? last, int most, CancellationToken ct)
    {
        var rows = Rows(filter);
        if (last is not null)
        {
            rows = rows.Where(c => c.PlacedAt < last.At || (c.PlacedAt == last.At && c.Number > last.Number));
        }

        return rows.OrderByDescending(c => c.PlacedAt).ThenBy(c => c.Number).Take(most).ToListAsync(ct);
    }
}

/// <summary>A place in the ledger, newest order first.</summary>
internal sealed record CreditPlace(DateTimeOffset At, long Number);
