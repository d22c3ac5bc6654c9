using System.Globalization;
using System.Text;
using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

/// <summary>A channel's figures in a week, or in all weeks. Null is what nobody told.</summary>
/// <param name="Channel">Its name; <c>social</c> is this house's own.</param>
/// <param name="Week">Its Monday; null for all weeks together.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Cost">What was spent.</param>
/// <param name="Clicks">Of social, people's clicks on tracked links; they stand at the currency that most of its orders have.</param>
/// <param name="Orders">Of social, orders tied to an offer.</param>
/// <param name="Revenue">Of social, what those orders come to, refunds subtracted.</param>
/// <param name="Margin">What of the revenue is left before the cost.</param>
/// <param name="NewCustomers">As told; nobody tells it of social.</param>
/// <param name="Sources">The files it comes from, or "api"; "orders" for what is counted here.</param>
public sealed record ChannelLine(string Channel, DateOnly? Week, string Currency, Money? Cost, long? Clicks, long? Orders, Money? Revenue, Money? Margin, long? NewCustomers, IReadOnlyList<string> Sources)
{
    /// <summary>(margin − cost) / cost in percent, to a tenth; null when either is not known or the cost is zero.</summary>
    public decimal? Roi => Margin is { } margin && Cost is { Minor: > 0 } cost ? Math.Round(100m * (margin - cost).Minor / cost.Minor, 1, MidpointRounding.AwayFromZero) : null;
}

/// <summary>Channels side by side.</summary>
/// <param name="FirstDay">A Monday.</param>
/// <param name="LastDay">A Sunday.</param>
/// <param name="Totals">All weeks together, by channel and currency.</param>
/// <param name="Weeks">Newest week first, in it by channel and currency.</param>
public sealed record ChannelReport(DateOnly FirstDay, DateOnly LastDay, IReadOnlyList<ChannelLine> Totals, IReadOnlyList<ChannelLine> Weeks);

/// <summary>Reads what was told of channels beside what the ledger says of this house's own.</summary>
public sealed class ReadChannels(Database db, CountTraffic traffic)
{
    /// <summary>Whole weeks, Monday to Sunday in UTC: those that the days lie in.</summary>
    public async Task<ChannelReport> Between(DateRange range, CancellationToken ct)
    {
        var first = Monday(range.FirstDay);
        var last = Monday(range.LastDay).AddDays(6);
        var (from, to) = (DateRange.Start(first)!.Value, DateRange.End(last)!.Value);
        var told = (await db.Set<ChannelFigureRow>().AsNoTracking().Where(r => r.From >= from && r.From < to).OrderBy(r => r.Channel).ThenBy(r => r.From).ThenBy(r => r.Currency).ToListAsync(ct))
            .Select(r => new ChannelLine(r.Channel, DateOnly.FromDateTime(r.Week.UtcDateTime), r.Currency, In(r.Cost, r.Currency), r.Clicks, r.Orders, In(r.Revenue, r.Currency), In(r.Margin, r.Currency), r.NewCustomers, [r.Source]));
        var all = told.Concat(await Own(from, to, ct)).ToList();
        var weeks = all.GroupBy(l => (l.Channel, l.Week, l.Currency)).Select(g => Sum(g.Key.Channel, g.Key.Week, g.Key.Currency, [.. g]));
        var totals = all.GroupBy(l => (l.Channel, l.Currency)).Select(g => Sum(g.Key.Channel, null, g.Key.Currency, [.. g]));
        return new(first, last, [.. totals.OrderBy(l => l.Channel, StringComparer.Ordinal).ThenBy(l => l.Currency, StringComparer.Ordinal)],
            [.. weeks.OrderByDescending(l => l.Week).ThenBy(l => l.Channel, StringComparer.Ordinal).ThenBy(l => l.Currency, StringComparer.Ordinal)]);
    }

    /// <summary>The report as RFC 4180 CSV in UTF-8; amounts in major units with a point, empty for what nobody told.</summary>
    public static byte[] Csv(ChannelReport report)
    {
        var text = new StringBuilder("week,channel,currency,cost,clicks,orders,revenue,margin,roi_percent,new_customers\r\n");
        foreach (var l in report.Weeks)
        {
            text.AppendJoin(',', l.Week!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), l.Channel, l.Currency, Plain(l.Cost), l.Clicks, l.Orders, Plain(l.Revenue), Plain(l.Margin),
                l.Roi?.ToString("0.0", CultureInfo.InvariantCulture), l.NewCustomers).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private async Task<List<ChannelLine>> Own(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var orders = await db.Set<CreditRow>().Where(c => c.PlacedAt >= from && c.PlacedAt < to && c.Offer != null)
            .GroupBy(c => new { c.Order, c.PlacedAt, c.Amount.Currency }).Select(g => new { g.Key.Order, g.Key.PlacedAt, g.Key.Currency, Minor = g.Sum(c => c.Amount.Minor) }).ToListAsync(ct);
        var lines = orders.GroupBy(o => (Week: Monday(DateOnly.FromDateTime(o.PlacedAt.UtcDateTime)), o.Currency))
            .Select(g => Line(g.Key.Week, g.Key.Currency, null, g.Count(), new(g.Sum(o => o.Minor), g.Key.Currency))).ToList();
        var main = orders.CountBy(o => o.Currency).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key).FirstOrDefault()
            ?? await db.Set<CreditRow>().OrderByDescending(c => c.PlacedAt).ThenBy(c => c.Number).Select(c => c.Amount.Currency).FirstOrDefaultAsync(ct);
        if (main is null) return lines;
        for (var week = from; week < to; week = week.AddDays(7))
        {
            if ((await traffic.ByOffer(week, week.AddDays(7), ct)).Values.Sum(t => (long)t.Clicks) is > 0 and var clicks) lines.Add(Line(DateOnly.FromDateTime(week.UtcDateTime), main, clicks, null, null));
        }

        return lines;
    }

    private static ChannelLine Line(DateOnly week, string currency, long? clicks, long? orders, Money? revenue) => new(ChannelFigure.Social, week, currency, null, clicks, orders, revenue, null, null, ["orders"]);

    private static ChannelLine Sum(string channel, DateOnly? week, string currency, List<ChannelLine> lines) => new(channel, week, currency, Total(lines.Select(l => l.Cost)), Total(lines.Select(l => l.Clicks)),
        Total(lines.Select(l => l.Orders)), Total(lines.Select(l => l.Revenue)), Total(lines.Select(l => l.Margin)), Total(lines.Select(l => l.NewCustomers)), [.. lines.SelectMany(l => l.Sources).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    private static long? Total(IEnumerable<long?> values) => values.Aggregate((long?)null, (sum, v) => v is null ? sum : checked((sum ?? 0) + v));

    private static Money? Total(IEnumerable<Money?> values) => values.Aggregate((Money?)null, (sum, v) => v is null ? sum : sum is { } s ? s + v.Value : v);

    private static Money? In(long? minor, string currency) => minor is { } m ? new(m, currency) : null;

    private static string Plain(Money? money) => money is { } m ? CsvText.Plain(m) : "";

    internal static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
