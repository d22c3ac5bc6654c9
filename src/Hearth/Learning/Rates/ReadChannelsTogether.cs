using System.Globalization;
using System.Text;
using Hearth.Platform;

namespace Hearth.Learning;

/// <summary>Figures told of a channel for which no rate into the reporting currency is known; they stand in no sum.</summary>
/// <param name="Channel">Its name.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Figures">How many days or weeks.</param>
/// <param name="Cost">In their own currency; null when nobody told it.</param>
/// <param name="Revenue">In their own currency; null when nobody told it.</param>
public sealed record FiguresWithoutRate(string Channel, string Currency, int Figures, Money? Cost, Money? Revenue);

/// <summary>Channels side by side in one currency.</summary>
/// <param name="Currency">The reporting currency.</param>
/// <param name="Report">All that has a rate, together.</param>
/// <param name="Orders">Orders of social without a rate, by currency.</param>
/// <param name="Figures">What was told of others and has none, by channel and currency.</param>
public sealed record ChannelsTogether(string Currency, ChannelReport Report, IReadOnlyList<WithoutRate> Orders, IReadOnlyList<FiguresWithoutRate> Figures);

/// <summary>Channels side by side in the reporting currency: an order by the rate of its day, a figure by that of its day or of its week's Monday.</summary>
public sealed class ReadChannelsTogether(ReadChannels channels, ReportingCurrencies currencies, ChangeCredits change)
{
    /// <summary>Whole weeks, Monday to Sunday in UTC: those that the days lie in. Null when no reporting currency is set.</summary>
    public async Task<ChannelsTogether?> Between(DateRange range, CancellationToken ct)
    {
        if (await currencies.Now(ct) is not { } currency) return null;
        var (first, last) = ReadChannels.Weeks(range);
        var rows = await channels.Rows(first, last, ct);
        var table = await change.Table(currency, [.. rows.Told.Select(r => (r.Currency, ChangeCredits.Day(r.From))), .. rows.Orders.Select(o => (o.Currency, ChangeCredits.Day(o.PlacedAt)))], ct);
        Money? Change(string from, DateTimeOffset at, long minor) => table.Find(from, currency, ChangeCredits.Day(at))?.Convert(minor);

        var lines = new List<ChannelLine>(rows.Clicks.Select(c => ReadChannels.Line(c.Week, currency, c.Clicks)));
        var bare = new List<ChannelFigureRow>();
        foreach (var r in rows.Told)
        {
            var money = new[] { r.Cost, r.Revenue, r.Margin }.Select(m => m is { } minor ? Change(r.Currency, r.From, minor) : null).ToArray();
            if (money.Count(m => m is not null) < new[] { r.Cost, r.Revenue, r.Margin }.Count(m => m is not null)) bare.Add(r);
            else lines.Add(ReadChannels.Line(r, money[0], money[1], money[2], currency));
        }

        var orders = rows.Orders.ConvertAll(o => (o.PlacedAt, Own: new Money(o.Minor, o.Currency), Money: Change(o.Currency, o.PlacedAt, o.Minor)));
        lines.AddRange(orders.Where(o => o.Money is not null).Select(o => ReadChannels.Line(o.PlacedAt, o.Money!.Value)));
        return new(currency, ReadChannels.Report(first, last, lines), ReadTogether.Without(orders.Where(o => o.Money is null).Select(o => (o.Own, ChangeCredits.Day(o.PlacedAt)))),
            [.. bare.GroupBy(b => (b.Channel, b.Currency)).OrderBy(g => g.Key.Channel, StringComparer.Ordinal).ThenBy(g => g.Key.Currency, StringComparer.Ordinal)
                .Select(g => new FiguresWithoutRate(g.Key.Channel, g.Key.Currency, g.Count(), Sum(g.Select(r => r.Cost), g.Key.Currency), Sum(g.Select(r => r.Revenue), g.Key.Currency)))]);
    }

    /// <summary>The report as CSV; what has no rate stands below it in its own currency, its week empty.</summary>
    public static byte[] Csv(ChannelsTogether together)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(ReadChannels.Csv(together.Report)));
        foreach (var w in together.Orders) text.Append(CultureInfo.InvariantCulture, $",{ChannelFigure.Social} (no rate),{w.Money.Currency},,,{w.Orders},{CsvText.Plain(w.Money)},,,\r\n");
        foreach (var f in together.Figures) text.Append(CultureInfo.InvariantCulture, $",{f.Channel} (no rate),{f.Currency},{(f.Cost is { } c ? CsvText.Plain(c) : "")},,,{(f.Revenue is { } r ? CsvText.Plain(r) : "")},,,\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Money? Sum(IEnumerable<long?> minor, string currency) => minor.OfType<long>().ToList() is { Count: > 0 } known ? new(known.Sum(), currency) : null;
}
