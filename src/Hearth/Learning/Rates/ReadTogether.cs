using System.Globalization;
using System.Text;
using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.Learning;

/// <summary>Orders of a currency on days for which no rate into the reporting currency is known; they stand in no sum.</summary>
/// <param name="Orders">How many.</param>
/// <param name="Money">What they come to in their own currency, refunds subtracted.</param>
/// <param name="FirstDay">Day of the first, UTC.</param>
/// <param name="LastDay">Day of the last, UTC.</param>
public sealed record WithoutRate(int Orders, Money Money, DateOnly FirstDay, DateOnly LastDay);

/// <summary>The report in one currency.</summary>
/// <param name="Currency">The reporting currency.</param>
/// <param name="Report">All orders that have a rate, together.</param>
/// <param name="Changed">Orders that were changed from another currency.</param>
/// <param name="WithoutRate">The orders that have none, by currency.</param>
public sealed record EarningsTogether(string Currency, Earnings Report, int Changed, IReadOnlyList<WithoutRate> WithoutRate);

/// <summary>A line of the ledger with what it counts in the reporting currency.</summary>
/// <param name="Number">The shop's id of the order.</param>
/// <param name="Entry">As the ledger has it.</param>
/// <param name="Rate">The rate it was changed by; null when it is in the reporting currency already, or has no rate.</param>
/// <param name="Money">What it counts; null without a rate.</param>
public sealed record CreditTogether(string Number, CreditEntry Entry, DayRate? Rate, Money? Money);

/// <summary>What offers earned in the reporting currency, each order by the rate of its day. Null or empty answers when no reporting currency is set.</summary>
public sealed class ReadTogether(ReadEarnings earnings, ReadCredits credits, ReadOrders orders, ReportingCurrencies currencies, ChangeCredits change)
{
    /// <summary>From <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive).</summary>
    public async Task<EarningsTogether?> Between(DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        await currencies.Now(ct) is { } currency ? await Of(currency, await earnings.Between(from, to, ct), ct) : null;

    /// <summary>The same report in the reporting currency.</summary>
    public async Task<EarningsTogether?> Of(Earnings report, CancellationToken ct) => await currencies.Now(ct) is { } currency ? await Of(currency, report, ct) : null;

    /// <summary>The ledger's lines behind a number, newest order first.</summary>
    /// <param name="filter">As for the ledger.</param>
    /// <param name="withoutRate">False for those that count, true for those that have no rate.</param>
    /// <param name="after">From <see cref="Page{T}.Next"/> of the page before.</param>
    /// <param name="size">1 to 500, 50 unless told.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <returns>Null when <paramref name="after"/> is no place in this list.</returns>
    public async Task<Page<CreditTogether>?> List(CreditFilter filter, bool withoutRate, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<CreditPlace>(after, out var last)) return null;
        if (await currencies.Now(ct) is not { } currency) return new([], null);
        var take = Keyset.Size(size);
        var changed = await Changed(currency, filter, withoutRate, ct);
        var rows = changed.Where(c => last is null || c.Row.PlacedAt < last.At || (c.Row.PlacedAt == last.At && c.Row.Number > last.Number));
        if (!withoutRate && Same(filter, currency) is { } own) rows = rows.Concat((await credits.Rows(own, last, take + 1, ct)).Select(r => new ChangedCredit(r, null, r.Amount)));
        var page = Keyset.Cut([.. rows.OrderByDescending(c => c.Row.PlacedAt).ThenBy(c => c.Row.Number).Take(take + 1)], take, c => new CreditPlace(c.Row.PlacedAt, c.Row.Number));
        var numbers = await orders.Numbers([.. page.Items.Select(c => c.Row.Order).Distinct()], ct);
        return page.Select(c => new CreditTogether(numbers[c.Row.Order], c.Row.Entry, c.Rate, c.Money));
    }

    /// <summary>The sum of what <see cref="List"/> shows: in the reporting currency, or of those without a rate in their own.</summary>
    public async Task<IReadOnlyList<Money>> Sum(CreditFilter filter, bool withoutRate, CancellationToken ct)
    {
        if (await currencies.Now(ct) is not { } currency) return [];
        var changed = await Changed(currency, filter, withoutRate, ct);
        var money = changed.Select(c => withoutRate ? c.Row.Amount : c.Money!.Value);
        if (!withoutRate && Same(filter, currency) is { } own) money = money.Concat(await credits.Sum(own, ct));
        return [.. money.GroupBy(m => m.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Money(g.Sum(m => m.Minor), g.Key))];
    }

