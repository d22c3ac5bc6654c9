using Hearth.Channels;
using Hearth.Channels.Bluesky;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Platform.Http;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>Against the real network: directory, PDS and AppView.</summary>
public class BlueskyTests
{
    private static readonly Actor Ada = new(UserId.New(), "Ada Byron", "AB", Department.Care, Role.Agent);

    private static Task<TestHouse> House(DatabaseKind kind) => TestHouse.Create(kind, s => BlueskyPeer.Use(s));

    private static async Task<MentionId> Heard(TestHouse house, PostRef post)
    {
        var row = await house.Until(() => house.With<Database, MentionRow?>(db => db.Set<MentionRow>().AsNoTracking().SingleOrDefaultAsync(m => m.ExternalId == post.Uri)), "the post is heard");
        return row.Id;
    }

    private static async Task<MessageId> Queue(TestHouse house, Func<Publish, Task<Publication>> queue) => Assert.IsType<Publication.Queued>(await house.In(async s =>
    {
        var made = await queue(s.GetRequiredService<Publish>());
        await s.GetRequiredService<Database>().SaveChangesAsync();
        return made;
    })).Message;

    private static Task<MessageView> Sent(TestHouse house, MessageId id) => house.Until(async () =>
    {
        var message = await house.With<ReadMessages, MessageView?>(r => r.Find(id, default));
        Assert.NotEqual(MessageStatus.Failed, message!.Status);
        return message.Status == MessageStatus.Sent ? message : null;
    }, "the message is sent");

    private static ReplyTarget To(MentionView mention) => new(mention.Network, null, mention.Refs!.Uri, mention.Refs.Cid, mention.Refs.RootUri, mention.Refs.RootCid);

    [Theory, EveryDatabase]
    public async Task A_fans_post_that_mentions_the_brand_is_heard_once_and_the_answer_stands_in_its_thread(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var (brand, fan) = (await BlueskyPeer.Join("brand"), await BlueskyPeer.Join("fan"));
        var account = await house.Connect(brand);
        var post = await fan.Post($"My 👟 fell apart after a week, @{brand.Handle} 😠", brand);

        var mention = (await house.With<ReadMention, MentionView?>(async r => await r.Of(await Heard(house, post), default)))!;
        Assert.Equal(("bluesky", fan.Did, fan.Handle, post.Uri, post.Cid, false), (mention.Network, mention.Author!.ExternalId, mention.Author.Handle, mention.Refs!.Uri, mention.Refs.Cid, mention.IsOwn));

        var id = await Queue(house, p => p.Reply(new ReplyDraft(To(mention), $"So sorry, @{fan.Handle}! A new pair is on its way.", Ada), default));
        var message = await Sent(house, id);
        var answer = await house.Until(async () => (await fan.Answers(post)).SingleOrDefault(), "the answer is in the thread");
        Assert.Equal((message.ExternalId, brand.Did), ((string?)answer["uri"], (string?)answer["author"]!["did"]));
        Assert.EndsWith($"\n^AB, Care at {account.Name}", (string?)answer["record"]!["text"], StringComparison.Ordinal);
        Assert.Equal(fan.Did, (string?)answer["record"]!["facets"]![0]!["features"]![0]!["did"]);

        // An answer to the answer is heard too, in the same thread; nothing is heard twice.
        var again = await fan.Post("Thank you!", null, (post, new(message.ExternalId!, (string)answer["cid"]!)));
        var second = (await house.With<ReadMention, MentionView?>(async r => await r.Of(await Heard(house, again), default)))!;
        Assert.Equal((mention.ThreadKey, message.ExternalId, post.Uri), (second.ThreadKey, second.ParentId, second.Refs!.RootUri));
        Assert.Equal(2, await house.With<Database, int>(db => db.Set<MentionRow>().CountAsync()));
    }

    [Fact]
    public async Task What_the_searches_find_is_heard_and_the_brands_own_posts_are_known_as_such()
    {
        await using var house = await House(DatabaseKind.Sqlite);
        var (brand, fan) = (await BlueskyPeer.Join("brand"), await BlueskyPeer.Join("fan"));
        var word = "hearthshoe" + Guid.NewGuid().ToString("N")[..8];
        var account = await house.Connect(brand);
        var source = await house.Until(async () => (await house.With<Sources, IReadOnlyList<SourceView>>(s => s.All(default))).SingleOrDefault(), "the account has a source");
        Assert.Equal(("Bluesky @" + brand.Handle, true), (source.Name, source.Engage));
        Assert.IsType<KeptSource.Invalid>(await Searches(string.Join('\n', Enumerable.Range(0, 11))));
        Assert.IsType<KeptSource.Done>(await Searches(word));
        var (theirs, ours) = (await fan.Post($"Anybody tried {word}?"), await brand.Post($"All about {word}"));
        await Heard(house, theirs);
        var own = (await house.With<ReadMention, MentionView?>(async r => await r.Of(await Heard(house, ours), default)))!;
        Assert.Equal((true, account.Id), (own.IsOwn, own.Account));

        Task<KeptSource> Searches(string lines) => house.With<Sources, KeptSource>(s => s.Set(source.Id, new Dictionary<string, string> { ["searches"] = lines }, default));
    }

