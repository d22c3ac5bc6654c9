using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>The brand as an actor of its own, against a real ActivityPub server (Fedify), which signs in either style.</summary>
public class FedifyTests
{
    private static readonly Actor Ada = new(UserId.New(), "Ada Byron", "AB", Department.Care, Role.Agent);

    public static TheoryData<DatabaseKind, string> Ways => new() { { DatabaseKind.Sqlite, "rfc9421" }, { DatabaseKind.Sqlite, "draft-cavage" }, { DatabaseKind.Postgres, "rfc9421" }, { DatabaseKind.Postgres, "draft-cavage" } };

    [Theory, MemberData(nameof(Ways))]
    public async Task A_person_writes_is_answered_answers_back_edits_and_deletes(DatabaseKind kind, string style)
    {
        await using var peer = await FedifyPeer.Start(style);
        await using var place = await ActivityPubPlace.Open(kind, [peer.Authority]);
        var house = place.House;

        // They write.
        var note = await peer.Post("my shoes fell apart 👟 after a week", place.Actor);
        var row = await house.Until(async () => (await Inbox(house)).SingleOrDefault(), "the note is a conversation");
        Assert.Equal((ConversationStatus.Open, "activitypub", "Peer Gynt", "peer@" + peer.Authority), (row.Status, row.Network, row.Name, row.Handle));
        Assert.Contains("my shoes fell apart 👟 after a week", row.Preview, StringComparison.Ordinal);

        // They are answered: once, named, in their thread.
        var view = (await house.With<ReadConversation, ConversationView?>(r => r.Of(row.Id, default)))!;
        var queued = Assert.IsType<Reply.Queued>(await house.With<ReplyToConversation, Reply>(r => r.With(row.Id, "So sorry! See https://hearthside.example/help.", view.Version, Ada, null, default)));
        var sent = await Sent(house, queued.Message);
        var answer = Assert.Single(await peer.Took("Create"));
        Assert.Equal((sent.ExternalId, note, place.Actor), ((string?)answer["note"], (string?)answer["inReplyTo"], (string?)answer["actor"]));
        Assert.Contains(peer.User, answer["mentions"]!.AsArray().Select(m => (string)m!));
        var html = (string)answer["text"]!;
        Assert.Contains("class=\"u-url mention\">@peer</a></span> So sorry! See <a href=\"https://hearthside.example/help\"", html, StringComparison.Ordinal);
        Assert.EndsWith("<br>^AB, Care at Hearthside</p>", html, StringComparison.Ordinal);
        Assert.Equal(ConversationStatus.Waiting, (await Inbox(house)).Single().Status);

        // They answer back: the same conversation.
        var again = await peer.Post("thank you!", place.Actor, sent.ExternalId);
        await house.Until(async () => (await Inbox(house)).Single() is { Status: ConversationStatus.Open, Mentions: 2 } r ? r : null, "the conversation goes on");

        // They edit what they wrote.
        await peer.Do("edit", ("note", again), ("text", "thank you very much!"), ("to", place.Actor));
        await house.Until(async () => (await Inbox(house)).Single() is var r && r.Preview.Contains("very much", StringComparison.Ordinal) ? r : null, "the new words are in the inbox");
        Assert.Equal(2, (await Inbox(house)).Single().Mentions);

        var said = (await house.With<ReadConversation, ConversationView?>(r => r.Of(row.Id, default)))!.Timeline.Where(t => t.Kind == EntryKind.Mention).Select(t => t.Mention!.Text).ToList();
        Assert.Equal((2, true, true), (said.Count, said[0].Contains("my shoes fell apart", StringComparison.Ordinal), said[1].Contains("very much", StringComparison.Ordinal)));

        // We change our answer, and they are told under the same address.
        Assert.IsType<MessageChange.Done>(await house.With<ChangeMessage, MessageChange>(c => c.Edit(queued.Message, "So sorry! A new pair is on its way.", Ada, default)));
        var update = await house.Until(async () => (await peer.Took("Update")).SingleOrDefault(), "the change is told");
        Assert.Equal(sent.ExternalId, (string?)update["note"]);
        Assert.Contains("A new pair is on its way.", (string)update["text"]!, StringComparison.Ordinal);
        Assert.Single(await peer.Took("Create"));

        // They delete it.
        await peer.Do("act", ("kind", "delete"), ("object", again), ("to", place.Actor));
        await house.Until(async () => (await Inbox(house)).Single() is { Preview: "" } r ? r : null, "the words are gone");
        var removed = await house.With<Database, MentionRow>(db => db.Set<MentionRow>().AsNoTracking().SingleAsync(m => m.ExternalId == again));
        Assert.Equal(("", true), (removed.Text, removed.RemovedAt is not null));

        // We take our answer away, and they are told.
        Assert.IsType<MessageChange.Done>(await house.With<ChangeMessage, MessageChange>(c => c.Delete(queued.Message, default)));
        await house.Until(async () => (await peer.Took("Delete")).SingleOrDefault(), "the answer is taken away");
        Assert.Null((string?)(await peer.Do("lookup", ("q", sent.ExternalId)))["id"]);
    }

