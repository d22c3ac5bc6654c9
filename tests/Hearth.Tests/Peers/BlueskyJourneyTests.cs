using Hearth.Channels;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>A whole conversation on the real Bluesky network, with an account that was signed in by OAuth.</summary>
public class BlueskyJourneyTests
{
    private static readonly Actor Ada = new(UserId.New(), "Ada Byron", "AB", Department.Care, Role.Agent);

    [Theory, EveryDatabase]
    public async Task A_person_writes_is_answered_answers_back_edits_and_deletes(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind, s => BlueskyOAuthTests.Use(s));
        var (brand, fan) = (await BlueskyPeer.Join("brand"), await BlueskyPeer.Join("fan"));
        await BlueskyOAuthTests.SignIn(house, brand);

        // They write.
        var post = await fan.Post($"@{brand.Handle} my shoes fell apart", brand);
        var row = await house.Until(async () => (await Inbox(house)).SingleOrDefault(), "the post is a conversation");
        Assert.Equal((ConversationStatus.Open, fan.Handle), (row.Status, row.Handle));

        // The network tells of changes by its stream alone; it is read from now on, beside the account's own notifications.
        var settings = new Dictionary<string, string> { [RepoSource.Address] = BlueskyPeer.Address.ToString().Replace("http://", "ws://", StringComparison.Ordinal).TrimEnd('/'), [SourceSettings.Keep] = "matched" };
        Assert.IsType<KeptSource.Done>(await house.With<Sources, KeptSource>(s => s.Add("firehose", "The network", settings, null, default)));
        var runner = (SourceRunner)house.Services.GetService(typeof(SourceRunner))!;
        await runner.StartAsync(default);

        // They are answered, once, in their thread, with a picture and what it shows.
        var picture = Assert.IsType<KeptPicture.Done>(await house.With<Pictures, KeptPicture>(p => p.Keep(MastodonSendingTests.Png, "Two new shoes in a box", Ada, default))).Picture;
        var view = (await house.With<ReadConversation, ConversationView?>(r => r.Of(row.Id, default)))!;
        var queued = Assert.IsType<Reply.Queued>(await house.With<ReplyToConversation, Reply>(r => r.With(row.Id, new Answer("A new pair is on its way.") { Pictures = [picture.Id] }, view.Version, Ada, null, default)));
        var sent = await house.Until(async () => (await house.With<ReadMessages, MessageView?>(r => r.Find(queued.Message, default))) is { Status: MessageStatus.Sent } m ? m : null, "the answer is sent");
        var answer = await house.Until(async () => (await fan.Answers(post)).SingleOrDefault(), "the answer is in the thread");
        Assert.Equal((sent.ExternalId, brand.Did), ((string?)answer["uri"], (string?)answer["author"]!["did"]));
        Assert.Equal(("Two new shoes in a box", "image/png"), Picture(Assert.Single(await brand.Posts())));
        Assert.Equal("Two new shoes in a box", (string?)answer["embed"]!["images"]![0]!["alt"]);

        // What they did with the answer comes back.
        await fan.React("like", answer);
        await fan.React("repost", answer);
        // They answer back: the same conversation.
        var again = await fan.Post("thank you", null, (post, new(sent.ExternalId!, (string)answer["cid"]!)));
        await house.Until(async () => (await Inbox(house)).Single() is { Status: ConversationStatus.Open, Mentions: 2 } r ? r : null, "the conversation goes on");
        await house.Until(async () => await Receipts(house, queued.Message) is { Likes: 1, Reshares: 1, Replies: 1 } m ? m : null, "likes, reposts and answers are counted");

        // They edit what they wrote.
        await fan.Put(again, "thank you very much");
        await house.Until(async () => (await Inbox(house)).Single() is { Preview: "thank you very much", Mentions: 2 } r ? r : null, "the new words are in the inbox");

        var (first, second) = await Timeline(house, row.Id);
        Assert.Equal(($"@{brand.Handle} my shoes fell apart", "thank you very much"), (first, second));

        // We change our answer: it stands in its place with its picture, and what answers it still does.
        Assert.IsType<MessageChange.Done>(await house.With<ChangeMessage, MessageChange>(c => c.Edit(queued.Message, "A new pair arrives on Monday.", Ada, default)));
        var changed = await house.Until(async () => (await house.With<ReadMessages, MessageView?>(r => r.Find(queued.Message, default))) is { Status: MessageStatus.Sent, EditedAt: not null } m ? m : null, "the answer is changed");
        Assert.Equal(sent.ExternalId, changed.ExternalId);
        var stands = Assert.Single(await brand.Posts());
        Assert.Equal((sent.ExternalId, changed.Text), ((string?)stands["uri"], (string?)stands["value"]!["text"]));
        Assert.Equal(("Two new shoes in a box", "image/png"), Picture(stands));
        Assert.Contains("arrives on Monday", (await house.With<ReadMessages, MessageView?>(r => r.Find(queued.Message, default)))!.Text, StringComparison.Ordinal);

        // They delete it.
        await fan.Delete(again);
        await house.Until(async () => (await Inbox(house)).Single() is { Preview: "" } r ? r : null, "the words are gone");
        Assert.Equal("", (await house.With<Database, MentionRow>(db => db.Set<MentionRow>().AsNoTracking().SingleAsync(m => m.ExternalId == again.Uri))).Text);

        // We take our answer away.
        Assert.IsType<MessageChange.Done>(await house.With<ChangeMessage, MessageChange>(c => c.Delete(queued.Message, default)));
        await house.Until(async () => (await brand.Posts()).Count == 0 ? "gone" : null, "the answer is taken away");
        await runner.StopAsync(default);
    }

    private static (string? Alt, string? Type) Picture(System.Text.Json.Nodes.JsonNode record) =>
        ((string?)record["value"]!["embed"]!["images"]![0]!["alt"], (string?)record["value"]!["embed"]!["images"]![0]!["image"]!["mimeType"]);

    // The next look is due in two minutes; it is made now.
    private static async Task<MessageView?> Receipts(TestHouse house, MessageId message)
    {
        await house.With<Database>(db => db.Set<Message>().Where(m => m.Id == message).ExecuteUpdateAsync(set => set.SetProperty(m => m.ReceiptsDue, DateTimeOffset.UnixEpoch)));
        await house.In(s => s.GetRequiredService<ReceiptReader>().Run(new(), default));
        return await house.With<ReadMessages, MessageView?>(r => r.Find(message, default));
    }

    private static async Task<(string First, string Last)> Timeline(TestHouse house, ConversationId conversation)
    {
        var said = (await house.With<ReadConversation, ConversationView?>(r => r.Of(conversation, default)))!.Timeline.Where(t => t.Kind == EntryKind.Mention).Select(t => t.Mention!.Text).ToList();
        Assert.Equal(2, said.Count);
        return (said[0], said[1]);
    }

    private static async Task<IReadOnlyList<InboxRow>> Inbox(TestHouse house) =>
        (await house.With<ListConversations, Page<InboxRow>?>(l => l.Of(new InboxFilter(InboxView.All), null, 50, default)))!.Items;
}
