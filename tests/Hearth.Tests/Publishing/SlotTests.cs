using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Channels;

namespace Hearth.Tests.Publishing;

public class SlotTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute = 0) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    private static Task<SlotChange> Set(PublishingHouse house, string zone, int version, params WeekSlot[] slots) =>
        house.House.With<Slots, SlotChange>(s => s.Set(house.Account, zone, slots, version, PublishingHouse.Ada, default));

    private static Task<Publication> Queue(PublishingHouse house, string text) =>
        house.House.With<PostMessage, Publication>(p => p.Run(new PostDraft(house.Account, text, PublishingHouse.Ada) { InQueue = true }, default));

    private static DateTimeOffset When(Publication made) => Assert.IsType<Publication.Scheduled>(made).At;

    [Fact]
    public void A_time_that_the_clock_leaps_over_comes_as_much_later_and_one_that_it_shows_twice_comes_once()
    {
        Assert.Equal(Utc(2026, 3, 29, 1, 30), SlotTimes.At(Berlin, new(2026, 3, 29), new(2, 30))); // 03:30 there
        Assert.Equal(Utc(2026, 10, 25, 0, 30), SlotTimes.At(Berlin, new(2026, 10, 25), new(2, 30))); // the first 02:30
        Assert.Equal(Utc(2026, 7, 1, 7), SlotTimes.At(Berlin, new(2026, 7, 1), new(9, 0)));
        Assert.Equal(Utc(2026, 12, 1, 8), SlotTimes.At(Berlin, new(2026, 12, 1), new(9, 0)));

        WeekSlot[] night = [new(DayOfWeek.Sunday, "02:30"), new(DayOfWeek.Sunday, "03:30")];
        Assert.Equal([Utc(2026, 3, 29, 1, 30)], SlotTimes.Between(night, Berlin, Utc(2026, 3, 28, 0), Utc(2026, 3, 30, 0))); // both are one moment
        Assert.Equal([Utc(2026, 10, 25, 0, 30), Utc(2026, 10, 25, 2, 30)], SlotTimes.Between(night, Berlin, Utc(2026, 10, 24, 0), Utc(2026, 10, 26, 0)));
        Assert.Equal([Utc(2026, 3, 22, 1, 30), Utc(2026, 3, 22, 2, 30), Utc(2026, 3, 29, 1, 30)], SlotTimes.Between(night, Berlin, Utc(2026, 3, 22, 1, 30), Utc(2026, 4, 5, 0, 30)));
    }

    [Theory, EveryDatabase]
    public async Task Slots_are_checked_put_in_order_and_kept_with_who_and_when(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var plan = Assert.IsType<SlotChange.Done>(await Set(house, "Europe/Berlin", 0, new(DayOfWeek.Sunday, "9:00"), new(DayOfWeek.Monday, "17:30"), new(DayOfWeek.Monday, "09:00"), new(DayOfWeek.Sunday, "09:00"))).Plan;
        Assert.Equal([new(DayOfWeek.Monday, "09:00"), new(DayOfWeek.Monday, "17:30"), new(DayOfWeek.Sunday, "09:00")], plan.Slots);
        Assert.Equal((1, "Ada Byron", house.Clock.Now()), (plan.Version, plan.ByName, plan.At));
        Assert.Equivalent(plan, await house.House.With<Slots, SlotPlan>(s => s.Of(house.Account, default)));

        Assert.Equal(1, Assert.IsType<SlotChange.Meanwhile>(await Set(house, "UTC", 0, new WeekSlot(DayOfWeek.Monday, "10:00"))).Version);
        Assert.Equal(2, Assert.IsType<SlotChange.Done>(await Set(house, "UTC", 1, new WeekSlot(DayOfWeek.Monday, "10:00"))).Plan.Version);
        Assert.Equal(2, Assert.IsType<SlotChange.Meanwhile>(await Set(house, "UTC", 1)).Version);
        foreach (var (zone, slot, field) in new (string, WeekSlot, string)[] { ("Mars/Olympus", new(DayOfWeek.Monday, "10:00"), "zone"), ("UTC", new(DayOfWeek.Monday, "25:00"), "slots"), ("UTC", new((DayOfWeek)9, "10:00"), "slots"), ("UTC", null!, "slots") })
            Assert.Equal(field, Assert.Single(Assert.IsType<SlotChange.Invalid>(await Set(house, zone, 2, slot)).Errors).Field);
        Assert.Equal("slots", Assert.Single(Assert.IsType<SlotChange.Invalid>(await Set(house, "UTC", 2, [.. Enumerable.Range(0, 101).Select(n => new WeekSlot(DayOfWeek.Monday, $"{n / 60:00}:{n % 60:00}"))])).Errors).Field);
        Assert.IsType<SlotChange.UnknownAccount>(await house.House.With<Slots, SlotChange>(s => s.Set(Hearth.Channels.ChannelAccountId.New(), "UTC", [], 0, PublishingHouse.Ada, default)));
    }

    [Theory, EveryDatabase]
    public async Task Posts_queued_at_once_get_the_next_slots_each_its_own(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        Assert.Equal("at", Assert.IsType<Publication.Invalid>(await Queue(house, "Nowhere to go")).Field);
        await Set(house, "Europe/Berlin", 0, new(DayOfWeek.Wednesday, "09:00"), new(DayOfWeek.Friday, "18:00"));
        var now = house.Clock.Now();
        var made = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() => Queue(house, $"Post number {n}"))));
        var expected = SlotTimes.Between([new(DayOfWeek.Wednesday, "09:00"), new(DayOfWeek.Friday, "18:00")], Berlin, now.AddSeconds(1), now.AddDays(60)).Take(12);
        Assert.Equal(expected, made.Select(When).Order());
    }

    [Theory, EveryDatabase]
    public async Task A_slot_is_free_again_when_its_post_is_moved_away_or_given_up_and_taken_when_one_is_moved_onto_it(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        await Set(house, "UTC", 0, new WeekSlot(DayOfWeek.Friday, "18:00"));
        var (first, second) = (await Queue(house, "First"), await Queue(house, "Second"));
        Assert.Equal(TimeSpan.FromDays(7), When(second) - When(first));
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.GiveUp(((Publication.Scheduled)first).Message, default)));
        Assert.Equal(When(first), When(await Queue(house, "Third")));
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.Move(((Publication.Scheduled)second).Message, When(second).AddDays(7), default)));
        Assert.Equal(When(second), When(await Queue(house, "Fourth")));
        Assert.Equal(When(second).AddDays(14), When(await Queue(house, "Fifth")));
    }

    [Theory, EveryDatabase]
    public async Task The_calendar_has_what_went_what_waits_and_the_free_slots_and_nothing_that_was_given_up(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        await Set(house, "UTC", 0, new WeekSlot(DayOfWeek.Friday, "18:00"));
        var now = house.Clock.Now();
        var sent = await house.House.With<PostMessage, Publication>(p => p.Run(new PostDraft(house.Account, "Went at once", PublishingHouse.Ada), default));
        await house.House.Settle();
        var (queued, dropped) = (await Queue(house, "Waits"), await Queue(house, "Never mind"));
        await house.Change(c => c.GiveUp(((Publication.Scheduled)dropped).Message, default));
        await house.Reply("An answer is no post");

        Task<PostCalendar> Read(DateTimeOffset from, DateTimeOffset to, Hearth.Channels.ChannelAccountId? account = null) => house.House.With<ReadCalendar, PostCalendar>(r => r.Between(from, to, account, default));
        var all = await Read(now.AddDays(-1), now.AddDays(20));
        Assert.Equal([((Publication.Queued)sent).Message, ((Publication.Scheduled)queued).Message], all.Posts.Select(p => p.Message.Id));
        Assert.Equal(When(queued), all.Posts[1].At);
        Assert.Equal(When(dropped), all.Slots[0].At);
        Assert.Empty((await Read(When(queued).AddSeconds(1), When(dropped))).Posts);
        Assert.Single((await Read(When(queued), When(queued).AddSeconds(1), house.Account)).Posts);
        Assert.Empty((await Read(now.AddDays(-1), now.AddDays(20), Hearth.Channels.ChannelAccountId.New())).Posts);
    }
}
