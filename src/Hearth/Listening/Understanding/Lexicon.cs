using System.Globalization;

namespace Hearth.Listening.Understanding;

/// <summary>What one language's words say. Written for Hearth; see the files beside this one.</summary>
internal sealed class Lexicon
{
    public static readonly string[] Languages = ["en", "de", "es", "fr", "pt"];

    private static readonly Dictionary<string, Lexicon> All = Languages.ToDictionary(l => l, l => new Lexicon(l), StringComparer.Ordinal);

    private Lexicon(string language)
    {
        Language = language;
        foreach (var (section, entry) in Read(language))
        {
            if (int.TryParse(section, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var weight)) Weights.Add(entry, weight);
            else if (section.StartsWith("intent ", StringComparison.Ordinal)) Intents[Enum.Parse<Intent>(section[7..], ignoreCase: true)].Add(entry, true);
            else if (section == "stop") Stop.Add(Text.Tokens.Of(entry)[0].Folded);
            else Modifiers.Add(entry, Enum.Parse<Modifier>(section, ignoreCase: true));
        }
    }

    public string Language { get; }

    /// <summary>Words that only grammar needs; they tell the language.</summary>
    public HashSet<string> Stop { get; } = new(StringComparer.Ordinal);

    /// <summary>Sentiment, -4 to 4.</summary>
    public Phrases<int> Weights { get; } = new();

    public Phrases<Modifier> Modifiers { get; } = new();

    public Dictionary<Intent, Phrases<bool>> Intents { get; } = Enum.GetValues<Intent>().Where(i => i != Intent.Other).ToDictionary(i => i, _ => new Phrases<bool>());

    /// <summary>The lexicon of a language; English for one that has none, since brands are talked about in English everywhere.</summary>
    public static Lexicon Of(string language) => All.GetValueOrDefault(language) ?? All["en"];

    /// <summary>The entries of a resource with the section each stands in.</summary>
    public static IEnumerable<(string Section, string Entry)> Read(string name)
    {
        using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream($"Hearth.Listening.Understanding.Lexicons.{name}.txt")
            ?? throw new InvalidOperationException($"The lexicon {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        var section = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line.StartsWith("# ", StringComparison.Ordinal)) continue;
            if (line[0] == '[')
            {
                section = line[1..line.IndexOf(']', StringComparison.Ordinal)];
                if (line.Length > section.Length + 2) yield return (section, "=" + line[(section.Length + 2)..].Trim());
                continue;
            }

            foreach (var entry in line.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) yield return (section, entry);
        }
    }
}

internal enum Modifier
{
    Negate,
    More,
    Less,
    But,
}
