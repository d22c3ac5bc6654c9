using Hearth.Outlet;
using Hearth.Outlet.Audiences;
using Hearth.Outlet.Digests;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Outlet;

/// <summary>Offers for those who get the digest, or for a part of them.</summary>
public class AudienceTests
{
    [Theory, EveryDatabase]
    public async Task It_is_claimed_by_the_link_in_a_letter_and_by_no_other(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.Digest();
        var (ann, bob) = (await house.Subscribe("ann@example.org"), await house.Subscribe("bob@example.org"));
        var offer = await Published(house, d => d with { Audience = Audience.Subscribers });
        var other = await Published(house, d => d with { Audience = Audience.Subscribers });
        Assert.Equal((Audience.Subscribers, false), (offer.Audience, offer.IsForAll));
        Assert.DoesNotContain(await house.With<ReadOffers, IReadOnlyList<OfferView>>(r => r.Public(default)), o => o.Id == offer.Id);

        var anns = Invitation.To(offer.Id, ann);
        Assert.IsType<Held.NotInvited>(await house.Hold(offer.Id));
        string?[] useless = [null, "", "x", Invitation.Nobodys, Invitation.To(other.Id, ann), anns[..32] + Invitation.To(offer.Id, bob)[32..], anns.ToUpperInvariant(), anns + "0"];
        foreach (var wrong in useless) Assert.IsType<Held.NotInvited>(await Hold(house, offer.Id, wrong));

        // It is kept for the address that the letter went to, whatever is typed, so that one per person is one per letter.
        Assert.IsType<Held.Kept>(await Hold(house, offer.Id, anns, "somebody.else@example.org"));
        Assert.Equal("ann@example.org", Assert.Single((await house.With<ReadClaims, Page<ClaimView>?>(r => r.Of(offer.Id, null, null, 50, default)))!.Items).Contact);
        Assert.IsType<Held.LimitReached>(await Hold(house, offer.Id, anns, "another@example.org"));
        Assert.IsType<Held.Kept>(await Hold(house, offer.Id, Invitation.To(offer.Id, bob)));

        // Whoever unsubscribes is invited no more.
        Assert.True(await house.With<EndDigest, bool>(e => e.By(bob.EndToken, default)));
        Assert.IsType<Held.NotInvited>(await Hold(house, other.Id, Invitation.To(other.Id, bob)));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task From_its_time_on_it_is_everybodys_and_is_told_to_all_from_then(DatabaseKind kind)
    {
        await using var publishing = await PublishingHouse.Create(kind);
        var house = publishing.House;
        var from = house.Clock.GetUtcNow().AddHours(5);
        var offer = await Published(house, d => d with { Audience = Audience.Subscribers, PublicFrom = from });
        Task<Posted> Post(DateTimeOffset? at) => house.With<PostOffer, Posted>(s => s.To(offer.Id, publishing.Account, "Come and get it", new("https://outlet.example.com"), OutletHouse.Merchandiser, null, at, default));

        Assert.Equal(from, Assert.IsType<Held.NotInvited>(await house.Hold(offer.Id)).PublicFrom);
        Assert.Equal("at", Assert.IsType<Posted.Refused>(await Post(null)).Error.Field);
        Assert.Equal("at", Assert.IsType<Posted.Refused>(await Post(from.AddMinutes(-1))).Error.Field);
        Assert.IsType<Joined.NotSoldOut>(await house.With<Waitlist, Joined>(w => w.Join(offer.Id, "ann@example.org", DigestHouse.Site, default)));
        Assert.Null(await house.With<ShareOffer, ShareView?>(s => s.By(offer.Id, VisitorId.New(), default)));
        var posted = Assert.IsType<Posted.Queued>(await Post(from)).Message;
        publishing.Clock.Set(from.AddSeconds(-1));
        await house.Settle();
        Assert.Empty(publishing.Pds.Posts);

        publishing.Clock.Set(from);
        await house.Settle();
        Assert.Single(publishing.Pds.Posts);
        Assert.Equal(MessageStatus.Sent, (await publishing.Read(posted)).Status);
        Assert.IsType<Held.Kept>(await house.Hold(offer.Id));
        Assert.Contains(await house.With<ReadOffers, IReadOnlyList<OfferView>>(r => r.Public(default)), o => o.Id == offer.Id);
        Assert.NotNull(await house.With<ShareOffer, ShareView?>(s => s.By(offer.Id, VisitorId.New(), default)));
    }

    [Theory, EveryDatabase]
    public async Task A_segment_is_who_it_says_and_its_offer_is_new_to_them_first_and_to_others_when_it_is_everybodys(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.Digest();
        var (loyal, buyer) = (await house.Subscribe("loyal@example.org"), await house.Subscribe("buyer@example.org"));
        var shelf = await Published(house, d => d);
        var visitor = VisitorId.New();
        var held = Assert.IsType<Held.Kept>(await house.Hold(shelf.Id, visitor: visitor, contact: "buyer@example.org"));
        var code = Assert.IsType<Confirmed.Code>(await house.Confirm(held.Claim, visitor)).Text;
        Assert.IsType<Redemption.Good>(await house.With<RedeemClaim, Redemption>(r => r.Use(code, "sale-1", "till", default)));
        house.Clock.Set(new(2026, 9, 11, 5, 0, 0, TimeSpan.Zero)); // 07:00 in Berlin
        var late = await house.Subscribe("late@example.org");

        Assert.Equal((3, 2, 1, 1, 2), (await Count(house), await Count(house, days: 9), await Count(house, least: 1), await Count(house, days: 9, most: 0), await Count(house, most: 0)));
        var segment = Assert.IsType<KeptSegment.Done>(await Put(house, null, new("Ten days, never bought", 9, 0, 0))).Id;
        Assert.IsType<Ended.Done>(await house.With<EndOffer, Ended>(e => e.Early(shelf.Id, "Over.", OutletHouse.Merchandiser, default)));
        var offer = await Published(house, d => d with { Audience = Audience.Subscribers, Segment = segment, PublicFrom = new(2026, 9, 11, 20, 0, 0, TimeSpan.Zero) });
        house.Clock.Set(new(2026, 9, 11, 6, 2, 0, TimeSpan.Zero));
        await house.Write();
        Assert.Equal([loyal.Id], (await house.Letters()).Select(l => l.Subscriber));

        house.Clock.Set(new(2026, 9, 12, 6, 2, 0, TimeSpan.Zero)); // everybody's since last evening: new to the others
        await house.Write();
        Assert.Equal(new[] { buyer.Id, late.Id }.Order(), (await house.Letters()).Skip(1).Select(l => l.Subscriber).Order());
        Assert.Equal(offer.Id, (await house.With<ReadOffers, IReadOnlyList<OfferView>>(r => r.Public(default))).Single().Id);
    }

    [Theory, EveryDatabase]
    public async Task Segments_are_checked_named_once_and_stay_while_an_offer_is_for_them(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.Digest();
        Assert.Equal(["name", "leastDays", "leastBought"], Fields(await Put(house, null, new(" ", -1, 1001))));
        Assert.Equal(["mostBought"], Fields(await Put(house, null, new("Buyers", 0, 3, 2))));
        var buyers = Assert.IsType<KeptSegment.Done>(await Put(house, null, new(" Buyers ", 0, 1))).Id;
        Assert.Equal(["name"], Fields(await Put(house, null, new("Buyers"))));
        Assert.IsType<KeptSegment.Unknown>(await Put(house, SegmentId.New(), new("Others")));

        var offer = await Published(house, d => d with { Audience = Audience.Subscribers, Segment = buyers });
        Assert.Equal(1, Assert.IsType<KeptSegment.InUse>(await Put(house, buyers, new("Buyers", 0, 2))).Offers);
        Assert.Equal(1, Assert.IsType<KeptSegment.InUse>(await house.With<Segments, KeptSegment>(s => s.Remove(buyers, default))).Offers);
        await house.With<EndOffer, Ended>(e => e.Early(offer.Id, "Over.", OutletHouse.Merchandiser, default));
        Assert.IsType<KeptSegment.Done>(await Put(house, buyers, new("Buyers", 0, 2)));
        Assert.Equal(new("Buyers", 0, 2), Assert.Single(await house.With<Segments, IReadOnlyList<SegmentView>>(s => s.All(default))).Rule);

        var now = house.Clock.GetUtcNow();
        Assert.Equal(["segment"], await Wrong(house, d => d with { Audience = Audience.Subscribers, Segment = SegmentId.New() }));
        Assert.Equal(["segment", "publicFrom"], await Wrong(house, d => d with { Segment = buyers, PublicFrom = now.AddDays(1) }));
        Assert.Equal(["publicFrom", "shopUrl"], await Wrong(house, d => d with { Audience = Audience.Subscribers, PublicFrom = now.AddDays(9), ShopUrl = "https://shop.example.com/lamp" }));
        Assert.Equal(["audience"], await Wrong(house, d => d with { Audience = (Audience)9 }));

        // The copy keeps who it is for, and opens to all as long after its opening.
        var first = await Published(house, d => d with { Audience = Audience.Subscribers, Segment = buyers, PublicFrom = now.AddHours(30), Floats = true });
        var copy = Assert.IsType<Drafted.Saved>(await house.With<CopyOffer, Drafted>(c => c.To(first.Id, now.AddDays(10), now.AddDays(12), OutletHouse.Merchandiser, default))).Offer;
        var copied = await house.Read(copy);
        Assert.Equal((Audience.Subscribers, buyers, now.AddDays(10).AddHours(30), 25), (copied.Audience, copied.Segment!.Value, copied.PublicFrom!.Value, copied.UpTo));
    }

    private static Task<Held> Hold(TestHouse house, OfferId offer, string? invitation, string? contact = null) =>
        house.With<HoldUnit, Held>(h => h.For(ClaimId.New(), offer, VisitorId.New(), contact ?? $"{Guid.NewGuid():N}@example.org", null, invitation, default));

    private static async Task<OfferView> Published(TestHouse house, Func<OfferDraft, OfferDraft> with)
    {
        var draft = with(OutletHouse.Draft(house, await house.Stock($"S-{Guid.NewGuid():N}", 400)));
        var id = Assert.IsType<Drafted.Saved>(await house.With<DraftOffer, Drafted>(s => s.Create(draft, OutletHouse.Merchandiser, default))).Offer;
        Assert.IsType<Published.Done>(await house.With<PublishOffer, Published>(s => s.Now(id, default)));
        return await house.Read(id);
    }

    private static async Task<IEnumerable<string>> Wrong(TestHouse house, Func<OfferDraft, OfferDraft> with)
    {
        var draft = with(OutletHouse.Draft(house, await house.Stock($"S-{Guid.NewGuid():N}", 400)));
        return Assert.IsType<Drafted.Invalid>(await house.With<DraftOffer, Drafted>(s => s.Create(draft, OutletHouse.Merchandiser, default))).Errors.Select(e => e.Field);
    }

    private static Task<KeptSegment> Put(TestHouse house, SegmentId? id, SegmentDraft draft) => house.With<Segments, KeptSegment>(s => s.Put(id, draft, OutletHouse.Merchandiser, default));

    private static Task<int> Count(TestHouse house, int days = 0, int least = 0, int? most = null) => house.With<Segments, int>(s => s.Preview(new("x", days, least, most), default));

    private static IEnumerable<string> Fields(KeptSegment kept) => Assert.IsType<KeptSegment.Invalid>(kept).Errors.Select(e => e.Field);
}
