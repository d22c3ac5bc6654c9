using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening.Alerts;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Conversations;

public class StepsTests
{
    [Theory, EveryDatabase]
    public async Task A_snoozed_conversation_comes_back_when_its_time_comes_and_not_before(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var id = (await talk.Of(await talk.Says("ann", "Call me on Monday"))).Id;
        var until = house.Clock.Now().AddDays(2);
        Assert.IsType<Snoozing.Done>(await house.With<SnoozeConversation, Snoozing>(s => s.Until(id, until, Talk.Ada, default)));

        house.Clock.Set(until.AddSeconds(-1));
        await house.Settle();
        Assert.Equal(id, Assert.Single(await talk.List(new(InboxView.Snoozed))).Id);
        Assert.Empty(await talk.List(new(InboxView.WaitingForUs)));

        house.Clock.Set(until);
        await house.Settle();
        Assert.Empty(await talk.List(new(InboxView.Snoozed)));
        Assert.Equal(id, Assert.Single(await talk.List(new(InboxView.WaitingForUs))).Id);
        Assert.Single((await talk.Read(id)).Timeline, t => t is { What: "woken", Text: "its time came" });
    }

    [Theory, EveryDatabase]
    public async Task A_snooze_that_was_set_anew_is_not_ended_by_the_first_ones_time(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var id = (await talk.Of(await talk.Says("ann", "Later"))).Id;
        var now = house.Clock.Now();
        await house.With<SnoozeConversation, Snoozing>(s => s.Until(id, now.AddHours(1), Talk.Ada, default));
        await house.With<SnoozeConversation, Snoozing>(s => s.Until(id, now.AddHours(3), Talk.Ada, default));

        house.Clock.Set(now.AddHours(2));
        await house.Settle();

        Assert.Single(await talk.List(new(InboxView.Snoozed)));
        Assert.IsType<Snoozing.Past>(await house.With<SnoozeConversation, Snoozing>(s => s.Until(id, now, Talk.Ada, default)));
    }

