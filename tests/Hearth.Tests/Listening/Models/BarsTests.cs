using Hearth.Listening.Understanding.Models;

namespace Hearth.Tests.Listening.Models;

/// <summary>The figures of docs/accuracy.md hold: learned from a part of real posts, measured on the other.</summary>
public class BarsTests
{
    /// <summary>A plain linear model reaches .735 here.</summary>
    [Fact]
    public async Task Posts_to_airlines_are_read_by_what_was_learned_from_earlier_ones()
    {
        await using var file = File.OpenRead(SharedData.File("airline-tweets/posts.csv"));
        var posts = await ReadLabels.From(file, null, LabelColumns.Parse("text=text,label=airline_sentiment,time=tweet_created,id=tweet_id"), ModelTask.Sentiment, TestContext.Current.CancellationToken);
        Assert.Equal(8, posts.Skipped);
        var measured = EvaluateReading.Run(posts, new(ModelTask.Sentiment, SplitKind.Time), TestContext.Current.CancellationToken);
        Assert.InRange(measured.MacroF1, 0.75, 1);
        Assert.InRange(measured.Reliability!.Error, 0, 0.05);
        Assert.InRange(EvaluateReading.Run(posts, new(ModelTask.Sentiment), default).MacroF1, 0.55, 1);
    }

    [Theory]
    [InlineData("english")]
    [InlineData("german")]
    [InlineData("spanish")]
    [InlineData("portuguese")]
    [InlineData("french")]
    public async Task A_few_posts_of_a_language_teach_it(string language)
    {
        await using var labels = File.OpenRead(SharedData.File($"xlm-t-train/{language}/train_labels.txt"));
        await using var texts = File.OpenRead(SharedData.File($"xlm-t-train/{language}/train_text.txt"));
        var posts = await ReadLabels.From(labels, texts, new(), ModelTask.Sentiment, TestContext.Current.CancellationToken);
        Assert.InRange(EvaluateReading.Run(posts, new(ModelTask.Sentiment, SplitKind.Random, Seed: 1), TestContext.Current.CancellationToken).MacroF1, 0.51, 1);
    }
}
