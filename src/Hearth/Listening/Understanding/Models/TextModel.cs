using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding.Models;

/// <summary>
/// A linear model over <see cref="TextFeatures"/>: of each class a weight per hashed feature, one addition each. Tells one class of several (softmax) or any number of them (a logistic each), with
/// probabilities that were calibrated on posts it had not learned from. Never changes; any number of threads may read.
/// </summary>
internal sealed class TextModel
{
    [ThreadStatic]
    private static FeatureList? _features;

    private readonly float[] _table;
    private readonly float[] _dense;
    private readonly float[] _intercept;
    private readonly int _bits, _stride;

    public TextModel(ModelTask task, IReadOnlyList<string> classes, bool isSeveral, int bits, float[] table, float[] dense, float[] intercept, float[] stretch, float[] move, float[] lean)
    {
        (Task, Classes, IsSeveral, _bits, _table, _dense, _intercept, Stretch, Move, Lean) = (task, classes, isSeveral, bits, table, dense, intercept, stretch, move, lean);
        _stride = classes.Count + 1;
    }

    public ModelTask Task { get; }

    public IReadOnlyList<string> Classes { get; }

    /// <summary>True when a post may have several labels, or none.</summary>
    public bool IsSeveral { get; }

    /// <summary>Of each class, what its score is multiplied by to be calibrated.</summary>
    public float[] Stretch { get; }

    /// <summary>Of each class, what is then added.</summary>
    public float[] Move { get; }

    /// <summary>Of each class, what is added to decide and not to say how sure: it makes up for how rare a class is, as the metric asks.</summary>
    public float[] Lean { get; }

    /// <summary>Of mismatches: attributes that the lexicon calls bad and people mostly did not, so that its word for them is not taken.</summary>
    public IReadOnlyList<string> Overruled { get; private init; } = [];

    internal (int Bits, float[] Table, float[] Dense, float[] Intercept) Parts => (_bits, _table, _dense, _intercept);

    /// <summary>Reads a text that was read by the lexicon before.</summary>
    /// <param name="probabilities">Gets one a class; they sum to 1 when a post has one label.</param>
    /// <returns>The class chosen; of a model of several labels, the likeliest.</returns>
    public int Read(string text, List<Token> tokens, Reading reading, Span<float> probabilities)
    {
        var features = _features ??= new();
        TextFeatures.Of(text, tokens, reading, features);
        Score(features, probabilities);
        var best = 0;
        for (var k = 0; k < probabilities.Length; k++)
        {
            probabilities[k] = probabilities[k] * Stretch[k] + Move[k];
            if (probabilities[k] + Lean[k] > probabilities[best] + Lean[best]) best = k;
        }

        if (IsSeveral)
        {
            for (var k = 0; k < probabilities.Length; k++) probabilities[k] = 1 / (1 + MathF.Exp(-probabilities[k]));
        }
        else
        {
            LogisticRegression.Softmax(probabilities, best);
        }

        return best;
    }

    internal TextModel Overruling(IReadOnlyList<string> attributes) => new(Task, Classes, IsSeveral, _bits, _table, _dense, _intercept, Stretch, Move, Lean) { Overruled = attributes };

    /// <summary>True when a label of several stands, given its probability.</summary>
    public bool Stands(int label, float probability) => MathF.Log(probability / MathF.Max(1e-9f, 1 - probability)) + Lean[label] > 0;

    private void Score(FeatureList features, Span<float> scores)
    {
        _intercept.CopyTo(scores);
        Span<float> block = stackalloc float[scores.Length];
        Block(features.Hashes[..features.Words], block, scores);
        Block(features.Hashes[features.Words..], block, scores);
        for (var d = 0; d < TextFeatures.DenseCount; d++)
        {
            var by = features.Dense[d] * Buckets.DenseScale;
            if (by == 0) continue;
            for (var k = 0; k < scores.Length; k++) scores[k] += by * _dense[d * scores.Length + k];
        }
    }

    private void Block(ReadOnlySpan<uint> hashes, Span<float> sum, Span<float> to)
    {
        sum.Clear();
        var (squares, shift) = (0f, 32 - _bits);
        if (sum.Length == 3)
        {
            var (a, b, c) = (0f, 0f, 0f);
            foreach (var hash in hashes)
            {
                var row = _table.AsSpan((int)(hash >> shift) * 4, 4);
                var idf = row[0];
                squares += idf * idf;
                a += idf * row[1];
                b += idf * row[2];
                c += idf * row[3];
            }

            (sum[0], sum[1], sum[2]) = (a, b, c);
        }
        else
        {
            foreach (var hash in hashes)
            {
                var row = _table.AsSpan((int)(hash >> shift) * _stride, _stride);
                var idf = row[0];
                if (idf == 0) continue;
                squares += idf * idf;
                for (var k = 0; k < sum.Length; k++) sum[k] += idf * row[k + 1];
            }
        }

        if (squares == 0) return;
        var by = 1 / MathF.Sqrt(squares);
        for (var k = 0; k < sum.Length; k++) to[k] += sum[k] * by;
    }
}
