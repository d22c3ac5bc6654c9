using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding.Models;

/// <summary>
/// Learns a <see cref="TextModel"/> from labelled posts. 1. Read the texts, decide which features count. 2. By cross-validation within the posts choose the penalty, by how likely the labels are held
/// to be; from the same scores, of posts each not learned from, fit the calibration and choose how far rare classes are favoured, by the metric. 3. Learn from all of them.
/// </summary>
/// <remarks>
/// Two things are fixed, having been chosen on training parts alone: a feature that tells a class apart by its log-count ratio is penalised less (half way to the NB-SVM of Wang and Manning, "Baselines and Bigrams",
/// ACL 2012), and a class counts by the square root of how rare it is.
/// </remarks>
internal sealed class TrainModel
{
    public const int Bits = 18;

    private const int Folds = 5;
    private const float RatioShare = 0.5f;
    private const double Rare = 0.5;
    private static readonly double[] Penalties = [0.5, 1, 2, 4, 8, 16];
    private static readonly double[] Leans = [-0.25, 0, 0.25, 0.5, 0.75, 1];
    private static readonly double[] Thresholds = [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7];

    // What people said fell short less often than this is left to the lexicon.
    private const int LeastOfMismatch = 10;

    private readonly IReadOnlyList<LabelledPost> _posts;
    private readonly Buckets _buckets = new(Bits);
    private readonly SparseRows _rows;
    private readonly float[] _trust;
    private readonly int[] _fold;
    private readonly int _tried;
    private readonly CancellationToken _ct;

    private TrainModel(IReadOnlyList<LabelledPost> posts, ulong seed, CancellationToken ct)
    {
        (_posts, _ct) = (posts, ct);
        _rows = Rows();
        _trust = [.. posts.Select(p => p.Trust)];
        _fold = [.. posts.Select(p => (int)(SplitPosts.Draw(p.Text, seed + 1) % Folds))];
        _tried = posts.Count <= 4_000 ? Folds : posts.Count <= 12_000 ? 3 : 1; // of many posts, a fifth tells as much as all of a few
    }

    /// <summary>Learns.</summary>
    /// <param name="task">What the labels are of.</param>
    /// <param name="posts">At least two different labels.</param>
    /// <param name="metric">What is wanted.</param>
    /// <param name="seed">Decides which posts are held out together within.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="TooFewLabelsException">There is nothing to tell apart.</exception>
    public static TextModel Run(ModelTask task, IReadOnlyList<LabelledPost> posts, ModelMetric metric, ulong seed, CancellationToken ct)
    {
        return task == ModelTask.Mismatches ? Mismatches(posts, metric, seed, ct) : Plain(task, posts, metric, seed, ct);
    }

    private static TextModel Plain(ModelTask task, IReadOnlyList<LabelledPost> posts, ModelMetric metric, ulong seed, CancellationToken ct)
    {
        var isSeveral = task is ModelTask.Intent or ModelTask.Aspects && posts.Any(p => p.Labels.Count != 1);
        var classes = task == ModelTask.Sentiment ? ["negative", "neutral", "positive"] : posts.SelectMany(p => p.Labels).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (task == ModelTask.Sentiment) classes = [.. classes.Where(c => posts.Any(p => p.Labels[0] == c))];
        if (classes.Count < (isSeveral ? 1 : 2)) throw new TooFewLabelsException("All posts have the same label; a model needs at least two to tell apart.");
        if (posts.Count < 2 * Folds) throw new TooFewLabelsException($"{posts.Count} labelled posts are too few to learn from; at least {2 * Folds} are needed.");
        var train = new TrainModel(posts, seed, ct);
        return isSeveral ? train.Several(task, classes) : train.One(task, classes, metric);
    }

    // A post in which several things fell short counts in part for each. What the lists call bad, and people mostly not, is overruled.
    private static TextModel Mismatches(IReadOnlyList<LabelledPost> posts, ModelMetric metric, ulong seed, CancellationToken ct)
    {
        var said = posts.Where(p => p.Trust > LabelledPost.Guess).SelectMany(p => p.Labels).CountBy(l => l, StringComparer.Ordinal).Where(l => l.Value >= LeastOfMismatch).Select(l => l.Key).ToHashSet(StringComparer.Ordinal);
        var overruled = posts.SelectMany(p => EvaluateModel.Bad(Understand.Read(p.Text, p.Language)).Select(b => (Attribute: b, p.Trust, IsRight: p.Labels.Contains(b))))
            .GroupBy(b => b.Attribute, StringComparer.Ordinal).Where(b => !said.Contains(b.Key) && b.Sum(x => x.Trust) is var all && all >= LeastOfMismatch && b.Where(x => x.IsRight).Sum(x => x.Trust) < all / 2);
        var one = posts.SelectMany(p => p.Labels.Where(said.Contains).Select(l => p with { Labels = [l], Trust = p.Trust / p.Labels.Count })).ToList();
        return Plain(ModelTask.Mismatches, one, metric, seed, ct).Overruling([.. overruled.Select(o => o.Key).Order(StringComparer.Ordinal)]);
    }

