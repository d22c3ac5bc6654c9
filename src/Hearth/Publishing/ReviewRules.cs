using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Hearth.Publishing;

/// <summary>Says which rules make a message wait for somebody else. Pure: the same words under the same rules always wait for the same reasons.</summary>
public static partial class ReviewRules
{
    /// <summary>Phrases to begin with; a list of one's own is better.</summary>
    public static ApprovalRules Suggested { get; } = new(
        ["lawyer*", "lawsuit*", "sue", "legal action", "liab*", "warrant*", "recall*", "regulator*", "gdpr", "personal injury"],
        ["our fault", "our mistake", "we admit", "we are liable", "compensat*", "refund*", "reimburs*", "voucher*", "free of charge", "goodwill"], false, 20, 50);

    /// <summary>A line for each rule that holds the message; none when it may go.</summary>
    /// <param name="rules">Of the policy that holds.</param>
    /// <param name="words">What is to be said.</param>
    /// <param name="sent">How many messages of its author stand already.</param>
    public static IReadOnlyList<string> Why(ApprovalRules rules, string words, int sent)
    {
        var why = new List<string>();
        if (rules.Crisis) why.Add("Crisis: every reply is looked at");
        var said = Fold(words);
        if (Found(rules.LegalWords, said) is { Count: > 0 } legal) why.Add("Words of the law: " + string.Join(", ", legal));
        if (Found(rules.ApologyWords, said) is { Count: > 0 } apology) why.Add("It admits or promises: " + string.Join(", ", apology));
        if (rules.AmountFrom is { } from && Amounts(words).Where(a => a.Value >= from).Select(a => a.Text).FirstOrDefault() is { } amount) why.Add($"A sum of {from.ToString("N0", CultureInfo.InvariantCulture)} or more: {amount}");
        if (sent < rules.NewAgentUntil) why.Add($"New here: {sent} of the first {rules.NewAgentUntil} messages sent");
        return why;
    }

    /// <summary>Sums of money that a text names: a sign or a code of a currency beside a number.</summary>
    internal static IEnumerable<(decimal Value, string Text)> Amounts(string text)
    {
        foreach (Match match in Money().Matches(text))
        {
            if (Number(match.Groups["number"].Value) is { } value) yield return (value, match.Value.Trim());
        }
    }

    // "1.234,50", "1,234.50", "1 234": whichever sign comes last with one or two digits behind it parts the fraction.
    private static decimal? Number(string text)
    {
        var digits = text.Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        var last = digits.LastIndexOfAny(['.', ',']);
        var whole = last >= 0 && digits.Length - last - 1 is 1 or 2 ? digits[..last] : digits;
        var fraction = last >= 0 && digits.Length - last - 1 is 1 or 2 ? digits[(last + 1)..] : "0";
        whole = whole.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        return decimal.TryParse($"{(whole.Length == 0 ? "0" : whole)}.{fraction}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static List<string> Found(IReadOnlyList<string> phrases, string said) => [.. phrases.Where(p => Fold(p.TrimEnd('*')).Trim() is { Length: > 0 } phrase
        && said.Contains(p.EndsWith('*') ? " " + phrase : $" {phrase} ", StringComparison.Ordinal))];

    // Lower case, no accents, one space between words and one at each end.
    private static string Fold(string text)
    {
        var folded = new StringBuilder(" ", text.Length + 2);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(c)) folded.Append(char.ToLowerInvariant(c));
            else if (c is not ('\'' or '’') && folded[^1] != ' ') folded.Append(' ');
        }

        if (folded[^1] != ' ') folded.Append(' ');
        return folded.ToString();
    }

    private const string Sign = @"(?:[$€£¥₹₩₺₽]|\b(?:EUR|USD|GBP|CHF|JPY|CAD|AUD|SEK|NOK|DKK|PLN|INR|CNY|euros?|dollars?|pounds?|francs?)\b)";
    private const string Figure = @"(?<number>[0-9][0-9.,'\u00a0 ]*)";

    [GeneratedRegex($@"{Sign}\s*{Figure}|{Figure}\s*{Sign}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Money();
}
