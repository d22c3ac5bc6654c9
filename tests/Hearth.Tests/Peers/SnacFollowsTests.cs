using System.Diagnostics;
using System.Text.Json.Nodes;
using Hearth.Channels.ActivityPub;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Platform;
using Hearth.Publishing;

namespace Hearth.Tests.Peers;

/// <summary>The brand's own actor and a server that knows the older signatures alone (snac2).</summary>
public class SnacFollowsTests
{
    private static readonly Actor Ada = new(UserId.New(), "Ada Byron", "AB", Department.Care, Role.Agent);

    [Fact]
    public async Task Somebody_on_snac2_follows_the_brand_reads_its_post_answers_it_and_is_answered()
    {
        var fan = await SnacPeer.Join("fan");
        await using var place = await ActivityPubPlace.Open(DatabaseKind.Sqlite, [new Uri(SnacPeer.Address).Authority]);
        var house = place.House;
        await Follow(fan, place.Actor);
        await house.Until(async () => (await house.With<ReadActor, ActorView?>(r => r.Of(place.Account.Id, default))) is { Followers: 1 } a ? a : null, "snac2 follows");

        // What the brand posts stands on their home timeline.
        var queued = Assert.IsType<Publication.Queued>(await house.With<PostMessage, Publication>(p => p.Run(new(place.Account.Id, "25 chairs for you", Ada), default)));
        var post = await house.Until(() => Find(fan, "/api/v1/timelines/home", "25 chairs for you"), "the post is on the timeline");
        Assert.Equal((await house.With<ReadMessages, MessageView?>(r => r.Find(queued.Message, default)))!.ExternalId, (string?)post["uri"]);

        // They answer it, and are answered.
        await fan.Post("do they come in red?", (string)post["id"]!);
        var row = await house.Until(async () => (await house.With<ListConversations, Page<InboxRow>?>(l => l.Of(new InboxFilter(InboxView.All), null, 50, default)))!.Items.SingleOrDefault(), "the answer is a conversation");
        Assert.Contains("do they come in red?", row.Preview, StringComparison.Ordinal);
        Assert.IsType<Reply.Queued>(await house.With<ReplyToConversation, Reply>(r => r.With(row.Id, "They do: red, and green.", 0, Ada, null, default)));
        var answer = await house.Until(() => Find(fan, "/api/v1/notifications", "They do: red, and green."), "the answer reached them");
        Assert.Equal("mention", (string?)answer["type"]);
    }

    /// <summary>Has somebody follow an actor, as they do it there: on the server's command line.</summary>
    internal static async Task Follow(SnacPerson fan, string actor)
    {
        using var follow = Process.Start(new ProcessStartInfo("snac", ["follow", Environment.GetEnvironmentVariable("HEARTH_TEST_SNAC_DIR")!, fan.User, actor]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        await follow.WaitForExitAsync();
    }

    private static async Task<JsonNode?> Find(SnacPerson who, string list, string words) => ((JsonArray)await who.Get(list)).FirstOrDefault(i => i!.ToJsonString().Contains(words, StringComparison.Ordinal));
}
