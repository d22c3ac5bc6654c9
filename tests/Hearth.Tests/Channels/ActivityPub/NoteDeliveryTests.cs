using System.Net;
using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Channels.ActivityPub;

/// <summary>What the brand says reaches each server once.</summary>
public class NoteDeliveryTests
{
    private static IOutgoingNetwork Network(TestHouse house) => house.Services.GetServices<IOutgoingNetwork>().Single(n => n.Name == Networks.ActivityPub);

    private static Task Put(TestHouse house, SignedRequest request) => house.With<TakeActivity>(async t => Assert.IsType<Taking.Done>(await t.Run(request, "hearthside", default)));

    private static async Task Follow(TestHouse house, Somebody who) => await Put(house, who.Sends(who.Does("Follow", "f-" + who.Id.GetHashCode(StringComparison.Ordinal), FakeFediverse.Actor), SignatureStyle.Rfc9421, house.Clock.GetUtcNow()));

    private static async Task<(string Key, Placed Placed)> Say(TestHouse house, ChannelAccountId account, string text, ReplyRefs? reply = null)
    {
        var network = Network(house);
        var (key, now) = (network.NewKey(house.Clock.GetUtcNow()), house.Clock.GetUtcNow());
        return (key, await network.Place(account, key, await network.Prepare(account, new(text, now, reply, null), default), default));
    }

    [Theory, EveryDatabase]
    public async Task A_post_goes_to_each_server_of_followers_once_and_a_follower_who_left_gets_nothing(DatabaseKind kind)
    {
        var network = new FakeFediverse();
        var (house, account) = await network.House(kind);
        await using var _ = house;
        var people = Enumerable.Range(0, 9).Select(n => network.Add($"s{n % 3}.example", $"p{n}")).ToList();
        foreach (var one in people) await Follow(house, one);
        await house.Settle();
        Assert.Equal(9, network.Taken.Count(t => (string?)t.Activity["type"] == "Accept"));

        // All of the third server leave.
        foreach (var one in people.Where(p => p.Server == "s2.example"))
        {
            var follow = one.Does("Follow", "f-" + one.Id.GetHashCode(StringComparison.Ordinal), FakeFediverse.Actor);
            await Put(house, one.Sends(one.Does("Undo", "u-" + one.Id.GetHashCode(StringComparison.Ordinal), follow), SignatureStyle.Cavage, house.Clock.GetUtcNow()));
        }

        var (key, placed) = await Say(house, account.Id, "25 chairs for you: https://outlet.example/l/Ab3");
        await house.Settle();
        var notes = network.Taken.Where(t => (string?)t.Activity["type"] == "Create").ToList();
        Assert.Equal(["https://s0.example/inbox", "https://s1.example/inbox"], notes.Select(n => n.Inbox).Order(StringComparer.Ordinal));
        Assert.All(notes, n => Assert.Equal(placed.ExternalId, (string?)n.Activity["object"]!["id"]));
        Assert.Contains(FakeFediverse.Actor + "/followers", notes[0].Activity["cc"]!.AsArray().Select(c => (string)c!));

        await Network(house).Remove(account.Id, key, default);
        await Network(house).Remove(account.Id, key, default);
        await house.Settle();
        Assert.Equal(2, network.Taken.Count(t => (string?)t.Activity["type"] == "Delete" && (string?)t.Activity["object"]!["id"] == placed.ExternalId));
        Assert.Null(await Network(house).Find(account.Id, key, default));
        foreach (var one in people) one.Dispose();
    }

