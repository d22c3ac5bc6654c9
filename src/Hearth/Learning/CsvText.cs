using System.Globalization;
using Hearth.Platform;

namespace Hearth.Learning;

/// <summary>Cells of the reports.</summary>
internal static class CsvText
{
    /// <summary>In major units with a point.</summary>
    public static string Plain(Money money) => money.Amount.ToString("F" + Money.MinorDigits(money.Currency), CultureInfo.InvariantCulture);

    /// <summary>A cell that begins like a formula is made text, so that a spreadsheet does not run what a title says.</summary>
    public static string Quoted(string text) => "\"" + (text is ['=' or '+' or '-' or '@', ..] ? "'" : "") + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
