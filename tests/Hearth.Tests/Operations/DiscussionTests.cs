using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Operations;
using Hearth.Operations.Discussion;
using Hearth.Platform;
using Hearth.Tests.Conversations;

namespace Hearth.Tests.Operations;

public class DiscussionTests
{
    private static async Task<GapId> Raise(TestHouse house) => Assert.IsType<Raising.Done>(await house.With<RaiseGap, Raising>(
        r => r.From(new GapDraft("quality", "It holds", "It cracks", Department.Product, "Hinge"), (ConversationId?)null, Talk.Ada, default))).Gap;

    private static Task<GapDiscussion> Read(TestHouse house, GapId gap, Actor reader) => house.With<ReadDiscussion, GapDiscussion>(r => r.Of(gap, reader.Id, default));

    private static async Task<IReadOnlyList<GapId>> News(TestHouse house, Actor reader)
    {
        var listed = (await house.With<ListGaps, Page<GapLine>?>(l => l.Of(new(NewsFor: reader.Id), null, 50, default)))!.Items.Select(g => g.Id).ToList();
        Assert.Equal(listed.Count, await house.With<ListGaps, int>(l => l.News(reader.Id, default)));
        return listed;
    }

    [Theory, EveryDatabase]
    public async Task Ten_requests_with_one_id_say_it_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (gap, id) = (await Raise(house), GapCommentId.New());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => house.With<DiscussGap, Discussing>(d => d.Say(gap, id, " The pin is thin. ", Talk.Ada, default)))));
        Assert.All(outcomes, o => Assert.IsType<Discussing.Done>(o));
        Assert.Equal(("Ada Brandt", "The pin is thin."), (await Read(house, gap, Talk.Ada)).Comments is [var only] ? (only.ByName, only.Body) : default);
        Assert.Equal("body", Assert.IsType<Discussing.Invalid>(await house.With<DiscussGap, Discussing>(d => d.Say(gap, GapCommentId.New(), " ", Talk.Ada, default))).Error.Field);
        Assert.IsType<Discussing.Unknown>(await house.With<DiscussGap, Discussing>(d => d.Say(GapId.New(), GapCommentId.New(), "Hello", Talk.Ada, default)));
    }

    [Theory, EveryDatabase]
    public async Task Evidence_is_kept_once_and_taken_off(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var gap = await Raise(house);
        for (var twice = 0; twice < 2; twice++) Assert.IsType<Discussing.Done>(await house.With<DiscussGap, Discussing>(d => d.Keep(gap, "Lab report", "https://lab.example/7", Talk.Ada, default)));
        foreach (var (field, title, address) in new[] { ("title", "", "https://lab.example/7"), ("address", "Lab report", "javascript:alert(1)"), ("address", "Lab report", "") })
        {
            Assert.Equal(field, Assert.IsType<Discussing.Invalid>(await house.With<DiscussGap, Discussing>(d => d.Keep(gap, title, address, Talk.Ada, default))).Error.Field);
        }

        var kept = Assert.Single((await Read(house, gap, Talk.Ada)).Evidence);
        Assert.Equal(("Lab report", "https://lab.example/7"), (kept.Title, kept.Address));
        Assert.True(await house.With<DiscussGap, bool>(d => d.Drop(gap, kept.Id, default)));
        Assert.False(await house.With<DiscussGap, bool>(d => d.Drop(gap, kept.Id, default)));
    }

    [Theory, EveryDatabase]
    public async Task Who_watches_learns_what_others_did_since_they_looked(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var gap = await Raise(house);
        Assert.True(await house.With<DiscussGap, bool>(d => d.Watch(gap, true, Talk.Ada, default)));
        Assert.True(await house.With<DiscussGap, bool>(d => d.Watch(gap, true, Talk.Ada, default)));
        Assert.False(await house.With<DiscussGap, bool>(d => d.Watch(GapId.New(), true, Talk.Ada, default)));
        Assert.Equal((true, 1), (await Read(house, gap, Talk.Ada)) is { } read ? (read.Watched, read.Watchers.Count) : default);
        house.Clock.Advance(TimeSpan.FromHours(1));
        await house.With<DiscussGap, Discussing>(d => d.Say(gap, GapCommentId.New(), "My own word", Talk.Ada, default));
        Assert.Empty(await News(house, Talk.Ada));

        house.Clock.Advance(TimeSpan.FromHours(1));
        await house.With<DiscussGap, Discussing>(d => d.Say(gap, GapCommentId.New(), "The pin is thin", Talk.Ben, default)); // who speaks watches
        Assert.Equal(gap, Assert.Single(await News(house, Talk.Ada)));
        Assert.Empty(await News(house, Talk.Ben));
        house.Clock.Advance(TimeSpan.FromHours(1));
        await house.With<DiscussGap>(d => d.See(gap, Talk.Ada.Id, default));
        Assert.Empty(await News(house, Talk.Ada));
        house.Clock.Advance(TimeSpan.FromHours(1));
        await house.With<MoveGap, Move>(m => m.To(gap, GapStage.Open, GapStage.Investigating, null, Talk.Ada, default));
        Assert.Equal(gap, Assert.Single(await News(house, Talk.Ben)));
        await house.With<DiscussGap, bool>(d => d.Watch(gap, false, Talk.Ben, default));
        Assert.Empty(await News(house, Talk.Ben));
    }
}
