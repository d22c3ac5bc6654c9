using System.Globalization;
using System.Text;
using Hearth.Platform;

namespace Hearth.Learning;

/// <summary>The report as RFC 4180 CSV in UTF-8; amounts in major units with a point.</summary>
public static class EarningsCsv
{
    public static byte[] Write(Earnings report)
    {
        var text = new StringBuilder("offer,title,state,clicks,visitors,bots,holds,claims,currency,orders,direct,halo,refunded,total\r\n");
        foreach (var offer in report.Offers)
        {
            var traffic = offer.Traffic;
            var start = string.Join(',', offer.Offer.Value, Quoted(offer.Title), offer.State, traffic.Clicks, traffic.Visitors, traffic.Bots, traffic.Holds, traffic.Claims);
            if (offer.Earned.Count == 0) text.Append(start).Append(",,0,,,,\r\n");
            foreach (var e in offer.Earned) text.Append(start).Append(',').AppendJoin(',', e.Direct.Currency, e.Orders, Plain(e.Direct), Plain(e.Halo), Plain(e.Refunded), Plain(e.Total)).Append("\r\n");
        }

        foreach (var t in report.Totals)
        {
            text.Append(",not attributed,,,,,,,").AppendJoin(',', t.Currency, t.Orders - t.AttributedOrders, "", "", "", Plain(t.Unattributed)).Append("\r\n");
            text.Append(",all orders,,,,,,,").AppendJoin(',', t.Currency, t.Orders, Plain(t.Direct), Plain(t.Halo), Plain(t.Refunded), Plain(t.All)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Plain(Money money) => money.Amount.ToString("F" + Money.MinorDigits(money.Currency), CultureInfo.InvariantCulture);

    // A cell that begins like a formula is made text, so that a spreadsheet does not run what a title says.
    private static string Quoted(string text) => "\"" + (text is ['=' or '+' or '-' or '@', ..] ? "'" : "") + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
