using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding.Models;

/// <summary>
/// The yardstick: logistic regression on TF-IDF of single words and pairs, as a textbook has it, well tuned: penalty and class weights are chosen by five-fold cross-validation within the training part,
/// by the metric that is asked for.
/// </summary>
internal sealed class PlainModel
{
    private const int Bits = 20;
    private const int Folds = 5;
    private static readonly double[] Penalties = [0.5, 1, 2, 4, 8, 16];

    private readonly Buckets _buckets;
    private readonly List<string> _classes;
    private readonly float[] _weights;

    private PlainModel(Buckets buckets, List<string> classes, float[] weights) => (_buckets, _classes, _weights) = (buckets, classes, weights);

    /// <summary>Learns from posts with one label each.</summary>
    public static PlainModel Run(IReadOnlyList<LabelledPost> posts, ModelMetric metric, ulong seed, CancellationToken ct)
    {
        var (buckets, features) = (new Buckets(Bits), new FeatureList());
        foreach (var post in posts)
        {
            TextFeatures.Plain(Tokens.Of(post.Text), features);
            buckets.See(features);
        }

        buckets.Close();
        var rows = new SparseRows { Columns = buckets.Columns };
        foreach (var post in posts)
        {
            TextFeatures.Plain(Tokens.Of(post.Text), features);
            buckets.Add(rows, features);
        }

        var classes = posts.Select(p => p.Labels[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var labels = posts.Select(p => classes.IndexOf(p.Labels[0])).ToArray();
        var fold = posts.Select(p => (int)(SplitPosts.Draw(p.Text, seed + 1) % Folds)).ToArray();
        var tallies = new Dictionary<(bool Balanced, double C), Tally>();
        foreach (var balanced in (bool[])[false, true])
        {
            for (var f = 0; f < Folds; f++)
            {
                float[]? start = null;
                var of = Enumerable.Range(0, labels.Length).Where(i => fold[i] != f).ToArray();
                foreach (var c in Penalties)
                {
                    ct.ThrowIfCancellationRequested();
                    start = LogisticRegression.Fit(rows, labels, of, classes.Count, c, Weights(labels, of, classes.Count, balanced), null, start);
                    if (!tallies.TryGetValue((balanced, c), out var tally)) tallies[(balanced, c)] = tally = new(classes);
                    for (var i = 0; i < labels.Length; i++)
                    {
                        if (fold[i] == f) tally.Add(labels[i], Best(start, rows, i, classes.Count));
                    }
                }
            }
        }

        var (isBalanced, chosen) = tallies.MaxBy(t => t.Value.Of(metric)).Key;
        int[] all = [.. Enumerable.Range(0, labels.Length)];
        return new(buckets, classes, LogisticRegression.Fit(rows, labels, all, classes.Count, chosen, Weights(labels, all, classes.Count, isBalanced), null, null));
    }

    public string Read(string text)
    {
        var features = new FeatureList();
        TextFeatures.Plain(Tokens.Of(text), features);
        var row = new SparseRows { Columns = _buckets.Columns };
        _buckets.Add(row, features);
        return _classes[Best(_weights, row, 0, _classes.Count)];
    }

    private static int Best(float[] weights, SparseRows rows, int row, int classes)
    {
        Span<float> scores = stackalloc float[classes];
        LogisticRegression.Score(weights, classes, rows.Index(row), rows.Value(row), scores);
        var best = 0;
        for (var k = 1; k < classes; k++)
        {
            if (scores[k] > scores[best]) best = k;
        }

        return best;
    }

    private static float[] Weights(int[] labels, int[] of, int classes, bool balanced)
    {
        var counts = new int[classes];
        foreach (var i in of) counts[labels[i]]++;
        return [.. counts.Select(n => balanced ? (float)of.Length / (classes * Math.Max(1, n)) : 1)];
    }
}
