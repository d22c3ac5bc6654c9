using System.Collections.Frozen;
using Hearth.Listening.Text;
using Hearth.Platform;

namespace Hearth.Ideas.Likeness;

/// <summary>A title as the likeness finder sees it.</summary>
/// <param name="Stems">Its words in order, by stem; those that mean the same under one name; small words left out.</param>
/// <param name="Grams">Each run of three characters once (16 bits a character), over folded words with a space around.</param>
/// <param name="Begun">The last word when nothing follows it, so that it may be only begun; null when the text ended otherwise.</param>
internal sealed record TitleWords(IReadOnlyList<string> Stems, IReadOnlyList<long> Grams, string? Begun);

/// <summary>Takes texts apart for search and likeness.</summary>
internal static class LikeWords
{
    /// <summary>Stands before a word that the title holds, by meaning.</summary>
    public const string TitleMark = "~";

    // How a question is dressed says little about what it asks for.
    private static readonly FrozenSet<string> Small = FrozenSet.ToFrozenSet((
        "a an and are as at be been being by can cant could couldnt do does doesnt doing done dont did didnt for from had has hasnt have havent having he her here him his how i if ill im in into is isnt it its ive just let lets " +
        "may me might mine must my no nor not of off on or our ours out shall she should shouldnt so some such than that thats the their them then there these they theyre this those to too up upon very was wasnt " +
        "we were werent what whats when where which who whom whose why will with wont would wouldnt you youre your yours am any also ever get gets please really one ones about much many more most").Split(' '), StringComparer.Ordinal);

    /// <summary>A title, or what was typed of one.</summary>
    /// <param name="title">One line.</param>
    /// <param name="isBegun">True while it is being typed: its last word may go on.</param>
    public static TitleWords Of(string title, bool isBegun = false)
    {
        var folded = Folded(title);
        var begun = isBegun && folded.Count > 0 && char.IsLetterOrDigit(title[^1]) ? folded[^1] : null;
        return new(Stems(folded), Grams(folded, begun is null), begun);
    }

    /// <summary>What full-text search keeps of an idea: what its title means, each with <see cref="TitleMark"/>, then all words by stem.</summary>
    public static string Kept(string title, string body)
    {
        var inTitle = Folded(title);
        return string.Join(' ', Stems(inTitle).Select(s => TitleMark + s).Concat(Searched(inTitle.Concat(Folded(body)))).Distinct(StringComparer.Ordinal));
    }

    /// <summary>What full-text search keeps of any other text: its words by stem, once each.</summary>
    public static string Kept(string text) => string.Join(' ', Searched(Folded(text)).Distinct(StringComparer.Ordinal));

    /// <summary>The words of a text, lower case, without accents and signs.</summary>
    public static List<string> Folded(string text) =>
        [.. Tokens.Of(text).Where(t => t.Kind != TokenKind.Symbol).SelectMany(t => t.Folded.Split(['.', '-', '_'], StringSplitOptions.RemoveEmptyEntries)).Select(w => FullText.Plain(w))];

    /// <summary>True for a word that says little about what a text is about.</summary>
    public static bool IsSmall(string folded) => Small.Contains(folded);

    private static IEnumerable<string> Searched(IEnumerable<string> folded) => folded.Where(w => !Small.Contains(w)).Select(EnglishStem.Of);

    private static List<string> Stems(List<string> folded)
    {
        var stems = new List<string>(folded.Count);
        for (var i = 0; i < folded.Count; i++)
        {
            if (i + 1 < folded.Count && SameMeaning.Together(folded[i], folded[i + 1]) is { } together)
            {
                stems.Add(together);
                i++;
            }
            else if (!Small.Contains(folded[i]))
            {
                stems.Add(SameMeaning.Of(folded[i], EnglishStem.Of(folded[i])));
            }
        }

        // "How to be": nothing but small words is still something.
        if (stems.Count == 0) stems.AddRange(folded);
        return stems;
    }

    private static List<long> Grams(List<string> folded, bool isWhole)
    {
        var text = " " + string.Join(' ', folded) + (isWhole ? " " : "");
        var grams = new HashSet<long>(text.Length);
        for (var i = 0; i + 3 <= text.Length; i++) grams.Add(Gram(text.AsSpan(i, 3)));
        return [.. grams];
    }

    private static long Gram(ReadOnlySpan<char> three) => ((long)three[0] << 32) | ((long)three[1] << 16) | three[2];
}