    [Theory, InlineData("rfc9421"), InlineData("draft-cavage")]
    public async Task Who_follows_gets_what_the_brand_posts_until_they_leave_and_what_they_like_is_counted(string style)
    {
        await using var peer = await FedifyPeer.Start(style);
        await using var place = await ActivityPubPlace.Open(DatabaseKind.Sqlite, [peer.Authority]);
        var house = place.House;
        var follow = (string)(await peer.Do("follow", ("target", place.Actor)))["sent"]!;
        await house.Until(async () => (await peer.Took("Accept")).SingleOrDefault(), "the follow is accepted");
        Assert.Equal(1, (await Ours(place)).Followers);

        var message = await Sent(house, await Post(place, "25 chairs at half their price: https://hearthside.example/outlet"));
        var note = await house.Until(async () => (await peer.Took("Create")).SingleOrDefault(), "the post reached the follower's server");
        Assert.Equal(message.ExternalId, (string?)note["note"]);
        Assert.Equal("Note", (string?)(await peer.Do("lookup", ("q", message.ExternalId)))["type"]);

        var like = (string)(await peer.Do("act", ("kind", "like"), ("object", message.ExternalId), ("to", place.Actor)))["sent"]!;
        await peer.Do("act", ("kind", "announce"), ("object", message.ExternalId), ("to", place.Actor));
        await house.Until(async () => await Reactions(house) == "Announce Like" ? "both" : null, "both are counted");
        await peer.Do("act", ("kind", "undo"), ("of", "Like"), ("object", like), ("target", message.ExternalId), ("to", place.Actor));
        await house.Until(async () => await Reactions(house) == "Announce" ? "one" : null, "the like is taken back");

        await peer.Do("unfollow", ("target", place.Actor), ("follow", follow));
        await house.Until(async () => (await Ours(place)).Followers == 0 ? "left" : null, "they left");
        await Sent(house, await Post(place, "nobody hears this"));
        await house.Settle();
        Assert.Single(await peer.Took("Create"));
        Assert.All(await peer.Styles(), s => Assert.Equal(style == "rfc9421" ? "rfc9421" : "cavage", s)); // as it signs itself; nothing is tried twice
    }

