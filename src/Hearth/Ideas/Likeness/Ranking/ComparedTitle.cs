namespace Hearth.Ideas.Likeness.Ranking;

/// <summary>A title made ready to be compared with many: its words and runs of three letters as sorted numbers with their weights on a board. Never changes.</summary>
internal sealed class ComparedTitle
{
    public ComparedTitle(string title, TitleWords words, TitleStatistics board)
    {
        Raw = [.. LikeWords.Folded(title)];
        RawSet = new(Raw, StringComparer.Ordinal);
        RawWeight = RawSet.Sum(board.WeightOfRaw);
        Stems = words.Stems;
        StemSet = new(Stems, StringComparer.Ordinal);
        Meaning = new(Raw.Select(w => LikeWords.IsSmall(w) ? w : SameMeaning.Of(w, EnglishStem.Of(w))), StringComparer.Ordinal);
        Numbers = [.. RawSet.Where(w => w.Any(char.IsDigit))];
        Names = [.. title.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Where(w => char.IsUpper(w[0]) && w != "I").SelectMany(LikeWords.Folded).Distinct(StringComparer.Ordinal)];
        IsNegated = RawSet.Any(w => Negations.Contains(w));
        Sentences = title.Count(c => c is '?' or '.');
        WordWeights = new(StemSet.Select(s => ((long)Hash(s), board.WeightOf(s))));
        GramWeights = new(words.Grams.Select(g => (g, board.WeightOf(g))));
        Longer = Math.Log(1 + words.Grams.Count);
    }

    /// <summary>All words in order, folded.</summary>
    public string[] Raw { get; }
    public HashSet<string> RawSet { get; }
    public double RawWeight { get; }

    /// <summary>The words that are not small, by meaning, in order.</summary>
    public IReadOnlyList<string> Stems { get; }
    public HashSet<string> StemSet { get; }

    /// <summary>All words, the small ones as they are, the others by meaning.</summary>
    public HashSet<string> Meaning { get; }
    public string[] Numbers { get; }

    /// <summary>Words that are written with a capital, the first one left out.</summary>
    public string[] Names { get; }
    public bool IsNegated { get; }

    /// <summary>Full stops and question marks.</summary>
    public int Sentences { get; }
    public Weighted WordWeights { get; }
    public Weighted GramWeights { get; }
    private double Longer { get; }

    /// <summary>How close another title is to this one, by the weights of <see cref="LikenessScore"/> for whole titles; it has no unit and is not the same both ways.</summary>
    public double Closeness(ComparedTitle other)
    {
        var (words, grams) = (WordWeights.With(other.WordWeights), GramWeights.With(other.GramWeights));
        return 3 * words.Cosine + 4 * words.Held + 3 * grams.Cosine + 6 * grams.Held - 0.7 * other.Longer;
    }

    /// <summary>A number for a word, the same on every machine: FNV-1a (Fowler, Noll and Vo).</summary>
    public static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        foreach (var c in word) hash = (hash ^ c) * 16777619u;
        return hash;
    }

    private static readonly HashSet<string> Negations = new("not no never without dont cant doesnt isnt wont arent didnt couldnt shouldnt wouldnt".Split(' '), StringComparer.Ordinal);
}

/// <summary>What two sets of weighted things share.</summary>
/// <param name="Cosine">0 to 1.</param>
/// <param name="Held">Which part of the first one's weight the second holds. 0 to 1.</param>
/// <param name="HeldBack">Which part of the second one's weight the first holds. 0 to 1.</param>
/// <param name="Shared">How many things are in both.</param>
internal readonly record struct Overlap(double Cosine, double Held, double HeldBack, int Shared);

/// <summary>Things by number with their weights, in the order of the numbers.</summary>
internal sealed class Weighted
{
    private readonly long[] _keys;
    private readonly double[] _weights;
    private readonly double _norm;

    public Weighted(IEnumerable<(long Key, double Weight)> things)
    {
        (_keys, _weights) = (things.Select(t => t.Key).ToArray(), things.Select(t => t.Weight).ToArray());
        Array.Sort(_keys, _weights);
        (Sum, _norm) = (_weights.Sum(), Math.Sqrt(_weights.Sum(w => w * w)));
    }

    public int Count => _keys.Length;
    public double Sum { get; }

    public Overlap With(Weighted other)
    {
        if (_keys.Length == 0 || other._keys.Length == 0) return default;
        double dot = 0, held = 0;
        var shared = 0;
        for (int i = 0, j = 0; i < _keys.Length && j < other._keys.Length;)
        {
            if (_keys[i] < other._keys[j])
            {
                i++;
            }
            else if (_keys[i] > other._keys[j])
            {
                j++;
            }
            else
            {
                dot += _weights[i] * other._weights[j++];
                held += _weights[i++];
                shared++;
            }
        }

        return new(dot / (_norm * other._norm), held / Sum, held / other.Sum, shared);
    }
}
