using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening.Alerts;
using Hearth.Platform;
using Hearth.Publishing;

namespace Hearth.Tests.Conversations.ServiceLevels;

public class OwnAnswersTests
{
    [Theory, EveryDatabase]
    public async Task Who_answers_the_post_of_an_offer_gets_the_one_who_wrote_it_as_their_owner(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var promised = await Promised.In(house);
        await promised.Hire("Ora Owen", Role.Owner, Department.Care);
        var author = await promised.Hire("Mia Mark", Role.Agent, Department.Marketing);
        await Posted(house, author, "offer-post");

        var id = (await promised.Talk.Of(await promised.Talk.SaysAt(house.Clock.Now(), "ann", "Is there a blue one?", inThread: "offer-post", answers: "offer-post"))).Id;

        var view = (await house.With<ReadConversation, ConversationView?>(r => r.Of(id, default)))!;
        Assert.Equal(author.Id, view.Assignee);
        Assert.Equal("Owner for every answer", view.Timeline.Single(t => t.What == "assigned").ByName);
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await house.Settle();
        Assert.Equal(0, await house.With<Notices, int>(n => n.New(author.Id, default)));
    }

    [Theory, EveryDatabase]
    public async Task An_author_who_has_left_is_followed_by_a_lead_of_their_department_and_who_took_it_keeps_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var promised = await Promised.In(house);
        var lead = await promised.Hire("Lea Lindt", Role.Lead, Department.Care);
        await promised.Hire("Ora Owen", Role.Owner, Department.Marketing);
        await Posted(house, Talk.Ada, "offer-post"); // nobody of that name is there any more
        await house.With<Database>(async db =>
        {
            db.Add(new Account { Id = Talk.Ada.Id.Value, UserName = "ada", Name = "Ada Brandt", Initials = "AB", Email = "ada@brand.example", Role = Role.Agent, Department = Department.Care, Active = false, Since = house.Clock.Now() });
            await db.SaveChangesAsync();
        });

        var first = await promised.Talk.Of(await promised.Talk.SaysAt(house.Clock.Now(), "ann", "Is there a blue one?", inThread: "offer-post", answers: "offer-post", id: "ann-1"));
        Assert.Equal(lead.Id, first.Assignee);
        await house.With<AssignConversation, Assignment>(a => a.To(first.Id, Talk.Ben, lead.Id, lead!, default));
        var then = await promised.Talk.Of(await promised.Talk.SaysAt(house.Clock.Now(), "ann", "Or a red one?", inThread: "offer-post", answers: "offer-post"));
        Assert.Equal((first.Id, Talk.Ben.Id), (then.Id, then.Assignee));
    }

    [Theory, EveryDatabase]
    public async Task An_answer_that_nobody_can_be_found_for_becomes_urgent_after_a_minute_and_is_told(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var promised = await Promised.In(house);
        await Posted(house, Talk.Ada, "offer-post");
        var id = (await promised.Talk.Of(await promised.Talk.SaysAt(house.Clock.Now(), "ann", "Hello?", inThread: "offer-post", answers: "offer-post"))).Id;
        var owner = await promised.Hire("Ora Owen", Role.Owner, Department.Care); // she comes too late to be given it, and in time to be told

        house.Clock.Advance(TimeSpan.FromSeconds(50));
        await house.Settle();
        Assert.Equal(0, await house.With<Notices, int>(n => n.New(owner.Id, default)));
        for (var n = 0; n < 3; n++)
        {
            house.Clock.Advance(TimeSpan.FromSeconds(15));
            await house.Settle();
        }

        Assert.Equal(1, await house.With<Notices, int>(n => n.New(owner.Id, default)));
        var row = Assert.Single(await promised.Talk.List(new(InboxView.All)), r => r.Id == id);
        Assert.Equal(ConversationPriority.Urgent, row.Priority);
    }

    private static Task Posted(TestHouse house, Actor author, string externalId) => house.With<Database>(async db =>
    {
        db.Add(new Message
        {
            Id = MessageId.New(), Kind = MessageKind.Post, Status = MessageStatus.Sent, Network = "file", Words = "Last units of the Ember stove", Author = author.Id, AuthorName = author.Name,
            AuthorInitials = author.Initials, About = "offer:1", QueuedAt = house.Clock.Now(), SentAt = house.Clock.Now(), ExternalId = externalId,
        });
        await db.SaveChangesAsync();
    });
}
