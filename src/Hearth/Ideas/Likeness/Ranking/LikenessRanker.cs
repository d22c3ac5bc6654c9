namespace Hearth.Ideas.Likeness.Ranking;

/// <summary>
/// Puts what likeness found into the order in which people found it the same: a weighted sum of the numbers of <see cref="PairFeatures"/>. Never changes; the same examples give
/// the same ranker.
/// </summary>
/// <remarks>
/// Learned so that the softmax over the titles found for one asked gives those that are the same the most (Cao, Qin, Liu, Tsai and Li, Learning to rank: from pairwise to listwise
/// approach, 2007, the top one probability). What is penalised is how far it goes from the order of the first day, so that a ranker of few examples stays near it.
/// </remarks>
internal sealed class LikenessRanker
{
    private const byte Form = 1;

    /// <summary>How sharply the first day's score tells the same from others; rounded, chosen on the training side of docs/accuracy.md like what follows.</summary>
    private const float Sharpness = 2;

    /// <summary>The penalty of one deviation, in examples.</summary>
    private const double Penalty = 3;

    private const int Steps = 300;

    // What the score of the first day is worth stands in the first weight.
    private readonly float[] _weights;

    private LikenessRanker(float[] weights) => _weights = weights;

    /// <summary>The higher, the sooner it is shown. It has no unit.</summary>
    public double Score(ReadOnlySpan<float> numbers)
    {
        var score = 0.0;
        for (var j = 0; j < _weights.Length; j++) score += (double)_weights[j] * numbers[j];
        return score;
    }

    /// <summary>Learns from examples; those of which nothing that is the same was found teach nothing.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static LikenessRanker Learn(IReadOnlyList<RankedTitles> examples, CancellationToken ct)
    {
        var use = examples.Where(e => e.Same.Contains(true) && e.Same.Contains(false)).ToArray();
        var (mean, deviation) = Spread(use);
        var away = Descend([.. use.Select(e => Standard(e, mean, deviation))], ct);
        var weights = new float[PairFeatures.Count];
        for (var j = 0; j < weights.Length; j++) weights[j] = (float)(away[j] / deviation[j]);
        weights[0] += Sharpness;
        return new(weights);
    }

    public byte[] Save()
    {
        var data = new byte[1 + _weights.Length * sizeof(float)];
        data[0] = Form;
        for (var j = 0; j < _weights.Length; j++) System.Buffers.Binary.BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(1 + j * sizeof(float)), _weights[j]);
        return data;
    }

    /// <summary>Null when the bytes are of another form of the numbers: such a ranker has to be learned again.</summary>
    public static LikenessRanker? Load(ReadOnlySpan<byte> data)
    {
        if (data.Length != 1 + PairFeatures.Count * sizeof(float) || data[0] != Form) return null;
        var weights = new float[PairFeatures.Count];
        for (var j = 0; j < weights.Length; j++) weights[j] = System.Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(data[(1 + j * sizeof(float))..]);
        return new(weights);
    }

    // Adam (Kingma and Ba, 2015) over all examples at once: the sum is convex, and small enough for it.
    private static double[] Descend(Standardised[] use, CancellationToken ct)
    {
        double[] weights = new double[PairFeatures.Count], first = new double[PairFeatures.Count], second = new double[PairFeatures.Count];
        if (use.Length == 0) return weights;
        var slopes = new double[use.Length][];
        for (var step = 1; step <= Steps; step++)
        {
            ct.ThrowIfCancellationRequested();
            Parallel.For(0, use.Length, i => slopes[i] = Slope(use[i], weights));
            var rate = 0.05 * Math.Pow(0.99, step);
            for (var j = 0; j < weights.Length; j++)
            {
                var slope = Penalty * weights[j];
                foreach (var one in slopes) slope += one[j];
                slope /= use.Length;
                first[j] = 0.9 * first[j] + 0.1 * slope;
                second[j] = 0.999 * second[j] + 0.001 * slope * slope;
                weights[j] -= rate * (first[j] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(second[j] / (1 - Math.Pow(0.999, step))) + 1e-9);
            }
        }

        return weights;
    }

    private static double[] Slope(Standardised example, double[] weights)
    {
        var chance = new double[example.Numbers.Length];
        for (var i = 0; i < chance.Length; i++)
        {
            chance[i] = example.Start[i];
            for (var j = 0; j < weights.Length; j++) chance[i] += weights[j] * example.Numbers[i][j];
        }

        var most = chance.Max();
        for (var i = 0; i < chance.Length; i++) chance[i] = Math.Exp(chance[i] - most);
        var (sum, same) = (chance.Sum(), example.Same.Count(s => s));
        var slope = new double[weights.Length];
        for (var i = 0; i < chance.Length; i++)
        {
            var miss = chance[i] / sum - (example.Same[i] ? 1.0 / same : 0);
            for (var j = 0; j < slope.Length; j++) slope[j] += miss * example.Numbers[i][j];
        }

        return slope;
    }

    private static Standardised Standard(RankedTitles example, double[] mean, double[] deviation) => new(
        [.. example.Numbers.Select(x => x.Select((v, j) => (v - mean[j]) / deviation[j]).ToArray())], example.Same, [.. example.Numbers.Select(x => (double)Sharpness * x[0])]);

    private static (double[] Mean, double[] Deviation) Spread(RankedTitles[] use)
    {
        double[] mean = new double[PairFeatures.Count], deviation = new double[PairFeatures.Count];
        var rows = use.SelectMany(e => e.Numbers).ToList();
        for (var j = 0; j < mean.Length; j++)
        {
            mean[j] = rows.Count == 0 ? 0 : rows.Average(x => (double)x[j]);
            deviation[j] = rows.Count == 0 ? 1 : Math.Sqrt(rows.Average(x => (x[j] - mean[j]) * (x[j] - mean[j])));
            if (deviation[j] < 1e-6) deviation[j] = 1;
        }

        return (mean, deviation);
    }

    private sealed record Standardised(double[][] Numbers, bool[] Same, double[] Start);
}
