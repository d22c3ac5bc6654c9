using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Publishing;

namespace Hearth.Tests.Outlet;

public class PostOfferTests
{
    private static readonly Uri Site = new("https://outlet.example.com");

    [Theory, EveryDatabase]
    public async Task An_offer_is_posted_once_with_its_link_in_the_card(DatabaseKind kind)
    {
        await using var publishing = await PublishingHouse.Create(kind);
        var house = publishing.House;
        var offer = await house.Offer();
        var message = MessageId.New();
        Task<Posted> Post(string text) => house.With<PostOffer, Posted>(s => s.To(offer.Id, publishing.Account, text, Site, OutletHouse.Merchandiser, message, default));

        Assert.IsType<Posted.Queued>(await Post(PostOffer.Suggest(offer)));
        Assert.IsType<Posted.Queued>(await Post(PostOffer.Suggest(offer))); // the form sent twice
        await publishing.SettleFor(message);

        var post = Assert.Single(publishing.Pds.Posts.Values);
        Assert.Equal("https://outlet.example.com/l/" + offer.Link, (string?)post["embed"]!["external"]!["uri"]);
        Assert.Contains("449.00 EUR", (string?)post["embed"]!["external"]!["title"], StringComparison.Ordinal);
        var told = Assert.Single(await house.With<ReadMessages, IReadOnlyList<MessageView>>(s => s.About("offer:" + offer.Id.Value, default)));
        Assert.Equal((MessageStatus.Sent, message), (told.Status, told.Id));
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_posted_is_refused_with_the_field(DatabaseKind kind)
    {
        await using var publishing = await PublishingHouse.Create(kind);
        var house = publishing.House;
        var offer = await house.Offer();
        Task<Posted> Post(string text) => house.With<PostOffer, Posted>(s => s.To(offer.Id, publishing.Account, text, Site, OutletHouse.Merchandiser, null, default));

        Assert.Equal("text", Assert.IsType<Posted.Refused>(await Post(new string('x', 301))).Error.Field);
        Assert.Equal("text", Assert.IsType<Posted.Refused>(await Post(" ")).Error.Field);
        await house.With<EndOffer, Ended>(s => s.Stop(offer.Id, "A part was recalled.", default));
        Assert.Equal(OfferState.Stopped, Assert.IsType<Posted.NotRunning>(await Post("Come and get it")).State);
        Assert.Empty(publishing.Pds.Posts);
    }
}
