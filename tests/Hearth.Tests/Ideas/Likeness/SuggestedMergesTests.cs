using Hearth.Ideas;
using Hearth.Ideas.Likeness.Ranking;
using Hearth.Ideas.Likeness.Suggested;
using Hearth.Ideas.Merging;
using Hearth.Platform;

namespace Hearth.Tests.Ideas.Likeness;

public class SuggestedMergesTests
{
    [Theory, EveryDatabase]
    public async Task Pairs_that_hold_each_others_words_are_suggested_over_the_whole_board_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (lid, again) = (await house.Post("A lid that locks itself"), await house.Post("The lid should lock itself"));
        await house.Post("Longer straps");
        await house.Post("A lid");
        await house.Vote(again);
        await Compare(house);
        await Compare(house);

        // The one with more points stays, whichever came first.
        var pair = Assert.Single(await Suggested(house));
        Assert.Equal((lid, again), (pair.Idea.Id, pair.Into.Id));
        Assert.InRange(pair.Alike, 0.6, 1);

        // What comes later is compared with all that stands.
        var later = await house.Post("Longer straps, please");
        await Compare(house);
        Assert.Equal(2, (await Suggested(house)).Count);
        Assert.Contains(await Suggested(house), p => p.Idea.Id == later);
    }

    [Theory, EveryDatabase]
    public async Task A_pair_that_was_refused_or_merged_is_suggested_no_more_and_again_when_that_is_undone(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (lid, again) = (await house.Post("A lid that locks itself"), await house.Post("The lid should lock itself"));
        await Compare(house);
        Assert.Single(await Suggested(house));

        await house.With<SayAlike, SaidOutcome>(s => s.NotTheSame(IdeasHouse.Staff(), lid, again, default));
        Assert.Empty(await Suggested(house));
        await house.With<SayAlike, bool>(s => s.TakeBack(again, lid, default));
        Assert.Single(await Suggested(house));

        Assert.IsType<MergedIdeas.Stands>(await house.With<MergeIdeas, MergedIdeas>(m => m.Into(IdeasHouse.Staff(), again, lid, "Both ask for the same lid.", default)));
        Assert.Empty(await Suggested(house));
        Assert.IsType<MergedIdeas.Stands>(await house.With<MergeIdeas, MergedIdeas>(m => m.Undo(IdeasHouse.Staff(), again, "They are two after all.", default)));
        Assert.Single(await Suggested(house));
    }

    [Theory, EveryDatabase]
    public async Task The_list_goes_on_where_a_page_ended(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        foreach (var thing in (string[])["lid", "strap", "burner", "flask", "tent"])
        {
            await house.Post($"A {thing} that folds itself");
            await house.Post($"The {thing} should fold itself");
        }

        await Compare(house);
        var all = await Suggested(house);
        Assert.True(all.Count >= 5, $"{all.Count} pairs");
        var (walked, after) = (new List<SuggestedPair>(), (string?)null);
        do
        {
            var page = (await house.With<ReadSuggested, Page<SuggestedPair>?>(r => r.Of(after, 2, default)))!;
            walked.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(all, walked);
        Assert.Equal(all.OrderByDescending(p => p.Alike).Select(p => p.Alike), all.Select(p => p.Alike));
        Assert.Null(await house.With<ReadSuggested, Page<SuggestedPair>?>(r => r.Of("nonsense", 2, default)));
    }

    private static Task Compare(TestHouse house) => house.With<SuggestMergesRun>(r => r.Run(new(), default));

    private static async Task<IReadOnlyList<SuggestedPair>> Suggested(TestHouse house) => (await house.With<ReadSuggested, Page<SuggestedPair>?>(r => r.Of(null, 100, default)))!.Items;
}
