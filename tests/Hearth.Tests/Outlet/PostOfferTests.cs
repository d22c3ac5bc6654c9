using Hearth.Channels;
using Hearth.Channels.ActivityPub;
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
        async Task<Followed> Follow(string slug) => Assert.IsType<Followed>(await house.With<FollowLink, Followed?>(f => f.By(slug, null, "Mozilla/5.0 (X11; Linux x86_64) Firefox/144.0", null, null, default)));

        var post = Assert.Single(publishing.Pds.Posts.Values);
        var link = (string)post["embed"]!["external"]!["uri"]!;
        Assert.StartsWith("https://outlet.example.com/l/", link, StringComparison.Ordinal);
        var (own, whole) = (await Follow(link[(link.LastIndexOf('/') + 1)..]), await Follow(offer.Link)); // the post's own link leads where the offer's does
        Assert.Equal((offer.Slug, whole.Target), (own.Target["/outlet/".Length..], own.Target));
        Assert.NotEqual("https://outlet.example.com/l/" + offer.Link, link);
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
        await house.With<EndOffer, Ended>(s => s.Stop(offer.Id, "A part was recalled.", OutletHouse.Merchandiser, default));
        Assert.Equal(OfferState.Stopped, Assert.IsType<Posted.NotRunning>(await Post("Come and get it")).State);
        Assert.Empty(publishing.Pds.Posts);
    }

    [Theory, EveryDatabase]
    public async Task A_scheduled_post_about_an_offer_that_nobody_can_take_by_then_does_not_go(DatabaseKind kind)
    {
        await using var publishing = await PublishingHouse.Create(kind);
        var house = publishing.House;
        var (open, soldOut, stopped, ended) = (await house.Offer(), await house.Offer(units: 1, sku: "LAP-1"), await house.Offer(sku: "LAP-2"), await house.Offer(sku: "LAP-3"));
        var (at, words) = (publishing.Clock.GetUtcNow().AddHours(5), 0);
        async Task<MessageId> Post(OfferView offer, DateTimeOffset? when) =>
            Assert.IsType<Posted.Queued>(await house.With<PostOffer, Posted>(s => s.To(offer.Id, publishing.Account, $"Come and get it: {words++}", Site, OutletHouse.Merchandiser, null, when, default))).Message;
        var (goes, late) = (await Post(open, at), new[] { await Post(soldOut, at), await Post(soldOut, null), await Post(stopped, at), await Post(ended, at) });
        Assert.NotNull(await house.Claim(soldOut.Id, VisitorId.New()));
        await house.With<EndOffer, Ended>(s => s.Stop(stopped.Id, "A part was recalled.", OutletHouse.Merchandiser, default));
        await house.With<EndOffer, Ended>(s => s.Early(ended.Id, "The season is over.", OutletHouse.Merchandiser, default));

        await house.Settle();
        Assert.Empty(publishing.Pds.Posts);
        publishing.Clock.Set(at);
        await house.Settle();
        Assert.Single(publishing.Pds.Posts);
        Assert.Equal(MessageStatus.Sent, (await publishing.Read(goes)).Status);
        var refused = await Task.WhenAll(late.Select(publishing.Read));
        Assert.All(refused, r => Assert.Equal(MessageStatus.GivenUp, r.Status));
        Assert.Equal(["The offer is sold out.", "The offer is sold out.", "The offer was taken down.", "The offer has ended."], refused.Select(r => r.Reason));
    }

    [Theory, EveryDatabase]
    public async Task A_post_is_scheduled_for_before_the_offer_closes(DatabaseKind kind)
    {
        await using var publishing = await PublishingHouse.Create(kind);
        var house = publishing.House;
        var offer = await house.Offer();
        foreach (var (at, reason) in new[] { (offer.Closes, "must be before the offer closes"), (offer.Opens, "must be in the future") })
        {
            var refused = Assert.IsType<Posted.Refused>(await house.With<PostOffer, Posted>(s => s.To(offer.Id, publishing.Account, "Come and get it", Site, OutletHouse.Merchandiser, null, at, default)));
            Assert.Equal(new FieldError("at", reason), refused.Error);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_plan_about_an_offer_is_kept_whole_or_not_at_all_and_each_post_has_its_own_link(DatabaseKind kind)
    {
        await using var publishing = await PublishingHouse.Create(kind);
        var (house, account) = (publishing.House, publishing.Account);
        var offer = await house.Offer();
        var other = Assert.IsType<Connection.Connected>(await house.With<OpenActor, Connection>(o => o.With("https://brand.example", "brand", "Brand", null, default))).Account.Id;
        Task<Posted> Several(PostPlan plan) => house.With<PostOffer, Posted>(p => p.Several(offer.Id, plan, Site, OutletHouse.Merchandiser, default));
        Task<IReadOnlyList<MessageView>> Told() => house.With<ReadMessages, IReadOnlyList<MessageView>>(s => s.About("offer:" + offer.Id.Value, default));

        var none = Assert.IsType<Posted.None>(await Several(new(Ids.New(), ["Come and get it"], [new(account), new(other, SendWhen.At, offer.Closes)])));
        Assert.Equal((other, "at"), (Assert.Single(none.Errors).Account, none.Errors[0].Error.Field));
        Assert.Empty(await Told());

        var plan = new PostPlan(Ids.New(), ["Come and get it"], [new(account), new(other)]);
        var twice = await Task.WhenAll(Several(plan), Several(plan));
        Assert.Equal(Assert.IsType<Posted.All>(twice[0]).Messages, Assert.IsType<Posted.All>(twice[1]).Messages);
        var links = (await Told()).Select(m => m.Card!.Url).ToList();
        Assert.Equal((2, 2), (links.Count, links.Distinct().Count()));
        foreach (var link in links) Assert.NotNull(await house.With<FollowLink, Followed?>(f => f.By(link[(link.LastIndexOf('/') + 1)..], null, "curl", null, null, default)));
    }
}
