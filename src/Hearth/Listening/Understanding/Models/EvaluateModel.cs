using System.Diagnostics;
using Hearth.Listening.Text;

namespace Hearth.Listening.Understanding.Models;

/// <summary>Posts that were read with about the same certainty, and how many of them were read rightly.</summary>
/// <param name="From">Certainty from, 0 to 1.</param>
/// <param name="To">To; the ten bins are equally wide.</param>
/// <param name="Posts">How many.</param>
/// <param name="Said">Their mean certainty.</param>
/// <param name="Right">The share read as labelled.</param>
public sealed record ReliabilityBin(double From, double To, long Posts, double Said, double Right);

/// <summary>Whether probabilities hold.</summary>
/// <param name="Error">Expected calibration error: the mean gap between said and right, by posts; 0 is perfect (Naeini et al., AAAI 2015).</param>
/// <param name="Bins">Those with posts.</param>
public sealed record Reliability(double Error, IReadOnlyList<ReliabilityBin> Bins);

/// <summary>How well something agrees with people.</summary>
/// <param name="Posts">How many were compared.</param>
/// <param name="Accuracy">Share read exactly as labelled.</param>
/// <param name="MacroF1">Mean of the classes' F1, each class counting alike.</param>
/// <param name="MacroRecall">Mean of the classes' recall.</param>
/// <param name="PostsPerSecond">Read on one thread; null where it was not measured.</param>
/// <param name="Classes">Each class.</param>
/// <param name="Confusion">Of posts with one label: row by label, column by what was read, in the order of <paramref name="Classes"/>.</param>
/// <param name="Reliability">Null for a reader that says no probabilities.</param>
public sealed record ModelAccuracy(
    long Posts, double Accuracy, double MacroF1, double MacroRecall, double? PostsPerSecond, IReadOnlyList<ClassAccuracy> Classes, IReadOnlyList<IReadOnlyList<long>> Confusion, Reliability? Reliability)
{
    /// <summary>The figure that a metric names.</summary>
    public double Of(ModelMetric metric) => metric switch { ModelMetric.MacroF1 => MacroF1, ModelMetric.MacroRecall => MacroRecall, _ => Accuracy };
}

/// <summary>Compares what is read with what people said.</summary>
internal static class EvaluateModel
{
    private const int Bins = 10;

    /// <summary>A post with what was read of it.</summary>
    /// <param name="Post">With what people said.</param>
    /// <param name="Labels">As read.</param>
    /// <param name="Likeliest">The label it was surest of.</param>
    /// <param name="Sure">How sure, 0 to 1; null where nobody says.</param>
    internal readonly record struct Answered(LabelledPost Post, IReadOnlyList<string> Labels, string Likeliest, float? Sure);

    /// <summary>What ships, without having learned anything.</summary>
    public static ModelAccuracy Lexicon(ModelTask task, IReadOnlyList<LabelledPost> posts) => Timed(posts, () =>
        [.. posts.Select(post => new Answered(post, Labels(task, Understand.Read(post.Text, post.Language)), "", null))]);

    public static ModelAccuracy Model(TextModel model, IReadOnlyList<LabelledPost> posts) => Timed(posts, () => Answer(model, posts));

    public static ModelAccuracy Plain(PlainModel model, IReadOnlyList<LabelledPost> posts) => Compare(Answer(model, posts), null);

    public static List<Answered> Answer(PlainModel model, IReadOnlyList<LabelledPost> posts) => [.. posts.Select(post => new Answered(post, [model.Read(post.Text)], "", null))];

    public static List<Answered> Answer(TextModel model, IReadOnlyList<LabelledPost> posts)
    {
        var (answers, probabilities) = (new List<Answered>(posts.Count), new float[model.Classes.Count]);
        foreach (var post in posts)
        {
            var tokens = Tokens.Of(post.Text);
            var best = model.Read(post.Text, tokens, Understand.Read(post.Text, tokens, post.Language), probabilities);
            IReadOnlyList<string> labels = model.IsSeveral ? [.. model.Classes.Where((_, k) => model.Stands(k, probabilities[k]))] : [model.Classes[best]];
            answers.Add(new(post, labels, model.Classes[best], probabilities[best]));
        }

        return answers;
    }

    /// <summary>What a reading says, in the words of labels.</summary>
    public static IReadOnlyList<string> Labels(ModelTask task, Reading reading) => task switch
    {
        ModelTask.Sentiment => [reading.Sentiment.ToString().ToLowerInvariant()],
        ModelTask.Intent => [.. reading.Intents.Select(i => i.ToString().ToLowerInvariant())],
        ModelTask.Mismatches => [reading.Mismatches.Count > 0 ? reading.Mismatches[0].Attribute : LabelledPost.None],
        _ => reading.Topics,
    };

    /// <summary>Whatever a reading says fell short, or judges badly.</summary>
    public static IEnumerable<string> Bad(Reading reading) =>
        reading.Mismatches.Select(m => m.Attribute).Union(reading.Aspects.Where(a => a.Polarity == Sentiment.Negative).Select(a => a.Attribute), StringComparer.Ordinal);

    private static ModelAccuracy Timed(IReadOnlyList<LabelledPost> posts, Func<List<Answered>> read)
    {
        var started = Stopwatch.GetTimestamp();
        var answers = read();
        return Compare(answers, Math.Round(posts.Count / Math.Max(Stopwatch.GetElapsedTime(started).TotalSeconds, 1e-6)));
    }

    /// <summary>Counts.</summary>
    public static ModelAccuracy Compare(IReadOnlyList<Answered> answers, double? postsPerSecond)
    {
        var bins = new (long Posts, double Said, long Right)[Bins];
        var classes = answers.SelectMany(a => a.Post.Labels.Concat(a.Labels)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var numbers = classes.Select((c, i) => (c, i)).ToDictionary(c => c.c, c => c.i, StringComparer.Ordinal);
        var tally = new Tally(classes);
        foreach (var answer in answers)
        {
            tally.Add([.. answer.Post.Labels.Select(s => numbers[s])], [.. answer.Labels.Select(l => numbers[l])]);
            if (answer.Sure is not { } sure) continue;
            ref var bin = ref bins[Math.Clamp((int)(sure * Bins), 0, Bins - 1)];
            bin = (bin.Posts + 1, bin.Said + sure, bin.Right + (answer.Post.Labels.Contains(answer.Likeliest) ? 1 : 0));
        }

        var all = bins.Sum(b => b.Posts);
        var reliability = all == 0 ? null : new Reliability(Tally.Round(bins.Sum(b => Math.Abs(b.Said - b.Right)) / all), [.. bins.Index().Where(b => b.Item.Posts > 0).Select(b =>
            new ReliabilityBin((double)b.Index / Bins, (b.Index + 1.0) / Bins, b.Item.Posts, Tally.Round(b.Item.Said / b.Item.Posts), Tally.Round((double)b.Item.Right / b.Item.Posts)))]);
        return new(tally.Posts, Tally.Round(tally.Of(ModelMetric.Accuracy)), Tally.Round(tally.Of(ModelMetric.MacroF1)), Tally.Round(tally.Of(ModelMetric.MacroRecall)),
            postsPerSecond, tally.Classes, tally.Confusion, reliability);
    }
}
