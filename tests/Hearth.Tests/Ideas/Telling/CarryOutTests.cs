using Hearth.Ideas;
using Hearth.Ideas.Telling;
using Hearth.Operations.Changes;
using Hearth.Operations.Telling;
using Hearth.Platform;
using Hearth.Tests.Operations;

namespace Hearth.Tests.Ideas.Telling;

public class CarryOutTests
{
    [Theory, EveryDatabase]
    public async Task An_idea_goes_along_with_the_changes_that_carry_it_out(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var first = await house.PlanFor(idea);
        Assert.Equal(IdeaStatus.Planned, await Status(house, idea));
        var second = await house.PlanFor(idea, "A lid for old flasks");
        await house.Ship(first);
        Assert.Equal(IdeaStatus.PartiallyImplemented, await Status(house, idea));
        await house.Ship(second);
        Assert.Equal(IdeaStatus.Implemented, await Status(house, idea));
        await Back(house, second);
        Assert.Equal(IdeaStatus.Implemented, await Status(house, idea)); // the first is still out
        await Back(house, first);
        Assert.Equal(IdeaStatus.UnderReview, await Status(house, idea));

        var moves = (await house.With<ReadIdea, IdeaView?>(r => r.Of(idea, null, default)))!.Moves;
        Assert.Equal(
            ["We planned a change for it: “A lid with a bayonet”.", "A part of it is here since 1 September 2026: “A lid with a bayonet”. The rest is planned.",
             "It is here since 1 September 2026: “A lid for old flasks”.", "We took “A lid with a bayonet” back. We look into it again."], moves.Select(m => m.Reason));
        Assert.All(moves, m => Assert.Equal(TellingHouse.Agent.Name, m.By));
        await house.Settle();
        Assert.Equal(4, (await house.News(idea)).Count);
    }

    [Theory, EveryDatabase]
    public async Task A_change_that_is_out_already_moves_an_idea_added_to_it_and_one_taken_off_stays_where_it_is(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (early, late) = (await house.Post("An early idea"), await house.Post("A late idea"));
        var change = await house.PlanFor(early);
        Assert.Equal(IdeaStatus.Planned, await Status(house, early));
        Assert.IsType<Changing.Done>(await house.With<ServeGaps, Changing>(s => s.Idea(change, early.Value, false, TellingHouse.Agent, default)));
        await house.Ship(change);
        Assert.Equal(IdeaStatus.Planned, await Status(house, early));
        for (var n = 0; n < 2; n++) Assert.IsType<Changing.Done>(await house.With<ServeGaps, Changing>(s => s.Idea(change, late.Value, true, TellingHouse.Agent, default)));
        Assert.Equal(IdeaStatus.Implemented, await Status(house, late));
        Assert.Single(await house.News(late));
        await Back(house, change);
        Assert.IsType<Changing.NotNow>(await house.With<ServeGaps, Changing>(s => s.Idea(change, early.Value, true, TellingHouse.Agent, default)));
    }

    private static async Task<IdeaStatus> Status(TestHouse house, IdeaId idea)
    {
        await house.Settle();
        return (await house.Read(idea)).Status;
    }

    private static async Task Back(TestHouse house, ChangeId change) => Assert.IsType<Changing.Done>(await house.With<ShipChange, Changing>(s => s.Back(change, "It rattles", TellingHouse.Agent, default)));
}
