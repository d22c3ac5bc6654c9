namespace Hearth.Ideas.Likeness;

/// <summary>
/// What English words that belong together begin with: "batteries" and "battery" are "batteri". M. F. Porter, An algorithm for suffix stripping,
/// Program 14 (3), 1980. Words of other languages lose a plural s and little else, alike on both sides of a comparison.
/// </summary>
internal static class EnglishStem
{
    private static readonly (string From, string To)[] Second =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"),
        ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ];

    private static readonly (string From, string To)[] Third = [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

    private static readonly string[] Fourth =
        ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic", "ou"];

    /// <summary>The stem of a folded word: lower case, without accents.</summary>
    public static string Of(string word)
    {
        if (word.Length <= 2 || !char.IsAsciiLetterLower(word[0])) return word;
        var stem = Fifth(LongEnding(Replaced(Replaced(FinalY(Tense(Plural(word))), Second), Third)));
        return stem;
    }

    private static string Plural(string w) =>
        Ends(w, "sses") || Ends(w, "ies") ? w[..^2] : Ends(w, "s") && !Ends(w, "ss") ? w[..^1] : w;

    private static string Tense(string w)
    {
        if (Ends(w, "eed")) return Measure(w[..^3]) > 0 ? w[..^1] : w;
        var stem = Ends(w, "ed") ? w[..^2] : Ends(w, "ing") ? w[..^3] : w;
        if (stem.Length == w.Length || !HasVowel(stem)) return w;
        if (Ends(stem, "at") || Ends(stem, "bl") || Ends(stem, "iz")) return stem + "e";
        if (stem.Length > 1 && stem[^1] == stem[^2] && !IsVowel(stem, stem.Length - 1) && stem[^1] is not ('l' or 's' or 'z')) return stem[..^1];
        return Measure(stem) == 1 && IsShort(stem) ? stem + "e" : stem;
    }

    private static string FinalY(string w) => Ends(w, "y") && HasVowel(w[..^1]) ? w[..^1] + "i" : w;

    private static string Replaced(string w, (string From, string To)[] endings)
    {
        foreach (var (from, to) in endings)
        {
            if (Ends(w, from)) return Measure(w[..^from.Length]) > 0 ? w[..^from.Length] + to : w;
        }

        return w;
    }

    private static string LongEnding(string w)
    {
        foreach (var ending in Fourth)
        {
            if (!Ends(w, ending)) continue;
            var stem = w[..^ending.Length];
            return Measure(stem) > 1 && (ending != "ion" || Ends(stem, "s") || Ends(stem, "t")) ? stem : w;
        }

        return w;
    }

    private static string Fifth(string w)
    {
        if (Ends(w, "e") && Measure(w[..^1]) is var measure && (measure > 1 || (measure == 1 && !IsShort(w[..^1])))) w = w[..^1];
        return Ends(w, "ll") && Measure(w) > 1 ? w[..^1] : w;
    }

    private static bool Ends(string w, string ending) => w.EndsWith(ending, StringComparison.Ordinal);

    private static bool IsVowel(string w, int i) => w[i] is 'a' or 'e' or 'i' or 'o' or 'u' || (w[i] == 'y' && i > 0 && !IsVowel(w, i - 1));

    private static bool HasVowel(string w) => Enumerable.Range(0, w.Length).Any(i => IsVowel(w, i));

    // Porter's m: how often a vowel is followed by a consonant.
    private static int Measure(string w)
    {
        var measure = 0;
        for (var i = 1; i < w.Length; i++)
        {
            if (IsVowel(w, i - 1) && !IsVowel(w, i)) measure++;
        }

        return measure;
    }

    // Porter's *o: consonant, vowel, consonant, the last not w, x or y.
    private static bool IsShort(string w) =>
        w.Length >= 3 && !IsVowel(w, w.Length - 1) && IsVowel(w, w.Length - 2) && !IsVowel(w, w.Length - 3) && w[^1] is not ('w' or 'x' or 'y');
}
