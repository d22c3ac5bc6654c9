using Hearth.Governance;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Publishing;

public class ScheduledPostTests
{
    private const string Put = "com.atproto.repo.putRecord";
    private static readonly DateTimeOffset Noon = new(2026, 9, 2, 12, 0, 0, TimeSpan.Zero); // a day and three hours after the clock's start
    private static readonly DateTimeOffset Soon = new(2026, 9, 1, 9, 10, 0, TimeSpan.Zero); // while the account's session is good
    private static readonly Actor Lea = new(UserId.New(), "Lea Moor", "LM", Department.Care, Role.Lead);

    private static Task<Publication> Post(PublishingHouse house, DateTimeOffset? at, string text = "Open day on Saturday", MessageId? id = null, string? about = null, bool thread = false, bool review = false) =>
        house.Queue(p => p.Post(new PostDraft(house.Account, text, PublishingHouse.Ada, null, about, id) { At = at, AsThread = thread, IsToBeReviewed = review }, default));

    private static async Task<MessageId> Scheduled(PublishingHouse house, DateTimeOffset? at = null, string text = "Open day on Saturday", string? about = null, bool thread = false) =>
        Assert.IsType<Publication.Scheduled>(await Post(house, at ?? Noon, text, null, about, thread)).Message;

    private static async Task At(PublishingHouse house, DateTimeOffset at)
    {
        house.Clock.Set(at);
        await house.House.Settle();
    }

    private static async Task<MessageStatus> Status(PublishingHouse house, MessageId id) => (await house.Read(id)).Status;

    [Theory, EveryDatabase]
    public async Task A_scheduled_post_waits_to_be_seen_and_is_sent_at_its_time(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var id = await Scheduled(house, new DateTimeOffset(2026, 9, 2, 14, 0, 0, 500, TimeSpan.FromHours(2))); // the same noon
        await At(house, Noon.AddSeconds(-1));
        Assert.Empty(house.Pds.Posts);
        Assert.Equal((MessageStatus.Scheduled, Noon, id), (await Status(house, id), (await house.Read(id)).At, Assert.Single((await house.House.With<ReadMessages, Page<MessageView>?>(r => r.List(MessageStatus.Scheduled, null, null, default)))!.Items).Id));

        await At(house, Noon);
        Assert.Equal(Noon, (DateTimeOffset?)Assert.Single(house.Pds.Posts).Value["createdAt"]);
        Assert.Equal((MessageStatus.Sent, 1), (await Status(house, id), await house.Facts<MessageSent>()));
    }

    [Theory, EveryDatabase]
    public async Task A_time_that_is_past_or_more_than_a_year_ahead_is_refused_with_the_field(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var now = house.Clock.GetUtcNow();
        foreach (var (at, reason) in new[] { (now, "must be in the future"), (now.AddHours(-1), "must be in the future"), (now.AddDays(365).AddSeconds(1), "must be at most 365 days ahead") })
        {
            var wrong = Assert.IsType<Publication.Invalid>(await Post(house, at));
            Assert.Equal(("at", reason), (wrong.Field, wrong.Reason));
        }

        var id = await Scheduled(house, now.AddDays(365));
        foreach (var at in new DateTimeOffset?[] { null, now, now.AddDays(366) }) Assert.Equal("at", Assert.IsType<MessageChange.Invalid>(await house.Change(c => c.Move(id, at, default))).Field);
        Assert.Equal(now.AddDays(365), (await house.Read(id)).At);
        Assert.IsType<MessageChange.Unknown>(await house.Change(c => c.Move(MessageId.New(), Noon, default)));
    }

    [Theory, EveryDatabase]
    public async Task The_same_id_again_schedules_nothing_twice_even_when_its_time_has_passed(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var id = MessageId.New();
        Assert.Equal(Assert.IsType<Publication.Scheduled>(await Post(house, Noon, id: id)), await Post(house, Noon, id: id));
        await At(house, Noon.AddHours(1));
        Assert.Equal(id, Assert.IsType<Publication.Queued>(await Post(house, Noon, id: id)).Message);
        await house.House.Settle();
        Assert.Single(house.Pds.Posts);
    }

