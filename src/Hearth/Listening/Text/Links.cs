using System.Buffers;

namespace Hearth.Listening.Text;

/// <summary>The addresses of pages that stand in a text, found as <see cref="Tokens"/> passes over them.</summary>
public static class Links
{
    private static readonly SearchValues<string> Starts = SearchValues.Create(["http://", "https://", "www."], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<char> End = SearchValues.Create(" \t\r\n<>\"");

    /// <summary>All addresses in a text, as written, in order.</summary>
    public static IEnumerable<string> In(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var next = text.AsSpan(i).IndexOfAny(Starts);
            if (next < 0) yield break;
            i += next;
            if (i > 0 && Tokens.IsWord(text[i - 1]))
            {
                i++;
                continue;
            }

            var length = text.AsSpan(i).IndexOfAny(End);
            if (length < 0) length = text.Length - i;
            yield return text.Substring(i, length);
            i += length;
        }
    }
}
