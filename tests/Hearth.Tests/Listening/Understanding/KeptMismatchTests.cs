using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Understanding;
using Hearth.Platform;

namespace Hearth.Tests.Listening.Understanding;

public class KeptMismatchTests
{
    private static readonly Actor Ada = new(UserId.New(), "Ada", "AL", Department.Care, Role.Agent);

    [Theory, EveryDatabase]
    public async Task What_fell_short_is_kept_with_its_product_and_the_promise_of_that_day(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var now = house.Clock.Now();
        var (_, product) = await house.With<Products, (CatalogOutcome, ProductId)>(p => p.Add(new("MX-1", "Model X", ["modelx"]), default));
        PromiseId over = PromiseId.New(), general = PromiseId.New(), special = PromiseId.New();
        await house.With<Promises, CatalogOutcome>(p => p.Save(special, new("Lasts ten hours", PromisePlace.ProductPage, null, product, "battery", ForWhom: "owners of the long-range model"), default));
        await house.With<Promises, CatalogOutcome>(p => p.Save(general, new("All our batteries last a day", PromisePlace.Advertisement, null, null, "battery"), default));
        await house.With<Promises, CatalogOutcome>(p => p.Save(over, new("Lasts two days", PromisePlace.ProductPage, null, product, "battery", now.AddDays(-90), now.AddDays(-30)), default));

        var heard = await Hear(house, "The Model X battery is supposed to last 10 hours but only lasts 3", "My battery dies after an hour, terrible");

        var mention = (await house.With<ReadMention, MentionView?>(r => r.Of(heard[0], default)))!;
        var mismatch = Assert.Single(mention.Mismatches);
        Assert.Equal(("battery", product, special), (mismatch.Attribute, mismatch.Product, mismatch.Promise));
        Assert.Equal(new MismatchSize(10, 3, 7, "hours"), mismatch.Size);
        Assert.Equal("last 10 hours", mention.Text.Substring(mismatch.Expected!.Value.Start, mismatch.Expected.Value.Length));
        Assert.Equal(product, Assert.Single(mention.Products).Product);
        Assert.Equal("owners of the long-range model", (await house.With<Promises, PromiseView?>(p => p.Of(special, default)))!.ForWhom);
        var both = await house.With<ReadMismatches, IReadOnlyList<MentionMismatch>>(r => r.Of(heard, default));
        Assert.Equal(general, both.Single(m => m.Mention == heard[1]).Mismatch.Promise);
    }

    [Theory, EveryDatabase]
    public async Task Mentions_are_found_by_gap_feeling_and_how_a_topic_is_judged(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (_, product) = await house.With<Products, (CatalogOutcome, ProductId)>(p => p.Add(new("MX-1", "Model X"), default));
        await Hear(house, "Great food, awful seats!", "The food was cold and I am furious", "Thank you so much, the Model X food processor is great", "On my way");

        (MentionFilter Filter, string Found)[] expected =
        [
            (new() { Gap = true }, "0 1"), (new() { Gap = false }, "2 3"), (new(Topic: "food") { Gap = true }, "1"), (new() { Emotion = Emotion.Anger }, "1"), (new() { Emotion = Emotion.Gratitude }, "2"),
            (new(Topic: "food") { Aspect = Sentiment.Positive }, "0 2"), (new() { Aspect = Sentiment.Negative }, "0 1"), (new() { Product = product }, "2"),
        ];
        foreach (var (filter, found) in expected)
        {
            var page = await house.With<ListMentions, Page<MentionView>?>(l => l.Run(filter, null, 100, default));
            Assert.Equal((filter, found), (filter, string.Join(' ', page!.Items.Select(m => m.ExternalId).Order(StringComparer.Ordinal))));
            Assert.Equal(page.Items.Count, (await house.With<CountMentions, Counted>(c => c.Total(filter, default))).Count);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_corrected_aspect_decides_what_fell_short_also_after_an_edit(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var id = (await Hear(house, "My parcel is delayed and the wifi didn't work"))[0];
        var correction = new Correction(Aspects: [new("wifi", Sentiment.Positive), new("price", Sentiment.Negative)], Emotion: Emotion.Worry);

        Assert.Equal(CorrectionOutcome.Done, await house.With<CorrectMention, CorrectionOutcome>(c => c.Run(Ada, id, correction, default)));
        Assert.Equal(CorrectionOutcome.Unchanged, await house.With<CorrectMention, CorrectionOutcome>(c => c.Run(Ada, id, correction, default)));
        await AsCorrected();

        var at = house.Clock.Now();
        await house.With<ReceiveMentions, Received>(async r => await r.Run(await Source(house), [new IncomingPost("0", "My parcel is delayed and the wifi didn't work. Update: the price is a rip off", at) { IsEdit = true, EditedAt = at.AddMinutes(5) }], new Receiving(), default));
        await AsCorrected();

        async Task AsCorrected()
        {
            var mention = (await house.With<ReadMention, MentionView?>(r => r.Of(id, default)))!;
            Assert.Equal([new MentionAspect("price", Sentiment.Negative), new("wifi", Sentiment.Positive)], mention.Aspects);
            Assert.Equal(["price"], mention.Mismatches.Select(m => m.Attribute));
            Assert.Equal(Emotion.Worry, mention.Emotion);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_removed_post_leaves_nothing_of_what_it_told(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var heard = await Hear(house, "You lost my bag");
        Assert.NotEmpty(await house.With<ReadMismatches, IReadOnlyList<MentionMismatch>>(r => r.Of(heard, default)));

        await house.With<ReceiveMentions, Received>(async r => await r.Run(await Source(house), [], new Receiving(Removed: ["0"]), default));

        Assert.Empty(await house.With<ReadMismatches, IReadOnlyList<MentionMismatch>>(r => r.Of(heard, default)));
    }

    [Fact]
    public void An_aspect_that_is_no_topic_or_stands_twice_is_refused()
    {
        var errors = CorrectMention.Check(new(Topics: [], Aspects: [new("nonsense", Sentiment.Neutral), new("nonsense", Sentiment.Negative)])).ToList();

        Assert.Equal(4, errors.Count); // unknown, twice; named twice; topics as well
        Assert.All(errors, e => Assert.Equal("aspects", e.Field));
    }

    private static Task<SourceId> Source(TestHouse house) => house.With<Sources, SourceId>(s => s.ForFile("posts", default));

    private static async Task<List<MentionId>> Hear(TestHouse house, params string[] texts)
    {
        var source = await Source(house);
        var at = house.Clock.Now().AddHours(-1);
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [.. texts.Select((t, n) => new IncomingPost($"{n}", t, at.AddSeconds(n)))], new Receiving(), default));
        var page = await house.With<ListMentions, Page<MentionView>?>(l => l.Run(new(), null, 100, default));
        return [.. page!.Items.OrderBy(m => m.ExternalId, StringComparer.Ordinal).Select(m => m.Id)];
    }
}
