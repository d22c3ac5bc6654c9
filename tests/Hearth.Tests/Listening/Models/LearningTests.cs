using Hearth.Listening.Understanding.Models;

namespace Hearth.Tests.Listening.Models;

/// <summary>Learning from posts that were written for these tests.</summary>
public class LearningTests
{
    [Fact]
    public void A_model_learns_what_the_lexicon_cannot_know()
    {
        var posts = Invented(300);
        var measured = EvaluateReading.Run(new(posts, 0), new(ModelTask.Sentiment, SplitKind.Random, Seed: 3), TestContext.Current.CancellationToken);
        Assert.InRange(measured.MacroF1, 0.9, 1);
        Assert.InRange(measured.OutOfTheBox!.MacroF1, 0, 0.5); // the lexicon reads all of them alike
        Assert.Equal(240, measured.Trained);
    }

    [Fact]
    public void The_same_posts_and_seed_give_the_same_figures_in_whatever_order_they_come()
    {
        var posts = Invented(200);
        var options = new EvaluationOptions(ModelTask.Sentiment, SplitKind.Random, Seed: 7);
        var split = SplitPosts.Random(posts, 0.2, 7);
        Assert.Equal(split.Test.Select(p => p.Text).Order(StringComparer.Ordinal), SplitPosts.Random([.. Enumerable.Reverse(posts)], 0.2, 7).Test.Select(p => p.Text).Order(StringComparer.Ordinal));
        var (one, two) = (EvaluateReading.Run(new(posts, 0), options, default), EvaluateReading.Run(new(posts, 0), options, default));
        Assert.Equivalent(one.Classes, two.Classes);
        Assert.Equal(one.Reliability!.Error, two.Reliability!.Error);
    }

    [Fact]
    public void The_same_words_never_stand_on_both_sides()
    {
        var posts = Enumerable.Range(0, 400).Select(i => new LabelledPost(i % 2 == 0 ? $"Post {i / 8}" : $"POST {i / 8}!", [i % 3 == 0 ? "negative" : "positive"])).ToList();
        var split = SplitPosts.Random(posts, 0.2, 1);
        Assert.NotEmpty(split.Test);
        Assert.Empty(split.Test.Select(p => p.Text.TrimEnd('!').ToLowerInvariant()).Intersect(split.Train.Select(p => p.Text.TrimEnd('!').ToLowerInvariant())));
    }

    [Fact]
    public void By_time_the_latest_are_held_out()
    {
        var posts = Enumerable.Range(0, 100).Select(i => new LabelledPost($"{i}", ["neutral"], DateTimeOffset.UnixEpoch.AddHours(i * 37 % 100))).ToList();
        var split = SplitPosts.ByTime(posts, 0.25);
        Assert.Equal(25, split.Test.Count);
        Assert.True(split.Train.Max(p => p.At) < split.Test.Min(p => p.At));
    }

    [Fact]
    public void Several_labels_are_told_each_by_itself()
    {
        var posts = Enumerable.Range(0, 400).Select(i => new LabelledPost(
            $"{(i % 2 == 0 ? "zorp" : "blik")} {Filler(i)} {(i % 3 == 0 ? "mumble" : "grumble")}", [.. (string[])[.. i % 2 == 0 ? ["delivery"] : Array.Empty<string>(), .. i % 3 == 0 ? ["price"] : Array.Empty<string>()]])).ToList();
        var measured = EvaluateReading.Run(new(posts, 0), new(ModelTask.Aspects, SplitKind.Random), default);
        Assert.InRange(measured.Accuracy, 0.95, 1);
        Assert.Equal(["delivery", "price"], measured.Classes.Select(c => c.Class));
    }

    [Fact]
    public void One_label_alone_cannot_be_learned()
    {
        var posts = Enumerable.Range(0, 50).Select(i => new LabelledPost($"post {i}", ["neutral"])).ToList();
        Assert.Contains("same label", Assert.Throws<TooFewLabelsException>(() => EvaluateReading.Run(new(posts, 0), new(ModelTask.Sentiment, SplitKind.Random), default)).Message, StringComparison.Ordinal);
    }

    // Words that no lexicon has decide.
    internal static List<LabelledPost> Invented(int count) => [.. Enumerable.Range(0, count).Select(i => new LabelledPost(
        $"the {Filler(i)} is {(i % 3) switch { 0 => "flumpish", 1 => "sort", _ => "wuzzly" }} {Filler(i * 7 + 1)} number {i}", [(i % 3) switch { 0 => "negative", 1 => "neutral", _ => "positive" }]))];

    private static string Filler(int i) => (i % 7) switch { 0 => "table", 1 => "chair", 2 => "lamp", 3 => "window", 4 => "door", 5 => "carpet", _ => "shelf" };
}
