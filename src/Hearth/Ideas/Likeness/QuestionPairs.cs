namespace Hearth.Ideas.Likeness;

/// <summary>A line of a file of pairs cannot be read.</summary>
public sealed class UnreadablePairsException(int line, string reason) : Exception($"line {line}: {reason}");

/// <summary>
/// Questions of which some were found by people to ask the same, as a task for finders: the collection is every question once; two are the same when a chain of such pairs joins
/// them. Questions joined by any pair, same or not, fall on one side of the split together.
/// </summary>
internal sealed class QuestionPairs
{
    private readonly List<string> _texts = [];
    private readonly int[] _same;
    private readonly int[] _joined;
    private readonly Dictionary<int, int[]> _classes;

    /// <summary>Reads lines of 1 or 0, a question and another, with tabs between; what follows is ignored.</summary>
    /// <exception cref="UnreadablePairsException">A line is none.</exception>
    public QuestionPairs(IEnumerable<string> lines)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var pairs = new List<(bool Same, int One, int Other)>();
        foreach (var (line, at) in lines.Select((l, i) => (l, i + 1)))
        {
            var cells = line.Split('\t');
            if (cells.Length < 3) throw new UnreadablePairsException(at, "has fewer than three columns: 1 or 0, a question, another question");
            if (cells[0] is not ("0" or "1")) throw new UnreadablePairsException(at, $"'{cells[0]}' is neither 1 nor 0");
            pairs.Add((cells[0] == "1", Number(cells[1]), Number(cells[2])));
        }

        if (pairs.Count == 0) throw new UnreadablePairsException(1, "there is none");
        _same = Roots(pairs.Where(p => p.Same));
        _joined = Roots(pairs);
        _classes = Enumerable.Range(0, _texts.Count).GroupBy(i => _same[i]).ToDictionary(g => g.Key, g => g.ToArray());

        int Number(string text)
        {
            text = text.Trim();
            if (!numbers.TryGetValue(text, out var number))
            {
                numbers[text] = number = _texts.Count;
                _texts.Add(text);
            }

            return number;
        }
    }

    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The questions of a side that have another of the same meaning.</summary>
    public int[] Asked(bool training, int seed) => [.. Enumerable.Range(0, _texts.Count).Where(q => _classes[_same[q]].Length > 1 && IsTraining(q, seed) == training)];

    /// <summary>How well a ranking answers a question: the mean, over the others of its meaning, of the precision at the place where each comes; 0 for one that does not come.</summary>
    public double AveragePrecision(int asked, IEnumerable<int> ranked)
    {
        var (hits, place, sum) = (0, 0, 0.0);
        foreach (var question in ranked.Where(q => q != asked))
        {
            place++;
            if (_same[question] == _same[asked]) sum += ++hits / (double)place;
        }

        return sum / (_classes[_same[asked]].Length - 1);
    }

    public bool AreSame(int one, int other) => _same[one] == _same[other];

    /// <summary>How many other questions have the same meaning.</summary>
    public int OthersOf(int question) => _classes[_same[question]].Length - 1;

    /// <summary>Which of some parts a question falls into; those joined by any pair fall into one.</summary>
    public int Part(int question, int parts) => (int)(Mixed(question, 0) % (ulong)parts);

    // A component is known by its first question; half of them, by a mixed number (Steele, Lea and Flood, 2014: SplitMix64), are for training.
    private bool IsTraining(int question, int seed) => (Mixed(question, seed) & 1) == 0;

    private ulong Mixed(int question, int seed)
    {
        var x = (ulong)_joined[question] * 2654435761UL + (ulong)seed + 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    private int[] Roots(IEnumerable<(bool Same, int One, int Other)> pairs)
    {
        int[] parents = [.. Enumerable.Range(0, _texts.Count)];
        foreach (var (_, one, other) in pairs)
        {
            var (a, b) = (Root(one), Root(other));
            parents[Math.Max(a, b)] = Math.Min(a, b);
        }

        return [.. Enumerable.Range(0, parents.Length).Select(Root)];

        int Root(int i)
        {
            while (parents[i] != i) i = parents[i] = parents[parents[i]];
            return i;
        }
    }
}
