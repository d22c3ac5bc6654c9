using System.Collections.Frozen;

namespace Hearth.Ideas.Likeness;

/// <summary>
/// Words that mean nearly the same in a request, and the forms of irregular verbs (<c>same-meaning.txt</c>): written by ourselves from general knowledge of English. The first of a
/// line stands for all; an underscore joins words that mean it only together.
/// </summary>
internal static class SameMeaning
{
    private static readonly (FrozenDictionary<string, string> Words, FrozenDictionary<string, string> Pairs) Table = Read();

    /// <summary>The stem that stands for all of the same meaning; the stem itself when it has none like it.</summary>
    public static string Of(string word, string stem) => Table.Words.TryGetValue(word, out var same) || Table.Words.TryGetValue(stem, out same) ? same : stem;

    /// <summary>What two words mean together: "log in" is "login"; null when they mean nothing of their own.</summary>
    public static string? Together(string first, string second) => Table.Pairs.GetValueOrDefault(first + "_" + second);

    private static (FrozenDictionary<string, string>, FrozenDictionary<string, string>) Read()
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        using var kept = new StreamReader(typeof(SameMeaning).Assembly.GetManifestResourceStream("Hearth.Ideas.Likeness.same-meaning.txt")!);
        foreach (var line in kept.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var group = line.Split(' ');
            var same = EnglishStem.Of(group[0]);
            foreach (var word in group)
            {
                if (word.Contains('_')) pairs.TryAdd(word, same);
                else if (words.TryAdd(word, same)) words.TryAdd(EnglishStem.Of(word), same);
            }
        }

        return (words.ToFrozenDictionary(StringComparer.Ordinal), pairs.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