    [Fact]
    public async Task An_offer_stands_on_the_brands_feed_with_card_picture_and_working_link()
    {
        await using var house = await House(DatabaseKind.Sqlite);
        var (brand, fan) = (await BlueskyPeer.Join("brand"), await BlueskyPeer.Join("fan"));
        var account = await house.Connect(brand);
        var picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        var card = new LinkCard("https://outlet.example/l/Ab3", "25 chairs", "From 49 €", new CardImage(picture, "image/png"));
        var message = await Sent(house, await Queue(house, p => p.Post(account.Id, "Today’s find: https://outlet.example/l/Ab3 #outlet", card, Ada, default)));

        var post = await house.Until(async () => (await fan.Feed(brand.Did)).SingleOrDefault(), "the offer is on the feed");
        Assert.Equal((message.ExternalId, "https://outlet.example/l/Ab3", "25 chairs"), ((string?)post["uri"], (string?)post["embed"]!["external"]!["uri"], (string?)post["embed"]!["external"]!["title"]));
        Assert.NotNull(post["embed"]!["external"]!["thumb"]);
        Assert.Equal("https://outlet.example/l/Ab3", (string?)post["record"]!["facets"]![0]!["features"]![0]!["uri"]);
        Assert.Equal("outlet", (string?)post["record"]!["facets"]![1]!["features"]![0]!["tag"]);

        Assert.IsType<MessageChange.Done>(await house.With<ChangeMessage, MessageChange>(c => c.Delete(message.Id, default)));
        await house.Until(async () => (await brand.Posts()).Count == 0 ? "gone" : null, "the deletion reaches the network");
    }

    [Fact]
    public async Task A_reply_to_a_post_that_is_known_only_by_its_address_finds_its_thread()
    {
        await using var house = await House(DatabaseKind.Sqlite);
        var (brand, fan) = (await BlueskyPeer.Join("brand"), await BlueskyPeer.Join("fan"));
        await house.Connect(brand);
        var root = await fan.Post("first");
        var deeper = await fan.Post("second", null, (root, root));
        await house.Until(async () => (await fan.Answers(root)).SingleOrDefault(), "the network knows both");
        await Sent(house, await Queue(house, p => p.Reply(new ReplyDraft(new ReplyTarget("bluesky", null, deeper.Uri), "Found you", Ada), default)));
        var record = (await brand.Posts()).Single()["value"]!;
        Assert.Equal((deeper.Cid, root.Cid), ((string?)record["reply"]!["parent"]!["cid"], (string?)record["reply"]!["root"]!["cid"]));
    }

    [Fact]
    public async Task An_account_password_is_not_kept_and_a_wrong_one_is_told()
    {
        await using var house = await House(DatabaseKind.Sqlite);
        var brand = await BlueskyPeer.Join("brand");
        Task<Connection> With(string password) => house.With<ConnectBluesky, Connection>(c => c.With(BlueskyPeer.Address.ToString(), brand.Handle, password, default));
        Assert.IsType<Connection.NotAnAppPassword>(await With("a-long-password"));
        Assert.IsType<Connection.WrongPassword>(await With("nothing-like-it"));
        Assert.Empty(await house.With<ChannelAccounts, IReadOnlyList<ChannelAccountView>>(a => a.All(default)));
    }

    [Fact]
    public async Task A_key_that_is_put_twice_leaves_one_post_and_the_thread_reads_flat()
    {
        await using var house = await House(DatabaseKind.Sqlite);
        var (brand, fan) = (await BlueskyPeer.Join("brand"), await BlueskyPeer.Join("fan"));
        var account = await house.Connect(brand);
        var post = await fan.Post("hello");
        await house.In(async s =>
        {
            var network = s.GetServices<IOutgoingNetwork>().Single(n => n.Name == Networks.Bluesky);
            var key = network.NewKey(TimeProvider.System.GetUtcNow());
            var prepared = await network.Prepare(account.Id, new("once", TimeProvider.System.GetUtcNow(), new(post, post), null), default);
            Assert.Null(await network.Find(account.Id, key, default));
            var (first, second) = (await network.Place(account.Id, key, prepared, default), await network.Place(account.Id, key, prepared, default));
            Assert.Equal(first, second);
            Assert.Equal(first, await network.Find(account.Id, key, default));
            Assert.Single(await brand.Posts());

            var bluesky = s.GetRequiredService<BlueskyClient>();
            await house.Until(async () => (await bluesky.Thread(account.Id, post.Uri, 6, default)) is [{ Text: "hello" }, { Text: "once" }] t ? t : null, "the thread has both");
            Assert.Equal(fan.Handle, (await bluesky.Profile(account.Id, fan.Did, default))!.Handle);
            Assert.Equal(fan.Did, await bluesky.Resolve(account.Id, fan.Handle, default));
            Assert.Null(await bluesky.Resolve(account.Id, "nobody-" + Guid.NewGuid().ToString("N")[..6] + ".test", default));
            await network.Remove(account.Id, key, default);
            await network.Remove(account.Id, key, default);
            Assert.Empty(await brand.Posts());
        });
    }

