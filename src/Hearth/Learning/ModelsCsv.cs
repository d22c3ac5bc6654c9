using System.Text;

namespace Hearth.Learning;

/// <summary>Models side by side as RFC 4180 CSV in UTF-8; amounts in major units with a point.</summary>
public static class ModelsCsv
{
    public static byte[] Write(ModelReport report)
    {
        var columns = Enum.GetValues<CreditColumn>();
        var text = new StringBuilder("currency,by,offer,title,way,orders,ledger,last_click,first_click,last_non_direct,linear,position,time_decay\r\n");
        foreach (var table in report.Currencies)
        {
            void Row(string by, ModelLine line) => text.AppendJoin(',', table.Currency, by, line.Offer?.Value.ToString(), line.Title is { } title ? CsvText.Quoted(title) : "",
                line.Way is { } way ? char.ToLowerInvariant(way.ToString()[0]) + way.ToString()[1..] : "", line.Orders, string.Join(',', columns.Select(c => CsvText.Plain(line.Money.Of(c))))).Append("\r\n");
            foreach (var line in table.Offers) Row("offer", line);
            foreach (var line in table.Ways) Row("way", line);
            Row("untouched", table.Untouched);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
