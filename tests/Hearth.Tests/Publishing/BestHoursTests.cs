using Hearth.Channels;
using Hearth.Platform;
using Hearth.Publishing;

namespace Hearth.Tests.Publishing;

public class BestHoursTests
{
    private static Task Posts(PublishingHouse house, DateTimeOffset latest, int weeks, int done, MessageKind kind = MessageKind.Post, ChannelAccountId? account = null) => house.House.With<Database>(async db =>
    {
        for (var week = 0; week < weeks; week++)
        {
            var at = latest.AddDays(-7 * week);
            db.Add(new Message
            {
                Id = MessageId.New(), Kind = kind, Status = MessageStatus.Sent, Network = "bluesky", Account = account ?? house.Account, Words = $"Post {Guid.NewGuid()}", Author = PublishingHouse.Ada.Id, AuthorName = PublishingHouse.Ada.Name,
                AuthorInitials = PublishingHouse.Ada.Initials, QueuedAt = at, SentAt = at, Likes = done - done / 2 - done / 4, Reshares = done / 2, Replies = done / 4, Part = 1, Parts = 1,
            });
        }

        await db.SaveChangesAsync();
    });

    private static Task<BestHoursView?> Read(PublishingHouse house, string zone) => house.House.With<BestHours, BestHoursView?>(b => b.Of(house.Account, zone, default));

    // The latest such hour that has stood for two days.
    private static DateTimeOffset Last(PublishingHouse house, DayOfWeek day, int hour)
    {
        var at = new DateTimeOffset(house.Clock.Now().UtcDateTime.Date, TimeSpan.Zero).AddDays(-3).AddHours(hour).AddMinutes(20);
        while (at.DayOfWeek != day) at = at.AddDays(-1);
        return at;
    }

    [Theory, EveryDatabase]
    public async Task An_hour_is_best_when_enough_posts_say_so_and_says_it_on_the_clock_that_is_asked_for(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        await Posts(house, Last(house, DayOfWeek.Wednesday, 10), 15, 2);
        Assert.Equal((15, 2.0, 0), await Read(house, "UTC") is { } few ? (few.Posts, few.PerPost, few.Hours.Count) : default); // too few to say anything
        await Posts(house, Last(house, DayOfWeek.Wednesday, 10).AddMinutes(5), 3, 2);
        await Posts(house, Last(house, DayOfWeek.Friday, 23), 4, 10);
        await Posts(house, Last(house, DayOfWeek.Saturday, 8), 2, 30); // two lucky ones are no hour
        await Posts(house, Last(house, DayOfWeek.Sunday, 8), 9, 500, MessageKind.Reply); // answers are no posts
        await Posts(house, Last(house, DayOfWeek.Sunday, 8), 9, 500, account: ChannelAccountId.New());
        await Posts(house, house.Clock.Now().AddHours(-5), 1, 500); // people are still reading it
        await Posts(house, house.Clock.Now().AddDays(-190), 3, 500);

        var mean = (18 * 2 + 4 * 10 + 2 * 30) / 24.0;
        var view = (await Read(house, "UTC"))!;
        Assert.Equal((24, mean), (view.Posts, view.PerPost));
        Assert.Equal(new BestHour(DayOfWeek.Friday, 23, 4, (40 + 5 * mean) / 9), Assert.Single(view.Hours));
        Assert.Equal((DayOfWeek.Saturday, 1), Assert.Single((await Read(house, "Europe/Berlin"))!.Hours) is var there ? (there.Day, there.Hour) : default);
        Assert.Null(await Read(house, "Mars/Olympus"));
    }
}
