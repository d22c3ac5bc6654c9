using System.Text;
using Hearth.Channels.Files;
using Hearth.Listening.Text;
using Hearth.Listening.Understanding;
using Hearth.Listening.Understanding.Models;

namespace Hearth.Tests.Listening.Models;

/// <summary>Labels come in many files, and models go into one.</summary>
public class LabelFilesTests
{
    [Fact]
    public async Task Tables_with_names_are_read_by_their_columns()
    {
        var read = await From("id,said,how,sure,when\n1,\"It broke, again\",NEGATIVE,0.5,2015-02-16 23:36:05 -0800\n1,again,positive,1,2015-02-16\n2,fine,2,,2015-02-17\n3,,positive,1,2015-02-17\n4,odd,angry,1,2015-02-17\n",
            LabelColumns.Parse("text=said,label=how,id=id,weight=sure,time=when"));
        Assert.Equal([("It broke, again", "negative", 0.5f), ("fine", "positive", 1f)], read.Posts.Select(p => (p.Text, p.Labels[0], p.Trust)));
        Assert.Equal(new DateTimeOffset(2015, 2, 17, 7, 36, 5, TimeSpan.Zero), read.Posts[0].At);
        Assert.Equal(3, read.Skipped); // an id that came before, no text, no label of the task
    }

    [Fact]
    public async Task Tabbed_files_without_a_header_go_by_number_and_a_quote_is_a_character()
    {
        var read = await From("1\tneutral\t\"It\\u2019s out\n2\tpositive\tgood\n2\tpositive\tgood\n3\tpositive\n", LabelColumns.Parse("text=3,label=2,id=1"));
        Assert.Equal(["\"It’s out", "good"], read.Posts.Select(p => p.Text));
        Assert.Equal(2, read.Skipped);
    }

    [Fact]
    public async Task Texts_and_labels_may_stand_in_two_files_line_by_line()
    {
        using var texts = Bytes("good\nbad\n");
        using var labels = Bytes("2\n0\n");
        var read = await ReadLabels.From(labels, texts, new(), ModelTask.Sentiment, default);
        Assert.Equal([("good", "positive"), ("bad", "negative")], read.Posts.Select(p => (p.Text, p.Labels[0])));

        using var shorter = Bytes("2\n");
        texts.Position = 0;
        Assert.Contains("labels end at line 1", (await Assert.ThrowsAsync<UnreadableFileException>(() => ReadLabels.From(shorter, texts, new(), ModelTask.Sentiment, default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_column_is_named()
    {
        Assert.Contains("'label'", (await Assert.ThrowsAsync<UnreadableFileException>(() => From("text,mood\na,positive\n", new()))).Message, StringComparison.Ordinal);
        Assert.Contains("'colour'", Assert.Throws<FormatException>(() => LabelColumns.Parse("colour=x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_labels_stand_between_bars_and_must_be_known_intents()
    {
        Assert.Equal(["complaint", "question"], ReadLabels.Labels("Question | complaint", ModelTask.Intent));
        Assert.Null(ReadLabels.Labels("complaint;rage", ModelTask.Intent));
        Assert.Equal(["Late Flight", "longlines"], ReadLabels.Labels("longlines;Late Flight", ModelTask.Aspects));
        Assert.Empty(ReadLabels.Labels("none", ModelTask.Aspects)!);
    }

    [Theory]
    [InlineData(ModelTask.Sentiment)]
    [InlineData(ModelTask.Aspects)]
    public void A_model_reads_the_same_after_it_was_kept(ModelTask task)
    {
        var posts = LearningTests.Invented(120);
        if (task == ModelTask.Aspects) posts = [.. posts.Select((p, i) => p with { Labels = i % 2 == 0 ? ["a", "b"] : i % 3 == 0 ? ["b"] : [] })];
        var model = TrainModel.Run(task, posts, ModelMetric.MacroF1, 1, default);
        using var bytes = new MemoryStream();
        ModelFile.Save(model, bytes);
        bytes.Position = 0;
        var kept = ModelFile.Load(bytes);
        Assert.Equal(model.Classes, kept.Classes);
        foreach (var post in posts)
        {
            var (one, two) = (new float[model.Classes.Count], new float[model.Classes.Count]);
            var tokens = Tokens.Of(post.Text);
            Assert.Equal(model.Read(post.Text, tokens, Understand.Read(post.Text), one), kept.Read(post.Text, tokens, Understand.Read(post.Text), two));
            Assert.Equal(one, two);
        }
    }

    [Fact]
    public void What_is_no_model_is_refused_however_it_is_broken()
    {
        using var bytes = new MemoryStream();
        ModelFile.Save(TrainModel.Run(ModelTask.Sentiment, LearningTests.Invented(60), ModelMetric.MacroF1, 1, default), bytes);
        var whole = bytes.ToArray();
        Assert.Throws<UnreadableFileException>(() => ModelFile.Load(Bytes("no model at all")));
        Assert.Throws<UnreadableFileException>(() => ModelFile.Load(new MemoryStream(whole[..(whole.Length / 2)])));
        foreach (var at in (int[])[11, 12, 13, 20])
        {
            var broken = (byte[])whole.Clone();
            broken[at] ^= 0xFF;
            Assert.Throws<UnreadableFileException>(() => ModelFile.Load(new MemoryStream(broken)));
        }
    }

    private static async Task<LabelledPosts> From(string file, LabelColumns columns)
    {
        using var bytes = Bytes(file);
        return await ReadLabels.From(bytes, null, columns, ModelTask.Sentiment, default);
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
