using Hearth.Conversations;
using Hearth.Conversations.Live;
using Hearth.Platform;

namespace Hearth.Tests.Conversations.Live;

public class PresenceTests
{
    [Theory, EveryDatabase]
    public async Task Who_looks_and_who_answers_is_known_by_name_until_they_fall_silent(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var ann = (await talk.Of(await talk.Says("ann", "Help"))).Id;
        Task Tell(Hearth.Governance.Actor who, bool answering) => house.With<Presence>(p => p.Tell(ann, who, answering, default));
        async Task<string> Seen() => string.Join(", ", (await house.With<Presence, IReadOnlyList<Present>>(p => p.In(ann, default))).Select(p => p.Name + (p.IsAnswering ? " answers" : "")));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Tell(Talk.Ada, false))));
        await Tell(Talk.Ben, true);
        Assert.Equal("Ben Costa answers, Ada Brandt", await Seen());

        house.Clock.Advance(TimeSpan.FromSeconds(20));
        await Tell(Talk.Ben, false); // he still looks, and typed a moment ago
        Assert.Equal("Ben Costa answers, Ada Brandt", await Seen());
        house.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("Ben Costa", await Seen());
        house.Clock.Advance(Presence.Lasts);
        Assert.Equal("", await Seen());

        await Tell(Talk.Ada, true);
        await house.With<Presence>(p => p.Leave(ann, Talk.Ada.Id, default));
        Assert.Equal("", await Seen());
    }
}
