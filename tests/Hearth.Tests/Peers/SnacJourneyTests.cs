using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>A whole conversation on a real server that speaks Mastodon's client API (snac2).</summary>
public class SnacJourneyTests
{
    private static readonly Actor Ada = new(UserId.New(), "Ada Byron", "AB", Department.Care, Role.Agent);

    [Theory, EveryDatabase]
    public async Task A_person_writes_is_answered_answers_back_edits_and_deletes(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind, s => SnacPeer.Use(s).Configure<MastodonTimes>(t => t.Review = TimeSpan.FromSeconds(1)));
        var (brand, fan) = (await SnacPeer.Join("brand"), await SnacPeer.Join("fan"));
        await house.Connect(brand);
        var runner = house.Services.GetRequiredService<SourceRunner>();
        await house.Settle();
        await runner.StartAsync(default);

        // They write.
        var post = await fan.Post($"@{brand.User} my shoes fell apart");
        var row = await house.Until(async () => (await Inbox(house)).SingleOrDefault(), "the post is a conversation");
        Assert.Equal((ConversationStatus.Open, "mastodon"), (row.Status, row.Network));

        // They are answered, once, in their thread.
        var view = (await house.With<ReadConversation, ConversationView?>(r => r.Of(row.Id, default)))!;
        var queued = Assert.IsType<Reply.Queued>(await house.With<ReplyToConversation, Reply>(r => r.With(row.Id, "A new pair is on its way.", view.Version, Ada, null, default)));
        await house.Until(async () =>
        {
            var message = (await house.With<ReadMessages, MessageView?>(r => r.Find(queued.Message, default)))!;
            Assert.True(message.Status != MessageStatus.Failed, message.Reason);
            return message.Status == MessageStatus.Sent ? message : null;
        }, "the answer is sent");
        var answer = await house.Until(async () => ((JsonArray)(await fan.Get($"/api/v1/statuses/{post["id"]}/context"))["descendants"]!).SingleOrDefault(), "the answer is in the thread");
        Assert.Contains("A new pair is on its way.", (string)answer["content"]!, StringComparison.Ordinal);
        Assert.Equal(brand.Url, (string?)answer["account"]!["url"]);

        // They answer back: the same conversation.
        var again = await fan.Post($"@{brand.User} thank you", (string)answer["id"]!);
        await house.Until(async () => (await Inbox(house)).Single() is { Status: ConversationStatus.Open, Mentions: 2 } r ? r : null, "the conversation goes on");

        // They edit what they wrote: the same post has the new words.
        using var edited = await fan.Client.PutAsync($"/api/v1/statuses/{again["id"]}", new FormUrlEncodedContent([KeyValuePair.Create("status", $"@{brand.User} thank you very much")]));
        Assert.True(edited.IsSuccessStatusCode, await edited.Content.ReadAsStringAsync());
        await house.Until(async () => (await Inbox(house)).Single() is { Mentions: 2 } r && r.Preview.Contains("thank you very much", StringComparison.Ordinal) ? r : null, "the new words are in the inbox");
        Assert.Equal(2, (await Said(house, row.Id)).Count);

        // We change our answer: the same status has the new words, and what people did with it is counted.
        using var liked = await fan.Client.PostAsync($"/api/v1/statuses/{answer["id"]}/favourite", null);
        Assert.True(liked.IsSuccessStatusCode, await liked.Content.ReadAsStringAsync());
        Assert.IsType<MessageChange.Done>(await house.With<ChangeMessage, MessageChange>(c => c.Edit(queued.Message, "A new pair arrives on Monday.", Ada, default)));
        await house.Until(async () => (await house.With<ReadMessages, MessageView?>(r => r.Find(queued.Message, default))) is { Status: MessageStatus.Sent, EditedAt: not null } m ? m : null, "the answer is changed");
        var changed = ((JsonArray)(await fan.Get($"/api/v1/statuses/{post["id"]}/context"))["descendants"]!).Where(d => (string?)d!["account"]!["url"] == brand.Url).Select(d => d!).ToList();
        Assert.Equal((string?)answer["uri"], (string?)Assert.Single(changed)["uri"]);
        Assert.Contains("A new pair arrives on Monday.", (string)changed[0]["content"]!, StringComparison.Ordinal);
        await house.Until(async () => await Receipts(house, queued.Message) is { Likes: 1, Replies: 1 } m ? m : null, "likes and answers are counted");

        // Touched by answers, edits and likes, nothing of it has come a second time.
        Assert.Equal(2, await house.With<Database, int>(db => db.Set<MentionRow>().CountAsync(m => !m.IsOwn)));

        // They delete it, on the server's own page: its programs cannot.
        using var page = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(SnacPeer.Address) };
        page.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{fan.User}:{fan.Password}")));
        using var deleted = await page.PostAsync($"/{fan.User}/admin/action", new FormUrlEncodedContent([KeyValuePair.Create("id", (string)again["uri"]!), KeyValuePair.Create("action", "Delete"), KeyValuePair.Create("redir", "top")]));
        Assert.InRange((int)deleted.StatusCode, 200, 399);
        await house.Until(async () => (await Inbox(house)).Single() is { Preview: "" } r ? r : null, "the words are gone");
        await house.Until(async () => await house.With<Database, bool>(db => db.Set<MentionRow>().AnyAsync(m => m.Text.Contains("thank you"))) ? null : "gone", "no form of it is left");
        Assert.Equal(["my shoes fell apart", ""], (await Said(house, row.Id)).Select(t => t.Replace($"@{brand.User}", "", StringComparison.Ordinal).Replace("@" + new Uri(SnacPeer.Address).Authority, "", StringComparison.Ordinal).Trim()));

        // Our own answer cannot be taken away there by a program: that is said, with the place to do it, and the answer stays what it is.
        Assert.IsType<MessageChange.Done>(await house.With<ChangeMessage, MessageChange>(c => c.Delete(queued.Message, default)));
        var refused = await house.Until(async () => (await house.With<ReadMessages, MessageView?>(r => r.Find(queued.Message, default))) is { Status: MessageStatus.Sent, Reason: not null } m ? m : null, "the refusal is told");
        Assert.Contains((string)answer["url"]!, refused.Reason!, StringComparison.Ordinal);
        await runner.StopAsync(default);
    }

    private static async Task<IReadOnlyList<string>> Said(TestHouse house, ConversationId conversation) =>
        [.. (await house.With<ReadConversation, ConversationView?>(r => r.Of(conversation, default)))!.Timeline.Where(t => t.Kind == EntryKind.Mention).Select(t => t.Mention!.Text)];

    // The next look is due in two minutes; it is made now.
    private static async Task<MessageView?> Receipts(TestHouse house, MessageId message)
    {
        await house.With<Database>(db => db.Set<Message>().Where(m => m.Id == message).ExecuteUpdateAsync(set => set.SetProperty(m => m.ReceiptsDue, DateTimeOffset.UnixEpoch)));
        await house.In(s => s.GetRequiredService<ReceiptReader>().Run(new(), default));
        return await house.With<ReadMessages, MessageView?>(r => r.Find(message, default));
    }

    private static async Task<IReadOnlyList<InboxRow>> Inbox(TestHouse house) =>
        (await house.With<ListConversations, Page<InboxRow>?>(l => l.Of(new InboxFilter(InboxView.All), null, 50, default)))!.Items;
}
