using System.Text;

namespace Hearth.Learning;

/// <summary>The report as RFC 4180 CSV in UTF-8; amounts in major units with a point.</summary>
public static class EarningsCsv
{
    public static byte[] Write(Earnings report)
    {
        var text = new StringBuilder("offer,title,state,clicks,visitors,bots,holds,claims,currency,orders,direct,halo,refunded,total,amplified,code_only\r\n");
        foreach (var offer in report.Offers)
        {
            var traffic = offer.Traffic;
            var start = string.Join(',', offer.Offer.Value, CsvText.Quoted(offer.Title), offer.State, traffic.Clicks, traffic.Visitors, traffic.Bots, traffic.Holds, traffic.Claims);
            if (offer.Earned.Count == 0) text.Append(start).Append(",,0,,,,,,\r\n");
            foreach (var e in offer.Earned) text.Append(start).Append(',').AppendJoin(',', e.Direct.Currency, e.Orders, CsvText.Plain(e.Direct), CsvText.Plain(e.Halo), CsvText.Plain(e.Refunded), CsvText.Plain(e.Total), CsvText.Plain(e.Amplified), CsvText.Plain(e.CodeOnly)).Append("\r\n");
        }

        foreach (var t in report.Totals)
        {
            text.Append(",not attributed,,,,,,,").AppendJoin(',', t.Currency, t.Orders - t.AttributedOrders, "", "", "", CsvText.Plain(t.Unattributed), "", "").Append("\r\n");
            text.Append(",all orders,,,,,,,").AppendJoin(',', t.Currency, t.Orders, CsvText.Plain(t.Direct), CsvText.Plain(t.Halo), CsvText.Plain(t.Refunded), CsvText.Plain(t.All), CsvText.Plain(t.Amplified), CsvText.Plain(t.CodeOnly)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
