using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Publishing;

namespace Hearth.Tests.Outlet;

public class UtmPolicyTests
{
    private static readonly UtmPlaces Places = new("bluesky", "Émberly Shop!.example", "desk-lamp", "9f3c61aa20b7", new(2026, 9, 3, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("https://shop.example/lamp", "https://shop.example/lamp?utm_source=bluesky&utm_medium=social&utm_campaign=2026-09-desk-lamp&utm_content=emberly-shop-.example-9f3c61aa20b7")]
    [InlineData("https://shop.example/lamp?id=1#top", "https://shop.example/lamp?id=1&utm_source=bluesky&utm_medium=social&utm_campaign=2026-09-desk-lamp&utm_content=emberly-shop-.example-9f3c61aa20b7#top")]
    [InlineData("https://shop.example/lamp?utm_source=outlet&UTM_Medium=x", "https://shop.example/lamp?utm_source=outlet&UTM_Medium=x&utm_campaign=2026-09-desk-lamp&utm_content=emberly-shop-.example-9f3c61aa20b7")]
    public void An_address_gets_the_parameters_that_it_does_not_have(string shop, string expected) =>
        Assert.Equal(expected, new UtmPolicy("{network}", "social", "{yyyy-mm}-{offer}", "{account}-{post}").Apply(shop, Places));

    [Fact]
    public void What_is_empty_is_left_out_and_what_is_long_is_cut()
    {
        Assert.Equal("https://shop.example/", UtmPolicy.None.Apply("https://shop.example/", Places));
        Assert.Equal("https://shop.example/?utm_medium=3.9.2026".Replace("3.9", "03.09", StringComparison.Ordinal), new UtmPolicy("{account}", "{dd}.{mm}.{yyyy}", null, "").Apply("https://shop.example/", Places with { Account = "" }));
        Assert.Equal("https://shop.example/?utm_source=" + new string('a', 100), new UtmPolicy("{account}", null, null, null).Apply("https://shop.example/", Places with { Account = new('A', 300) }));
    }

    [Theory, EveryDatabase]
    public async Task The_policy_is_checked_versioned_and_stands_behind_the_link_of_each_post(DatabaseKind kind)
    {
        await using var publishing = await PublishingHouse.Create(kind);
        var house = publishing.House;
        Task<UtmChange> Set(UtmPolicy policy) => house.With<UtmPolicies, UtmChange>(p => p.Set(policy, OutletHouse.Merchandiser, default));
        foreach (var bad in new[] { "Social", "a b", "{campaign}", "ü", "{network", new('a', 101) }) Assert.Equal("medium", Assert.IsType<UtmChange.Invalid>(await Set(new(null, bad, null, null))).Errors[0].Field);
        Assert.Equal(UtmPolicy.None, await house.With<UtmPolicies, UtmPolicy>(p => p.Read(default)));
        Assert.Equal(1, Assert.IsType<UtmChange.Done>(await Set(new UtmPolicy("{network}", "social", null, "{post}"))).Policy.Version);
        Assert.Equal(1, Assert.IsType<UtmChange.Meanwhile>(await Set(UtmPolicy.None)).Version);

        var item = await house.Stock("S9");
        var draft = Assert.IsType<Drafted.Saved>(await house.With<DraftOffer, Drafted>(s => s.Create(OutletHouse.Draft(house, item) with { ShopUrl = "https://shop.example.com/p?id=1" }, OutletHouse.Merchandiser, default))).Offer;
        Assert.IsType<Published.Done>(await house.With<PublishOffer, Published>(s => s.Now(draft, default)));
        var offer = (await house.With<ReadOffers, OfferView?>(r => r.One(draft, default)))!;
        var message = MessageId.New();
        Assert.IsType<Posted.Queued>(await house.With<PostOffer, Posted>(s => s.To(draft, publishing.Account, "Come and get it", new("https://outlet.example.com"), OutletHouse.Merchandiser, message, default)));
        var card = (await publishing.Read(message)).Card!.Url;
        async Task<string> Target(string slug) => (await house.With<FollowLink, Followed?>(f => f.By(slug, null, "Mozilla/5.0 Firefox/144.0", null, null, default)))!.Target.Split("&hearth_click")[0];
        Assert.Equal($"https://shop.example.com/p?id=1&utm_source=bluesky&utm_medium=social&utm_content={message.Value.ToString("N")[^12..]}", await Target(card[(card.LastIndexOf('/') + 1)..]));
        Assert.Equal("https://shop.example.com/p?id=1&utm_source=link&utm_medium=social", await Target(offer.Link));
    }
}
