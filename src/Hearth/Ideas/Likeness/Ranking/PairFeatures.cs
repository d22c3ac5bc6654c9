namespace Hearth.Ideas.Likeness.Ranking;

/// <summary>
/// What the ranker sees of a title and each of those found for it: how they overlap, what stands in one only, in which order the words come, how each stands among the others
/// found. Only numbers that any board can work out from its titles; nothing about a particular word.
/// </summary>
internal static class PairFeatures
{
    /// <summary>How many of the first found are looked at; the others keep their places below them.</summary>
    public const int Most = 30;

    private const int Near = 5;

    /// <summary>How many numbers there are for each title found.</summary>
    public const int Count = 59;

    /// <summary>The numbers of each title found, in the order given.</summary>
    /// <param name="asked">What was asked.</param>
    /// <param name="found">What was found for it, the likest first, at most <see cref="Most"/>.</param>
    /// <param name="scores">What <see cref="LikenessScore"/> gave each.</param>
    /// <param name="board">How rare words are.</param>
    public static float[][] Of(ComparedTitle asked, IReadOnlyList<ComparedTitle> found, IReadOnlyList<double> scores, TitleStatistics board)
    {
        var n = found.Count;
        var forth = found.Select(asked.Closeness).ToArray();
        var back = found.Select(f => f.Closeness(asked)).ToArray();

        // How close each is to the others found: what has nearer neighbours than what was asked is the less likely to be meant.
        var (nearest, near, nearer) = (new double[n], new double[n], new int[n]);
        for (var i = 0; i < n; i++)
        {
            var others = Enumerable.Range(0, n).Where(j => j != i).Select(j => found[i].Closeness(found[j])).OrderDescending().ToArray();
            (nearest[i], nearer[i]) = (others.Length == 0 ? 0 : others[0], others.Count(o => o > back[i]));
            near[i] = others.Append(back[i]).OrderDescending().Take(Near).Average();
        }

        var (top, mean, askedNear) = (scores[0], scores.Take(Near).Average(), forth.OrderDescending().Take(Near).Average());
        var all = new float[n][];
        for (var i = 0; i < n; i++)
        {
            var x = new Numbers();
            x.Add(scores[i], Math.Min(i, Most), scores[i] - top, scores[i] - mean, i + 1 < n ? scores[i] - scores[i + 1] : 0);
            x.Add(forth[i], back[i], back[i] - nearest[i], back[i] - near[i], forth[i] + back[i] - askedNear - near[i], nearer[i], near[i]);
            Overlaps(x, asked, found[i], board);
            Orders(x, asked, found[i]);
            Kinds(x, asked, found[i]);
            all[i] = x.Whole();
        }

        return all;
    }

    private static void Overlaps(Numbers x, ComparedTitle asked, ComparedTitle other, TitleStatistics board)
    {
        var words = asked.WordWeights.With(other.WordWeights);
        double sum = asked.WordWeights.Sum, otherSum = other.WordWeights.Sum, both = words.Held * sum;
        List<double> onlyAsked = [.. asked.StemSet.Where(s => !other.StemSet.Contains(s)).Select(board.WeightOf)], onlyOther = [.. other.StemSet.Where(s => !asked.StemSet.Contains(s)).Select(board.WeightOf)];
        List<double> shared = [.. asked.StemSet.Where(other.StemSet.Contains).Select(board.WeightOf)];
        x.Add(words.Cosine, words.Held, words.HeldBack, Part(both, sum + otherSum - both), Part(both, Math.Min(sum, otherSum)));
        x.Add(Most0(onlyAsked), Most0(onlyOther), onlyAsked.Sum(), onlyOther.Sum(), onlyAsked.Count, onlyOther.Count, shared.Count, Most0(shared), shared.Count == 0 ? 0 : shared.Min());

        var raw = asked.RawSet.Where(other.RawSet.Contains).ToList();
        var rawShared = raw.Sum(board.WeightOfRaw);
        x.Add(Part(rawShared, asked.RawWeight), Part(rawShared, other.RawWeight), Part(raw.Count, asked.RawSet.Count + other.RawSet.Count - raw.Count), other.RawSet.Count - raw.Count, asked.RawSet.Count - raw.Count);

        var grams = asked.GramWeights.With(other.GramWeights);
        x.Add(grams.Cosine, grams.Held, grams.HeldBack, Part(grams.Shared, asked.GramWeights.Count + other.GramWeights.Count - grams.Shared), Part(grams.Shared, Math.Min(asked.GramWeights.Count, other.GramWeights.Count)));
        x.Add(Soft(asked, other, board, both, sum), Soft(other, asked, board, both, otherSum));
    }