    [Theory, EveryDatabase]
    public async Task A_post_moved_to_later_and_back_goes_once_at_the_last_time_it_was_given(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var (later, sooner) = (await Scheduled(house), await Scheduled(house, text: "Sooner"));
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.Move(later, Noon.AddDays(2), default)));
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.Move(later, Noon.AddHours(3), default)));
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.Move(sooner, Noon.AddHours(-3), default)));

        await At(house, Noon.AddHours(-3));
        Assert.Equal((MessageStatus.Scheduled, MessageStatus.Sent), (await Status(house, later), await Status(house, sooner)));
        await At(house, Noon);
        Assert.Equal(MessageStatus.Scheduled, await Status(house, later));
        await At(house, Noon.AddHours(3));
        Assert.Equal(MessageStatus.Sent, await Status(house, later));
        await At(house, Noon.AddDays(3));
        Assert.Equal((2, 2), (house.Pds.Posts.Count, await house.Facts<MessageSent>()));
        Assert.Equal(MessageStatus.Sent, Assert.IsType<MessageChange.NotNow>(await house.Change(c => c.Move(later, Noon.AddDays(4), default))).Status);
        Assert.Empty(await house.House.With<Database, List<JobRow>>(db => db.Set<JobRow>().Where(j => j.Body.Contains(later.Value.ToString())).ToListAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Until_it_goes_it_takes_another_text_and_can_be_given_up(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var (kept, dropped) = (await Scheduled(house), await Scheduled(house, text: "Never mind"));
        Assert.IsType<MessageChange.TooLong>(await house.Change(c => c.Rewrite(kept, new('x', 301), PublishingHouse.Ada, default)));
        Assert.Equal(MessageStatus.Scheduled, Assert.IsType<MessageChange.Done>(await house.Change(c => c.Rewrite(kept, "Open day on Sunday", PublishingHouse.Ada, default))).Message.Status);
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.GiveUp(dropped, default)));

        await At(house, Noon);
        Assert.Equal("Open day on Sunday", (string?)Assert.Single(house.Pds.Posts).Value["text"]);
        Assert.Equal((MessageStatus.Sent, MessageStatus.GivenUp), (await Status(house, kept), await Status(house, dropped)));
    }

    [Theory, EveryDatabase]
    public async Task A_post_still_held_when_its_time_comes_waits_and_goes_when_it_is_approved(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        Assert.IsType<PolicyChange.Done>(await house.House.In(async s =>
        {
            var policies = s.GetRequiredService<SpeakingPolicies>();
            return await policies.Set(await policies.Read(default) with { Approvals = ApprovalRules.None with { ApologyWords = ["our fault"] } }, Lea, default);
        }));
        async Task<MessageId> Held(string what) => Assert.IsType<Publication.Held>(await Post(house, Noon, "It was our fault: " + what, review: true)).Message;
        Task<Reviewed> Approve(MessageId id) => house.House.With<ReviewMessage, Reviewed>(r => r.Approve(id, null, Lea, default));
        var (early, late, moved) = (await Held("the hinge"), await Held("the lid"), await Held("the handle"));

        Assert.Equal(MessageStatus.Scheduled, Assert.IsType<Reviewed.Done>(await Approve(early)).Message.Status);
        Assert.Equal(MessageStatus.Held, Assert.IsType<MessageChange.Done>(await house.Change(c => c.Move(moved, Noon.AddDays(1), default))).Message.Status);
        await house.House.Settle();
        Assert.Empty(house.Pds.Posts);
        await At(house, Noon);
        Assert.Equal((MessageStatus.Sent, MessageStatus.Held), (await Status(house, early), await Status(house, late)));

        Assert.Equal(MessageStatus.Queued, Assert.IsType<Reviewed.Done>(await Approve(late)).Message.Status);
        Assert.Equal(MessageStatus.Scheduled, Assert.IsType<Reviewed.Done>(await Approve(moved)).Message.Status);
        await house.House.Settle();
        Assert.Equal((MessageStatus.Sent, MessageStatus.Scheduled), (await Status(house, late), await Status(house, moved)));
        await At(house, Noon.AddDays(1));
        Assert.Equal((MessageStatus.Sent, 3), (await Status(house, moved), house.Pds.Posts.Count));
    }

    [Theory, EveryDatabase]
    public async Task A_thread_is_scheduled_moved_sent_and_given_up_whole(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var text = string.Join(' ', Enumerable.Range(0, 90).Select(n => "word" + n));
        var (sent, dropped) = (await Scheduled(house, text: text, thread: true), await Scheduled(house, text: text + " more", thread: true));
        var parts = await house.House.With<ReadMessages, IReadOnlyList<MessageView>>(r => r.Thread(sent, default));
        Assert.True(parts.Count > 1);
        Assert.All(parts, p => Assert.Equal(MessageStatus.Scheduled, p.Status));
        Assert.Equal("id", Assert.IsType<MessageChange.Invalid>(await house.Change(c => c.Move(parts[1].Id, Noon, default))).Field);
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.Move(sent, Noon.AddHours(1), default)));
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.GiveUp(dropped, default)));

        await At(house, Noon);
        Assert.Empty(house.Pds.Posts);
        await At(house, Noon.AddHours(1));
        Assert.Equal(parts.Count, house.Pds.Posts.Count);
        Assert.All(await house.House.With<ReadMessages, IReadOnlyList<MessageView>>(r => r.Thread(sent, default)), p => Assert.Equal((MessageStatus.Sent, Noon.AddHours(1)), (p.Status, p.At)));
        Assert.All(await house.House.With<ReadMessages, IReadOnlyList<MessageView>>(r => r.Thread(dropped, default)), p => Assert.Equal(MessageStatus.GivenUp, p.Status));
    }

    [Theory, EveryDatabase]
    public async Task A_room_that_refuses_keeps_a_post_from_going_and_its_reason_is_seen(DatabaseKind kind)
    {
        var (silent, strict) = (new Room(null), new Room("It is over."));
        await using var house = await PublishingHouse.Create(kind, more: s => s.AddSingleton<IAskBeforeSending>(silent).AddSingleton<IAskBeforeSending>(strict));
        var (later, now, free) = (await Scheduled(house, about: "thing:1"), await Post(house, null, "At once", about: "thing:2"), await Post(house, null, "About nothing"));
        await At(house, Noon);
        var refused = await house.Read(later);
        Assert.Equal((MessageStatus.GivenUp, "It is over."), (refused.Status, refused.Reason));
        Assert.Equal(MessageStatus.GivenUp, await Status(house, Assert.IsType<Publication.Queued>(now).Message));
        Assert.Equal(MessageStatus.Sent, await Status(house, Assert.IsType<Publication.Queued>(free).Message));
        Assert.Equal("About nothing", (string?)Assert.Single(house.Pds.Posts).Value["text"]);
        Assert.Equal(["thing:2", "thing:1"], silent.Asked);
        Assert.Equal(silent.Asked, strict.Asked);
        Assert.IsType<Publication.Queued>(await house.Reply());
        await house.House.Settle();
        Assert.Equal(2, strict.Asked.Count); // an answer is nobody's announcement
    }

    [Theory, EveryDatabase]
    public async Task What_got_through_unnoticed_is_taken_away_when_a_room_refuses_the_next_try(DatabaseKind kind)
    {
        var room = new Room(null);
        await using var house = await PublishingHouse.Create(kind, more: s => s.AddSingleton<IAskBeforeSending>(room));
        house.Pds.Afterwards = nsid =>
        {
            if (nsid == Put) throw new HttpRequestException("connection reset");
        };
        var id = await Scheduled(house, about: "thing:1");
        await At(house, Noon);
        Assert.Single(house.Pds.Posts);

        (room.Answer, house.Pds.Afterwards) = ("It is over.", _ => { });
        await At(house, Noon.AddHours(1));
        Assert.Empty(house.Pds.Posts);
        Assert.Equal((MessageStatus.GivenUp, 0), (await Status(house, id), await house.Facts<MessageSent>()));
    }

    [Theory, EveryDatabase]
    public async Task Moves_and_deliveries_at_once_leave_one_post_or_one_that_waits(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var id = await Scheduled(house);
        house.Clock.Set(Noon);
        var moves = Enumerable.Range(0, 6).Select(n => Task.Run(() => house.Change(c => c.Move(id, Noon.AddMinutes(n + 1), default)))).ToList();
        var sends = Enumerable.Range(0, 2).Select(_ => Task.Run(() => house.House.Services.GetRequiredService<JobWorker>().Drain(default))).ToList();
        await Task.WhenAll([.. moves, .. sends]);
        var moved = moves.Any(m => m.Result is MessageChange.Done);
        Assert.All(moves, m => Assert.True(m.Result is MessageChange.Done or MessageChange.NotNow));
        if (moved) Assert.Empty(house.Pds.Posts);
        await At(house, Noon.AddHours(1));
        Assert.Equal((MessageStatus.Sent, 1, 1), (await Status(house, id), house.Pds.Posts.Count, await house.Facts<MessageSent>()));
    }

    [Theory, EveryDatabase]
    public async Task Killed_while_it_is_sent_at_its_time_it_stands_once(DatabaseKind kind)
    {
        await using var house = await PublishingHouse.Create(kind);
        var id = await Scheduled(house, Soon, about: "thing:1");
        var at = house.House.Location;
        foreach (var where in (string[])["asked", "sent"])
        {
            Assert.Equal((where, 137), (where, await ChildProcess.Run(SendAndDie, at.Kind.ToString(), at.ConnectionString, at.DataDirectory, where)));
            var killed = await house.House.With<Database, Message>(db => db.Set<Message>().AsNoTracking().SingleAsync(m => m.Id == id));
            Assert.Equal((MessageStatus.Sending, where == "sent"), (killed.Status, killed.Prepared is not null));
        }

        await At(house, Soon.AddMinutes(4)); // after the leases of the dead
        var sent = await house.House.With<Database, Message>(db => db.Set<Message>().AsNoTracking().SingleAsync(m => m.Id == id));
        Assert.Equal(sent.Key, Assert.Single(house.Pds.Posts).Key);
        Assert.Equal((MessageStatus.Sent, 1), (sent.Status, await house.Facts<MessageSent>()));
    }

    [Child]
    internal static async Task SendAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        var clock = new FakeClock();
        clock.Set(args[3] == "asked" ? Soon : Soon.AddMinutes(2)); // the second after the lease of the first
        var pds = new FakePds(clock)
        {
            Instead = nsid =>
            {
                if (nsid == Put) ChildProcess.DieNow();
                return null;
            },
        };
        var services = pds.Plug(new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddHearth(at));
        if (args[3] == "asked") services.AddSingleton<IAskBeforeSending>(new DieWhenAsked());
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<JobWorker>().Drain(default);
    }

    private sealed class DieWhenAsked : IAskBeforeSending
    {
        public Task<Refusal?> Refuse(string about, CancellationToken ct)
        {
            ChildProcess.DieNow();
            return Task.FromResult<Refusal?>(null);
        }
    }

    private sealed class Room(string? answer) : IAskBeforeSending
    {
        public string? Answer { get; set; } = answer;

        public List<string> Asked { get; } = [];

        public Task<Refusal?> Refuse(string about, CancellationToken ct)
        {
            Asked.Add(about);
            return Task.FromResult(Answer is null ? null : new Refusal(Answer));
        }
    }
}
