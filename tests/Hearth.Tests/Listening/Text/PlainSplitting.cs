using System.Globalization;
using System.Text;
using Hearth.Listening.Text;

namespace Hearth.Tests.Listening.Text;

/// <summary>The rules of splitting text into words, written apart from the scanner: character by character, on strings, with the runtime's own tables.</summary>
internal static class PlainSplitting
{
    public static List<Token> Of(string text)
    {
        var tokens = new List<Token>();
        var position = 0;
        for (var i = 0; i < text.Length;)
        {
            if (LinkAt(text, i) is > 0 and var link)
            {
                i += link;
                position++;
                continue;
            }

            var c = text[i];
            if ("#@＃＠".Contains(c) && i + 1 < text.Length && IsWord(text[i + 1]) && (i == 0 || !IsWord(text[i - 1])))
            {
                var kind = "#＃".Contains(c) ? TokenKind.Tag : TokenKind.Handle;
                var start = i++;
                while (i < text.Length && IsWord(text[i]))
                {
                    var from = i++;
                    if (!IsUnspaced(text[from]))
                    {
                        while (i < text.Length && (IsSpacedWord(text, i) || kind == TokenKind.Handle && text[i] is '.' or '-' && IsSpacedWord(text, i + 1))) i++;
                    }

                    Add(kind, start, from, i);
                    start = i;
                }
            }
            else if (IsWord(c) && IsUnspaced(c))
            {
                Add(TokenKind.Word, i, i, ++i);
            }
            else if (IsWord(c))
            {
                var start = i++;
                while (IsSpacedWord(text, i) || i < text.Length && text[i] is '\'' or '’' && IsSpacedWord(text, i - 1) && IsSpacedWord(text, i + 1)) i++;
                Add(TokenKind.Word, start, start, i);
            }
            else if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                if (c >= 0x80 && Rune.IsLetterOrDigit(rune)) tokens.Add(new(rune.ToString(), TokenKind.Word, i, rune.Utf16SequenceLength, position++));
                else if (c >= 0x80 && Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol) tokens.Add(new(rune.ToString(), TokenKind.Symbol, i, rune.Utf16SequenceLength, position++));
                i += rune.Utf16SequenceLength;
            }
            else
            {
                i++;
            }
        }

        return tokens;

        void Add(TokenKind kind, int start, int from, int end)
        {
            var folded = string.Concat(text[from..end].Where(c => c is not ('\'' or '’')).Select(Fold));
            if (folded.Length > 0) tokens.Add(new(folded[..Math.Min(100, folded.Length)], kind, start, end - start, position++));
        }
    }

    private static bool IsSpacedWord(string text, int i) => i < text.Length && IsWord(text[i]) && !IsUnspaced(text[i]);

    private static bool IsWord(char c) => c == '_' || char.IsLetterOrDigit(c)
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark && c is not ('\uFE0E' or '\uFE0F');

    private static bool IsVowelled(char c) => c is >= '\u0E00' and <= '\u0EFF' or >= '\u1780' and <= '\u17FF';

    private static bool IsUnspaced(char c) => IsVowelled(c) || c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u4DBF' or >= '\u4E00' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';

    private static int LinkAt(string text, int i)
    {
        if (i > 0 && IsWord(text[i - 1])) return 0;
        var rest = text[i..];
        return new[] { "http://", "https://", "www." }.Any(s => rest.StartsWith(s, StringComparison.OrdinalIgnoreCase))
            ? rest.TakeWhile(c => !" \t\r\n<>\"".Contains(c)).Count()
            : 0;
    }

    private static string Fold(char c)
    {
        if (char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF') return c.ToString();
        var parts = c.ToString().Normalize(NormalizationForm.FormKD).Where(p => CharUnicodeInfo.GetUnicodeCategory(p) != UnicodeCategory.NonSpacingMark || IsVowelled(p));
        return string.Concat(parts.Select(char.ToLowerInvariant).Where(p => p != ' ' || c == ' '))
            .Replace("ß", "ss").Replace("æ", "ae").Replace("œ", "oe").Replace("ø", "o").Replace("đ", "d").Replace("ð", "d").Replace("ł", "l").Replace("ı", "i").Replace("þ", "th").Replace("ς", "σ");
    }
}
