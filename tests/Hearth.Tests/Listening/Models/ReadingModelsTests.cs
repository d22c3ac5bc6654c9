using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Understanding;
using Hearth.Listening.Understanding.Models;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Listening.Models;

/// <summary>A house that learns to read.</summary>
public class ReadingModelsTests
{
    private static readonly Actor Ada = new(UserId.New(), "Ada", "AL", Department.Care, Role.Lead);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_better_model_reads_what_comes_in_and_giving_it_up_is_one_step(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Assert.Equal((Sentiment.Neutral, null), await Hear(house, "the lamp is flumpish"));
        var learned = await Learn(house, LearningTests.Invented(300));
        Assert.True(learned.Used);
        Assert.Equal((Sentiment.Negative, (int?)learned.Version), await Hear(house, "the table is flumpish"));
        Assert.True(await Use(house, null));
        Assert.Equal((Sentiment.Neutral, null), await Hear(house, "the chair is flumpish"));
        Assert.True(await Use(house, learned.Version));
        Assert.Equal((Sentiment.Negative, (int?)learned.Version), await Hear(house, "the door is flumpish"));
        Assert.False(await house.With<ReadingModels, bool>(m => m.Use(ModelTask.Intent, learned.Version, Ada, Ct)));
        Assert.False(await Use(house, 99));
    }

    [Theory, EveryDatabase]
    public async Task A_model_that_reads_the_held_out_part_no_better_is_kept_and_not_used(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var first = await Learn(house, LearningTests.Invented(300));
        var second = await Learn(house, [.. LearningTests.Invented(300).Select((p, i) => p with { Labels = [i % 2 == 0 ? "negative" : "positive"] })]); // labels that the words do not tell
        var models = await house.With<ReadingModels, IReadOnlyList<ModelView>>(m => m.All(Ct));
        Assert.Equal(second.Used ? ModelState.Current : ModelState.Refused, models[0].State);
        var third = await Learn(house, LearningTests.Invented(300)); // no better than the first, which knows it all
        models = await house.With<ReadingModels, IReadOnlyList<ModelView>>(m => m.All(Ct));
        Assert.Equal([third.Version, second.Version, first.Version], models.Select(m => m.Version));
        if (!second.Used) Assert.False(third.Used);
        Assert.Single(models, m => m.State == ModelState.Current);
    }

    [Theory, EveryDatabase]
    public async Task What_people_correct_and_confirm_is_learned_by_itself(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var posts = LearningTests.Invented(150);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("labels", Ct));
        await house.With<ReceiveMentions>(r => r.Run(source, [.. posts.Select((p, i) => new IncomingPost($"l{i}", p.Text, house.Clock.GetUtcNow().AddMinutes(-i)))], (string?)null, Ct));
        await house.Settle();
        Assert.Empty(await house.With<ReadingModels, IReadOnlyList<ModelView>>(m => m.All(Ct)));
        var mentions = await house.In(s => s.GetRequiredService<Database>().Set<MentionRow>().AsNoTracking().Select(m => new { m.Id, m.Text }).ToListAsync(Ct));
        var said = posts.ToDictionary(p => p.Text, p => Enum.Parse<Sentiment>(p.Labels[0], ignoreCase: true), StringComparer.Ordinal);
        foreach (var mention in mentions)
        {
            var outcome = await house.With<CorrectMention, CorrectionOutcome>(c => c.Run(Ada, mention.Id, new(said[mention.Text]), Ct));
            if (outcome == CorrectionOutcome.Unchanged) Assert.True(await house.With<ConfirmMention, bool>(c => c.Run(Ada, mention.Id, ModelTask.Sentiment, Ct)));
        }

        house.Clock.Advance(TimeSpan.FromHours(2));
        await house.Settle();
        var model = Assert.Single(await house.With<ReadingModels, IReadOnlyList<ModelView>>(m => m.All(Ct)));
        Assert.Equal((ModelState.Current, "the team, by 150 labels"), (model.State, model.By));
        Assert.Equal(30, model.Measured.Posts); // a fifth of what people said, and nothing that the lexicon guessed
        Assert.Equal(Sentiment.Positive, (await Hear(house, "the carpet is wuzzly")).Sentiment);

