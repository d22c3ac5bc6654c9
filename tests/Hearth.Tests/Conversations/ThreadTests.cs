using Hearth.Conversations;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Conversations;

public class ThreadTests
{
    [Theory, EveryDatabase]
    public async Task One_author_in_one_thread_is_one_conversation(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var first = await talk.Says("ann", "My lid is cracked", id: "root");
        var second = await talk.Says("ann", "Hello?", inThread: "root");
        var stranger = await talk.Says("bob", "Mine too", inThread: "root");
        var elsewhere = await talk.Says("ann", "And the fan is loud");

        Assert.Equal((await talk.Of(first)).Id, (await talk.Of(second)).Id);
        Assert.Equal(3, (new[] { await talk.Of(first), await talk.Of(stranger), await talk.Of(elsewhere) }).Select(c => c.Id).Distinct().Count());
        var conversation = await talk.Of(first);
        Assert.Equal(["My lid is cracked", "Hello?"], conversation.Timeline.Where(t => t.Kind == EntryKind.Mention).Select(t => t.Text));
        Assert.Equal("ann", conversation.Person!.Name);
        Assert.Equal("Hello?", Assert.Single(await talk.List(new(InboxView.All, Person: conversation.Person.Id)), r => r.Id == conversation.Id).Preview);
    }

    [Theory, EveryDatabase]
    public async Task A_fact_handed_on_twice_and_a_hand_that_opens_meanwhile_write_a_mention_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var quiet = await talk.Says("ann", "Just saying", engage: false);
        Assert.Empty(await talk.List(new(InboxView.All)));