    [Fact]
    public async Task Somebody_whose_keys_were_changed_is_still_heard_and_what_is_written_to_us_alone_stays_between_us()
    {
        await using var peer = await FedifyPeer.Start("rfc9421");
        await using var place = await ActivityPubPlace.Open(DatabaseKind.Sqlite, [peer.Authority]);
        var house = place.House;
        await peer.Post("one", place.Actor);
        await house.Until(async () => (await Inbox(house)).SingleOrDefault(), "the note is a conversation");
        await peer.Do("rotate");
        await house.With<Database>(db => db.Set<RemoteActorRow>().ExecuteUpdateAsync(set => set.SetProperty(a => a.FetchedAt, a => DateTimeOffset.UnixEpoch)));
        await peer.Post("my card number is 1234", place.Actor, toThemAlone: true);
        var row = await house.Until(async () => (await Inbox(house)).SingleOrDefault(r => r.Preview.Contains("1234", StringComparison.Ordinal)), "the second note is a conversation");
        var reply = Assert.IsType<Reply.Queued>(await house.With<ReplyToConversation, Reply>(r => r.With(row.Id, "We have it.", 0, Ada, null, default)));
        var sent = await Sent(house, reply.Message);
        Assert.Equal([peer.User], Assert.Single(await peer.Took("Create"))["to"]!.AsArray().Select(t => (string)t!));
        using var anybody = new HttpClient();
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await anybody.GetAsync(sent.ExternalId)).StatusCode);
    }

    [Fact]
    public async Task Pictures_come_and_go_with_what_they_show()
    {
        await using var peer = await FedifyPeer.Start("rfc9421");
        await using var place = await ActivityPubPlace.Open(DatabaseKind.Sqlite, [peer.Authority]);
        var house = place.House;

        // Theirs: what it shows stands beside their words.
        await peer.Do("post", ("text", "look at this"), ("mention", place.Actor), ("image", "https://pictures.example/sole.png"), ("alt", "A sole that came off"));
        var row = await house.Until(async () => (await Inbox(house)).SingleOrDefault(), "the note is a conversation");
        var heard = (await house.With<ReadConversation, ConversationView?>(r => r.Of(row.Id, default)))!.Timeline.Single(t => t.Kind == EntryKind.Mention).Mention!;
        Assert.Equal(new CarriedMedia("image", "A sole that came off", "https://pictures.example/sole.png"), Assert.Single(heard.Carries));
        Assert.True(heard.Has.HasFlag(Media.Image));

        // Ours: described, and fetched from our own address as long as the answer stands.
        var picture = Assert.IsType<KeptPicture.Done>(await house.With<Pictures, KeptPicture>(p => p.Keep(MastodonSendingTests.Png, "Two new shoes in a box", Ada, default))).Picture;
        var queued = Assert.IsType<Reply.Queued>(await house.With<ReplyToConversation, Reply>(r => r.With(row.Id, new Answer("A new pair is on its way.") { Pictures = [picture.Id] }, 0, Ada, null, default)));
        await Sent(house, queued.Message);
        var shown = Assert.Single(Assert.Single(await peer.Took("Create"))["shown"]!.AsArray())!;
        Assert.Equal(("Two new shoes in a box", "image/png"), ((string?)shown["alt"], (string?)shown["type"]));
        using var anybody = new HttpClient();
        Assert.Equal(MastodonSendingTests.Png, await anybody.GetByteArrayAsync((string)shown["url"]!));

        Assert.IsType<MessageChange.Done>(await house.With<ChangeMessage, MessageChange>(c => c.Edit(queued.Message, "A new pair is on its way, in red.", Ada, default)));
        Assert.Equal((string?)shown["url"], (string?)(await house.Until(async () => (await peer.Took("Update")).SingleOrDefault(), "the change is told"))["shown"]![0]!["url"]);

        Assert.IsType<MessageChange.Done>(await house.With<ChangeMessage, MessageChange>(c => c.Delete(queued.Message, default)));
        await house.Until(async () => (await peer.Took("Delete")).SingleOrDefault(), "the answer is taken away");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await anybody.GetAsync((string)shown["url"]!)).StatusCode);
    }

    private static async Task<ActorView> Ours(ActivityPubPlace place) =>
        (await place.House.With<ReadActor, ActorView?>(r => r.Of(place.Account.Id, default)))!;

    private static async Task<string> Reactions(TestHouse house) => string.Join(' ', await house.With<Database, List<string>>(db => db.Set<ReactionRow>().OrderBy(r => r.Kind).Select(r => r.Kind).ToListAsync()));

    internal static async Task<MessageId> Post(ActivityPubPlace place, string text) =>
        Assert.IsType<Publication.Queued>(await place.House.With<PostMessage, Publication>(p => p.Run(new(place.Account.Id, text, Ada), default))).Message;

    internal static Task<MessageView> Sent(TestHouse house, MessageId id) => house.Until(async () =>
    {
        var message = await house.With<ReadMessages, MessageView?>(r => r.Find(id, default));
        Assert.True(message!.Status != MessageStatus.Failed, message.Reason);
        return message.Status == MessageStatus.Sent ? message : null;
    }, "the message is sent");

    private static async Task<IReadOnlyList<InboxRow>> Inbox(TestHouse house) =>
        (await house.With<ListConversations, Page<InboxRow>?>(l => l.Of(new InboxFilter(InboxView.All), null, 50, default)))!.Items;
}
