using Hearth.Ideas;
using Hearth.Ideas.Likeness.Ranking;
using Hearth.Ideas.Merging;
using Hearth.Platform;

namespace Hearth.Tests.Ideas.Likeness.Ranking;

public class SayAlikeTests
{
    [Theory, EveryDatabase]
    public async Task Ideas_that_somebody_said_differ_are_not_suggested_for_each_other_until_it_is_taken_back(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (one, other) = (await house.Post("A lid that locks"), await house.Post("A lid that locks itself"));
        Assert.Equal(other, Assert.Single(await house.Like("A lid that locks", except: one)).Id);

        Assert.Equal(SaidOutcome.Stands, await NotTheSame(house, other, one));
        Assert.Equal(SaidOutcome.Stands, await NotTheSame(house, one, other));
        Assert.Empty(await house.Like("A lid that locks", except: one));
        Assert.Empty(await house.Like("A lid that locks itself", except: other));
        Assert.Equal(2, (await house.Like("A lid that locks")).Count);
        Assert.Equal(1, (await house.With<LikenessRankers, SaidCount>(r => r.Said(default))).Refusals);

        Assert.True(await house.With<SayAlike, bool>(s => s.TakeBack(one, other, default)));
        Assert.False(await house.With<SayAlike, bool>(s => s.TakeBack(one, other, default)));
        Assert.Equal(other, Assert.Single(await house.Like("A lid that locks", except: one)).Id);
    }

    [Theory, EveryDatabase]
    public async Task Many_who_refuse_the_same_pair_at_once_leave_one_word(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (one, other) = (await house.Post("A lid that locks"), await house.Post("A lid that locks itself"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => i % 2 == 0 ? NotTheSame(house, one, other) : NotTheSame(house, other, one))));
        Assert.All(outcomes, o => Assert.Equal(SaidOutcome.Stands, o));
        Assert.Equal(1, (await house.With<LikenessRankers, SaidCount>(r => r.Said(default))).Refusals);
    }

    [Theory, EveryDatabase]
    public async Task One_idea_cannot_be_refused_and_an_unknown_one_neither(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (one, other) = (await house.Post("A lid that locks"), await house.Post("A lid that locks itself"));
        Assert.Equal(SaidOutcome.UnknownIdea, await NotTheSame(house, one, IdeaId.New()));
        Assert.Equal(SaidOutcome.AreOne, await NotTheSame(house, one, one));
        Assert.IsType<MergedIdeas.Stands>(await house.With<MergeIdeas, MergedIdeas>(m => m.Into(IdeasHouse.Staff(), one, other, "Both ask for a lid that keeps tight.", default)));
        Assert.Equal(SaidOutcome.AreOne, await NotTheSame(house, one, other));
    }

    [Theory, EveryDatabase]
    public async Task What_somebody_chose_instead_of_posting_is_kept_once_for_each_of_them(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (idea, ana) = (await house.Post("A lid that locks"), IdeasHouse.Somebody());
        foreach (var (by, text) in new[] { (ana, "Lock the lid"), (ana, "Lock that lid at last"), (IdeasHouse.Somebody("Ben Oak"), "Keep the lid shut"), (ana, "no") })
        {
            Assert.Equal(SaidOutcome.Stands, await house.With<SayAlike, SaidOutcome>(s => s.IsThisOne(by, text, idea, default)));
        }

        Assert.Equal(2, (await house.With<LikenessRankers, SaidCount>(r => r.Said(default))).Choices);
        Assert.Equal(SaidOutcome.UnknownIdea, await house.With<SayAlike, SaidOutcome>(s => s.IsThisOne(ana, "Lock the lid", IdeaId.New(), default)));
    }

    private static Task<SaidOutcome> NotTheSame(TestHouse house, IdeaId one, IdeaId other) => house.With<SayAlike, SaidOutcome>(s => s.NotTheSame(IdeasHouse.Staff(), one, other, default));
}
