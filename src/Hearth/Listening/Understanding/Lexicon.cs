using System.Globalization;

namespace Hearth.Listening.Understanding;

/// <summary>What one language's words say. Written for Hearth; see the files beside this one.</summary>
internal sealed class Lexicon
{
    public static readonly string[] Languages = ["en", "de", "es", "fr", "pt"];

    // English ends words in few ways; a form that is not listed weighs what its stem does.
    private static readonly (string Ending, string Instead)[] Endings =
        [("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""), ("ies", "y"), ("ied", "y"), ("ily", "y")];

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

        foreach (var (section, entry) in Read("intents", language)) Intents[Enum.Parse<Intent>(section, ignoreCase: true)].Add(entry, true);
        foreach (var (section, entry) in Read("topics", language)) Topics.Add(entry, section);
        foreach (var (section, entry) in Read("failures", language))
        {
            if (section.StartsWith("not ", StringComparison.Ordinal)) Fulfilled.Add(entry, section[4..].Split(' ')[0]);
            else Failures.Add(entry, section.Split(' ')[0]);
        }

        foreach (var (section, entry) in Read("emotions", language)) Emotions.Add(entry, Enum.Parse<Emotion>(section, ignoreCase: true));
        foreach (var (section, entry) in Read("urgency", language)) Urgency.Add(entry, int.Parse(section, CultureInfo.InvariantCulture) / 10.0);
        foreach (var (section, entry) in Read("frames", language)) Frame(section, entry);
        if (language == "en") AddStems();
        Fill();
    }

    private void Frame(string section, string entry)
    {
        var (kind, value) = section.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? (section[..space], section[(space + 1)..]) : (section, "");
        switch (kind)
        {
            case "expected": Expected.Add(entry, Enum.Parse<Expectation>(value, ignoreCase: true)); break;
            case "delivered": Delivered.Add(entry, value == "turn"); break;
            case "number": Numbers.Add(entry, decimal.Parse(value, CultureInfo.InvariantCulture)); break;
            case "unit": Units.Add(entry, value); break;
            case "day": Days.Add(entry, int.Parse(value, CultureInfo.InvariantCulture)); break;
            default: Late.Add(entry, true); break;
        }
    }

    private void AddStems()
    {
        var words = Weights.Words.ToList();
        foreach (var (ending, instead) in Endings)
        {
            foreach (var (word, weight) in words)
            {
                if (!word.EndsWith(instead, StringComparison.Ordinal)) continue;
                var form = word[..(word.Length - instead.Length)] + ending;
                if (form.Length > 4 && form.Length - ending.Length > 2) Stems.TryAdd(form, weight);
            }
        }
    }

    private void Fill()
    {
        Gate.Add(Weights, Cue.Weight);
        foreach (var stem in Stems.Keys) Gate.Add(stem, Cue.Weight);
        Gate.Add(Modifiers, Cue.Modifier);
        foreach (var (intent, phrases) in Intents) Gate.Add(phrases, (Cue)((int)Cue.Intent << (int)intent));
        Gate.Add(Topics, Cue.Topic);
        Gate.Add(Failures, Cue.Failure);
        Gate.Add(Fulfilled, Cue.Fulfilled);
        Gate.Add(Emotions, Cue.Emotion);
        Gate.Add(Urgency, Cue.Urgency);
        Gate.Add(Expected, Cue.Expected);
        Gate.Add(Delivered, Cue.Delivered);
        Gate.Add(Numbers, Cue.Number);
        Gate.Add(Units, Cue.Unit);
        Gate.Add(Days, Cue.Day);
        Gate.Add(Late, Cue.Late);
    }

    public string Language { get; }

    /// <summary>Words that only grammar needs; they tell the language.</summary>
    public HashSet<string> Stop { get; } = new(StringComparer.Ordinal);

    /// <summary>Sentiment, -4 to 4.</summary>
    public Phrases<int> Weights { get; } = new();

    public Phrases<Modifier> Modifiers { get; } = new();

    public Dictionary<Intent, Phrases<bool>> Intents { get; } = Enum.GetValues<Intent>().Where(i => i != Intent.Other).ToDictionary(i => i, _ => new Phrases<bool>());

    /// <summary>Forms of single words that are not listed themselves, with the weight of their stem.</summary>
    public Dictionary<string, int> Stems { get; } = new(StringComparer.Ordinal);

    /// <summary>Words that name what is talked about; a key that begins with ~ names a thing ("~flight") and is no topic.</summary>
    public Phrases<string> Topics { get; } = new();

    /// <summary>Words that tell what went wrong, by kind of failure.</summary>
    public Phrases<string> Failures { get; } = new();

    /// <summary>Words that tell what should happen; with "not" before them they are failures.</summary>
    public Phrases<string> Fulfilled { get; } = new();

    public Phrases<Emotion> Emotions { get; } = new();

    /// <summary>0 to 1.</summary>
    public Phrases<double> Urgency { get; } = new();

    /// <summary>Words after which it is said what was expected.</summary>
    public Phrases<Expectation> Expected { get; } = new();

    /// <summary>Words after which it is said what was experienced; true when they also end what was expected ("but").</summary>
    public Phrases<bool> Delivered { get; } = new();

    public Phrases<decimal> Numbers { get; } = new();

    /// <summary>As in <see cref="MismatchSize"/>.</summary>
    public Phrases<string> Units { get; } = new();

    /// <summary>Days of the week, Monday is 1.</summary>
    public Phrases<int> Days { get; } = new();

    /// <summary>Words that make an amount beside them a difference ("two hours late").</summary>
    public Phrases<bool> Late { get; } = new();

    public Gate Gate { get; } = new();

    /// <summary>The lexicon of a language; English for one that has none, since brands are talked about in English everywhere.</summary>
    public static Lexicon Of(string language) => All.GetValueOrDefault(language) ?? All["en"];

    /// <summary>The entries of a resource with the section each stands in.</summary>
    public static IEnumerable<(string Section, string Entry)> Read(string name) => Lines(name).SelectMany(l => l.Line[0] == '='
        ? [l] : l.Line.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(e => (l.Section, e)));

    /// <summary>The entries of a resource of all languages that hold in one: its lines begin with "en:", or "all:".</summary>
    public static IEnumerable<(string Section, string Entry)> Read(string name, string language)
    {
        foreach (var (section, entry) in Lines(name))
        {
            if (entry[0] == '=') continue;
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            if (entry[..colon] is var of && of != language && of != "all") continue;
            foreach (var one in entry[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) yield return (section, one);
        }
    }

    /// <summary>The lines of a resource with the section each stands in; what stands behind a section's bracket is a line that begins with "=".</summary>
    public static IEnumerable<(string Section, string Line)> Lines(string name)
    {
        using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream($"Hearth.Listening.Understanding.Lexicons.{name}.txt")
            ?? throw new InvalidOperationException($"The lexicon {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        var section = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line.StartsWith("# ", StringComparison.Ordinal)) continue;
            if (line[0] != '[') yield return (section, line);
            else
            {
                section = line[1..line.IndexOf(']', StringComparison.Ordinal)];
                if (line.Length > section.Length + 2) yield return (section, "=" + line[(section.Length + 2)..].Trim());
            }
        }
    }
}

internal enum Expectation
{
    /// <summary>The brand said so.</summary>
    Promised,

    /// <summary>It should be so.</summary>
    Due,

    /// <summary>It was ordered or paid for; an expectation only where something else is told to have come.</summary>
    Paid,

    /// <summary>"instead of": what was experienced stands before it.</summary>
    Instead,
}

internal enum Modifier
{
    Negate,
    More,
    Less,
    But,
}
