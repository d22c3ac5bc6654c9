using Hearth.Ideas;
using Hearth.Ideas.Likeness;
using Hearth.Ideas.Merging;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas.Likeness;

public class FindLikeIdeasTests
{
    [Theory, EveryDatabase]
    public async Task A_title_finds_the_ideas_that_say_the_same_in_other_words_with_what_became_of_them(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var lid = await house.Post("Sell replacement lids for old bottles");
        await house.Post("A quieter burner");
        await house.Post("Longer straps");
        await house.Move(lid, IdeaStatus.Submitted, IdeaStatus.Planned, "The new lids come with the spring batch.");

        var found = Assert.Single(await house.Like("Can I buy a spare cap for my flask?"));
        Assert.Equal((lid, IdeaStatus.Planned, "The new lids come with the spring batch."), (found.Id, found.Status, found.Reason));
        Assert.InRange(found.Alike, 0.3, 1);
        Assert.Empty(await house.Like("Free coffee on Fridays"));
    }

    [Theory, EveryDatabase]
    public async Task While_it_is_typed_the_last_word_may_be_only_begun(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post("A thermometer in the lid");
        Assert.Equal(idea, Assert.Single(await house.Like("thermom", isBegun: true)).Id);
        Assert.Empty(await house.Like("thermom"));
    }

    [Theory, EveryDatabase]
    public async Task Accents_capitals_and_signs_do_not_matter(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post("Ein Café-Aufsatz für die Flasche");
        Assert.Equal(idea, Assert.Single(await house.Like("cafe aufsatz FLASCHE!")).Id);
        Assert.Equal(idea, Assert.Single(await house.List(new(Search: "CAFE fur"))).Id);
        Assert.Equal(idea, Assert.Single(await house.List(new(Search: "café aufsä"))).Id);
    }

    [Theory, EveryDatabase]
    public async Task A_merged_idea_is_found_by_its_words_and_answered_by_the_one_it_went_into(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (kept, gone) = (await house.Post("A lid that locks"), await house.Post("Stop the spills in my backpack"));
        Assert.IsType<MergedIdeas.Stands>(await house.With<MergeIdeas, MergedIdeas>(m => m.Into(IdeasHouse.Staff(), gone, kept, "Both ask for a lid that keeps tight.", default)));
        Assert.Equal(kept, Assert.Single(await house.Like("spills in the rucksack")).Id);
    }

    [Theory, EveryDatabase]
    public async Task What_was_written_past_the_slices_is_found_once_the_job_has_run(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post("A lid that locks");
        await house.In(s => s.GetRequiredService<Database>().Database.ExecuteSqlAsync($"UPDATE ideas_ideas SET title = 'A purple thermometer'"));
        Assert.Empty(await house.Like("purple thermometer"));

        Assert.Equal(1, await house.With<IndexIdeas, int>(i => i.Missing(default)));
        Assert.Equal(idea, Assert.Single(await house.Like("purple thermometer")).Id);
        Assert.Empty(await house.List(new(Search: "locks")));
        Assert.Equal(0, await house.With<IndexIdeas, int>(i => i.Missing(default)));
    }

    [Theory, EveryDatabase]
    public async Task Whatever_is_typed_is_no_syntax(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.Post("A lid that locks");
        foreach (var text in (string[])["\"'*:&|!()<->", "a' OR 'b", "lid\0lock", "~lid", "NEAR(lid locks)", "\ud83d\ude00\ud83d", "lid:*", "-- lid", "\\lid\\", "%_lid"])
        {
            await house.Like(text, isBegun: true);
            await house.List(new(Search: text));
        }
    }
}
