using Hearth.Catalog;
using Hearth.Ideas;
using Hearth.Ideas.Talk;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Ideas;

public class SearchFiltersTests
{
    [Theory, EveryDatabase]
    public async Task What_was_said_below_an_idea_is_found_where_that_is_asked_for(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (lid, strap, ana) = (await house.Post("A lid that locks"), await house.Post("Longer straps"), IdeasHouse.Somebody());
        await house.Said(lid, ana, "My thermometers break in the cold.");
        await house.Said(strap, ana, "A thermometer would help.");
        Assert.Equal(2, await Index(house));

        Assert.Empty(await house.List(new(Search: "thermometers")));
        Assert.Equal([strap, lid], (await house.List(new(IdeaOrder.New, Search: "thermometers") { InComments = true })).Select(i => i.Id));
        Assert.Equal(lid, Assert.Single(await house.List(new(Search: "thermometer cold") { InComments = true })).Id);

        // Title and body still count, and the words of two comments are not put together.
        Assert.Equal(strap, Assert.Single(await house.List(new(Search: "straps") { InComments = true })).Id);
        Assert.Empty(await house.List(new(Search: "cold help") { InComments = true }));
        Assert.Equal(0, await Index(house));
    }

    [Theory, EveryDatabase]
    public async Task A_rare_word_beside_one_that_every_idea_holds_is_found_as_if_both_were_rare(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        for (var n = 0; n < 300; n++) await house.Post($"Stoves that simmer {n}");
        var (warm, cold) = (await house.Post("A thermometer for stoves"), await house.Post("A barometer for stovetops"));

        foreach (var text in (string[])["stove thermometers", "thermometers stove ", "thermometer stov", "stoves therm"]) Assert.Equal([warm], (await house.List(new(Search: text))).Select(i => i.Id));
        foreach (var text in (string[])["barometer stovetop", "barometer stove", "stove barome"]) Assert.Equal(text == "stove barome" ? [] : [cold], (await house.List(new(Search: text))).Select(i => i.Id));
        Assert.Empty(await house.List(new(Search: "simmer thermometer")));
        Assert.Empty(await house.List(new(Search: "barometer stove ")));
    }

    [Theory, EveryDatabase]
    public async Task A_comment_is_found_by_its_words_as_they_are_now_and_by_none_once_it_is_gone(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (idea, ana) = (await house.Post("A lid that locks"), IdeasHouse.Somebody());
        var comment = await house.Said(idea, ana, "My thermometers break.");
        await Index(house);
        Assert.IsType<ChangedComment.Stands>(await house.With<ChangeComment, ChangedComment>(c => c.To(ana, idea, comment, "My barometers break.", default)));
        Assert.Equal(1, await Index(house));
        Assert.Empty(await house.List(new(Search: "thermometers") { InComments = true }));
        Assert.Single(await house.List(new(Search: "barometer") { InComments = true }));

        Assert.IsType<ChangedComment.Stands>(await house.With<ChangeComment, ChangedComment>(c => c.Remove(ana, idea, comment, default)));
        Assert.Empty(await house.List(new(Search: "barometer") { InComments = true }));
        await Index(house);
        Assert.Equal("", await house.With<Database, string?>(db => db.CommentWordRows.Select(r => r.Words).SingleAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Ideas_are_listed_by_product_and_by_the_days_they_were_posted_on(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var flask = (await house.With<Products, (CatalogOutcome, ProductId Id)>(p => p.Add(new(null, "Flask"), default))).Id;
        var first = await house.Post("A lid that locks");
        house.Clock.Advance(TimeSpan.FromDays(3));
        var about = IdeaId.New();
        Assert.IsType<PostedIdea.Stands>(await house.With<PostIdea, PostedIdea>(p => p.By(IdeasHouse.Somebody(), about, new("Longer straps", "So that it hangs lower.", "general", null, [flask]), default)));

        var days = await house.With<Database, List<DateTimeOffset>>(db => db.Ideas.OrderBy(i => i.Number).Select(i => i.At).ToListAsync());
        var (day, later) = (DateOnly.FromDateTime(days[0].UtcDateTime), DateOnly.FromDateTime(days[1].UtcDateTime));
        foreach (var order in Enum.GetValues<IdeaOrder>().Except([IdeaOrder.Rising, IdeaOrder.Controversial]))
        {
            Assert.Equal(about, Assert.Single(await house.List(new(order) { Product = flask })).Id);
            Assert.Equal(first, Assert.Single(await house.List(new(order) { Before = ListIdeas.End(day) })).Id);
            Assert.Equal(about, Assert.Single(await house.List(new(order) { From = ListIdeas.Begin(later) })).Id);
            Assert.Empty(await house.List(new(order) { Product = flask, Before = ListIdeas.End(day) }));
        }

        Assert.Equal(1, await house.With<ListIdeas, int>(l => l.Count(new() { Product = flask, From = ListIdeas.Begin(day), Before = ListIdeas.End(DateOnly.MaxValue) }, default)));
        Assert.Empty(await house.List(new() { Product = new ProductId(Guid.NewGuid()) }));
    }

    private static Task<int> Index(TestHouse house) => house.With<IndexComments, int>(i => i.Missing(default));
}
