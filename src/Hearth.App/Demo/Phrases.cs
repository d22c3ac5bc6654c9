using System.Text;

namespace Hearth.App.Demo;

/// <summary>
/// A small template grammar: <c>[a|b|]</c> chooses one (the last may be nothing), <c>{word}</c> is an entry of the lexicon, chosen and expanded in turn.
/// </summary>
internal sealed class Phrases(IReadOnlyDictionary<string, string[]> lexicon, Random random)
{
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    /// <summary>Says one of the lexicon's <paramref name="entry"/> with the slots filled, differently from all before as long as the grammar can.</summary>
    public string Say(string entry, params (string Slot, string Text)[] slots)
    {
        var text = "";
        for (var attempt = 0; attempt < 25; attempt++)
        {
            text = Tidy(Expand(Pick(lexicon[entry]), slots));
            if (_said.Add(text)) break;
        }

        return text;
    }

    private string Expand(string template, (string Slot, string Text)[] slots)
    {
        var text = new StringBuilder(template.Length * 2);
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] == '{')
            {
                var end = template.IndexOf('}', i);
                var name = template[(i + 1)..end];
                var slot = Array.Find(slots, s => s.Slot == name);
                text.Append(slot.Text ?? Expand(Pick(lexicon[name]), slots));
                i = end;
            }
            else if (template[i] == '[')
            {
                var end = Closing(template, i);
                text.Append(Expand(Pick(Choices(template[(i + 1)..end])), slots));
                i = end;
            }
            else
            {
                text.Append(template[i]);
            }
        }

        return text.ToString();
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];

    private static int Closing(string template, int open)
    {
        for (int i = open, depth = 0; i < template.Length; i++)
        {
            depth += template[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth == 0) return i;
        }

        throw new FormatException("A choice is not closed: " + template);
    }

    private static string[] Choices(string inner)
    {
        var choices = new List<string>();
        for (int i = 0, depth = 0, start = 0; i <= inner.Length; i++)
        {
            if (i == inner.Length || (inner[i] == '|' && depth == 0))
            {
                choices.Add(inner[start..i]);
                start = i + 1;
            }
            else
            {
                depth += inner[i] switch { '[' => 1, ']' => -1, _ => 0 };
            }
        }

        return [.. choices];
    }

    // An empty choice leaves a double space behind, and a sentence may begin with a lower-case one.
    private static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c == ' ' && (tidy.Length == 0 || tidy[^1] == ' ')) continue;
            if (c is '.' or ',' or '!' or '?' && tidy.Length > 0 && tidy[^1] == ' ') tidy.Length--;
            tidy.Append(c);
        }

        var trimmed = tidy.ToString().Trim();
        return trimmed.Length == 0 ? trimmed : char.ToUpperInvariant(trimmed[0]) + trimmed[1..];
    }
}