    private SparseRows Rows()
    {
        var features = new FeatureList();
        foreach (var post in _posts)
        {
            _ct.ThrowIfCancellationRequested();
            Features(post, features);
            _buckets.See(features);
        }

        _buckets.Close();
        var rows = new SparseRows { Columns = _buckets.Columns };
        foreach (var post in _posts)
        {
            Features(post, features);
            _buckets.Add(rows, features);
        }

        return rows;
    }

    private static void Features(LabelledPost post, FeatureList to)
    {
        var tokens = Tokens.Of(post.Text);
        TextFeatures.Of(post.Text, tokens, Understand.Read(post.Text, tokens, post.Language), to);
    }

    private TextModel One(ModelTask task, List<string> classes, ModelMetric metric)
    {
        var labels = _posts.Select(p => classes.IndexOf(p.Labels[0])).ToArray();
        var (c, scores, of) = Choose(labels, classes.Count);
        var said = of.Select(i => labels[i]).ToList();
        var calibration = Calibration.Fit(scores, said, [.. of.Select(i => _trust[i])]);
        var rarity = classes.Select((_, k) => (float)Math.Log((double)labels.Length / Math.Max(1, labels.Count(l => l == k)))).ToArray();
        foreach (var s in scores) calibration.Apply(s);
        var lean = Leans.MaxBy(by =>
        {
            var tally = new Tally(classes);
            for (var i = 0; i < said.Count; i++) tally.Add(said[i], Best(scores[i], rarity, (float)by));
            return tally.Of(metric);
        });
        var weights = Learn(labels, classes.Count, c, [.. Enumerable.Range(0, labels.Length)], null);
        return Model(task, classes, isSeveral: false, weights, [.. classes.Select(_ => calibration.Stretch)], calibration.Move, [.. rarity.Select(r => r * (float)lean)]);
    }

    // A yes-or-no question for each label; what it scores for yes over no is the label's score.
    private TextModel Several(ModelTask task, List<string> classes)
    {
        var weights = new float[(_rows.Columns + 1) * classes.Count];
        var (stretch, move, lean) = (new float[classes.Count], new float[classes.Count], new float[classes.Count]);
        for (var k = 0; k < classes.Count; k++)
        {
            var labels = _posts.Select(p => p.Labels.Contains(classes[k]) ? 1 : 0).ToArray();
            if (labels.Distinct().Count() < 2)
            {
                (stretch[k], move[k]) = (1, labels[0] == 1 ? 5 : -5); // all or none: nothing to learn
                continue;
            }

            var (c, scores, of) = Choose(labels, 2);
            var said = of.Select(i => labels[i]).ToList();
            var calibration = Calibration.Fit(scores, said, [.. of.Select(i => _trust[i])]);
            foreach (var s in scores) calibration.Apply(s);
            var threshold = Thresholds.MaxBy(t => F1(scores, said, Math.Log(t / (1 - t))));
            (stretch[k], move[k], lean[k]) = (calibration.Stretch, calibration.Move[1] - calibration.Move[0], (float)-Math.Log(threshold / (1 - threshold)));
            var learned = Learn(labels, 2, c, [.. Enumerable.Range(0, labels.Length)], null);
            for (var i = 0; i <= _rows.Columns; i++) weights[i * classes.Count + k] = learned[i * 2 + 1] - learned[i * 2];
        }

        return Model(task, classes, isSeveral: true, weights, stretch, move, lean);
    }