    /// <summary>The report as CSV, with a row for each currency whose orders have no rate, in that currency.</summary>
    public static byte[] Csv(EarningsTogether together)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(EarningsCsv.Write(together.Report)));
        foreach (var w in together.WithoutRate) text.Append(CultureInfo.InvariantCulture, $",no rate from {w.FirstDay:yyyy-MM-dd} to {w.LastDay:yyyy-MM-dd},,,,,,,{w.Money.Currency},{w.Orders},,,,{CsvText.Plain(w.Money)},,\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private async Task<EarningsTogether> Of(string currency, Earnings report, CancellationToken ct)
    {
        var lines = (await change.Into(currency, report.From, report.To, ct)).Where(c => c.Money is not null).ToList();
        var nets = await orders.Nets(report.From, report.To, currency, ct);
        var table = await change.Table(currency, [.. nets.Select(n => (n.Net.Currency, ChangeCredits.Day(n.PlacedAt)))], ct);
        var placed = nets.Select(n => (n.Net, n.PlacedAt, Money: table.Find(n.Net.Currency, currency, ChangeCredits.Day(n.PlacedAt))?.Convert(n.Net.Minor))).ToList();
        var known = placed.Where(o => o.Money is not null).ToList();

        var all = report.Totals.SingleOrDefault(t => t.Currency == currency) ?? Nothing(currency);
        var sum = Sum(currency, lines);
        var total = all with
        {
            Orders = all.Orders + known.Count, AttributedOrders = all.AttributedOrders + sum.Orders, Direct = all.Direct + sum.Direct, Halo = all.Halo + sum.Halo,
            Unattributed = all.Unattributed + new Money(lines.Where(l => l.Row.Offer is null).Sum(l => l.Money!.Value.Minor), currency), Refunded = all.Refunded + Refunded(currency, lines),
            All = all.All + new Money(known.Sum(o => o.Money!.Value.Minor), currency), Amplified = all.Amplified + sum.Amplified, CodeOnly = all.CodeOnly + sum.CodeOnly,
        };
        var byOffer = lines.Where(l => l.Row.Offer is not null).ToLookup(l => l.Row.Offer!.Value);
        var offers = report.Offers.Select(o => o with { Earned = Merge(o.Earned.SingleOrDefault(e => e.Total.Currency == currency), byOffer[o.Offer].ToList() is { Count: > 0 } own ? Sum(currency, own) : null) });
        return new(currency, report with { Totals = total.Orders == 0 ? [] : [total], Offers = [.. offers.OrderByDescending(o => o.Earned.Sum(e => e.Total.Minor)).ThenByDescending(o => o.Traffic.Clicks).ThenBy(o => o.Title, StringComparer.Ordinal)] },
            known.Count, Without(placed.Where(o => o.Money is null).Select(o => (o.Net, ChangeCredits.Day(o.PlacedAt)))));
    }

    /// <summary>By currency.</summary>
    internal static IReadOnlyList<WithoutRate> Without(IEnumerable<(Money Money, DateOnly Day)> orders) =>
        [.. orders.GroupBy(o => o.Money.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new WithoutRate(g.Count(), new(g.Sum(o => o.Money.Minor), g.Key), g.Min(o => o.Day), g.Max(o => o.Day)))];

    private async Task<List<ChangedCredit>> Changed(string currency, CreditFilter filter, bool withoutRate, CancellationToken ct)
    {
        var which = ReadCredits.Which(filter).Compile();
        return [.. (await change.Into(currency, filter.From, filter.To, ct)).Where(c => c.Money is null == withoutRate && which(c.Row))];
    }

    // What of the filter is in the reporting currency already; null for nothing.
    private static CreditFilter? Same(CreditFilter filter, string currency) => filter.Currency is null || filter.Currency == currency ? filter with { Currency = currency } : null;

    // Money that is tied to offers.
    private static Earned Sum(string currency, List<ChangedCredit> lines)
    {
        var tied = lines.Where(l => l.Row.Offer is not null).ToList();
        Money Of(Func<CreditRow, bool> which) => new(tied.Where(l => which(l.Row)).Sum(l => l.Money!.Value.Minor), currency);
        return new(tied.Select(l => (l.Row.Offer, l.Row.Order)).Distinct().Count(), Of(r => r.Kind == CreditKind.Direct), Of(r => r.Kind == CreditKind.Halo), Refunded(currency, tied), Of(r => r.Generation > 0), Of(r => r.Basis == CreditBasis.CodeOnly),
            [.. tied.Select(l => l.Row.Generation).Where(g => g > 0).Distinct().Order().Select(g => new GenerationMoney(g, Of(r => r.Generation == g)))]);
    }

    private static Money Refunded(string currency, IEnumerable<ChangedCredit> lines) => new(-lines.Where(l => l.Row.Refund.Length > 0).Sum(l => l.Money!.Value.Minor), currency);

    private static IReadOnlyList<Earned> Merge(Earned? a, Earned? b) => (a, b) switch
    {
        (null, null) => [],
        (null, { } one) => [one],
        ({ } one, null) => [one],
        var (x, y) => [new(x.Orders + y.Orders, x.Direct + y.Direct, x.Halo + y.Halo, x.Refunded + y.Refunded, x.Amplified + y.Amplified, x.CodeOnly + y.CodeOnly,
            [.. x.ByGeneration.Concat(y.ByGeneration).GroupBy(g => g.Generation).OrderBy(g => g.Key).Select(g => new GenerationMoney(g.Key, g.Select(m => m.Money).Aggregate((m, n) => m + n)))])],
    };

    private static MoneyTotal Nothing(string currency) => new(currency, 0, 0, Money.Zero(currency), Money.Zero(currency), Money.Zero(currency), Money.Zero(currency), Money.Zero(currency), Money.Zero(currency), Money.Zero(currency));
}
