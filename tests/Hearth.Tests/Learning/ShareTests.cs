using Hearth.Learning;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Tests.Outlet;

namespace Hearth.Tests.Learning;

public class ShareTests
{
    private const string Browser = "Mozilla/5.0 (X11; Linux) Firefox/140.0";

    [Theory, EveryDatabase]
    public async Task A_deal_that_is_handed_on_twice_is_credited_with_its_generation(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        var ann = await Follow(house, offer.Link);
        var ben = await Share(house, offer, ann, 1);
        var bens = await Follow(house, ben);
        var cat = await Share(house, offer, bens, 2);
        var cats = await Follow(house, cat);

        await Place(house, "A1", ann, 100);
        await Place(house, "A2", bens, 20);
        await Place(house, "A3", cats, 3);
        await house.Settle();

        var earned = Assert.Single((await house.With<ReadEarnings, Earnings>(s => s.Between(house.Clock.Now().AddDays(-1), house.Clock.Now().AddDays(1), default))).Offers.Single().Earned);
        Assert.Equal((123, 23), (earned.Total.Minor, earned.Amplified.Minor));
        Assert.Equal([(1, 20), (2, 3)], earned.ByGeneration.Select(g => (g.Generation, g.Money.Minor)));
        var amplified = (await house.With<ReadCredits, Page<CreditView>?>(s => s.List(new(Amplified: true), null, 10, default)))!.Items;
        Assert.Equal([("A2", 1), ("A3", 2)], amplified.Select(c => (c.Number, c.Entry.Generation)).Order());
        Assert.Equal(["A3"], (await house.With<ReadCredits, Page<CreditView>?>(s => s.List(new(Generation: 2), null, 10, default)))!.Items.Select(c => c.Number));
        var ways = (await house.With<ReadModels, ModelReport>(s => s.Between(house.Clock.Now().AddDays(-1), house.Clock.Now().AddDays(1), default))).Currencies.Single().Ways;
        Assert.Equal(23, ways.Single(w => w.Way == TouchWay.WordOfMouth).Money.Ledger.Minor);
    }

    [Theory, EveryDatabase]
    public async Task A_code_that_was_got_by_a_personal_link_is_word_of_mouth_too(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        var ann = await Follow(house, offer.Link);
        var ben = await Follow(house, await Share(house, offer, ann, 1));
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        var (anns, bens) = (await house.Claim(offer.Id, ann), await house.Claim(offer.Id, ben));
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await Follow(house, await Share(house, offer, VisitorId.New(), 1), ann); // after she had her code
        foreach (var (number, code, minor) in new[] { ("A1", anns, 100L), ("A2", bens, 20) })
        {
            Assert.IsType<Placed.Kept>(await house.With<PlaceOrder, Placed>(s => s.Take(new(number, house.Clock.Now(), [new("LAP-15R", 1, OutletHouse.Eur(minor))], code), default)));
        }

        await house.Settle();
        var amplified = Assert.Single((await house.With<ReadCredits, Page<CreditView>?>(s => s.List(new(Amplified: true), null, 10, default)))!.Items);
        Assert.Equal(("A2", 1, CreditBasis.Code), (amplified.Number, amplified.Entry.Generation, amplified.Entry.Basis));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_follows_their_own_link_was_brought_by_nobody(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        var ann = await Follow(house, offer.Link);
        var link = await Share(house, offer, ann, 1);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(ann, await Follow(house, link, ann));
        Assert.Equal(link, await Share(house, offer, ann, 1));
        await Place(house, "A1", ann, 100);
        await house.Settle();
        Assert.Empty((await house.With<ReadCredits, Page<CreditView>?>(s => s.List(new(Amplified: true), null, 10, default)))!.Items);
    }

    [Theory, EveryDatabase]
    public async Task However_often_it_is_asked_for_at_once_there_is_one_link(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (offer, visitor) = (await house.Offer(), VisitorId.New());
        var slugs = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => house.With<ShareOffer, ShareView?>(s => s.By(offer.Id, visitor, default)))));
        Assert.Single(slugs.Select(s => s!.Slug).Distinct());
        Assert.NotEqual(slugs[0]!.Slug, (await house.With<ShareOffer, ShareView?>(s => s.By(offer.Id, VisitorId.New(), default)))!.Slug);
        Assert.Null(await house.With<ShareOffer, ShareView?>(s => s.By(OfferId.New(), visitor, default)));
    }

    [Theory, EveryDatabase]
    public async Task A_click_that_is_still_in_the_log_is_the_parent(DatabaseKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("hearth-shares-").FullName;
        try
        {
            await using var house = await TestHouse.Create(kind, s => s.AddClickLog(new(folder)));
            var offer = await house.Offer();
            var link = await Share(house, offer, VisitorId.New(), 1);
            var visitor = VisitorId.New();
            var target = (await house.In(async s => await ((LinkTargets)s.GetService(typeof(LinkTargets))!).Of((Database)s.GetService(typeof(Database))!, link, default)))!;
            await ((IKeepClicks)house.Services.GetService(typeof(IKeepClicks))!).Keep(FollowLink.Made(target, visitor, Browser, null, null, house.Clock.Now()));
            await Share(house, offer, visitor, 2);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_log_keeps_the_personal_link_of_a_click_and_reads_one_without()
    {
        var bytes = new byte[KeptClick.MaxBytes];
        foreach (var (slug, generation) in new[] { ((string?)null, 0), ("abcdefghjk", 300), ("abcdefghjkmnpqrs", ushort.MaxValue) })
        {
            var click = new Click
            {
                Id = ClickId.New(), Offer = OfferId.New(), Visitor = VisitorId.New(), Kind = ClickKind.Person, From = new string('ä', 200), UserAgent = new string('漢', 300), At = DateTimeOffset.UnixEpoch, Share = slug, Generation = generation,
            };
            var length = KeptClick.Write(click, bytes);
            var read = KeptClick.Read(bytes, out var used)!;
            Assert.Equal((length, click.Id, slug, generation, click.UserAgent), (used, read.Id, read.Share, read.Generation, read.UserAgent));
            Assert.Null(KeptClick.Read(bytes.AsSpan(0, length - 1), out _));
        }
    }

    private static async Task<VisitorId> Follow(TestHouse house, string link, VisitorId? visitor = null) => (await house.With<FollowLink, Followed?>(s => s.By(link, visitor, Browser, null, null, default)))!.Visitor!.Value;

    private static async Task<string> Share(TestHouse house, OfferView offer, VisitorId visitor, int generation)
    {
        var share = (await house.With<ShareOffer, ShareView?>(s => s.By(offer.Id, visitor, default)))!;
        Assert.Equal(generation, share.Generation);
        return share.Slug;
    }

    private static async Task Place(TestHouse house, string number, VisitorId visitor, long minor) =>
        Assert.IsType<Placed.Kept>(await house.With<PlaceOrder, Placed>(s => s.Take(new(number, house.Clock.Now(), [new("LAP-15R", 1, OutletHouse.Eur(minor))], null, null, visitor), default)));
}
