using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Tests.Outlet;

namespace Hearth.Tests.Peers;

/// <summary>An offer on the real network.</summary>
public class OutletPeerTests
{
    [Theory, EveryDatabase]
    public async Task An_offer_posted_stands_on_the_brands_feed_with_a_link_that_leads_to_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind, s => BlueskyPeer.Use(s));
        var (brand, fan) = (await BlueskyPeer.Join("outlet"), await BlueskyPeer.Join("fan"));
        var account = await house.Connect(brand);
        var offer = await house.Offer();

        var posted = await house.With<PostOffer, Posted>(s => s.To(offer.Id, account.Id, PostOffer.Suggest(offer), new("https://outlet.example.com"), OutletHouse.Merchandiser, null, default));
        Assert.IsType<Posted.Queued>(posted);

        var post = await house.Until(async () => (await fan.Feed(brand.Did)).SingleOrDefault(), "the offer is on the feed");
        var card = post["embed"]!["external"]!;
        Assert.StartsWith("https://outlet.example.com/l/", (string?)card["uri"], StringComparison.Ordinal);
        var link = new Uri((string)card["uri"]!).Segments[^1];
        Assert.NotEqual(offer.Link, link); // each post has one of its own
        var followed = await house.With<FollowLink, Followed?>(s => s.By(link, null, "Mozilla/5.0 (X11; Linux) Firefox/140.0", null, "https://bsky.app/", default));
        Assert.Equal("/outlet/" + offer.Slug, followed!.Target);
    }
}
