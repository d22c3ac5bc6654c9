using Hearth.Channels;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Outlet;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>An offer's post with a time on real networks: it goes when its time has come, says that it is sold out, and has its own words again when a unit comes back.</summary>
public class OfferJourneyTests
{
    private static readonly Uri Site = new("https://outlet.example.com");

    [Theory, EveryDatabase]
    public async Task On_a_server_that_shows_changes_the_post_is_changed_and_changed_back(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind, s => SnacPeer.Use(s));
        var (brand, reader) = (await SnacPeer.Join("brand"), await SnacPeer.Join("reader"));
        var account = await house.Connect(brand);
        var (offer, _) = await Scheduled(house, account.Id);
        var status = await house.Until(async () => await Found(reader, brand), "the post can be read");
        Assert.Contains("Come and get it.", status, StringComparison.Ordinal);

        var visitor = VisitorId.New();
        var held = Assert.IsType<Held.Kept>(await house.Hold(offer.Id, visitor: visitor));
        var sold = await house.Until(async () => await Tidied(house, () => Found(reader, brand), "Sold out: "), "the post says that it is sold out");
        Assert.Contains("Come and get it.", sold, StringComparison.Ordinal);

        Assert.IsType<Confirmed.GivenBack>(await house.With<ConfirmClaim, Confirmed>(s => s.Release(held.Claim, visitor, default)));
        await house.Until(async () => await Tidied(house, async () => await Found(reader, brand) is { } now && !now.Contains("Sold out", StringComparison.Ordinal) ? now : null, "Come and get it."), "the post has its own words again");
        Assert.Single(await Posts(reader, brand));
    }

    [Theory, EveryDatabase]
    public async Task On_a_network_that_shows_first_words_the_post_is_answered_and_the_answer_taken_away(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind, s => BlueskyOAuthTests.Use(s));
        var brand = await BlueskyPeer.Join("brand");
        var account = await BlueskyOAuthTests.SignIn(house, brand);
        var (offer, post) = await Scheduled(house, account.Id);
        Assert.Equal(post.ExternalId, (string?)Assert.Single(await brand.Posts())["uri"]);

        var visitor = VisitorId.New();
        var held = Assert.IsType<Held.Kept>(await house.Hold(offer.Id, visitor: visitor));
        var answer = await house.Until(async () => await Tidied(house, async () => (string?)(await brand.Posts()).Select(p => p["value"]!).SingleOrDefault(p => (string?)p["reply"]?["parent"]?["uri"] == post.ExternalId)?["text"], "Sold out: "), "the post is answered");
        Assert.Contains(offer.Title, answer, StringComparison.Ordinal);
        Assert.Equal(2, (await brand.Posts()).Count);

        Assert.IsType<Confirmed.GivenBack>(await house.With<ConfirmClaim, Confirmed>(s => s.Release(held.Claim, visitor, default)));
        await house.Until(async () => await Tidied(house, async () => (await brand.Posts()) is [var only] ? (string?)only["uri"] : null, post.ExternalId!), "the answer is taken away");
    }

    // Three to four seconds ahead, at a whole second as times to send are kept; nothing is sent before.
    private static async Task<(OfferView Offer, MessageView Post)> Scheduled(TestHouse house, ChannelAccountId account)
    {
        var offer = await house.Offer(units: 1);
        var at = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.Now().ToUnixTimeSeconds() + 4);
        var message = MessageId.New();
        Assert.IsType<Posted.Queued>(await house.With<PostOffer, Posted>(s => s.To(offer.Id, account, "Come and get it.", Site, OutletHouse.Merchandiser, message, at, default)));
        var waits = await Read(house, message);
        Assert.True(waits.Status == MessageStatus.Scheduled || TimeProvider.System.Now() >= at, waits.Status.ToString());
        var sent = await house.Until(async () => await Read(house, message) is { Status: MessageStatus.Sent } m ? m : null, "the post is sent");
        Assert.True(sent.SentAt >= at, $"It was sent at {sent.SentAt:O}, before {at:O}.");
        return (offer, sent);
    }

    private static async Task<MessageView> Read(TestHouse house, MessageId message) => (await house.With<ReadMessages, MessageView?>(r => r.Find(message, default)))!;

    private static async Task<string?> Tidied(TestHouse house, Func<Task<string?>> read, string holds)
    {
        await house.In(s => s.GetRequiredService<TidyOffersHandler>().Run(new(), default));
        return await read() is { } found && found.Contains(holds, StringComparison.Ordinal) ? found : null;
    }

    private static async Task<string?> Found(SnacPerson reader, SnacPerson brand) => (string?)(await Posts(reader, brand)).SingleOrDefault()?["content"];

    private static async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> Posts(SnacPerson reader, SnacPerson brand)
    {
        var account = await reader.Get($"/api/v1/accounts/lookup?acct={brand.User}");
        return [.. ((System.Text.Json.Nodes.JsonArray)await reader.Get($"/api/v1/accounts/{account["id"]}/statuses")).Select(s => s!)];
    }
}
