using System.Buffers;
using System.Globalization;
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
    public static List<Token> Of(string text)
    {
        var tokens = new List<Token>(text.Length / 5 + 1);
        var links = 0;
        for (var i = 0; i < text.Length;)
        {
            if (IsLink(text, i, out var link))
            {
                i += link;
                links++;
            }
            else
            {
                i = One(text, i, tokens, links);
            }
        }

        return tokens;
    }

    /// <summary>Lower case and without accents, as tokens are; other characters stay.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text) Append(folded, c);
        return folded.ToString();
    }

    private static int One(string text, int i, List<Token> tokens, int links)
    {
        var c = text[i];
        if (c is '#' or '@' or '＃' or '＠' && i + 1 < text.Length && IsWord(text[i + 1]) && (i == 0 || !IsWord(text[i - 1])))
        {
            var end = WordEnd(text, i + 1, c is '@' or '＠');
            tokens.Add(new(Word(text.AsSpan(i + 1, end - i - 1)), c is '#' or '＃' ? TokenKind.Tag : TokenKind.Handle, i, end - i, tokens.Count + links));
            return end;
        }

        if (IsUnspaced(c))
        {
            tokens.Add(new(Fold([c]), TokenKind.Word, i, 1, tokens.Count + links));
            return i + 1;
        }

        if (IsWord(c))
        {
            var end = WordEnd(text, i, false);
            if (Word(text.AsSpan(i, end - i)) is { Length: > 0 } word) tokens.Add(new(word, TokenKind.Word, i, end - i, tokens.Count + links));
            return end;
        }

        if (c < 0x80) return i + 1;
        if (!Rune.TryGetRuneAt(text, i, out var rune)) return i + 1;
        if (Rune.IsLetterOrDigit(rune)) tokens.Add(new(rune.ToString(), TokenKind.Word, i, rune.Utf16SequenceLength, tokens.Count + links)); // beyond the basic plane: rare scripts, one by one
        else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol) tokens.Add(new(rune.ToString(), TokenKind.Symbol, i, rune.Utf16SequenceLength, tokens.Count + links));
        return i + rune.Utf16SequenceLength;
    }

    private static int WordEnd(string text, int i, bool isHandle)
    {
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (IsWord(c) && !IsUnspaced(c)) continue;
            var inside = i + 1 < text.Length && IsWord(text[i + 1]) && !IsUnspaced(text[i + 1]);
            if (inside && (c is '\'' or '’' || isHandle && c is '.' or '-' && isHandle)) continue; // fan.bsky.social
            break;
        }

        return i;
    }

    private static string Word(ReadOnlySpan<char> raw)
    {
        var plain = true;
        foreach (var c in raw) plain &= char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
        if (plain) return raw.Length <= MaxLength ? raw.ToString() : raw[..MaxLength].ToString();
        var folded = new StringBuilder(raw.Length);
        foreach (var c in raw)
        {
            if (c is not ('\'' or '’')) Append(folded, c);
        }

        if (folded.Length > MaxLength) folded.Length = MaxLength;
        return folded.ToString();
    }

    /// <summary>Longer words are cut: nobody asks for them and an index must hold them.</summary>
    private const int MaxLength = 100;

    internal static bool IsWord(char c) => c == '_' || (c < 0x80 ? char.IsAsciiLetterOrDigit(c)
        : char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark && c is not ('\uFE0E' or '\uFE0F'));

    // Thai to Khmer, kana, Han: written without spaces between words.
    private static bool IsUnspaced(char c) => c is >= '\u0E00' and <= '\u0EFF' or >= '\u1780' and <= '\u17FF' or >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u4DBF'
        or >= '\u4E00' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';

    private static readonly SearchValues<char> LinkEnd = SearchValues.Create(" \t\r\n<>\"");

    private static bool IsLink(string text, int i, out int length)
    {
        length = 0;
        var rest = text.AsSpan(i);
        if (rest[0] is not ('h' or 'H' or 'w' or 'W')) return false;
        if (i > 0 && IsWord(text[i - 1])) return false;
        if (!rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            && !rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) return false;
        length = rest.IndexOfAny(LinkEnd);
        if (length < 0) length = rest.Length;
        return true;
    }

    private static void Append(StringBuilder to, char c)
    {
        if (c < 0x80) to.Append(char.ToLowerInvariant(c));
        else to.Append(Folded[c] ??= FoldOne(c));
    }

    private static readonly string?[] Folded = new string?[char.MaxValue + 1];

    private static string FoldOne(char c)
    {
        if (char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF') return c.ToString();
        var folded = new StringBuilder();
        foreach (var part in c.ToString().Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(part) == UnicodeCategory.NonSpacingMark) continue;
            _ = char.ToLowerInvariant(part) switch // letters that Unicode does not decompose but every keyboard without them does
            {
                'ß' => folded.Append("ss"),
                'æ' => folded.Append("ae"),
                'œ' => folded.Append("oe"),
                'ø' => folded.Append('o'),
                'đ' or 'ð' => folded.Append('d'),
                'ł' => folded.Append('l'),
                'ı' => folded.Append('i'),
                'þ' => folded.Append("th"),
                ' ' => folded,
                var lower => folded.Append(lower),
            };
        }

        return folded.ToString();
    }
}
