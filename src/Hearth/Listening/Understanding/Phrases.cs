using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding;

/// <summary>Words and phrases with what each stands for; the longest that begins at a token wins. A last word that ends with * is a beginning.</summary>
internal sealed class Phrases<T>
{
    private readonly Dictionary<string, List<(string[] Then, bool IsPrefix, T Value)>> _byFirst = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string Start, T Value)>> _starts = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    /// <summary>The words that phrases begin with.</summary>
    public IEnumerable<string> FirstWords => _byFirst.Keys;

    /// <summary>The first letters, at most three, of words that stand for all that begin like them.</summary>
    public IEnumerable<string> Starts => _starts.Keys;

    /// <summary>Phrases of one word.</summary>
    public IEnumerable<(string Word, T Value)> Words => _byFirst.Where(p => p.Value[^1].Then.Length == 0).Select(p => (p.Key, p.Value[^1].Value));

    /// <summary>Adds a phrase as written; it is folded as texts are. The first one added under a phrase stays.</summary>
    public void Add(string phrase, T value)
    {
        var isPrefix = phrase.EndsWith('*');
        var words = Tokens.Of(phrase.TrimEnd('*')).ConvertAll(t => t.Folded).ToArray();
        if (words.Length == 0) return;
        Count++;
        if (isPrefix && words.Length == 1)
        {
            Under(_starts, words[0][..Math.Min(3, words[0].Length)]).Add((words[0], value));
            return;
        }

        var list = Under(_byFirst, words[0]);
        if (list.Exists(p => p.IsPrefix == isPrefix && p.Then.AsSpan().SequenceEqual(words.AsSpan(1)))) return;
        list.Add((words[1..], isPrefix, value));
        list.Sort((a, b) => b.Then.Length - a.Then.Length);
    }

    /// <summary>The value of the longest phrase that begins at token <paramref name="at"/>, and how many tokens it takes; 0 when there is none.</summary>
    public int Match(List<Token> text, int at, out T value)
    {
        var word = text[at].Folded;
        if (_byFirst.TryGetValue(word, out var phrases))
        {
            foreach (var (rest, isPrefix, found) in phrases)
            {
                if (!Follows(text, at + 1, rest, isPrefix)) continue;
                value = found;
                return rest.Length + 1;
            }
        }

        if (_starts.Count > 0 && _starts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word.AsSpan(0, Math.Min(3, word.Length)), out var starts))
        {
            foreach (var (start, found) in starts)
            {
                if (!word.StartsWith(start, StringComparison.Ordinal)) continue;
                value = found;
                return 1;
            }
        }

        value = default!;
        return 0;
    }

    /// <summary>The value of a single word.</summary>
    public bool Word(string word, out T value)
    {
        if (_byFirst.TryGetValue(word, out var phrases) && phrases[^1] is { Then.Length: 0 } one)
        {
            value = one.Value;
            return true;
        }

        value = default!;
        return false;
    }

    private static bool Follows(List<Token> text, int at, string[] rest, bool isPrefix)
    {
        if (at + rest.Length > text.Count) return false;
        for (var i = 0; i < rest.Length; i++)
        {
            var token = text[at + i];
            if (token.Kind is TokenKind.Handle or TokenKind.Symbol) return false;
            if (isPrefix && i == rest.Length - 1 ? !token.Folded.StartsWith(rest[i], StringComparison.Ordinal) : token.Folded != rest[i]) return false;
        }

        return true;
    }

    private static List<TItem> Under<TItem>(Dictionary<string, List<TItem>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
        return list;
    }
}
