using System.Text;

namespace Hearth.Listening.Text;

public enum TokenKind : byte
{
    Word,

    /// <summary>"#delta"; its <see cref="Token.Folded"/> has no '#'.</summary>
    Tag,

    /// <summary>"@delta"; its <see cref="Token.Folded"/> has no '@'.</summary>
    Handle,

    /// <summary>One emoji or other symbol.</summary>
    Symbol,
}

/// <summary>One word of a text, as queries and readers see it.</summary>
/// <param name="Folded">Lower case, without accents or apostrophes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Start">First UTF-16 character in the text, its '#' or '@' included.</param>
/// <param name="Length">In UTF-16 characters.</param>
/// <param name="Position">Its place among the words, from 0. The next word has the next position, but a link between two takes one, so that no phrase runs across it.</param>
public readonly record struct Token(string Folded, TokenKind Kind, int Start, int Length, int Position);

/// <summary>
/// Splits text into words: runs of letters, digits and underscores, apostrophes inside joined ("don't" is "dont"); tags; handles; one token for each
/// emoji and for each character of scripts that are written without spaces. Addresses of pages are no words, but take a position.
/// </summary>
public static class Tokens
{
    /// <summary>Longer words are cut: nobody asks for them and an index must hold them.</summary>
    internal const int MaxLength = 100;

    [ThreadStatic]
    private static Scanner? _scanner;

    public static List<Token> Of(string text)
    {
        var scanner = _scanner ??= new();
        var scanned = scanner.Scan(text);
        var tokens = new List<Token>(scanned.Length);
        for (var i = 0; i < scanned.Length; i++)
        {
            ref readonly var token = ref scanned[i];
            if (token.Kind != Scanned.Link) tokens.Add(new(scanner.Folded(token), token.Kind, token.Start, token.Length, i));
        }

        return tokens;
    }

    /// <summary>The addresses of pages in a text, in order: first character and length.</summary>
    internal static List<(int Start, int Length)> Links(string text)
    {
        var links = new List<(int, int)>();
        foreach (ref readonly var token in (_scanner ??= new()).Scan(text))
        {
            if (token.Kind == Scanned.Link) links.Add((token.Start, token.Length));
        }

        return links;
    }

    /// <summary>Lower case and without accents, as tokens are; other characters stay.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c < 0x80) folded.Append(char.ToLowerInvariant(c));
            else folded.Append(Letters.Fold(c));
        }

        return folded.ToString();
    }

    /// <summary>Folds a word, drops its apostrophes and cuts it to <see cref="MaxLength"/>. Returns the length.</summary>
    internal static int FoldWord(ReadOnlySpan<char> word, Span<char> folded)
    {
        var length = 0;
        foreach (var c in word)
        {
            if (c is '\'' or '’') continue;
            if (c < 0x80)
            {
                if (length == MaxLength) break;
                folded[length++] = char.ToLowerInvariant(c);
                continue;
            }

            var letters = Letters.Fold(c);
            var fits = Math.Min(letters.Length, MaxLength - length);
            letters.AsSpan(0, fits).CopyTo(folded[length..]);
            length += fits;
            if (length == MaxLength) break;
        }

        return length;
    }

    internal static bool IsWord(char c) => Letters.IsWord(c);
}