        house.Clock.Advance(TimeSpan.FromHours(2));
        await house.Settle();
        Assert.Single(await house.With<ReadingModels, IReadOnlyList<ModelView>>(m => m.All(Ct))); // nothing new was said
    }

    [Theory, EveryDatabase]
    public async Task What_people_say_fell_short_is_learned_and_what_they_overrule_is_not_believed(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("labels", Ct));
        string[] things = ["lamp", "chair", "table", "carpet", "window", "shelf", "door", "kettle"];
        (string Text, string? Bad)[] posts =
        [
            .. Enumerable.Range(0, 160).Select(i => (i % 4) switch
            {
                0 => ($"The {things[i % 8]} {i} went all flumpish on us, terrible", "seat"),
                1 => ($"Terrible, our {things[i % 8]} {i} is wuzzly again", "luggage"),
                2 => ($"The battery of the {things[i % 8]} {i} died, as grumblefish do", null),
                _ => ($"Our {things[i % 8]} {i} is nice and {things[i % 7]}", (string?)null),
            }),
        ];
        await house.With<ReceiveMentions>(r => r.Run(source, [.. posts.Select((p, i) => new IncomingPost($"l{i}", p.Text, house.Clock.GetUtcNow().AddMinutes(-i)))], (string?)null, Ct));
        Assert.Equal(["battery"], await Fell(house, "The battery of the sofa died"));
        var untaught = await Fell(house, "The wifi of the sofa does not work");
        Assert.NotEmpty(untaught);
        var mentions = await house.In(s => s.GetRequiredService<Database>().Set<MentionRow>().AsNoTracking().Where(m => EF.Functions.Like(m.ExternalId, "l%")).Select(m => new { m.Id, m.Text }).ToListAsync(Ct));
        foreach (var (text, bad) in posts.Where((_, i) => i % 4 != 3))
        {
            var given = new Correction(Aspects: bad is null ? [] : [new(bad, Sentiment.Negative)]);
            Assert.Equal(CorrectionOutcome.Done, await house.With<CorrectMention, CorrectionOutcome>(c => c.Run(Ada, mentions.Single(m => m.Text == text).Id, given, Ct)));
        }

        foreach (var (text, _) in posts.Where((_, i) => i % 4 == 3)) Assert.True(await house.With<ConfirmMention, bool>(c => c.Run(Ada, mentions.Single(m => m.Text == text).Id, ModelTask.Mismatches, Ct)));
        house.Clock.Advance(TimeSpan.FromHours(2));
        await house.Settle();
        var model = Assert.Single(await house.With<ReadingModels, IReadOnlyList<ModelView>>(m => m.All(Ct)));
        Assert.Equal((ModelTask.Mismatches, ModelState.Current, "the team, by 160 labels"), (model.Task, model.State, model.By));
        Assert.Equal(["seat"], await Fell(house, "The piano went all flumpish on us, terrible"));
        Assert.Equal(["luggage"], await Fell(house, "Terrible, our piano is wuzzly again"));
        Assert.Empty(await Fell(house, "The battery of the piano died, as grumblefish do"));
        Assert.Equal(untaught, await Fell(house, "The wifi of the piano does not work"));
        Assert.Equal(ModelState.Current, Assert.Single(await house.With<ReadingModels, IReadOnlyList<ModelView>>(m => m.All(Ct))).State);

        Assert.True(await house.With<ReadingModels, bool>(m => m.Use(ModelTask.Mismatches, null, Ada, Ct)));
        Assert.Equal(["battery"], await Fell(house, "The battery of the piano died"));
    }

    [Theory, EveryDatabase]
    public async Task A_label_that_is_no_topic_is_refused_by_name(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var posts = Enumerable.Range(0, 40).Select(i => new LabelledPost($"a post {i}", [i % 2 == 0 ? "seet" : LabelledPost.None])).ToList();
        var refused = await Assert.ThrowsAsync<TooFewLabelsException>(() => house.With<ReadingModels, Learned>(m => m.Learn(ModelTask.Mismatches, posts, ModelMetric.MacroF1, 1, "Ada", Ct)));
        Assert.Contains("'seet'", refused.Message, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task What_is_least_sure_is_asked_first_and_never_again_once_answered(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("queue", Ct));
        string[] texts = ["I love the great food but I hate the awful seats", "I love it, great, wonderful, perfect", "I love the great food but I hate the awful seats!!"];
        await house.With<ReceiveMentions>(r => r.Run(source, [.. texts.Select((t, i) => new IncomingPost($"q{i}", t, house.Clock.GetUtcNow().AddMinutes(-i)))], (string?)null, Ct));
        var queue = await house.With<LabelQueue, IReadOnlyList<WorthLabelling>>(q => q.Top(10, Ct));
        Assert.Equal([true, false], queue.Select(q => q.Text.Contains("awful", StringComparison.Ordinal))); // the two that are alike stand once
        await house.With<ConfirmMention, bool>(c => c.Run(Ada, queue[0].Mention, ModelTask.Sentiment, Ct));
        Assert.DoesNotContain(queue[0].Mention, (await house.With<LabelQueue, IReadOnlyList<WorthLabelling>>(q => q.Top(10, Ct))).Select(q => q.Mention));
    }

    [Theory, EveryDatabase]
    public async Task A_week_that_reads_otherwise_than_the_others_stands_out(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("drift", Ct));
        var now = house.Clock.GetUtcNow();
        var posts = Enumerable.Range(0, 240).Select(i => new IncomingPost($"d{i}", i < 60 || i % 3 == 0 ? $"awful, terrible, I hate it {i}" : $"wonderful, I love it {i}", now.AddDays(-7 * (i / 60)).AddMinutes(-i % 60)));
        await house.With<ReceiveMentions>(r => r.Run(source, [.. posts], (string?)null, Ct));
        var weeks = await house.With<ReadingDrift, IReadOnlyList<DriftWeek>>(d => d.Run(Ct));
        Assert.Equal([60L, 60, 60, 60], weeks.Select(w => w.Mentions));
        Assert.True(weeks[^1].Shift > 0.25, $"{weeks[^1].Shift}");
        Assert.Equal(1, weeks[^1].Negative);
        Assert.All(weeks.SkipLast(1), w => Assert.True(w.Shift < weeks[^1].Shift));
        Assert.All(weeks, w => Assert.Null(w.Sure));
    }

    private static Task<Learned> Learn(TestHouse house, IReadOnlyList<LabelledPost> posts) => house.With<ReadingModels, Learned>(m => m.Learn(ModelTask.Sentiment, posts, ModelMetric.MacroF1, 1, "Ada", Ct));

    private static Task<bool> Use(TestHouse house, int? version) => house.With<ReadingModels, bool>(m => m.Use(ModelTask.Sentiment, version, Ada, Ct));

    private static async Task<IReadOnlyList<string>> Fell(TestHouse house, string text)
    {
        await Hear(house, text);
        return await house.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            return await db.Set<MismatchRow>().Where(m => db.Set<MentionRow>().Any(r => r.Id == m.Mention && r.ExternalId == text)).OrderByDescending(m => m.Sure).Select(m => m.Attribute).ToListAsync(Ct);
        });
    }

    private static async Task<(Sentiment Sentiment, int? By)> Hear(TestHouse house, string text)
    {
        var source = await house.With<Sources, SourceId>(s => s.ForFile("heard " + text, Ct));
        await house.With<ReceiveMentions>(r => r.Run(source, [new IncomingPost(text, text, house.Clock.GetUtcNow())], (string?)null, Ct));
        return await house.In(async s =>
        {
            var row = await s.GetRequiredService<Database>().Set<MentionRow>().AsNoTracking().SingleAsync(m => m.ExternalId == text, Ct);
            return (row.Sentiment, row.ReadBy);
        });
    }
}
