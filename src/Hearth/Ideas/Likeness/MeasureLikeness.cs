using Hearth.Ideas.Likeness.Ranking;

namespace Hearth.Ideas.Likeness;

/// <summary>How well duplicates are found at one moment of typing.</summary>
/// <param name="Typed">Which part of each question was typed. 0 to 1.</param>
/// <param name="Map">Mean average precision of our finder on its first day, before it learned anything. 0 to 1.</param>
/// <param name="Learned">The same of the order that was learned; null when none was.</param>
/// <param name="Bm25Map">The same of plain BM25.</param>
/// <param name="Better">By which part ours, learned where it was, is better than plain BM25: 0.15 is 15 %.</param>
public sealed record LikenessStage(double Typed, double Map, double? Learned, double Bm25Map, double Better);

/// <summary>What was measured.</summary>
/// <param name="Side">training or test.</param>
/// <param name="Seed">Of the split.</param>
/// <param name="Collection">Questions that are looked through.</param>
/// <param name="Asked">Questions that were asked: those of the side that have a duplicate.</param>
/// <param name="Taught">Questions of the training side that were learned from; 0 when none were.</param>
/// <param name="Stages">Half typed, three quarters typed, whole.</param>
/// <param name="Mean">Mean of the stages: while it is typed. Its own part typed is 0.</param>
public sealed record LikenessMeasured(string Side, int Seed, int Collection, int Asked, int Taught, IReadOnlyList<LikenessStage> Stages, LikenessStage Mean);

/// <summary>Measures the finder on pairs of questions that people found to ask the same, beside plain BM25 on the same questions.</summary>
public static class MeasureLikeness
{
    private const int Depth = 1_000;
    private const int Folds = 5;
    private static readonly double[] Stages = [.. LearnedOrder.Typed, 1];

    /// <summary>Asks each question of a side as it stands when half of its characters are typed, three quarters, and all; the question itself is not an answer.</summary>
    /// <param name="lines">1 or 0, a question and another, with tabs between.</param>
    /// <param name="training">The side that weights were chosen on, instead of the one that is reported.</param>
    /// <param name="seed">Of the split.</param>
    /// <param name="learn">Also learns an order from the pairs of the training side, as a board does from its merges. The training side itself is measured in five parts, each by what the other four taught.</param>
    /// <param name="most">At most so many questions are learned from.</param>
    /// <param name="ct">Stops the work.</param>
    /// <exception cref="UnreadablePairsException">A line is none.</exception>
    public static LikenessMeasured Run(IEnumerable<string> lines, bool training, int seed, bool learn, int most, CancellationToken ct)
    {
        var pairs = new QuestionPairs(lines);
        var (asked, titles, plain) = (pairs.Asked(training, seed), new TitlesInMemory(pairs.Texts), new PlainBm25(pairs.Texts));
        var found = Stages.Select(typed => Ask(asked, typed)).ToArray();
        int[] taught = !learn ? [] : [.. (training ? asked : pairs.Asked(true, seed)).Take(most)];
        var learned = Learned();
        var stages = Stages.Select((typed, s) =>
        {
            var theirs = new double[asked.Length];
            Parallel.For(0, asked.Length, Options(), i => theirs[i] = pairs.AveragePrecision(asked[i], plain.Ranked(LearnedOrder.Begin(pairs.Texts[asked[i]], typed), Depth)));
            return Stage(typed, Mean(found[s].Select(f => f.Precision)), learned?[s], Mean(theirs));
        }).ToList();
        return new(training ? "training" : "test", seed, pairs.Texts.Count, asked.Length, taught.Length, stages,
            Stage(0, stages.Average(s => s.Map), learned?.Average(), stages.Average(s => s.Bm25Map)));

        ParallelOptions Options() => new() { CancellationToken = ct };

        Asked[] Ask(int[] questions, double typed)
        {
            var answers = new Asked[questions.Length];
            Parallel.For(0, questions.Length, Options(), i =>
            {
                var (all, numbers) = titles.Ranked(LearnedOrder.Begin(pairs.Texts[questions[i]], typed), typed < 1, questions[i]);
                answers[i] = new(questions[i], new(numbers, [.. all.Take(numbers.Length).Select(q => pairs.AreSame(q, questions[i]))], pairs.OthersOf(questions[i])), pairs.AveragePrecision(questions[i], all));
            });
            return answers;
        }

        double[]? Learned()
        {
            if (taught.Length == 0) return null;
            var examples = training ? [.. found.Select(f => f[..taught.Length])] : Stages.Select(typed => Ask(taught, typed)).ToArray();
            var (parts, precisions) = (training ? Folds : 1, Stages.Select(_ => new double[asked.Length]).ToArray());
            for (var part = 0; part < parts; part++)
            {
                List<RankedTitles> Of(int stage) => [.. examples[stage].Where(e => !training || pairs.Part(e.Question, Folds) != part).Select(e => e.Titles)];
                var order = LearnedOrder.Learn(Of(2), [.. Of(0), .. Of(1)], ct);
                for (var s = 0; s < Stages.Length; s++)
                {
                    for (var i = 0; i < asked.Length; i++)
                    {
                        if (!training || pairs.Part(asked[i], Folds) == part) precisions[s][i] = Reordered(found[s][i], order.For(Stages[s] < 1));
                    }
                }
            }

            return [.. precisions.Select(p => Mean(p))];
        }
    }

    // Below the first ones nothing moves: what they add to the precision is what it was.
    private static double Reordered(Asked asked, LikenessRanker ranker) => asked.Precision - asked.Titles.AveragePrecision(null) + asked.Titles.AveragePrecision(ranker);

    private static LikenessStage Stage(double typed, double ours, double? learned, double theirs) => new(typed, ours, learned, theirs, theirs > 0 ? (learned ?? ours) / theirs - 1 : 0);

    private static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(0).Average();

    private sealed record Asked(int Question, RankedTitles Titles, double Precision);
}
