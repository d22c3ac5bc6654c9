using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding;

/// <summary>Tells the language of a short text by its grammar words, its letters and the endings of its words; says "und" when these do not tell.</summary>
internal static class Languages
{
    public const string Unknown = "und";

    // Letters and endings that one of the five has and the others have not, or hardly. Weight 2 for a letter, 1 for an ending.
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['ß'] = "de", ['ä'] = "de", ['ö'] = "de", ['ñ'] = "es", ['¿'] = "es", ['¡'] = "es", ['ã'] = "pt", ['õ'] = "pt", ['œ'] = "fr", ['è'] = "fr", ['ë'] = "fr", ['î'] = "fr", ['û'] = "fr", ['ù'] = "fr",
    };

    private static readonly (string Ending, string Language)[] Endings =
    [
        ("ung", "de"), ("keit", "de"), ("heit", "de"), ("lich", "de"), ("isch", "de"), ("schaft", "de"), ("cion", "es"), ("ciones", "es"), ("mente", "es"), ("dad", "es"), ("ando", "es"),
        ("iendo", "es"), ("cao", "pt"), ("coes", "pt"), ("dade", "pt"), ("mento", "pt"), ("endo", "pt"), ("inho", "pt"), ("ment", "fr"), ("eux", "fr"), ("euse", "fr"), ("aient", "fr"), ("tion", "en"),
        ("ing", "en"), ("ness", "en"), ("ed", "en"), ("ly", "en"), ("ght", "en"), ("th", "en"),
    ];

    // Which languages have a word among their grammar words: bit l is language l.
    private static readonly Dictionary<string, int> Stop = Stops();

    // By last letter.
    private static readonly (string Ending, int Language)[][] EndingsBy = ByLast();

    public static string Of(string text, List<Token> tokens, string? claimed)
    {
        if (Script(text) is { } script) return script;
        Span<int> scores = stackalloc int[Lexicon.Languages.Length];
        var words = 0;
        foreach (var token in tokens)
        {
            if (token.Kind != TokenKind.Word) continue;
            words++;
            if (Stop.TryGetValue(token.Folded, out var languages))
            {
                for (var l = 0; l < scores.Length; l++)
                {
                    if ((languages & 1 << l) != 0) scores[l] += token.Folded.Length == 1 ? 1 : 3;
                }
            }

            if (token.Folded[^1] >= EndingsBy.Length) continue;
            foreach (var (ending, language) in EndingsBy[token.Folded[^1]])
            {
                if (token.Folded.Length > ending.Length + 2 && token.Folded.EndsWith(ending, StringComparison.Ordinal)) scores[language]++;
            }
        }

        foreach (var c in text)
        {
            if (c >= 0x80 && Letters.TryGetValue(char.ToLowerInvariant(c), out var language)) scores[Array.IndexOf(Lexicon.Languages, language)] += 2;
        }

        var said = claimed is { Length: >= 2 } ? claimed[..2].ToLowerInvariant() : null;
        var (best, second) = (0, 0);
        for (var l = 1; l < scores.Length; l++)
        {
            if (scores[l] > scores[best] || scores[l] == scores[best] && Lexicon.Languages[l] == said) best = l;
        }

        for (var l = 0; l < scores.Length; l++)
        {
            if (l != best) second = Math.Max(second, scores[l]);
        }

        var isClear = scores[best] >= 3 && (scores[best] > second + 1 || words < 6 && scores[best] > second);
        if (isClear || scores[best] >= 2 && Lexicon.Languages[best] == said) return Lexicon.Languages[best];
        return said is not null && char.IsAsciiLetterLower(said[0]) && char.IsAsciiLetterLower(said[1]) ? said : Unknown;
    }

    private static Dictionary<string, int> Stops()
    {
        var all = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var l = 0; l < Lexicon.Languages.Length; l++)
        {
            foreach (var word in Lexicon.Of(Lexicon.Languages[l]).Stop) all[word] = all.GetValueOrDefault(word) | 1 << l;
        }

        return all;
    }

    private static (string, int)[][] ByLast() =>
        [.. Enumerable.Range(0, 128).Select(c => Endings.Where(e => e.Ending[^1] == c).Select(e => (e.Ending, Array.IndexOf(Lexicon.Languages, e.Language))).ToArray())];

    // Some scripts belong to one language; more than half of the letters must be of it.
    private static string? Script(string text)
    {
        var (letters, latin, kana, han, hangul, arabic, hebrew, thai, greek) = (0, 0, 0, 0, 0, 0, 0, 0, 0);
        foreach (var c in text)
        {
            if (c < 0x250)
            {
                if (char.IsLetter(c))
                {
                    letters++;
                    latin++;
                }

                continue;
            }

            if (!char.IsLetter(c)) continue;
            letters++;
            _ = c switch
            {
                >= '\u3040' and <= '\u30FF' => kana++,
                >= '\u4E00' and <= '\u9FFF' => han++,
                >= '\uAC00' and <= '\uD7AF' => hangul++,
                >= '\u0600' and <= '\u06FF' => arabic++,
                >= '\u0590' and <= '\u05FF' => hebrew++,
                >= '\u0E00' and <= '\u0E7F' => thai++,
                >= '\u0370' and <= '\u03FF' => greek++,
                _ => 0,
            };
        }

        if (letters == 0 || latin * 2 >= letters) return null;
        if (kana > 0 && (kana + han) * 2 > letters) return "ja";
        if (han * 2 > letters) return "zh";
        if (hangul * 2 > letters) return "ko";
        if (arabic * 2 > letters) return "ar";
        if (hebrew * 2 > letters) return "he";
        if (thai * 2 > letters) return "th";
        return greek * 2 > letters ? "el" : null;
    }
}
