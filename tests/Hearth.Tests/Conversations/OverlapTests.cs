using Hearth.Channels;
using Hearth.Conversations;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Conversations;

/// <summary>A stream of everything and a source that engages hear the same posts of one network.</summary>
public class OverlapTests
{
    private const string Address = "at://did:plc:ann/app.bsky.feed.post/1";

    private sealed record Sides(TestHouse House, SourceId Stream, SourceId Account)
    {
        public static async Task<Sides> In(TestHouse house)
        {
            var account = Guid.NewGuid().ToString();
            return new(house, await Add("jetstream", "Everything", [], engage: false), await Add("bluesky", "Account", new() { [BlueskySource.Account] = account }, engage: true));

            async Task<SourceId> Add(string kind, string name, Dictionary<string, string> settings, bool engage)
            {
                if (kind == "jetstream") settings["address"] = "wss://stream.example/subscribe";
                return Assert.IsType<KeptSource.Done>(await house.With<Sources, KeptSource>(s => s.Add(kind, name, settings, engage, default))).Source;
            }
        }

        public Task<Received> Hear(SourceId source, IncomingPost post, bool onlyMatched = false) =>
            House.With<ReceiveMentions, Received>(r => r.Run(source, [post], new Receiving(OnlyMatched: onlyMatched), default));

        public Task<int> Facts(string type) => House.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type == type));
    }

    private static IncomingPost Post(TestHouse house, string id = Address, string text = "My lid is cracked", string? root = null) =>
        new(id, text, house.Clock.Now(), new("did:plc:ann", "ann.example"), null, "en", root, root);

    [Theory, EveryDatabase]
    public async Task Whoever_hears_a_post_first_it_is_one_mention_and_one_conversation(DatabaseKind kind)
    {
        foreach (var streamFirst in new[] { true, false })
        {
            await using var house = await TestHouse.Create(kind);
            var sides = await Sides.In(house);
            var (first, second) = streamFirst ? (sides.Stream, sides.Account) : (sides.Account, sides.Stream);
            await sides.Hear(first, Post(house));
            await house.Settle();
            Assert.Equal(streamFirst ? 0 : 1, await sides.Facts("Conversations.ConversationOpened"));

            for (var again = 0; again < 3; again++)
            {
                await sides.Hear(second, Post(house));
                await sides.Hear(first, Post(house));
                await house.Settle();
            }

            Assert.Equal((1, streamFirst ? 1 : 0, 1, 0), (await sides.Facts("Listening.MentionHeard"), await sides.Facts("Listening.MentionEngaged"),
                await sides.Facts("Conversations.ConversationOpened"), await sides.Facts("Conversations.ConversationContinued")));
            var mention = await house.With<Database, MentionRow>(db => db.Set<MentionRow>().SingleAsync());
            var talk = new Talk(house, sides.Stream);
            var conversation = await talk.Of(mention.Id);
            Assert.Single(conversation.Timeline, t => t is { Kind: EntryKind.Mention, Text: "My lid is cracked" });
            Assert.NotNull((await house.With<ReadMention, MentionView?>(r => r.Of(mention.Id, default)))!.Account); // and that account answers
        }
    }

    [Theory, EveryDatabase]
    public async Task Both_at_once_on_many_posts_open_each_conversation_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var sides = await Sides.In(house);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => sides.Hear(n % 2 == 0 ? sides.Stream : sides.Account, Post(house, $"{Address}{n / 4}")))));
        await house.Settle();
        Assert.Equal((10, 10, 0), (await sides.Facts("Listening.MentionHeard"), await sides.Facts("Conversations.ConversationOpened"), await sides.Facts("Conversations.ConversationContinued")));
    }

    [Theory, EveryDatabase]
    public async Task What_a_hand_has_opened_meanwhile_stays_one_and_an_answer_in_the_thread_continues_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var sides = await Sides.In(house);
        await sides.Hear(sides.Stream, Post(house));
        await sides.Hear(sides.Stream, Post(house, Address + "2", "Hello?", Address));
        var mention = await house.With<Database, MentionId>(db => db.Set<MentionRow>().Where(m => m.ExternalId == Address).Select(m => m.Id).SingleAsync());
        Assert.IsType<Opening.Opened>(await house.With<OpenConversation, Opening>(o => o.For(mention, Talk.Ada, default)));

        await sides.Hear(sides.Account, Post(house));
        await sides.Hear(sides.Account, Post(house, Address + "2", "Hello?", Address));
        await house.Settle();

        Assert.Equal((2, 1, 1), (await sides.Facts("Listening.MentionEngaged"), await sides.Facts("Conversations.ConversationOpened"), await sides.Facts("Conversations.ConversationContinued")));
        Assert.Equal(["Hello?", "My lid is cracked"], (await new Talk(house, sides.Stream).Of(mention)).Timeline.Where(t => t.Kind == EntryKind.Mention).Select(t => t.Text).Order(StringComparer.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task What_is_gone_our_own_or_not_asked_for_stays_quiet(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var sides = await Sides.In(house);
        await house.With<SavedQueries>(q => q.Add("Stoves", "stove", default));
        await sides.Hear(sides.Stream, Post(house, Address + "gone"));
        await house.With<ReceiveMentions, Received>(r => r.Run(sides.Stream, [], new Receiving(Removed: [Address + "gone"]), default));
        await sides.Hear(sides.Stream, Post(house, Address + "own") with { IsOwn = true });
        await sides.Hear(sides.Stream, Post(house, Address + "dull"));
        await sides.Hear(sides.Stream, Post(house, Address + "asked", "my stove is cold"));

        foreach (var end in (string[])["gone", "own", "dull", "asked"]) await sides.Hear(sides.Account, Post(house, Address + end), onlyMatched: true);
        await house.Settle();

        Assert.Equal((1, 1), (await sides.Facts("Listening.MentionEngaged"), await sides.Facts("Conversations.ConversationOpened")));
    }
}
