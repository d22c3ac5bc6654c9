using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Conversations;
using Hearth.Outlet;
using Hearth.Outlet.Actors;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Outlet;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>The outlet's own actor, beside the brand's, against a real ActivityPub server (Fedify).</summary>
public class OutletActorTests
{
    [Theory, EveryDatabase]
    public async Task Who_follows_it_gets_each_offer_that_opens_sees_it_sold_out_is_answered_by_a_human_and_leaves(DatabaseKind kind)
    {
        await using var peer = await FedifyPeer.Start("rfc9421");
        await using var place = await ActivityPubPlace.Open(kind, [peer.Authority]);
        var house = place.House;
        var mara = await house.Staff();
        var site = new Uri(place.Origin);
        Assert.Equal("name", Assert.IsType<Connection.Invalid>(await house.With<OutletActor, Connection>(o => o.Open("hearthside", null, null, site, mara, default))).Field); // the brand's own
        Assert.Equal("name", Assert.IsType<Connection.Invalid>(await house.With<OutletActor, Connection>(o => o.Open("Two words", null, null, site, mara, default))).Field);
        await house.Offer(sku: "BEFORE");
        var account = Assert.IsType<Connection.Connected>(await house.With<OutletActor, Connection>(o => o.Open("outlet", "Outlet", "Last units.", site, mara, default))).Account;
        Assert.Equal($"outlet@{site.Authority}", account.Handle);
        using (var client = new HttpClient())
        {
            client.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/activity+json"));
            var document = JsonNode.Parse(await client.GetStringAsync(account.ExternalId))!;
            Assert.Equal((place.Origin + "/outlet", place.Origin + "/outlet/icon.png", "outlet"), ((string?)document["url"], (string?)document["icon"]!["url"], (string?)document["preferredUsername"]));
            var finger = JsonNode.Parse(await client.GetStringAsync($"{place.Origin}/.well-known/webfinger?resource=acct:outlet@{site.Authority}"))!;
            Assert.Contains(account.ExternalId, finger["links"]!.AsArray().Select(l => (string?)l!["href"]));
        }

        var follow = (string)(await peer.Do("follow", ("target", account.ExternalId)))["sent"]!;
        await house.Until(async () => (await peer.Took("Accept")).SingleOrDefault(), "the follow is accepted");
        Assert.Equal((1, 0), ((await Shown(house, account.Id)).Followers, (await Shown(house, place.Account.Id)).Followers));

        // It opens and is posted, once, in Mara's name; what was on before is not.
        var offer = await house.Offer(units: 1);
        for (var n = 0; n < 3; n++) await house.In(s => s.GetRequiredService<PostOpenedOffersRun>().Run(new(), default));
        var note = await house.Until(async () => (await peer.Took("Create")).SingleOrDefault(), "the offer reached the follower's server");
        Assert.Contains(offer.Title, (string)note["text"]!, StringComparison.Ordinal);
        var link = await house.With<Database, string>(db => db.Set<PostLink>().Where(l => l.Offer == offer.Id && l.Message == new MessageId(offer.Id.Value)).Select(l => l.Slug).SingleAsync());
        Assert.Contains("/l/" + link, (string)note["text"]!, StringComparison.Ordinal);
        Assert.Equal(account.ExternalId, (string?)note["actor"]);

        // What is answered is hers.
        await peer.Post("does it come with a charger?", account.ExternalId, (string)note["note"]!);
        await house.Until(async () => (await house.In(s => s.GetRequiredService<ListConversations>().Of(new(InboxView.All), null, 10, default)))!.Items.SingleOrDefault(c => c.AssigneeName == mara.Name), "the answer is hers");

        // The last unit goes, and the post says so.
        await house.Hold(offer.Id);
        await house.In(s => s.GetRequiredService<TidyOffersHandler>().Run(new(), default));
        var update = await house.Until(async () => (await peer.Took("Update")).SingleOrDefault(), "sold out is told");
        Assert.Equal((string?)note["note"], (string?)update["note"]);
        Assert.Contains("Sold out: " + offer.Title, (string)update["text"]!, StringComparison.Ordinal);

        // Who leaves gets no more.
        await peer.Do("unfollow", ("target", account.ExternalId), ("follow", follow));
        await house.Until(async () => (await Shown(house, account.Id)).Followers == 0 ? "left" : null, "they left");
        var next = await house.Offer(sku: "NEXT");
        await house.In(s => s.GetRequiredService<PostOpenedOffersRun>().Run(new(), default));
        await house.Until(async () => (await house.With<ReadMessages, MessageView?>(m => m.Find(new(next.Id.Value), default))) is { Status: MessageStatus.Sent } m ? m : null, "it is said to nobody");
        await house.Settle();
        Assert.Single(await peer.Took("Create"));
    }

    [Theory, EveryDatabase]
    public async Task It_posts_by_itself_only_while_the_house_says_so(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var mara = await house.Staff();
        Assert.Null(await house.With<OutletActor, OutletActorView?>(o => o.Read(default)));
        await house.With<OutletActor, Connection>(o => o.Open("outlet", null, null, new("https://brand.example"), mara, default));
        Assert.Equal((true, "Mara Vogt"), await house.With<OutletActor, (bool, string?)>(async o => (await o.Read(default)) is { } v ? (v.Posts, v.HumanName) : default));
        Assert.Equal("human", (await house.With<OutletActor, FieldError?>(o => o.Set(true, new(Guid.NewGuid()), default)))!.Field);
        Assert.Null(await house.With<OutletActor, FieldError?>(o => o.Set(false, mara.Id, default)));
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Offer(sku: "QUIET");
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.With<OutletActor, FieldError?>(o => o.Set(true, mara.Id, default));
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        var said = await house.Offer(sku: "SAID");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => house.In(s => s.GetRequiredService<PostOpenedOffersRun>().Run(new(), default)))));
        Assert.Equal([said.Id.Value], await house.With<Database, List<Guid>>(db => db.Set<Message>().Select(m => m.Id.Value).ToListAsync()));
    }

    private static async Task<ActorView> Shown(TestHouse house, ChannelAccountId account) => (await house.With<ReadActor, ActorView?>(r => r.Of(account, default)))!;
}