    // Step 2. From a strong penalty to weaker ones, each begun where the last ended, until it gets worse.
    private (double C, List<float[]> Scores, List<int> Of) Choose(int[] labels, int classes)
    {
        var held = Enumerable.Range(0, _tried).SelectMany(f => Enumerable.Range(0, labels.Length).Where(i => _fold[i] == f)).ToList();
        var starts = new float[]?[_tried];
        (double C, List<float[]> Scores, double Loss) best = (Penalties[0], [], double.PositiveInfinity);
        foreach (var c in Penalties)
        {
            var scores = new List<float[]>(held.Count);
            for (var f = 0; f < _tried; f++)
            {
                starts[f] = Learn(labels, classes, c, [.. Enumerable.Range(0, labels.Length).Where(i => _fold[i] != f)], starts[f]);
                foreach (var i in held.Where(i => _fold[i] == f))
                {
                    var score = new float[classes];
                    LogisticRegression.Score(starts[f]!, classes, _rows.Index(i), _rows.Value(i), score);
                    scores.Add(score);
                }
            }

            var calibration = Calibration.Fit(scores, [.. held.Select(i => labels[i])], [.. held.Select(i => _trust[i])]);
            var (loss, p) = (0.0, new float[classes]);
            for (var i = 0; i < held.Count; i++)
            {
                scores[i].CopyTo(p, 0);
                calibration.Apply(p);
                loss += _trust[held[i]] * LogisticRegression.Softmax(p, labels[held[i]]);
            }

            if (loss >= best.Loss) break;
            best = (c, scores, loss);
        }

        return (best.C, best.Scores, held);
    }

    private float[] Learn(int[] labels, int classes, double c, int[] of, float[]? start)
    {
        _ct.ThrowIfCancellationRequested();
        var counts = new int[classes];
        foreach (var i in of) counts[labels[i]]++;
        var weights = counts.Select(n => n == 0 ? 1 : (float)Math.Pow((double)of.Length / (classes * n), Rare)).ToArray();
        return LogisticRegression.Fit(_rows, labels, of, classes, c, weights, Ratios(labels, classes, of), start, _trust);
    }

    // How far from even each feature's counts are between a class and the others, as the logarithm of their ratio.
    private float[] Ratios(int[] labels, int classes, int[] of)
    {
        var (counts, all, sums) = (new float[_rows.Columns * classes], new float[_rows.Columns], new double[classes]);
        foreach (var i in of)
        {
            foreach (var column in _rows.Index(i))
            {
                counts[column * classes + labels[i]]++;
                all[column]++;
                sums[labels[i]]++;
            }
        }

        var (ratios, total) = (new float[(_rows.Columns + 1) * classes], sums.Sum());
        Array.Fill(ratios, 1);
        for (var column = 0; column < _buckets.Kept; column++)
        {
            for (var k = 0; k < classes; k++)
            {
                var own = (counts[column * classes + k] + 1) / (sums[k] + _buckets.Kept);
                var others = (all[column] - counts[column * classes + k] + 1) / (total - sums[k] + _buckets.Kept);
                ratios[column * classes + k] = 1 - RatioShare + RatioShare * (float)Math.Min(3, Math.Abs(Math.Log(own / others)));
            }
        }

        return ratios;
    }

    // Step 3. Weights go where a reader finds them by hash, rounded as a file keeps them.
    private TextModel Model(ModelTask task, List<string> classes, bool isSeveral, float[] weights, float[] stretch, float[] move, float[] lean)
    {
        var (k, table) = (classes.Count, new float[(1 << Bits) * (classes.Count + 1)]);
        for (var b = 0; b < 1 << Bits; b++)
        {
            if (_buckets.Column[b] is not (>= 0 and var column)) continue;
            table[b * (k + 1)] = _buckets.Idf[b];
            for (var j = 0; j < k; j++) table[b * (k + 1) + 1 + j] = (float)(Half)weights[column * k + j];
        }

        var dense = weights[(_buckets.Kept * k)..(_rows.Columns * k)];
        return new(task, classes, isSeveral, Bits, table, dense, weights[(_rows.Columns * k)..], stretch, move, lean);
    }

    private static int Best(float[] scores, float[] rarity, float by)
    {
        var best = 0;
        for (var k = 1; k < scores.Length; k++)
        {
            if (scores[k] + by * rarity[k] > scores[best] + by * rarity[best]) best = k;
        }

        return best;
    }

    private static double F1(List<float[]> scores, List<int> said, double threshold)
    {
        var (right, read, labelled) = (0, 0, 0);
        for (var i = 0; i < said.Count; i++)
        {
            var isRead = scores[i][1] - scores[i][0] > threshold;
            (right, read, labelled) = (right + (isRead && said[i] == 1 ? 1 : 0), read + (isRead ? 1 : 0), labelled + said[i]);
        }

        return 2.0 * right / Math.Max(1, read + labelled);
    }
}

/// <summary>The labelled posts do not do for a model; the message says why.</summary>
public sealed class TooFewLabelsException(string message) : Exception(message);
