using System.Diagnostics;
using Hearth.Channels.Files;

namespace Hearth.Listening.Understanding.Models;

/// <summary>How labelled posts are parted into those learned from and those measured on.</summary>
public enum SplitKind
{
    /// <summary>Nothing is learned: what ships is measured on all posts.</summary>
    None,

    /// <summary>The latest are held out.</summary>
    Time,

    /// <summary>A random part is held out.</summary>
    Random,

    /// <summary>Each group is held out once, and all answers are counted together.</summary>
    Group,
}

/// <summary>What to measure.</summary>
/// <param name="Task">What the labels are of.</param>
/// <param name="Split">What is held out.</param>
/// <param name="Share">How much of the posts is held out, above 0 and below 1; by time a quarter, at random a fifth when null.</param>
/// <param name="Seed">Decides a random split, and the folds within the training part.</param>
/// <param name="Metric">What the model is tuned for, within the training part.</param>
/// <param name="Baseline">True to learn and measure a plain, well-tuned linear model on the same parts.</param>
public sealed record EvaluationOptions(ModelTask Task, SplitKind Split = SplitKind.None, double? Share = null, ulong Seed = 1, ModelMetric Metric = ModelMetric.MacroF1, bool Baseline = false);

/// <summary>What was measured on one held-out group.</summary>
public sealed record GroupAccuracy(string Group, long Posts, double Accuracy, double MacroF1, double MacroRecall, double? BaselineMacroF1);

/// <summary>What was measured.</summary>
/// <param name="Task">"sentiment", "intent" or "aspects".</param>
/// <param name="Split">"none", "time", "random" or "group".</param>
/// <param name="Seed">As given.</param>
/// <param name="Metric">What the model was tuned for, within the training part.</param>
/// <param name="Trained">How many posts were learned from; 0 for what ships.</param>
/// <param name="Skipped">Rows without a text or a label, or whose id came before.</param>
/// <param name="Posts">How many posts were measured on.</param>
/// <param name="Accuracy">Share read exactly as labelled.</param>
/// <param name="MacroF1">Mean of the classes' F1.</param>
/// <param name="MacroRecall">Mean of the classes' recall.</param>
/// <param name="PostsPerSecond">Read on one thread, everything included.</param>
/// <param name="TrainSeconds">What learning took, the choice of its settings included.</param>
/// <param name="Classes">Each class.</param>
/// <param name="Confusion">Row by label, column by what was read, in the order of the classes; of several groups together null.</param>
/// <param name="Reliability">Whether the model's certainty holds.</param>
/// <param name="OutOfTheBox">What ships, on the same posts; null when that is what was measured.</param>
/// <param name="Baseline">The plain model, on the same posts; null when not asked for.</param>
/// <param name="Groups">Of a split by group, each.</param>
public sealed record Evaluation(
    string Task, string Split, ulong Seed, string Metric, long Trained, long Skipped, long Posts, double Accuracy, double MacroF1, double MacroRecall, double? PostsPerSecond, double TrainSeconds,
    IReadOnlyList<ClassAccuracy> Classes, IReadOnlyList<IReadOnlyList<long>>? Confusion, Reliability? Reliability, ModelAccuracy? OutOfTheBox, ModelAccuracy? Baseline, IReadOnlyList<GroupAccuracy>? Groups);

/// <summary>Measures reading against labels that people gave. Whatever is chosen is chosen within the part learned from; the held-out part is read once, at the end.</summary>
public static class EvaluateReading
{
    private const double LatestShare = 0.25;
    private const double RandomShare = 0.2;

    /// <summary>Learns, where asked to, and measures.</summary>
    /// <exception cref="UnreadableFileException">The posts cannot be parted so.</exception>
    /// <exception cref="TooFewLabelsException">The part to learn from does not do.</exception>
    public static Evaluation Run(LabelledPosts given, EvaluationOptions options, CancellationToken ct)
    {
        if (options.Split == SplitKind.None) return Result(given, options, 0, EvaluateModel.Lexicon(options.Task, given.Posts), 0, null, null, null);
        if (options.Split == SplitKind.Group) return ByGroup(given, options, ct);
        var split = options.Split == SplitKind.Time ? SplitPosts.ByTime(given.Posts, options.Share ?? LatestShare) : SplitPosts.Random(given.Posts, options.Share ?? RandomShare, options.Seed);
        Check(split);
        var started = Stopwatch.GetTimestamp();
        var model = TrainModel.Run(options.Task, split.Train, options.Metric, options.Seed, ct);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var plain = options.Baseline ? EvaluateModel.Plain(Plain(split, options, ct), split.Test) : null;
        return Result(given, options, split.Train.Count, EvaluateModel.Model(model, split.Test), seconds, EvaluateModel.Lexicon(options.Task, split.Test), plain, null);
    }

    private static Evaluation ByGroup(LabelledPosts given, EvaluationOptions options, CancellationToken ct)
    {
        var (groups, answers, seconds) = (new List<GroupAccuracy>(), new List<EvaluateModel.Answered>(), 0.0);
        var plainAnswers = new List<EvaluateModel.Answered>();
        foreach (var split in SplitPosts.ByGroup(given.Posts))
        {
            Check(split);
            var started = Stopwatch.GetTimestamp();
            var model = TrainModel.Run(options.Task, split.Train, options.Metric, options.Seed, ct);
            seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
            var read = EvaluateModel.Answer(model, split.Test);
            answers.AddRange(read);
            var measured = EvaluateModel.Compare(read, null);
            double? plain = null;
            if (options.Baseline)
            {
                var by = EvaluateModel.Answer(Plain(split, options, ct), split.Test);
                plainAnswers.AddRange(by);
                plain = EvaluateModel.Compare(by, null).MacroF1;
            }

            groups.Add(new(split.Name!, split.Test.Count, measured.Accuracy, measured.MacroF1, measured.MacroRecall, plain));
        }

        return Result(given, options, given.Posts.Count, EvaluateModel.Compare(answers, null), seconds, EvaluateModel.Lexicon(options.Task, given.Posts),
            options.Baseline ? EvaluateModel.Compare(plainAnswers, null) : null, groups);
    }

    private static PlainModel Plain(Split split, EvaluationOptions options, CancellationToken ct) =>
        split.Train.All(p => p.Labels.Count == 1) && split.Test.All(p => p.Labels.Count == 1) ? PlainModel.Run(split.Train, options.Metric, options.Seed, ct)
            : throw new TooFewLabelsException("--baseline is for posts with one label each.");

    private static void Check(Split split)
    {
        if (split.Test.Count == 0 || split.Train.Count == 0) throw new UnreadableFileException($"There are too few posts to hold some out: {split.Train.Count} to learn from, {split.Test.Count} to measure on.");
    }

    private static Evaluation Result(LabelledPosts given, EvaluationOptions options, long trained, ModelAccuracy of, double seconds, ModelAccuracy? lexicon, ModelAccuracy? plain, IReadOnlyList<GroupAccuracy>? groups) => new(
        options.Task.ToString().ToLowerInvariant(), options.Split.ToString().ToLowerInvariant(), options.Seed, Name(options.Metric), trained, given.Skipped, of.Posts, of.Accuracy, of.MacroF1, of.MacroRecall,
        of.PostsPerSecond, Math.Round(seconds, 1), of.Classes, of.Confusion, of.Reliability, lexicon, plain, groups);

    private static string Name(ModelMetric metric) => metric switch { ModelMetric.MacroF1 => "macro-f1", ModelMetric.MacroRecall => "macro-recall", _ => "accuracy" };
}
