using System.Globalization;
using System.Text.RegularExpressions;

namespace Hearth.Publishing;

/// <summary>Parts a long text into a thread: at sentences where it can, between words where it must, inside a word only when nothing else is left.</summary>
public static partial class ThreadParts
{
    /// <summary>The most parts of a thread.</summary>
    public const int Most = 25;

    /// <summary>Parts with their numbers ("… (2/3)"), each of which fits. Nothing of the text is lost but white space where it was cut.</summary>
    /// <param name="words">What is to be said.</param>
    /// <param name="fits">Whether a part with its number fits the network, signature included.</param>
    /// <returns>Null when it takes more than <see cref="Most"/>, or nothing fits at all. One part without a number when the whole fits.</returns>
    public static IReadOnlyList<string>? Split(string words, Func<string, bool> fits)
    {
        var text = words.Trim();
        if (fits(text)) return [text];
        foreach (var widest in (string[])[" (9/9)", " (99/99)"])
        {
            if (Pack(text, t => fits(t + widest)) is not { } parts || parts.Count > Most) return null;
            if (widest.Length > 6 || parts.Count < 10) return [.. parts.Select((p, i) => string.Create(CultureInfo.InvariantCulture, $"{p} ({i + 1}/{parts.Count})"))];
        }

        return null;
    }

    private static List<string>? Pack(string text, Func<string, bool> fits)
    {
        var (parts, now) = (new List<string>(), "");
        foreach (var piece in Sentences(text).SelectMany(s => fits(s.Trim()) ? [s] : Between().Split(s)).SelectMany(w => fits(w.Trim()) ? [w] : Letters(w)))
        {
            if (fits((now + piece).Trim()))
            {
                now += piece;
                continue;
            }

            if (now.Trim().Length > 0) parts.Add(now.Trim());
            if (!fits(piece.Trim())) return null;
            now = piece;
        }

        if (now.Trim().Length > 0) parts.Add(now.Trim());
        return parts;
    }

    private static IEnumerable<string> Sentences(string text) => Ends().Split(text);

    private static IEnumerable<string> Letters(string word)
    {
        var letters = StringInfo.GetTextElementEnumerator(word);
        while (letters.MoveNext()) yield return letters.GetTextElement();
    }

    // After the white space that follows the end of a sentence, or after a line: the space stays with what stands before it.
    [GeneratedRegex("""(?<=[.!?…][)"'”»]*\s+)(?=\S)|(?<=[。！？])|(?<=\n)""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Ends();

    [GeneratedRegex(@"(?<=\s)(?=\S)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
