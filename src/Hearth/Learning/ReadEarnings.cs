using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

/// <summary>What an offer earned in one currency, refunds subtracted.</summary>
/// <param name="Orders">Orders with at least one line credited to it.</param>
/// <param name="Direct">Its own article, bought by people who came by it.</param>
/// <param name="Halo">Everything else they bought.</param>
/// <param name="Refunded">Paid back; already subtracted from both.</param>
/// <param name="Amplified">Of direct and halo, what came by people's personal links.</param>
/// <param name="CodeOnly">Of direct and halo, what is tied by a code alone, no click being known.</param>
/// <param name="ByGeneration">The amplified money by how many people handed the offer on.</param>
public sealed record Earned(int Orders, Money Direct, Money Halo, Money Refunded, Money Amplified, Money CodeOnly, IReadOnlyList<GenerationMoney> ByGeneration)
{
    public Money Total => Direct + Halo;
}

/// <summary>What came by personal links of one generation.</summary>
/// <param name="Generation">How many people handed the offer on, from 1.</param>
/// <param name="Money">Refunds subtracted.</param>
public sealed record GenerationMoney(int Generation, Money Money);

/// <summary>An offer's line of the report.</summary>
/// <param name="Offer">Which.</param>
/// <param name="Title">What it is called.</param>
/// <param name="State">Where it stands now.</param>
/// <param name="Traffic">Clicks, visitors, holds and claims in the time.</param>
/// <param name="Earned">By currency; empty when nothing was ordered.</param>
public sealed record OfferEarnings(OfferId Offer, string Title, OfferState State, Traffic Traffic, IReadOnlyList<Earned> Earned);

/// <summary>All money of one currency, refunds subtracted: <c>Direct + Halo + Unattributed = All</c>, to the minor unit.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Orders">All orders placed in the time.</param>
/// <param name="AttributedOrders">Of those, tied to an offer.</param>
/// <param name="Direct">Offered articles bought by people who came by their offer.</param>
/// <param name="Halo">Everything else those people bought within the window.</param>
/// <param name="Unattributed">Orders of people who came by no offer.</param>
/// <param name="Refunded">Paid back; already subtracted from the three.</param>
/// <param name="All">Sum of the orders themselves, read from the orders and not from the ledger.</param>
/// <param name="Amplified">Of direct and halo, what came by people's personal links.</param>
/// <param name="CodeOnly">Of direct and halo, what is tied by a code alone, no click being known.</param>
public sealed record MoneyTotal(string Currency, int Orders, int AttributedOrders, Money Direct, Money Halo, Money Unattributed, Money Refunded, Money All, Money Amplified, Money CodeOnly)
{
    /// <summary>What the ledger has not credited yet; zero once every order that came has been handled.</summary>
    public Money Pending => All - Direct - Halo - Unattributed;
}

/// <summary>The report.</summary>
/// <param name="From">First instant counted.</param>
/// <param name="To">First instant not counted any more.</param>
/// <param name="WindowDays">How long coming by an offer counts.</param>
/// <param name="Traffic">Over all offers; a browser that followed two links is one visitor.</param>
/// <param name="Totals">By currency.</param>
/// <param name="Offers">The best earner first.</param>
public sealed record Earnings(DateTimeOffset From, DateTimeOffset To, double WindowDays, Traffic Traffic, IReadOnlyList<MoneyTotal> Totals, IReadOnlyList<OfferEarnings> Offers);

/// <summary>What offers earned, by the date of the order (money) and of the click or claim (traffic).</summary>
public sealed class ReadEarnings(Database db, ReadOrders orders, ReadOffers offers, CountTraffic traffic, CreditPolicies policies)
{
    /// <summary>From <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive).</summary>
    public async Task<Earnings> Between(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var rows = db.Set<CreditRow>().Where(c => c.PlacedAt >= from && c.PlacedAt < to);
        var sums = await rows.GroupBy(c => new { c.Offer, c.Amount.Currency, c.Kind, c.Generation, CodeOnly = c.Basis == CreditBasis.CodeOnly })
            .Select(g => new Sum(g.Key.Offer, g.Key.Currency, g.Key.Kind, g.Key.Generation, g.Key.CodeOnly, g.Sum(c => c.Amount.Minor), g.Sum(c => c.Amount.Minor < 0 ? -c.Amount.Minor : 0))).ToListAsync(ct);
        var counts = await rows.Where(c => c.Offer != null).Select(c => new { c.Offer, c.Amount.Currency, c.Order }).Distinct()
            .GroupBy(c => new { c.Offer, c.Currency }).Select(g => new { g.Key.Offer, g.Key.Currency, Count = g.Count() }).ToListAsync(ct);
        var byOffer = counts.ToDictionary(c => (c.Offer!.Value, c.Currency), c => c.Count);
        var clicks = await traffic.ByOffer(from, to, ct);

        var ids = clicks.Keys.Concat(byOffer.Keys.Select(k => k.Value)).Distinct().ToList();
        var named = await offers.Many(ids, ct);
        var lines = ids.Where(named.ContainsKey).Select(id => new OfferEarnings(id, named[id].Title, named[id].State, clicks.GetValueOrDefault(id) ?? Traffic.None,
            [.. sums.Where(s => s.Offer == id).GroupBy(s => s.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Earned(
                byOffer[(id, g.Key)], Of(g, g.Key, CreditKind.Direct), Of(g, g.Key, CreditKind.Halo), new(g.Sum(s => s.Refunded), g.Key), Of(g, g.Key, s => s.Generation > 0), Of(g, g.Key, s => s.CodeOnly),
                [.. g.Where(s => s.Generation > 0).GroupBy(s => s.Generation).OrderBy(h => h.Key).Select(h => new GenerationMoney(h.Key, Of(h, g.Key, _ => true)))]))]));

        var all = await orders.Sums(from, to, ct);
        var totals = all.Select(a => new MoneyTotal(a.Currency, a.Orders, counts.Where(c => c.Currency == a.Currency).Sum(c => c.Count),
            Of(sums, a.Currency, CreditKind.Direct), Of(sums, a.Currency, CreditKind.Halo), Of(sums, a.Currency, CreditKind.Unattributed), a.Refunded, a.Net,
            Of(sums, a.Currency, s => s.Generation > 0), Of(sums, a.Currency, s => s.CodeOnly)));
        var everything = new Traffic(clicks.Values.Sum(t => t.Clicks), await traffic.Visitors(from, to, ct), clicks.Values.Sum(t => t.Bots),
            clicks.Values.Sum(t => t.Holds), clicks.Values.Sum(t => t.Claims));
        return new(from, to, (await policies.Now(ct)).Window.TotalDays, everything, [.. totals], [.. lines.OrderByDescending(l => l.Earned.Sum(e => e.Total.Minor)).ThenByDescending(l => l.Traffic.Clicks).ThenBy(l => l.Title, StringComparer.Ordinal)]);
    }

    private sealed record Sum(OfferId? Offer, string Currency, CreditKind Kind, int Generation, bool CodeOnly, long Minor, long Refunded);

    private static Money Of(IEnumerable<Sum> sums, string currency, CreditKind kind) => Of(sums, currency, s => s.Kind == kind);

    private static Money Of(IEnumerable<Sum> sums, string currency, Func<Sum, bool> which) => new(sums.Where(s => s.Currency == currency && which(s)).Sum(s => s.Minor), currency);
}
