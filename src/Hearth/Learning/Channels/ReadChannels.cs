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

/// <summary>What a report of channels is made of.</summary>
/// <param name="Told">What was told.</param>
/// <param name="Orders">Orders tied to an offer, refunds subtracted.</param>
/// <param name="Clicks">People's clicks on tracked links, by the week's Monday.</param>
/// <param name="Main">The currency that clicks stand at; null when there are no orders, and so no clicks.</param>
internal sealed record ChannelRows(List<ChannelFigureRow> Told, List<(DateTimeOffset PlacedAt, string Currency, long Minor)> Orders, List<(DateOnly Week, long Clicks)> Clicks, string? Main);

/// <summary>Reads what was told of channels beside what the ledger says of this house's own.</summary>
public sealed class ReadChannels(Database db, CountTraffic traffic)
{
    /// <summary>Whole weeks, Monday to Sunday in UTC: those that the days lie in.</summary>
    public async Task<ChannelReport> Between(DateRange range, CancellationToken ct)
    {
        var (first, last) = Weeks(range);
        var rows = await Rows(first, last, ct);
        return Report(first, last, rows.Told.Select(r => Line(r, In(r.Cost, r.Currency), In(r.Revenue, r.Currency), In(r.Margin, r.Currency)))
            .Concat(rows.Orders.Select(o => Line(o.PlacedAt, new(o.Minor, o.Currency)))).Concat(rows.Clicks.Select(c => Line(c.Week, rows.Main!, c.Clicks))));
    }

    /// <summary>The Monday and the Sunday that the days lie between.</summary>
    internal static (DateOnly First, DateOnly Last) Weeks(DateRange range) => (Monday(range.FirstDay), Monday(range.LastDay).AddDays(6));

    internal async Task<ChannelRows> Rows(DateOnly first, DateOnly last, CancellationToken ct)
    {
        var (from, to) = (DateRange.Start(first)!.Value, DateRange.End(last)!.Value);
        var told = await db.Set<ChannelFigureRow>().AsNoTracking().Where(r => r.From >= from && r.From < to).OrderBy(r => r.Channel).ThenBy(r => r.From).ThenBy(r => r.Currency).ToListAsync(ct);
        var orders = (await db.Set<CreditRow>().Where(c => c.PlacedAt >= from && c.PlacedAt < to && c.Offer != null)
            .GroupBy(c => new { c.Order, c.PlacedAt, c.Amount.Currency }).Select(g => new { g.Key.PlacedAt, g.Key.Currency, Minor = g.Sum(c => c.Amount.Minor) }).ToListAsync(ct))
            .ConvertAll(o => (o.PlacedAt, o.Currency, o.Minor));
        var main = orders.CountBy(o => o.Currency).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key).FirstOrDefault()
            ?? await db.Set<CreditRow>().OrderByDescending(c => c.PlacedAt).ThenBy(c => c.Number).Select(c => c.Amount.Currency).FirstOrDefaultAsync(ct);
        var clicks = new List<(DateOnly Week, long Clicks)>();
        for (var week = from; main is not null && week < to; week = week.AddDays(7))
        {
            if ((await traffic.ByOffer(week, week.AddDays(7), ct)).Values.Sum(t => (long)t.Clicks) is > 0 and var count) clicks.Add((DateOnly.FromDateTime(week.UtcDateTime), count));
        }

        return new(told, orders, clicks, main);
    }

    internal static ChannelReport Report(DateOnly first, DateOnly last, IEnumerable<ChannelLine> lines)
    {
        var all = lines.ToList();
        var weeks = all.GroupBy(l => (l.Channel, l.Week, l.Currency)).Select(g => Sum(g.Key.Channel, g.Key.Week, g.Key.Currency, [.. g]));
        var totals = all.GroupBy(l => (l.Channel, l.Currency)).Select(g => Sum(g.Key.Channel, null, g.Key.Currency, [.. g]));
        return new(first, last, [.. totals.OrderBy(l => l.Channel, StringComparer.Ordinal).ThenBy(l => l.Currency, StringComparer.Ordinal)],
            [.. weeks.OrderByDescending(l => l.Week).ThenBy(l => l.Channel, StringComparer.Ordinal).ThenBy(l => l.Currency, StringComparer.Ordinal)]);
    }

    /// <summary>What was told, with its money as given here.</summary>
    internal static ChannelLine Line(ChannelFigureRow r, Money? cost, Money? revenue, Money? margin, string? currency = null) =>
        new(r.Channel, DateOnly.FromDateTime(r.Week.UtcDateTime), currency ?? r.Currency, cost, r.Clicks, r.Orders, revenue, margin, r.NewCustomers, [r.Source]);

    /// <summary>An order of social.</summary>
    internal static ChannelLine Line(DateTimeOffset placedAt, Money revenue) => new(ChannelFigure.Social, Monday(DateOnly.FromDateTime(placedAt.UtcDateTime)), revenue.Currency, null, null, 1, revenue, null, null, ["orders"]);

    /// <summary>A week's clicks of social.</summary>
    internal static ChannelLine Line(DateOnly week, string currency, long clicks) => new(ChannelFigure.Social, week, currency, null, clicks, null, null, null, null, ["orders"]);

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

    private static ChannelLine Sum(string channel, DateOnly? week, string currency, List<ChannelLine> lines) => new(channel, week, currency, Total(lines.Select(l => l.Cost)), Total(lines.Select(l => l.Clicks)),
        Total(lines.Select(l => l.Orders)), Total(lines.Select(l => l.Revenue)), Total(lines.Select(l => l.Margin)), Total(lines.Select(l => l.NewCustomers)), [.. lines.SelectMany(l => l.Sources).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    private static long? Total(IEnumerable<long?> values) => values.Aggregate((long?)null, (sum, v) => v is null ? sum : checked((sum ?? 0) + v));

    private static Money? Total(IEnumerable<Money?> values) => values.Aggregate((Money?)null, (sum, v) => v is null ? sum : sum is { } s ? s + v.Value : v);

    internal static Money? In(long? minor, string currency) => minor is { } m ? new(m, currency) : null;

    private static string Plain(Money? money) => money is { } m ? CsvText.Plain(m) : "";

    internal static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