    [Theory, EveryDatabase]
    public async Task What_the_person_says_wakes_a_snooze_that_has_no_end(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var id = (await talk.Of(await talk.Says("ann", "I will look", id: "root"))).Id;
        await house.With<SnoozeConversation, Snoozing>(s => s.Until(id, null, Talk.Ada, default));
        Assert.Equal(SnoozeConversation.TheySpeak, Assert.Single(await talk.List(new(InboxView.Snoozed))).SnoozedUntil);

        await talk.Says("ann", "Found it", inThread: "root");

        Assert.Equal(Drawer.Open, Assert.Single(await talk.List(new(InboxView.All))).Drawer);
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type.EndsWith("ConversationWoken"))));
    }

    [Theory, EveryDatabase]
    public async Task Spam_lies_in_no_drawer_but_its_own_and_what_is_said_in_it_moves_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var id = (await talk.Of(await talk.Says("bot", "Buy now", id: "root"))).Id;
        await house.With<MarkSpam, bool>(s => s.As(id, true, Talk.Ada, default));
        await talk.Says("bot", "Buy now!!", inThread: "root");

        Assert.Empty(await talk.List(new(InboxView.All)));
        Assert.Equal(2, Assert.Single(await talk.List(new(InboxView.Spam))).Mentions);
        Assert.Equal(0, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type.EndsWith("ConversationContinued"))));

        await house.With<MarkSpam, bool>(s => s.As(id, false, Talk.Ada, default));
        Assert.Single(await talk.List(new(InboxView.WaitingForUs)));
    }

    [Theory, EveryDatabase]
    public async Task What_a_blocked_person_says_opens_nothing_and_moves_nothing_until_they_are_unblocked(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var first = await talk.Of(await talk.Says("troll", "You are all thieves", id: "root"));
        await house.With<ConversationSteps, bool>(s => s.Move(first.Id, ConversationStatus.Closed, Talk.Ada, default));
        Assert.True(await house.With<BlockPerson, bool>(b => b.Block(first.Person!.Id, Talk.Ada, default)));
        Assert.Equal("Ada Brandt", (await house.With<BlockPerson, BlockView?>(b => b.Of(first.Person!.Id, default)))!.By);

        var inside = await talk.Says("troll", "And liars", inThread: "root");
        var outside = await talk.Says("troll", "Thieves!");

        Assert.Equal(ConversationStatus.Closed, (await talk.Of(inside)).Status);
        Assert.Single(await talk.List(new(InboxView.All)));
        Assert.IsType<Opening.Opened>(await house.With<OpenConversation, Opening>(o => o.For(outside, Talk.Ada, default)));

        await house.With<BlockPerson>(b => b.Unblock(first.Person!.Id, Talk.Ada, default));
        Assert.Equal(ConversationStatus.Open, (await talk.Of(await talk.Says("troll", "Sorry", inThread: "root"))).Status);
    }

    [Theory, EveryDatabase]
    public async Task Whoever_a_note_names_is_told_and_finds_it_under_mentioned_me(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var (ada, ben) = (await Member(house, "Ada Brandt"), await Member(house, "Ben Costa"));
        var id = (await talk.Of(await talk.Says("ann", "Is this legal?"))).Id;
        await talk.Says("bob", "Hello");

        await house.With<ConversationSteps, bool>(s => s.Note(id, "@Ben Costa can you look? (asked by ada@brand.example)", ada, default));

        Assert.Equal(id, Assert.Single(await talk.List(new InboxFilter(InboxView.MentionedMe).By(ben))).Id);
        Assert.Empty(await talk.List(new InboxFilter(InboxView.MentionedMe).By(ada)));
        Assert.Equal(1, (await house.With<ListConversations, InboxCounts>(l => l.Counts(ben.Id, null, default))).MentionedMe);
        var told = Assert.Single((await house.With<Notices, Page<NoticeView>?>(n => n.List(ben.Id, null, null, default)))!.Items);
        Assert.Equal(("Ada Brandt named you in a note", $"/engage/{id.Value}"), (told.Title, told.Href));
        Assert.Equal((1, 0), (await house.With<Notices, int>(n => n.New(ben.Id, default)), await house.With<Notices, int>(n => n.New(ada.Id, default))));
    }

    [Fact]
    public void A_name_after_an_at_sign_names_the_one_person_it_fits_best()
    {
        var staff = new[] { Somebody("Ada Brandt", "AB"), Somebody("Ada Long", "AL"), Somebody("Ben Costa", "BC") };
        string Names(string note) => string.Join(", ", Named.In(note, staff).Select(s => s.Name));
        Assert.Equal("Ada Long", Names("ask @ada long, please"));
        Assert.Equal("Ben Costa", Names("@ben, and @BEN again"));
        Assert.Equal("", Names("@ada which of them?"));
        Assert.Equal("Ada Brandt, Ben Costa", Names("(@AB) @bc"));
        Assert.Equal("", Names("mail somebody@ben or @benjamin"));
        Assert.Equal("", Names("@"));
    }

    private static StaffMember Somebody(string name, string initials) =>
        new(UserId.New(), name, initials, name.ToLowerInvariant().Replace(' ', '.') + "@brand.example", Department.Care, Role.Agent, true, false, false, null);

    private static async Task<Actor> Member(TestHouse house, string name)
    {
        var account = await house.With<Database, Guid>(async db =>
        {
            var row = new Account { UserName = name.Replace(" ", "."), Name = name, Initials = name[..1], Email = name.Replace(" ", ".") + "@brand.example", Role = Role.Agent, Active = true, PasswordHash = "x", Since = house.Clock.Now() };
            db.Add(row);
            await db.SaveChangesAsync();
            return row.Id;
        });
        return new(UserId.From(account), name, name[..1], Department.Care, Role.Agent);
    }
}
