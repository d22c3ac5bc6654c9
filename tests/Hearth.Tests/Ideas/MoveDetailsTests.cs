using Hearth.Ideas;
using Hearth.Platform;

namespace Hearth.Tests.Ideas;

public class MoveDetailsTests
{
    [Theory, EveryDatabase]
    public async Task Already_offered_says_where_and_planned_may_say_when(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (offered, planned) = (await house.Post(), await house.Post());
        var due = DateOnly.FromDateTime(house.Clock.GetUtcNow().UtcDateTime).AddDays(90);

        Assert.Equal(["place"], await Errors(house, offered, IdeaStatus.AlreadyOffered, null, null));
        Assert.IsType<MovedIdea.Stands>(await Move(house, offered, IdeaStatus.AlreadyOffered, " https://emberly.example/help/lid ", null));
        Assert.IsType<MovedIdea.Stands>(await Move(house, planned, IdeaStatus.Planned, null, due));

        Assert.Equal("https://emberly.example/help/lid", (await house.With<ReadIdea, IdeaView?>(r => r.Of(offered, null, default)))!.Moves.Single().Place);
        Assert.Equal(due, (await house.With<ReadIdea, IdeaView?>(r => r.Of(planned, null, default)))!.Moves.Single().Due);
    }

    [Theory, EveryDatabase]
    public async Task A_place_or_day_that_cannot_be_is_named(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var today = DateOnly.FromDateTime(house.Clock.GetUtcNow().UtcDateTime);
        foreach (var place in new[] { "javascript:alert(1)", "//evil.example", "/\\evil.example", "in the shop", "https://", "https://emberly.example/" + new string('x', 500) })
        {
            Assert.Equal(["place"], await Errors(house, idea, IdeaStatus.AlreadyOffered, place, null));
        }

        Assert.Equal(["due"], await Errors(house, idea, IdeaStatus.Planned, null, today.AddDays(-1)));
        Assert.Equal(["due"], await Errors(house, idea, IdeaStatus.Planned, null, today.AddYears(11)));
        Assert.Equal(["place", "due"], await Errors(house, idea, IdeaStatus.NotPlanned, "/shop", today));
        Assert.IsType<MovedIdea.Stands>(await Move(house, idea, IdeaStatus.PartiallyImplemented, "/shop/lids", null));
    }

    private static async Task<IEnumerable<string>> Errors(TestHouse house, IdeaId idea, IdeaStatus to, string? place, DateOnly? due) =>
        Assert.IsType<MovedIdea.Invalid>(await Move(house, idea, to, place, due)).Errors.Select(e => e.Field);

    private static Task<MovedIdea> Move(TestHouse house, IdeaId idea, IdeaStatus to, string? place, DateOnly? due) => house.With<MoveIdea, MovedIdea>(m =>
        m.To(IdeasHouse.Staff(), idea, IdeaStatus.Submitted, to, "It is as we say it is.", default, details: new(place, due)));
}
