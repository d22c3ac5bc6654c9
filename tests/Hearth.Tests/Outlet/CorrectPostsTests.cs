using Hearth.Channels;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Outlet;

public class CorrectPostsTests
{
    private static readonly Uri Site = new("https://outlet.example.com");

    [Theory, EveryDatabase]
    public async Task Where_changes_are_not_shown_a_post_is_answered_once_and_the_answer_taken_away_when_units_come_back(DatabaseKind kind)
    {
        await using var publishing = await PublishingHouse.Create(kind);
        var house = publishing.House;
        var (other, offer) = (await house.Offer(sku: "OTHER"), await house.Offer(units: 1));
        var post = await Posted(publishing, offer);
        await Tidy(house);
        Assert.Single(publishing.Pds.Posts);

        var visitor = VisitorId.New();
        var held = Assert.IsType<Held.Kept>(await house.Hold(offer.Id, visitor: visitor));
        await Tidy(house);
        await Tidy(house);
        await publishing.SettleFor((await Answer(house, offer)).Id);
        var answer = Assert.Single(publishing.Pds.Posts.Values, p => p["reply"] is not null);
        Assert.Equal($"Sold out: {offer.Title}. Still here: {other.Title} for 449.00 EUR, https://outlet.example.com/outlet\n^MV, Team at Brand", (string?)answer["text"]);
        Assert.Equal((await publishing.Read(post)).ExternalId, (string?)answer["reply"]!["parent"]!["uri"]);

        Assert.IsType<Confirmed.GivenBack>(await house.With<ConfirmClaim, Confirmed>(s => s.Release(held.Claim, visitor, default)));
        await Tidy(house);
        var deleted = await Answer(house, offer);
        await publishing.SettleFor(deleted.Id);
        Assert.Equal(MessageStatus.Deleted, (await publishing.Read(deleted.Id)).Status);
        Assert.DoesNotContain(publishing.Pds.Posts.Values, p => p["reply"] is not null);

        await house.Hold(offer.Id);
        await Tidy(house);
        Assert.Equal(3, (await house.With<ReadMessages, IReadOnlyList<MessageView>>(s => s.About("offer:" + offer.Id.Value, default))).Count);
    }

    [Theory, EveryDatabase]
    public async Task Where_changes_are_shown_the_post_is_changed_and_changed_back(DatabaseKind kind)
    {
        var network = new EditableNetwork();
        await using var house = await TestHouse.Create(kind, s => s.AddSingleton<IOutgoingNetwork>(network));
        var offer = await house.Offer(units: 1);
        var account = await network.Account(house);
        Assert.IsType<Posted.Queued>(await house.With<PostOffer, Posted>(s => s.To(offer.Id, account, "Come and get it.", Site, OutletHouse.Merchandiser, null, default)));
        await house.Settle();
        Assert.Equal("Come and get it.", Assert.Single(network.Standing).Value);

        var visitor = VisitorId.New();
        var held = Assert.IsType<Held.Kept>(await house.Hold(offer.Id, visitor: visitor));
        await Settle(house);
        Assert.Equal($"Sold out: {offer.Title}. What comes next will stand here: https://outlet.example.com/outlet\n\nCome and get it.", Assert.Single(network.Standing).Value);
        var edits = network.Edited;
        await Settle(house);
        Assert.Equal(edits, network.Edited);

        Assert.IsType<Confirmed.GivenBack>(await house.With<ConfirmClaim, Confirmed>(s => s.Release(held.Claim, visitor, default)));
        await Settle(house);
        Assert.Equal("Come and get it.", Assert.Single(network.Standing).Value);
        Assert.Empty(await house.With<Database, List<PostCorrection>>(db => db.Set<PostCorrection>().ToListAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_change_that_the_network_refuses_becomes_an_answer(DatabaseKind kind)
    {
        var network = new EditableNetwork { Refuses = true };
        await using var house = await TestHouse.Create(kind, s => s.AddSingleton<IOutgoingNetwork>(network));
        var offer = await house.Offer(units: 1);
        var account = await network.Account(house);
        await house.With<PostOffer, Posted>(s => s.To(offer.Id, account, "Come and get it.", Site, OutletHouse.Merchandiser, null, default));
        await house.Settle();
        await house.Hold(offer.Id);
        await Settle(house);
        await Settle(house);
        await Settle(house);
        Assert.Equal(2, network.Standing.Count);
        Assert.Single(network.Standing.Values, t => t.StartsWith("Sold out: ", StringComparison.Ordinal));
    }

    private static async Task<MessageId> Posted(PublishingHouse publishing, OfferView offer)
    {
        var message = MessageId.New();
        Assert.IsType<Posted.Queued>(await publishing.House.With<PostOffer, Posted>(s => s.To(offer.Id, publishing.Account, "Come and get it.", Site, OutletHouse.Merchandiser, message, default)));
        await publishing.SettleFor(message);
        return message;
    }

    private static async Task<MessageView> Answer(TestHouse house, OfferView offer) =>
        (await house.With<ReadMessages, IReadOnlyList<MessageView>>(s => s.About("offer:" + offer.Id.Value, default))).Last(m => m.Kind == MessageKind.Reply);

    private static Task Tidy(TestHouse house) => house.In(s => s.GetRequiredService<TidyOffersHandler>().Run(new(), default));

    private static async Task Settle(TestHouse house)
    {
        await Tidy(house);
        await house.Settle();
    }
}