    [Theory, EveryDatabase]
    public async Task A_process_killed_right_after_sending_leaves_one_reply_that_is_recorded(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var (brand, fan) = (await BlueskyPeer.Join("brand"), await BlueskyPeer.Join("fan"));
        await house.Connect(brand);
        var post = await fan.Post("Where is my parcel?");
        var id = await Queue(house, p => p.Reply(new ReplyDraft(new("bluesky", null, post.Uri, post.Cid, post.Uri, post.Cid), "Let me look.", Ada), default));

        Assert.Equal(137, await ChildProcess.Run(SendAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, id.Value.ToString()));
        Assert.Single(await brand.Posts()); // the network has it, we do not know
        Assert.Equal(MessageStatus.Sending, (await house.With<ReadMessages, MessageView?>(r => r.Find(id, default)))!.Status);

        var message = await Sent(house, id);
        Assert.Equal(message.ExternalId, (string?)(await brand.Posts()).Single()["uri"]);
        var answer = await house.Until(async () => (await fan.Answers(post)).SingleOrDefault(), "the answer is in the thread");
        Assert.Equal(message.ExternalId, (string?)answer["uri"]);
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type == "Publishing.MessageSent")));
    }

    [Theory, EveryDatabase]
    public async Task A_reply_written_in_the_inbox_stands_once_in_the_fans_thread_though_the_process_is_killed(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var (brand, fan) = (await BlueskyPeer.Join("brand"), await BlueskyPeer.Join("fan"));
        await house.Connect(brand);
        var post = await fan.Post($"@{brand.Handle} my order never came, this is awful", brand);
        await Heard(house, post);
        var row = await house.Until(async () => (await Inbox(house)).SingleOrDefault(), "the post is a conversation");
        Assert.Equal((ConversationStatus.Open, fan.Handle), (row.Status, row.Handle));

        var conversation = (await house.With<ReadConversation, ConversationView?>(r => r.Of(row.Id, default)))!;
        var reply = await house.With<ReplyToConversation, Reply>(r => r.With(row.Id, "We look for it now.", conversation.Version, Ada, null, default));
        var id = Assert.IsType<Reply.Queued>(reply).Message;
        Assert.Equal(137, await ChildProcess.Run(SendAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, id.Value.ToString()));
        Assert.Single(await brand.Posts());

        await Sent(house, id);
        var answer = await house.Until(async () => (await fan.Answers(post)).SingleOrDefault(), "the answer is in the thread");
        Assert.Equal("We look for it now.\n^AB, Care at " + brand.Handle, (string?)answer["record"]!["text"]);
        Assert.Single(await brand.Posts());
        Assert.Equal(ConversationStatus.Waiting, (await Inbox(house)).Single().Status);

        // The fan answers: the same conversation, open again.
        await Heard(house, await fan.Post("Thanks!", null, (post, new((string)answer["uri"]!, (string)answer["cid"]!))));
        await house.Until(async () => (await Inbox(house)).Single() is { Status: ConversationStatus.Open, Mentions: 2 } again ? again : null, "the conversation goes on");
    }

    private static async Task<IReadOnlyList<InboxRow>> Inbox(TestHouse house) =>
        (await house.With<ListConversations, Page<InboxRow>?>(l => l.Of(new InboxFilter(InboxView.All), null, 50, default)))!.Items;

    [Child]
    internal static async Task SendAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        var services = BlueskyPeer.Use(new ServiceCollection().AddLogging().AddHearth(at));
        services.AddTransient<DieAfterSending>().AddHttpClient(SafeHttp.Client).AddHttpMessageHandler<DieAfterSending>();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        await provider.GetRequiredService<JobWorker>().Drain(default);
    }

    /// <summary>kill -9 once the server has answered that the record stands.</summary>
    internal sealed class DieAfterSending : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("putRecord", StringComparison.Ordinal) && answer.IsSuccessStatusCode) ChildProcess.DieNow();
            return answer;
        }
    }
}