        var fact = await house.With<Database, MentionHeard>(async db =>
            System.Text.Json.JsonSerializer.Deserialize<MentionHeard>((await db.Set<FactRow>().SingleAsync(f => f.Type.EndsWith("MentionHeard"))).Body, Json.Options)! with { Engage = true });
        var done = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() => n % 2 == 0
            ? house.With<OpenConversation, bool>(async o => await o.For(quiet, Talk.Ada, default) is Opening.Opened)
            : house.In(async s => { await s.GetRequiredService<Database>().InTransaction(() => s.GetRequiredService<HearMentions>().Handle(fact, default), default); return false; }))));

        Assert.InRange(done.Count(opened => opened), 0, 1);
        var conversation = await talk.Of(quiet);
        Assert.Single(conversation.Timeline, t => t.Kind == EntryKind.Mention);
        Assert.Single(conversation.Timeline, t => t.What == "opened");
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type.EndsWith("ConversationOpened"))));
        Assert.IsType<Opening.AlreadyThere>(await house.With<OpenConversation, Opening>(o => o.For(quiet, Talk.Ada, default)));
        Assert.IsType<Opening.UnknownMention>(await house.With<OpenConversation, Opening>(o => o.For(MentionId.New(), Talk.Ada, default)));
    }

    [Theory, EveryDatabase]
    public async Task What_a_person_says_in_a_thread_opened_by_hand_continues_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var quiet = await talk.Says("ann", "Just saying", id: "root", engage: false);
        await house.With<OpenConversation, Opening>(o => o.For(quiet, Talk.Ada, default));

        var more = await talk.Says("ann", "and more", inThread: "root", engage: false);
        await talk.Says("bob", "me too", inThread: "root", engage: false);

        Assert.Equal((await talk.Of(quiet)).Id, (await talk.Of(more)).Id);
        Assert.Single(await talk.List(new(InboxView.All)));
    }

    [Theory, EveryDatabase]
    public async Task Our_own_post_joins_the_conversation_it_answers_and_opens_none(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        await talk.Says("brand", "Good morning!", id: "morning", own: true);
        var ann = await talk.Says("ann", "Where is my order?", inThread: "morning", id: "ann-1");
        var bob = await talk.Says("bob", "And mine?", inThread: "morning", id: "bob-1");
        await talk.Says("brand", "On its way, Ann", inThread: "morning", answers: "ann-1", own: true);

        var answered = await talk.Of(ann);
        Assert.Contains(answered.Timeline, t => t is { Kind: EntryKind.OwnPost, Text: "On its way, Ann" });
        Assert.Equal((ConversationStatus.Waiting, 1), (answered.Status, answered.Version));
        Assert.DoesNotContain((await talk.Of(bob)).Timeline, t => t.Kind == EntryKind.OwnPost);
        Assert.Equal(2, (await talk.List(new(InboxView.All))).Count);

        await talk.Says("brand", "Sorry, everybody", inThread: "morning", own: true);
        Assert.Contains((await talk.Of(bob)).Timeline, t => t.Text == "Sorry, everybody");
    }

    [Theory, EveryDatabase]
    public async Task Our_reply_that_comes_back_from_the_network_stands_once_whichever_news_comes_first(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        foreach (var sentFirst in new[] { true, false })
        {
            var root = "root-" + sentFirst;
            var conversation = await talk.Of(await talk.Says("ann", "Help", id: root));
            var reply = Assert.IsType<Reply.ByHand>(await talk.Reply(conversation, "Gladly", Talk.Ada));
            var sent = new MessageSent(reply.Message, "reply-" + root, null, house.Clock.GetUtcNow());

            if (sentFirst) await house.In(s => Tell(s, sent));
            await talk.Says("brand", "Gladly", inThread: root, id: "reply-" + root, own: true, answers: root);
            if (!sentFirst) await house.In(s => Tell(s, sent));

            var after = (await house.With<ReadConversation, ConversationView?>(r => r.Of(conversation.Id, default)))!;
            Assert.Equal("Gladly", Assert.Single(after.Timeline, t => t.Kind is EntryKind.Reply or EntryKind.OwnPost).Text);
        }

        static async Task Tell(IServiceProvider s, MessageSent sent)
        {
            var db = s.GetRequiredService<Database>();
            db.Record(sent);
            await db.SaveChangesAsync();
            while (await s.GetRequiredService<FactDispatcher>().Drain(default) > 0) { }
        }
    }

    [Theory, EveryDatabase]
    public async Task A_closed_conversation_opens_again_when_the_person_speaks(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var conversation = await talk.Of(await talk.Says("ann", "Help", id: "root"));
        await house.With<ConversationSteps, bool>(s => s.Move(conversation.Id, ConversationStatus.Closed, Talk.Ada, default));
        Assert.NotNull((await house.With<ReadConversation, ConversationView?>(r => r.Of(conversation.Id, default)))!.ClosedAt);

        var again = await talk.Of(await talk.Says("ann", "Still broken", inThread: "root"));

        Assert.Equal((conversation.Id, ConversationStatus.Open, (DateTimeOffset?)null), (again.Id, again.Status, again.ClosedAt));
        Assert.Contains(again.Timeline, t => t is { What: "reopened", ByName: null });
    }

    [Theory, EveryDatabase]
    public async Task What_its_pictures_show_stands_on_the_timeline_until_the_post_is_removed(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var post = new IncomingPost("root", "Look at this", house.Clock.Now(), new("ann", "ann", "Ann")) { Carries = [new("image", "A cracked lid", null), new("video", null, "https://video.example/1")] };
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [post], new Receiving(Engage: true), default));
        await house.Settle();
        var mention = (await house.With<Database, MentionRow>(db => db.Set<MentionRow>().SingleAsync())).Id;
        var talk = new Talk(house, source);

        Assert.Equal(post.Carries, (await talk.Of(mention)).Timeline.Single(t => t.Mention is not null).Mention!.Carries);
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [], new Receiving(Removed: ["root"]), default));
        Assert.Null((await house.With<Database, MentionRow>(db => db.Set<MentionRow>().SingleAsync())).Carries);
    }

    [Theory, EveryDatabase]
    public async Task What_its_author_removed_leaves_the_timeline_the_preview_and_the_search(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var mention = await talk.Says("ann", "My secret is out", id: "root");
        Assert.Single(await talk.List(new(InboxView.All, Search: "secret")));

        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [], new Receiving(Removed: ["root"]), default));
        await house.Settle();

        Assert.Empty(await talk.List(new(InboxView.All, Search: "secret")));
        Assert.Equal("", Assert.Single(await talk.List(new(InboxView.All))).Preview);
        var conversation = await talk.Of(mention);
        Assert.Null(Assert.Single(conversation.Timeline, t => t.Kind == EntryKind.Mention).Text);
        Assert.IsType<Reply.MentionRemoved>(await talk.Reply(conversation, "Pardon?", Talk.Ada));
    }

    [Theory, EveryDatabase]
    public async Task What_its_author_changed_stands_so_on_the_timeline_in_the_preview_and_in_the_search(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var first = await talk.Says("ann", "My lit is cracked", id: "root");
        await talk.Says("ann", "Helo?", inThread: "root", id: "second");
        var source = await house.With<Sources, SourceId>(s => s.ForFile("posts", default));
        async Task Change(string id, string text, int minute)
        {
            var at = house.Clock.Now();
            var edit = new IncomingPost(id, text, at, new("ann", "ann.example", "ann"), null, "en") { IsEdit = true, EditedAt = at.AddMinutes(minute) };
            await house.With<ReceiveMentions, Received>(r => r.Run(source, [edit], new Receiving(), default));
            await house.Settle();
        }

        await Change("root", "My lid is cracked", 1);
        Assert.Equal("Helo?", Assert.Single(await talk.List(new(InboxView.All))).Preview);
        await Change("second", "Hello?", 2);

        Assert.Equal(["My lid is cracked", "Hello?"], (await talk.Of(first)).Timeline.Where(t => t.Kind == EntryKind.Mention).Select(t => t.Text));
        Assert.Equal("Hello?", Assert.Single(await talk.List(new(InboxView.All))).Preview);
        Assert.Empty(await talk.List(new(InboxView.All, Search: "lit")));
        Assert.Single(await talk.List(new(InboxView.All, Search: "lid")));
        Assert.Equal(2, (await talk.Of(first)).Timeline.Count(t => t.Kind == EntryKind.Mention));

        await house.With<ReceiveMentions, Received>(r => r.Run(source, [], new Receiving(Removed: ["second"]), default));
        await Change("second", "Too late", 3);
        Assert.DoesNotContain((await talk.Of(first)).Timeline, t => t.Text == "Too late");
    }

    [Theory, EveryDatabase]
    public async Task An_older_post_that_comes_late_takes_its_place_and_not_the_preview(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        await talk.Says("ann", "second", inThread: "root");
        var late = await talk.SaysAt(new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero), "ann", "first", id: "root");

        var conversation = await talk.Of(late);
        Assert.Equal(["first", "second"], conversation.Timeline.Where(t => t.Kind == EntryKind.Mention).Select(t => t.Text));
        Assert.Equal("second", Assert.Single(await talk.List(new(InboxView.All))).Preview);
    }
}
