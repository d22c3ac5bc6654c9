using System.Globalization;

namespace Hearth.Listening.Understanding;

/// <summary>Emoji and emoticons: the same in every language.</summary>
internal static class Symbols
{
    private static readonly Dictionary<string, int> Emoji = [];
    private static readonly List<(string Face, int Weight)> Faces = [];

    static Symbols()
    {
        foreach (var (section, entry) in Lexicon.Read("symbols"))
        {
            var weight = int.Parse(section, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            if (entry[0] < 0x80) Faces.Add((entry, weight));
            else Emoji[entry] = weight;
        }

        Faces.Sort((a, b) => b.Face.Length - a.Face.Length); // ":-(" before ":-"
    }

    public static bool Weight(string emoji, out int weight) => Emoji.TryGetValue(emoji, out weight);

    /// <summary>Emoticons that stand free: not inside a word and not the ":/" of an address.</summary>
    public static IEnumerable<(int Start, int Length, int Weight)> Emoticons(string text)
    {
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] is not (':' or ';' or '=' or '(' or ')' or '<' or '>' or '^' or '-' or 'D' or 'x' or 'X' or 'T')) continue;
            foreach (var (face, weight) in Faces)
            {
                if (string.CompareOrdinal(text, i, face, 0, face.Length) != 0) continue;
                var after = i + face.Length < text.Length ? text[i + face.Length] : ' ';
                var before = i > 0 ? text[i - 1] : ' ';
                if (char.IsLetterOrDigit(after) || after == '/' || char.IsLetterOrDigit(before) && (char.IsLetter(face[0]) || face[0] is '(' or ')' or '<' or '=')) continue;
                yield return (i, face.Length, weight);
                i += face.Length - 1;
                break;
            }
        }
    }
}