    [Theory, EveryDatabase]
    public async Task When_the_answer_is_lost_the_same_activity_is_sent_again_under_the_same_id(DatabaseKind kind)
    {
        var network = new FakeFediverse();
        var (house, account) = await network.House(kind);
        await using var _ = house;
        using var ada = network.Add("ada.example", "ada");
        var note = ada.Note("1", "where is my parcel?", FakeFediverse.Actor);
        await Put(house, ada.Sends(ada.Does("Create", "1", note), SignatureStyle.Rfc9421, house.Clock.GetUtcNow()));
        var outgoing = Network(house);
        var (key, now) = (outgoing.NewKey(house.Clock.GetUtcNow()), house.Clock.GetUtcNow());
        var prepared = await outgoing.Prepare(account.Id, new("Let me look.", now, new(new((string)note["id"]!, null), null), null), default);
        network.Afterwards = () => throw new HttpRequestException("the line went dead");
        await Assert.ThrowsAsync<HttpRequestException>(() => outgoing.Place(account.Id, key, prepared, default));
        network.Afterwards = () => { };

        // A server that was lost is left alone for a moment.
        await Assert.ThrowsAsync<LaterException>(() => outgoing.Place(account.Id, key, prepared, default));
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await outgoing.Place(account.Id, key, prepared, default);
        await house.Settle();
        var sent = network.Taken.Where(t => (string?)t.Activity["type"] == "Create").ToList();
        Assert.Equal(2, sent.Count);
        Assert.True(JsonNode.DeepEquals(sent[0].Activity, sent[1].Activity));
        Assert.Equal("https://ada.example/inbox", sent[0].Inbox);
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<NoteRow>().CountAsync()));
    }

    [Fact]
    public async Task What_was_written_to_us_alone_is_answered_to_its_author_alone()
    {
        var network = new FakeFediverse();
        var (house, account) = await network.House(DatabaseKind.Sqlite);
        await using var _ = house;
        using var ada = network.Add("ada.example", "ada");
        using var bob = network.Add("bob.example", "bob");
        await Follow(house, bob);
        var note = ada.Note("1", "my card number is 1234", FakeFediverse.Actor, isPublic: false);
        await Put(house, ada.Sends(ada.Does("Create", "1", note), SignatureStyle.Rfc9421, house.Clock.GetUtcNow()));
        await Say(house, account.Id, "We have it.", new(new((string)note["id"]!, null), null));
        await house.Settle();
        var (inbox, activity) = Assert.Single(network.Taken, t => (string?)t.Activity["type"] == "Create");
        Assert.Equal(ada.Id + "/inbox", inbox);
        Assert.Equal([ada.Id], activity["to"]!.AsArray().Concat(activity["cc"]!.AsArray()).Select(t => (string)t!));
    }

    [Fact]
    public async Task A_server_that_is_not_well_is_left_alone_as_long_as_it_says_and_one_that_is_gone_for_good()
    {
        var network = new FakeFediverse();
        var (house, account) = await network.House(DatabaseKind.Sqlite);
        await using var _ = house;
        using var ada = network.Add("ada.example", "ada");
        using var bob = network.Add("bob.example", "bob");
        await Follow(house, ada);
        await Follow(house, bob);
        await house.Settle();
        network.Instead = r => r.Method == HttpMethod.Get ? null : r.RequestUri!.Host == "bob.example" ? new(HttpStatusCode.Gone)
            : new(HttpStatusCode.ServiceUnavailable) { Headers = { RetryAfter = new(TimeSpan.FromMinutes(10)) } };
        await Say(house, account.Id, "Good morning");
        await house.Settle();
        var view = (await house.With<ReadActor, ActorView?>(r => r.Of(account.Id, default)))!;
        Assert.Equal((1, 1), (view.Followers, view.Waiting));
        Assert.Equal("ada.example", Assert.Single(view.Trouble).Host);

        network.Instead = _ => null;
        house.Clock.Advance(TimeSpan.FromMinutes(9));
        await house.Settle();
        Assert.DoesNotContain(network.Taken, t => (string?)t.Activity["type"] == "Create");
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await house.Settle();
        Assert.Single(network.Taken, t => (string?)t.Activity["type"] == "Create");
        Assert.Empty((await house.With<ReadActor, ActorView?>(r => r.Of(account.Id, default)))!.Trouble);
    }

    [Fact]
    public async Task A_server_that_knows_only_the_older_signature_is_asked_in_it_from_then_on()
    {
        var network = new FakeFediverse();
        var (house, account) = await network.House(DatabaseKind.Sqlite);
        await using var _ = house;
        using var ada = network.Add("ada.example", "ada");
        await Follow(house, ada);
        var styles = new List<string>();
        network.Instead = r =>
        {
            if (r.Method == HttpMethod.Get) return null;
            var isNew = r.Headers.Contains("Signature-Input");
            styles.Add(isNew ? "rfc9421" : "cavage");
            return isNew ? new(HttpStatusCode.Unauthorized) : null;
        };
        await house.Settle();
        await Say(house, account.Id, "one");
        await house.Settle();
        Assert.Equal(["rfc9421", "cavage", "cavage"], styles);
    }

    [Fact]
    public async Task What_is_changed_is_told_again_once_and_what_people_did_with_it_comes_back()
    {
        var network = new FakeFediverse();
        var (house, account) = await network.House(DatabaseKind.Sqlite);
        await using var _ = house;
        using var ada = network.Add("ada.example", "ada");
        await Follow(house, ada);
        var outgoing = Network(house);
        var (key, placed) = await Say(house, account.Id, "25 chairs");
        var changed = await outgoing.Prepare(account.Id, new("24 chairs", house.Clock.GetUtcNow(), null, null), default);
        Assert.True(outgoing.Edits);
        await outgoing.Edit(account.Id, key, changed, default);
        await outgoing.Edit(account.Id, key, changed, default);
        await house.Settle();
        var update = Assert.Single(network.Taken, t => (string?)t.Activity["type"] == "Update").Activity;
        Assert.Equal((placed.ExternalId, "<p>24 chairs</p>"), ((string?)update["object"]!["id"], (string?)update["object"]!["content"]));

        var now = house.Clock.GetUtcNow();
        await Put(house, ada.Sends(ada.Does("Like", "l1", placed.ExternalId), SignatureStyle.Rfc9421, now));
        await Put(house, ada.Sends(ada.Does("Like", "l2", placed.ExternalId), SignatureStyle.Rfc9421, now)); // liked is liked
        await Put(house, ada.Sends(ada.Does("Announce", "a1", placed.ExternalId), SignatureStyle.Cavage, now));
        await Put(house, ada.Sends(ada.Does("Create", "c1", ada.Note("1", "in red?", FakeFediverse.Actor, placed.ExternalId)), SignatureStyle.Rfc9421, now));
        Task<Receipts> Met() => outgoing.Receipts(account.Id, [placed.ExternalId, "https://elsewhere.example/1"], default).ContinueWith(r => Assert.Single(r.Result).Value, TaskScheduler.Default);
        Assert.Equal(new Receipts(1, 1, 1), await Met());
        await Put(house, ada.Sends(ada.Does("Undo", "u1", "https://ada.example/activities/l2"), SignatureStyle.Rfc9421, now));
        Assert.Equal(new Receipts(0, 1, 1), await Met());

        await outgoing.Remove(account.Id, key, default);
        await Assert.ThrowsAsync<ChannelRefusedException>(() => outgoing.Edit(account.Id, key, changed, default));
    }
}
