using System.Globalization;
using System.Text;

namespace Hearth.Listening.Text;

/// <summary>What a character is to the splitting of text into words.</summary>
[Flags]
internal enum Letter : byte
{
    None = 0,

    /// <summary>Letter, digit, underscore or combining mark, of a script that puts spaces between words.</summary>
    Word = 1,

    /// <summary>The same, of a script written without spaces: each stands for itself.</summary>
    Unspaced = 2,

    /// <summary>Joins the letters around it.</summary>
    Apostrophe = 4,

    /// <summary># or @.</summary>
    Mark = 8,

    /// <summary>A symbol, or half of a character beyond the basic plane: the rune has to be looked at.</summary>
    Rune = 16,
}

/// <summary>Tables for each UTF-16 character: what it is, and what it is folded to.</summary>
internal static class Letters
{
    private static readonly Letter[] Classes = [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => Classify((char)c))];
    private static readonly string?[] Folds = new string?[char.MaxValue + 1];

    public static Letter Of(char c) => Classes[c];

    public static bool IsWord(char c) => (Classes[c] & (Letter.Word | Letter.Unspaced)) != Letter.None;

    /// <summary>Lower case and without accents: no character, one, or several.</summary>
    public static string Fold(char c) => Folds[c] ??= FoldOne(c);

    private static Letter Classify(char c)
    {
        if (c is '\'' or '’') return Letter.Apostrophe;
        if (c is '#' or '@' or '＃' or '＠') return Letter.Mark;
        if (char.IsSurrogate(c)) return Letter.Rune;
        var kind = CharUnicodeInfo.GetUnicodeCategory(c);
        var isWord = c == '_' || char.IsLetterOrDigit(c) || kind is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark && c is not ('\uFE0E' or '\uFE0F');
        if (isWord) return IsUnspaced(c) ? Letter.Unspaced : Letter.Word;
        return kind == UnicodeCategory.OtherSymbol ? Letter.Rune : Letter.None;
    }

    // Thai, Lao, Khmer, kana, Han: written without spaces between words.
    private static bool IsUnspaced(char c) => KeepsMarks(c) || c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u4DBF' or >= '\u4E00' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';

    // Marks are vowels and tones here, not accents.
    private static bool KeepsMarks(char c) => c is >= '\u0E00' and <= '\u0EFF' or >= '\u1780' and <= '\u17FF';

    private static string FoldOne(char c)
    {
        if (c < 0x80) return char.ToLowerInvariant(c).ToString();
        if (char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF') return c.ToString();
        var folded = new StringBuilder();
        foreach (var part in c.ToString().Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(part) == UnicodeCategory.NonSpacingMark && !KeepsMarks(part)) continue;
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
                'ς' => folded.Append('σ'), // the same letter at the end of a word
                ' ' => folded,
                var lower => folded.Append(lower),
            };
        }

        return folded.ToString();
    }
}