    private static void Orders(Numbers x, ComparedTitle asked, ComparedTitle other)
    {
        HashSet<(string, string)> twos = [.. asked.Raw.Zip(asked.Raw.Skip(1))], others = [.. other.Raw.Zip(other.Raw.Skip(1))];
        HashSet<(string, string)> stems = [.. asked.Stems.Zip(asked.Stems.Skip(1))], otherStems = [.. other.Stems.Zip(other.Stems.Skip(1))];
        var run = InOrder(asked.Raw, other.Raw);
        var shared = twos.Count(others.Contains);
        x.Add(Part(shared, twos.Count + others.Count - shared), Part(stems.Count(otherStems.Contains), Math.Min(stems.Count, otherStems.Count)));
        x.Add(Part(run, Math.Max(asked.Raw.Length, other.Raw.Length)), Part(run, Math.Min(asked.Raw.Length, other.Raw.Length)), Part(InOrder([.. asked.Stems], [.. other.Stems]), Math.Min(asked.Stems.Count, other.Stems.Count)));
    }

    private static void Kinds(Numbers x, ComparedTitle asked, ComparedTitle other)
    {
        var (a, b) = (asked.Raw, other.Raw);
        x.Add(a.Length, b.Length, b.Length - a.Length, Part(Math.Min(a.Length, b.Length), Math.Max(a.Length, b.Length)));
        x.Add(Is(a.Length > 0 && b.Length > 0 && a[0] == b[0]), Is(a.Length > 1 && b.Length > 1 && a[0] == b[0] && a[1] == b[1]), Is(a.Length > 0 && b.Length > 0 && a[^1] == b[^1]));
        x.Add(asked.Numbers.Count(w => !other.RawSet.Contains(w)), other.Numbers.Count(w => !asked.RawSet.Contains(w)), asked.Numbers.Count(other.RawSet.Contains));
        x.Add(asked.Names.Count(w => !other.RawSet.Contains(w)), other.Names.Count(w => !asked.RawSet.Contains(w)), asked.Names.Count(other.Names.Contains));
        x.Add(Is(asked.IsNegated != other.IsNegated), Math.Min(asked.Sentences, 4) - Math.Min(other.Sentences, 4), Math.Min(other.Sentences, 4));
    }

    // What is held when words that are spelled much alike count as far as they are.
    private static double Soft(ComparedTitle one, ComparedTitle other, TitleStatistics board, double both, double sum)
    {
        var left = other.StemSet.Where(s => !one.StemSet.Contains(s)).ToList();
        var soft = one.StemSet.Where(s => !other.StemSet.Contains(s)).Sum(s => board.WeightOf(s) * left.Select(o => Spelled(s, o)).DefaultIfEmpty(0).Max());
        return Part(both + soft, sum);
    }

    private static double Spelled(string a, string b)
    {
        if (a.Length < 3 || b.Length < 3) return 0;
        var begins = a.AsSpan().CommonPrefixLength(b);
        var shared = 0;
        for (var i = 0; i + 1 < a.Length; i++)
        {
            if (b.AsSpan().IndexOf(a.AsSpan(i, 2)) >= 0) shared++;
        }

        return Math.Max(Math.Min(1, 2.0 * shared / (a.Length + b.Length - 2)), begins >= 4 ? begins / (double)Math.Max(a.Length, b.Length) : 0);
    }

    // The longest run of words that both hold in the same order, others between.
    private static int InOrder(string[] a, string[] b)
    {
        var run = new int[b.Length + 1];
        foreach (var word in a)
        {
            var before = 0;
            for (var j = 1; j <= b.Length; j++)
            {
                var kept = run[j];
                run[j] = word == b[j - 1] ? before + 1 : Math.Max(run[j], run[j - 1]);
                before = kept;
            }
        }

        return run[^1];
    }

    private static double Most0(List<double> weights) => weights.Count == 0 ? 0 : weights.Max();

    private static double Part(double part, double whole) => whole > 0 ? part / whole : 0;

    private static double Is(bool value) => value ? 1 : 0;

    private sealed class Numbers
    {
        private readonly List<float> _all = new(Count);

        public void Add(params ReadOnlySpan<double> values)
        {
            foreach (var value in values) _all.Add((float)value);
        }

        public float[] Whole() => [.. _all];
    }
}
