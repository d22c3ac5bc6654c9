using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Hearth.Channels.ActivityPub;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Peers;

/// <summary>The door of the brand's own actor, as real servers of the fediverse find it: Fedify, in either style of signature, and snac2.</summary>
public class FediverseDoorTests
{
    [Theory, InlineData("rfc9421"), InlineData("draft-cavage")]
    public async Task What_a_real_server_signed_is_taken_once_and_refused_when_anything_of_it_was_changed(string style)
    {
        await using var peer = await FedifyPeer.Start(style);
        await using var place = await ActivityPubPlace.Open(DatabaseKind.Sqlite, [peer.Authority]);
        await peer.Post("it broke", place.Actor);
        var came = await place.House.Until(() => Task.FromResult(place.Came.SingleOrDefault()), "the note came");
        Assert.Equal((202, style == "rfc9421"), (came.Status, came.Headers.Any(h => h.Name == "signature-input")));
        await TakenOnceAndRefusedWhenChanged(place, came);
    }

    [Fact]
    public async Task What_snac2_signed_is_taken_once_and_refused_when_anything_of_it_was_changed()
    {
        var fan = await SnacPeer.Join("fan");
        await using var place = await ActivityPubPlace.Open(DatabaseKind.Sqlite, [new Uri(SnacPeer.Address).Authority]);
        await SnacFollowsTests.Follow(fan, place.Actor);
        Task<ActorView?> Actor() => place.House.With<ReadActor, ActorView?>(r => r.Of(place.Account.Id, default));
        await place.House.Until(async () => await Actor() is { Followers: 1 } followed ? followed : null, "the follow came and was taken");
        await TakenOnceAndRefusedWhenChanged(place, place.Came.First(c => c.Status == 202));
        Assert.Equal(1, (await Actor())!.Followers);
    }

    [Fact]
    public async Task A_real_server_finds_the_actor_what_it_said_and_how_many_follow_and_nobody_is_told_who()
    {
        await using var peer = await FedifyPeer.Start("rfc9421");
        await using var place = await ActivityPubPlace.Open(DatabaseKind.Sqlite, [peer.Authority]);
        await peer.Do("follow", ("target", place.Actor));
        await place.House.Until(async () => (await peer.Took("Accept")).SingleOrDefault(), "the follow is accepted");
        var said = await FedifyTests.Sent(place.House, await FedifyTests.Post(place, "25 chairs at half their price"));

        Assert.Equal(("Organization", place.Actor, "hearthside"), await Seen(place.Actor));
        Assert.Equal(("Note", said.ExternalId, null), await Seen(said.ExternalId!));
        Assert.Equal(("OrderedCollection", place.Actor + "/followers", null), await Seen(place.Actor + "/followers"));
        Assert.Equal(("OrderedCollection", place.Actor + "/outbox", null), await Seen(place.Actor + "/outbox"));
        Assert.Equal(("OrderedCollection", place.Actor + "/following", null), await Seen(place.Actor + "/following"));

        using var anybody = new HttpClient();
        anybody.DefaultRequestHeaders.Accept.ParseAdd("application/activity+json");
        var name = $"acct:hearthside@{new Uri(place.Origin).Authority}";
        var finger = (await anybody.GetFromJsonAsync<JsonObject>($"{place.Origin}/.well-known/webfinger?resource={Uri.EscapeDataString(name)}"))!;
        Assert.Equal((name, place.Actor), ((string?)finger["subject"], (string?)finger["links"]![0]!["href"]));
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync($"{place.Origin}/.well-known/webfinger?resource=acct:nobody@{new Uri(place.Origin).Authority}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await anybody.GetAsync($"{place.Origin}/.well-known/webfinger")).StatusCode);
        var followers = (await anybody.GetFromJsonAsync<JsonObject>(place.Actor + "/followers"))!;
        Assert.Equal((1, false), ((int)followers["totalItems"]!, followers.ToJsonString().Contains(peer.User, StringComparison.Ordinal)));
        var outbox = (await anybody.GetFromJsonAsync<JsonObject>(place.Actor + "/outbox?page=1"))!;
        Assert.Equal(("Create", said.ExternalId), ((string?)outbox["orderedItems"]![0]!["type"], (string?)outbox["orderedItems"]![0]!["object"]!["id"]));
        var links = (await anybody.GetFromJsonAsync<JsonObject>(place.Origin + "/.well-known/nodeinfo"))!;
        Assert.Equal("hearth", (string?)(await anybody.GetFromJsonAsync<JsonObject>((string)links["links"]![0]!["href"]!))!["software"]!["name"]);

        async Task<(string?, string?, string?)> Seen(string address) =>
            await peer.Do("lookup", ("q", address)) is var found ? ((string?)found["type"], (string?)found["id"], (string?)found["name"]) : default;
    }

    private static async Task TakenOnceAndRefusedWhenChanged(ActivityPubPlace place, CameIn came)
    {
        var house = place.House;
        var taken = await Taken(house);
        Assert.Equal(HttpStatusCode.Accepted, await place.Again(came));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => place.Again(came)));
        Assert.Equal(taken, await Taken(house)); // a replay changes nothing, nor do ten at once

        var other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(came.Body) + " ");
        Assert.Equal(HttpStatusCode.Unauthorized, await place.Again(came, body: other));
        Assert.Equal(HttpStatusCode.Unauthorized, await place.Again(came, path: came.Path == "/ap/inbox" ? new Uri(place.Actor).AbsolutePath + "/inbox" : "/ap/inbox"));
        Assert.Equal(HttpStatusCode.Unauthorized, await place.Again(came, header: (name, value) => name.StartsWith("signature", StringComparison.Ordinal) ? null : value));
        Assert.Equal(HttpStatusCode.Unauthorized, await place.Again(came, header: (name, value) => name is "digest" or "content-digest" ? null : value));
        Assert.Equal(HttpStatusCode.Unauthorized, await place.Again(came, header: (name, value) => name == "date" ? DateTimeOffset.UnixEpoch.ToString("R")
            : name == "signature-input" ? System.Text.RegularExpressions.Regex.Replace(value, "created=[0-9]+", "created=1000000000") : value));
        Assert.Equal(taken, await Taken(house));
    }

    private static Task<int> Taken(TestHouse house) => house.With<Database, int>(db => db.Set<TakenRow>().CountAsync());
}
