using System.Globalization;
using System.Text.RegularExpressions;

namespace Hearth.Conversations.Writing;

/// <summary>The places that a saved reply leaves open: <c>{name}</c>, or <c>{name|there}</c> with what stands there when nobody knows.</summary>
public static partial class SavedReplyText
{
    /// <summary>What can be left open, and what comes there.</summary>
    public static readonly IReadOnlyDictionary<string, string> Variables = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["name"] = "what the person is called",
        ["first"] = "the first word of their name",
        ["handle"] = "their handle, with its @",
        ["agent"] = "your name",
        ["initials"] = "your initials",
        ["brand"] = "what the brand is called",
        ["product"] = "the product that they name",
        ["number"] = "the number of the conversation",
    };

    /// <summary>Names between braces that are no variable, in the order in which they stand.</summary>
    public static IReadOnlyList<string> Unknown(string text) => [.. Open().Matches(text).Select(m => m.Groups["name"].Value).Where(n => !Variables.ContainsKey(n)).Distinct(StringComparer.Ordinal)];

    /// <summary>Variables that are still open in a text that is about to be sent.</summary>
    public static IReadOnlyList<string> Unfilled(string text) => [.. Open().Matches(text).Select(m => m.Groups["name"].Value).Where(Variables.ContainsKey).Distinct(StringComparer.Ordinal)];

    /// <summary>Puts the values in. What has neither value nor fallback stays open, for a person to fill in; an answer with such a place is not sent.</summary>
    public static (string Text, IReadOnlyList<string> Missing) Fill(string text, IReadOnlyDictionary<string, string?> values)
    {
        var missing = new List<string>();
        var filled = Open().Replace(text, match =>
        {
            var name = match.Groups["name"].Value;
            if (values.GetValueOrDefault(name) is { Length: > 0 } value) return value;
            if (match.Groups["else"].Success) return match.Groups["else"].Value;
            if (!missing.Contains(name, StringComparer.Ordinal)) missing.Add(name);
            return match.Value;
        });
        return (filled, missing);
    }

    /// <summary>A language as it is kept ("de", "pt-BR"); null when it is none.</summary>
    public static string? Language(string? given)
    {
        var parts = (given ?? "").Trim().Split('-', '_');
        if (parts[0].Length is < 2 or > 3 || !parts.All(p => p.Length is > 1 and <= 8 && p.All(char.IsAsciiLetterOrDigit)) || !parts[0].All(char.IsAsciiLetter)) return null;
        return string.Join('-', parts.Select((p, i) => i == 0 ? p.ToLowerInvariant() : p.Length == 2 ? p.ToUpperInvariant() : p));
    }

    /// <summary>What people call a language in English; the code itself when nobody knows.</summary>
    public static string Title(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        return culture.EnglishName.StartsWith("Unknown", StringComparison.Ordinal) ? language : culture.EnglishName;
    }

    [GeneratedRegex(@"\{(?<name>[\p{L}_ -]{1,40})(\|(?<else>[^{}]{0,100}))?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Open();
}
