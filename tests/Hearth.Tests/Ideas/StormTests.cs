using Hearth.Ideas;
using Hearth.Ideas.Storms;
using Hearth.Platform;

namespace Hearth.Tests.Ideas;

public sealed class StormTests
{
    [Theory, EveryDatabase]
    public async Task It_takes_ideas_from_its_opening_to_its_closing_and_not_a_moment_longer(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var storm = await Open(house, opens: TimeSpan.FromHours(2), length: TimeSpan.FromDays(1));

        Assert.IsType<StormIdea.NotOpen>(await Answer(house, storm));
        house.Clock.Advance(TimeSpan.FromHours(2));
        Assert.IsType<StormIdea.Stands>(await Answer(house, storm));
        house.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        Assert.IsType<StormIdea.Stands>(await Answer(house, storm));
        house.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<StormIdea.NotOpen>(await Answer(house, storm));
        Assert.IsType<StormIdea.UnknownStorm>(await Answer(house, StormId.New()));

        Assert.Equal(2, (await house.List(new() { Storm = storm })).Count);
        Assert.Equal(2, (await house.List(new())).Count);
    }

    [Theory, EveryDatabase]
    public async Task The_same_answer_sent_again_stands_once_even_after_the_closing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var storm = await Open(house);
        var (author, id) = (IdeasHouse.Somebody(), IdeaId.New());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => house.With<PostIntoStorm, StormIdea>(p => p.By(author, storm, id, "A lid that locks", "So that nothing spills.", default)))));
        house.Clock.Advance(TimeSpan.FromDays(8));

        Assert.IsType<StormIdea.Stands>(await house.With<PostIntoStorm, StormIdea>(p => p.By(author, storm, id, "A lid that locks", "So that nothing spills.", default)));
        Assert.Equal(id, Assert.Single(await house.List(new() { Storm = storm })).Id);
    }

    [Theory, EveryDatabase]
    public async Task An_idea_that_stands_elsewhere_is_not_pulled_into_a_storm_by_somebody_else(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var storm = await Open(house);
        var idea = await house.Post();

        await house.With<PostIntoStorm>(p => p.By(IdeasHouse.Somebody("Mallory"), storm, idea, "Mine now", "I say that this is mine.", default));

        Assert.Empty(await house.List(new() { Storm = storm }));
        Assert.Equal("A lid that locks", (await house.Read(idea)).Title);
    }

    [Theory, EveryDatabase]
    public async Task The_tally_counts_what_the_lists_hold(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var storm = await Open(house);
        var first = Assert.IsType<StormIdea.Stands>(await Answer(house, storm)).Idea;
        var second = Assert.IsType<StormIdea.Stands>(await Answer(house, storm, IdeasHouse.Somebody())).Idea;
        var same = IdeasHouse.Somebody("Twice Tom");
        await Answer(house, storm, same);
        await Answer(house, storm, same);
        await house.Vote(second);
        await house.Vote(second);
        await house.Vote(first, Stance.Demote);
        await house.With<CommentOnIdea>(c => c.By(same, first, IdeaCommentId.New(), "Mine leaks too.", default));

        var tally = (await house.With<StormTallies, StormTally?>(t => t.Of(storm, default)))!;

        Assert.Equal((4, 3, 3, 1, true), (tally.Ideas, tally.People, tally.Votes, tally.Comments, tally.IsOpen));
        Assert.Equal((second, 20), (tally.Leading[0].Idea, tally.Leading[0].Points));
        await house.Vote(second);
        Assert.Equal(3, (await house.With<StormTallies, StormTally?>(t => t.Of(storm, default)))!.Votes); // counted at most once a second
        house.Clock.Advance(StormTallies.Age);
        Assert.Equal(4, (await house.With<StormTallies, StormTally?>(t => t.Of(storm, default)))!.Votes);
        Assert.Null(await house.With<StormTallies, StormTally?>(t => t.Of(StormId.New(), default)));
    }

    [Theory, EveryDatabase]
    public async Task A_summary_must_name_what_will_be_done_and_is_not_rewritten(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var storm = await Open(house);
        var idea = Assert.IsType<StormIdea.Stands>(await Answer(house, storm)).Idea;
        var elsewhere = await house.Post();
        Assert.IsType<SummedUp.StillOpen>(await Sum(house, storm, new WillDo("The lid gets a lock", idea)));
        house.Clock.Advance(TimeSpan.FromDays(8));

        Assert.Equal("willDo", Assert.Single(Assert.IsType<SummedUp.Invalid>(await Sum(house, storm)).Errors).Field);
        Assert.Equal("willDo", Assert.Single(Assert.IsType<SummedUp.Invalid>(await Sum(house, storm, new WillDo("   ", null))).Errors).Field);
        Assert.Equal("willDo", Assert.Single(Assert.IsType<SummedUp.Invalid>(await Sum(house, storm, new WillDo("The lid gets a lock", elsewhere))).Errors).Field);
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Sum(house, storm, new WillDo("The lid gets a lock", idea), new WillDo("We ask again in spring", null)))));
        Assert.Single(all.OfType<SummedUp.Stands>());
        Assert.Equal(5, all.OfType<SummedUp.Already>().Count());

        var view = (await house.With<ReadStorms, StormView?>(r => r.Of(storm, default)))!;
        Assert.Equal((StormStage.SummedUp, "Priya Nair"), (view.Line.Stage, view.SummaryBy));
        Assert.Equal([("The lid gets a lock", (IdeaId?)idea), ("We ask again in spring", null)], view.WillDo.Select(w => (w.What, w.Idea)));
    }

    [Theory, EveryDatabase]
    public async Task What_is_wrong_with_a_question_is_named_field_by_field(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var now = house.Clock.Now();
        var wrong = Assert.IsType<OpenedStorm.Invalid>(await house.With<OpenStorm, OpenedStorm>(o =>
            o.By(IdeasHouse.Staff(), StormId.New(), new("Short?", new string('x', 4_001), "nowhere", now, now.AddDays(61)), default)));
        Assert.Equal(["question", "body", "closesAt", "category"], wrong.Errors.Select(e => e.Field));
        Assert.Empty((await house.With<ReadStorms, Page<StormLine>?>(r => r.List(null, null, default)))!.Items);
    }

    private static async Task<StormId> Open(TestHouse house, TimeSpan opens = default, TimeSpan? length = null)
    {
        var id = StormId.New();
        var from = house.Clock.Now() + opens;
        Assert.IsType<OpenedStorm.Stands>(await house.With<OpenStorm, OpenedStorm>(o =>
            o.By(IdeasHouse.Staff(), id, new("What should your next pack be able to do?", "We build it *this* winter.", "general", from, from + (length ?? TimeSpan.FromDays(7))), default)));
        return id;
    }

    private static Task<StormIdea> Answer(TestHouse house, StormId storm, Hearth.Governance.Actor? by = null) =>
        house.With<PostIntoStorm, StormIdea>(p => p.By(by ?? IdeasHouse.Somebody(), storm, IdeaId.New(), "A pack that stands by itself", "So that it does not fall into the mud.", default));

    private static Task<SummedUp> Sum(TestHouse house, StormId storm, params WillDo[] willDo) =>
        house.With<SumUpStorm, SummedUp>(s => s.By(IdeasHouse.Staff(), storm, "Forty of you answered; most want a lock.", willDo, default));
}
