using Hearth.Ideas.Likeness;

namespace Hearth.Tests.Ideas.Likeness;

public class MeasureLikenessTests
{
    private static string[] Pairs(int count) => [.. Enumerable.Range(0, count).SelectMany(i => (string[])
        [$"1\tHow do I fasten the lid number{i}?\tThe lids number{i} should be fastened\t{i}", $"0\tIs the lid number{i} blue?\tWhere is shop number{i}?\t{i}"])];

    [Fact]
    public void Both_sides_of_a_split_share_no_question_and_together_hold_all_that_have_a_duplicate()
    {
        var pairs = new QuestionPairs(Pairs(100));
        var (training, test) = (pairs.Asked(true, 1), pairs.Asked(false, 1));
        Assert.Empty(training.Intersect(test));
        Assert.Equal(200, training.Length + test.Length);
        Assert.InRange(test.Length, 60, 140);
        Assert.NotEqual(test, pairs.Asked(false, 2));
    }

    [Fact]
    public void Average_precision_is_that_of_the_book()
    {
        // Manning, Raghavan and Schütze, Introduction to Information Retrieval, 8.4: relevant at 1 and 3 of three relevant: (1/1 + 2/3 + 0) / 3.
        var pairs = new QuestionPairs(["1\ta\tb", "1\tb\tc", "1\tc\td", "0\ta\te", "0\ta\tf"]);
        Assert.Equal((1 + 2 / 3.0) / 3, pairs.AveragePrecision(0, [1, 4, 2, 5]), 12);
        Assert.Equal(1, pairs.AveragePrecision(0, [0, 3, 2, 1]), 12);
    }

    [Fact]
    public void The_yardstick_is_BM25_worked_out_by_hand()
    {
        // Two of three texts hold "lid"; the shorter one is first; a text without a word of the question does not come.
        Assert.Equal([1, 0], new PlainBm25(["a lid that locks well", "lid locks", "straps"]).Ranked("Lid!", 10));
    }

    [Fact]
    public void Measuring_again_gives_the_same_and_ours_finds_what_shares_stems()
    {
        var one = MeasureLikeness.Run(Pairs(60), training: false, seed: 1, learn: true, int.MaxValue, default);
        var other = MeasureLikeness.Run(Pairs(60), training: false, seed: 1, learn: true, int.MaxValue, default);
        Assert.Equal(one.Stages, other.Stages);
        Assert.Equal([0.5, 0.75, 1], one.Stages.Select(s => s.Typed));
        Assert.InRange(one.Stages[^1].Map, 0.9, 1);
    }

    [Theory]
    [InlineData("1\tonly one question", "line 2: has fewer")]
    [InlineData("yes\ta\tb", "line 2: 'yes' is neither")]
    public void A_line_that_is_no_pair_is_named(string line, string reason) =>
        Assert.StartsWith(reason, Assert.Throws<UnreadablePairsException>(() => new QuestionPairs(["1\ta\tb", line])).Message, StringComparison.Ordinal);

    [Fact]
    public void Duplicates_are_found_better_than_by_BM25_while_they_are_typed_and_whole()
    {
        // A fifth of the pairs, for the time it takes; the training side, so that the side that docs/accuracy.md reports is looked at there alone.
        var measured = MeasureLikeness.Run(File.ReadLines(SharedData.File("duplicate-questions/pairs.tsv")).Take(2_000), training: true, seed: 1, learn: true, int.MaxValue, TestContext.Current.CancellationToken);
        Assert.True(measured.Mean.Better > 0.1, $"better by {measured.Mean.Better:P1}");
        Assert.True(measured.Stages[^1].Better > 0.03, $"whole: better by {measured.Stages[^1].Better:P1}");
        Assert.All(measured.Stages, s => Assert.True(s.Learned > s.Map, $"{s.Typed:P0} typed: learned {s.Learned:0.000}, first day {s.Map:0.000}"));
    }
}
