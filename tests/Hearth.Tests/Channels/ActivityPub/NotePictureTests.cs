using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Channels.ActivityPub;

/// <summary>A picture stands at the brand's address as long as a note shows it.</summary>
public class NotePictureTests
{
    private static OutgoingImage Picture(byte content, string alt) => new([content, 2, 3], "image/png", alt, 4, 3);

    [Theory, EveryDatabase]
    public async Task A_picture_of_two_notes_is_kept_once_and_goes_with_the_last_of_them(DatabaseKind kind)
    {
        var (house, account) = await new FakeFediverse().House(kind);
        await using var _ = house;
        var network = house.Services.GetServices<IOutgoingNetwork>().Single(n => n.Name == Networks.ActivityPub);
        var first = await Say(Picture(1, "A lid"), Picture(1, "The same lid"));
        var second = await Say(Picture(1, "A lid again"), Picture(9, "A box"));
        Assert.Equal(2, await Kept());
        await network.Remove(account.Id, first, default);
        Assert.Equal(2, await Kept());
        await network.Remove(account.Id, second, default);
        Assert.Equal(0, await Kept());

        async Task<string> Say(params OutgoingImage[] images)
        {
            var key = network.NewKey(house.Clock.GetUtcNow());
            var prepared = await network.Prepare(account.Id, new("Look", house.Clock.GetUtcNow(), null, null) { Images = images }, default);
            await network.Place(account.Id, key, prepared, default);
            return key;
        }

        Task<int> Kept() => house.With<Database, int>(db => db.Set<NotePictureRow>().CountAsync());
    }

    [Theory, EveryDatabase]
    public async Task What_was_made_ready_and_never_said_is_dropped_after_some_days(DatabaseKind kind)
    {
        var (house, account) = await new FakeFediverse().House(kind);
        await using var _ = house;
        var network = house.Services.GetServices<IOutgoingNetwork>().Single(n => n.Name == Networks.ActivityPub);
        await network.Prepare(account.Id, new("Look", house.Clock.GetUtcNow(), null, null) { Images = [Picture(1, "Never said")] }, default);
        var said = await network.Prepare(account.Id, new("Look", house.Clock.GetUtcNow(), null, null) { Images = [Picture(2, "Said")] }, default);
        await network.Place(account.Id, network.NewKey(house.Clock.GetUtcNow()), said, default);
        house.Clock.Advance(TimeSpan.FromDays(4));
        await house.In(s => s.GetRequiredService<ForgetActivitiesRun>().Run(new(), default));
        Assert.Equal([2, 2, 3], (await house.With<Database, NotePictureRow>(db => db.Set<NotePictureRow>().AsNoTracking().SingleAsync())).Bytes);
    }
}
