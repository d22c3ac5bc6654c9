using System.Globalization;

namespace Hearth.Listening.Understanding;

/// <summary>A number with its unit.</summary>
/// <param name="Value">Not negative.</param>
/// <param name="Unit">As in <see cref="MismatchSize"/>.</param>
/// <param name="At">First token.</param>
/// <param name="End">The token behind the last.</param>
internal readonly record struct Amount(decimal Value, string Unit, int At, int End);

/// <summary>Finds amounts of time and money, and how often something was tried: "2.5 hrs", "two days", "45min", "$1,200", "an hour", "4 times".</summary>
internal static class Amounts
{
    private static readonly Dictionary<string, (int Rank, decimal Minutes)> Times = new(StringComparer.Ordinal)
    {
        ["minutes"] = (0, 1), ["hours"] = (1, 60), ["days"] = (2, 1440), ["weeks"] = (3, 10080),
    };

    public static List<Amount> Of(Said said)
    {
        var found = new List<Amount>();
        for (var i = 0; i < said.Count; i++)
        {
            if (Read(said, i) is not { } amount) continue;
            found.Add(amount);
            i = amount.End - 1;
        }

        return found;
    }

    /// <summary>Both in the smaller of their units; null when they cannot be compared. Months and years have no fixed length, so they are only compared with themselves.</summary>
    public static (decimal First, decimal Second, string Unit)? Alike(Amount first, Amount second)
    {
        if (first.Unit == second.Unit) return (first.Value, second.Value, first.Unit);
        if (!Times.TryGetValue(first.Unit, out var one) || !Times.TryGetValue(second.Unit, out var two)) return null;
        var unit = one.Rank < two.Rank ? one : two;
        return (Math.Round(first.Value * one.Minutes / unit.Minutes, 2), Math.Round(second.Value * two.Minutes / unit.Minutes, 2), one.Rank < two.Rank ? first.Unit : second.Unit);
    }

    public static bool IsTime(string unit) => Times.ContainsKey(unit) || unit is "months" or "years";

    private static Amount? Read(Said said, int at)
    {
        var tokens = said.Tokens;
        var word = tokens[at].Folded;
        if (char.IsAsciiDigit(word[0]))
        {
            var digits = 0;
            while (digits < word.Length && char.IsAsciiDigit(word[digits])) digits++;
            if (digits > 7) return null;
            var value = decimal.Parse(word.AsSpan(0, digits), CultureInfo.InvariantCulture);
            if (digits < word.Length) return UnitOf(said, word[digits..]) is { } joined ? new(value, joined, at, at + 1) : null; // "45min"
            var end = at + 1;
            Fraction(said, ref value, ref end);
            var before = at > 0 || tokens[at].Start > 0 ? said.Text[..tokens[at].Start] : "";
            if (before.Length > 0 && Currency(before) is { } money) return new(value, money, at, end);
            var next = tokens[end - 1].Start + tokens[end - 1].Length;
            if (next < said.Text.Length && said.Text[next] is '%') return new(value, "percent", at, end);
            if (next < said.Text.Length && said.Text[next] is '€') return new(value, "EUR", at, end);
            if (end < tokens.Count && Unit(said, end, out var unit, out var length)) return new(value, unit, at, end + length);
            return null;
        }

        if (!said.May(at, Cue.Number) || said.Lexicon.Numbers.Match(tokens, at, out var number) is not (> 0 and var words)) return null;
        return at + words < tokens.Count && Unit(said, at + words, out var of, out var taken) && of != "times" ? new(number, of, at, at + words + taken) : null;
    }

    // "2.5" and "1,200" are two words with one character between them.
    private static void Fraction(Said said, ref decimal value, ref int end)
    {
        while (end < said.Count && said.Before(end) is [var mark and ('.' or ',')] && said.Tokens[end].Folded is { Length: <= 3 } part && part.All(char.IsAsciiDigit))
        {
            if (part.Length == 3) value = value * 1000 + int.Parse(part, CultureInfo.InvariantCulture);
            else value += decimal.Parse("0." + part, CultureInfo.InvariantCulture);
            end++;
            if (part.Length < 3) return;
        }
    }

    private static string? Currency(string before)
    {
        var mark = before.TrimEnd(' ');
        return mark.Length == 0 || before.Length - mark.Length > 1 ? null
            : mark.EndsWith("R$", StringComparison.Ordinal) ? "BRL" : mark[^1] switch { '$' => "USD", '€' => "EUR", '£' => "GBP", '¥' => "JPY", _ => null };
    }

    private static bool Unit(Said said, int at, out string unit, out int length)
    {
        (unit, length) = ("", 0);
        if (!said.May(at, Cue.Unit) || said.Lexicon.Units.Match(said.Tokens, at, out unit!) is not (> 0 and var taken)) return false;
        length = taken;
        return true;
    }

    private static string? UnitOf(Said said, string word) => said.Lexicon.Units.Word(word, out var unit) ? unit : null;
}
