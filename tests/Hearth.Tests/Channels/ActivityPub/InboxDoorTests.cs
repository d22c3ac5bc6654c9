using System.Net;
using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Channels.ActivityPub;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Channels.ActivityPub;

/// <summary>What the inbox takes from whom.</summary>
public class InboxDoorTests
{
    private static Task<Taking> Put(TestHouse house, SignedRequest request, string? name = "hearthside") => house.With<TakeActivity, Taking>(t => t.Run(request, name, default));

    private static Task<List<TakenRow>> Rows(TestHouse house) => house.With<Database, List<TakenRow>>(db => db.Set<TakenRow>().AsNoTracking().OrderBy(t => t.Position).ToListAsync());

    private static JsonObject Create(Somebody who, string id, string text = "my shoes fell apart", string? inReplyTo = null, bool isPublic = true) =>
        who.Does("Create", id, who.Note(id, text, FakeFediverse.Actor, inReplyTo, isPublic));

    [Theory, EveryDatabase]
    public async Task An_activity_is_taken_once_however_often_and_however_many_at_once_bring_it(DatabaseKind kind)
    {
        var network = new FakeFediverse();
        var (house, account) = await network.House(kind);
        await using var _ = house;
        using var ada = network.Add("ada.example", "ada");
        var now = house.Clock.GetUtcNow();
        var requests = Enumerable.Range(0, 12).Select(n => ada.Sends(Create(ada, "1"), n % 2 == 0 ? SignatureStyle.Rfc9421 : SignatureStyle.Cavage, now)).ToList();
        var outcomes = await Task.WhenAll(requests.Select(r => Task.Run(() => Put(house, r))));
        Assert.All(outcomes, o => Assert.IsType<Taking.Done>(o));
        Assert.IsType<Taking.Done>(await Put(house, requests[0])); // a caught request, sent again
        Assert.Equal("https://ada.example/notes/1", Assert.Single(await Rows(house)).Object);
        var heard = Assert.Single(await house.With<ActivityPubInbox, IReadOnlyList<HeardActivity>>(i => i.After(account.Id, 0, 10, default)));
        Assert.Equal(("my shoes fell apart", "ada@ada.example", "Somebody ada", true), (heard.Note!.Text, heard.Note.Author.Handle, heard.Note.Author.Name, heard.Note.IsPublic));

        // Once it was read, its words are not kept here a second time.
        Assert.Empty(await house.With<ActivityPubInbox, IReadOnlyList<HeardActivity>>(i => i.After(account.Id, heard.Position, 10, default)));
        Assert.Null((await Rows(house)).Single().Body);
    }

    [Fact]
    public async Task What_is_not_signed_by_its_own_actor_is_refused_and_leaves_nothing()
    {
        var network = new FakeFediverse();
        var (house, _) = await network.House(DatabaseKind.Sqlite);
        await using var __ = house;
        using var ada = network.Add("ada.example", "ada");
        using var eve = network.Add("eve.example", "eve");
        using var nobody = new Somebody("nobody.example", "nobody");
        var now = house.Clock.GetUtcNow();

        var unsigned = ada.Sends(Create(ada, "1"), SignatureStyle.Rfc9421, now);
        Assert.IsType<Taking.NotTrusted>(await Put(house, unsigned with { Headers = new Dictionary<string, string>() }));
        Assert.IsType<Taking.NotTrusted>(await Put(house, eve.Sends(Create(ada, "1"), SignatureStyle.Rfc9421, now))); // eve in ada's name
        var foreign = Create(ada, "1");
        foreign["id"] = "https://eve.example/activities/1";
        Assert.IsType<Taking.NotTrusted>(await Put(house, ada.Sends(foreign, SignatureStyle.Cavage, now)));
        Assert.IsType<Taking.NotTrusted>(await Put(house, ada.Sends(Create(ada, "1"), SignatureStyle.Cavage, now.AddHours(-2))));
        Assert.IsType<Taking.NotTrusted>(await Put(house, nobody.Sends(Create(nobody, "1"), SignatureStyle.Rfc9421, now)));
        Assert.IsType<Taking.Unknown>(await Put(house, unsigned, "somebodyelse"));
        Assert.IsType<Taking.Invalid>(await Put(house, unsigned with { Body = "[]"u8.ToArray() }));

        // Nobody speaks for another server, nor for somebody else on their own.
        using var mallory = network.Add("ada.example", "mallory");
        Assert.IsType<Taking.Done>(await Put(house, eve.Sends(eve.Does("Create", "2", ada.Note("2", "not mine", FakeFediverse.Actor)), SignatureStyle.Rfc9421, now)));
        Assert.IsType<Taking.Done>(await Put(house, mallory.Sends(mallory.Does("Create", "3", ada.Note("3", "not mine", FakeFediverse.Actor)), SignatureStyle.Rfc9421, now)));
        Assert.Empty(await Rows(house));

        // A neighbour cannot take away what another wrote.
        await Put(house, ada.Sends(Create(ada, "4"), SignatureStyle.Rfc9421, now));
        await Put(house, mallory.Sends(mallory.Does("Delete", "5", "https://ada.example/notes/4"), SignatureStyle.Rfc9421, now));
        Assert.DoesNotContain(await Rows(house), r => r.Kind == TakenKind.Removed);
    }

    [Fact]
    public async Task A_key_that_was_changed_is_asked_for_again_but_never_twice_in_a_minute()
    {
        var network = new FakeFediverse();
        var (house, _) = await network.House(DatabaseKind.Sqlite);
        await using var __ = house;
        using var ada = network.Add("ada.example", "ada");
        Assert.IsType<Taking.Done>(await Put(house, ada.Sends(Create(ada, "1"), SignatureStyle.Rfc9421, house.Clock.GetUtcNow())));
        ada.ChangeKey();
        Assert.IsType<Taking.NotTrusted>(await Put(house, ada.Sends(Create(ada, "2"), SignatureStyle.Rfc9421, house.Clock.GetUtcNow())));
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.IsType<Taking.Done>(await Put(house, ada.Sends(Create(ada, "2"), SignatureStyle.Rfc9421, house.Clock.GetUtcNow())));
        var asked = network.Asked[ada.Id];
        using var thief = new Somebody("ada.example", "ada");
        for (var n = 0; n < 5; n++) Assert.IsType<Taking.NotTrusted>(await Put(house, thief.Sends(Create(thief, "9"), SignatureStyle.Rfc9421, house.Clock.GetUtcNow())));
        Assert.Equal(asked, network.Asked[ada.Id]);
        Assert.Equal(2, (await Rows(house)).Count);
    }

    [Fact]
    public async Task An_edit_and_a_deletion_follow_their_note_and_a_deletion_that_came_first_keeps_it_out()
    {
        var network = new FakeFediverse();
        var (house, account) = await network.House(DatabaseKind.Sqlite);
        await using var _ = house;
        using var ada = network.Add("ada.example", "ada");
        var now = house.Clock.GetUtcNow();
        await Put(house, ada.Sends(Create(ada, "1", "one"), SignatureStyle.Rfc9421, now));
        await Put(house, ada.Sends(ada.Does("Update", "1b", ada.Note("1", "two", FakeFediverse.Actor)), SignatureStyle.Rfc9421, now));
        await Put(house, ada.Sends(Create(ada, "2", "answer", "https://ada.example/notes/1"), SignatureStyle.Cavage, now));
        await Put(house, ada.Sends(ada.Does("Delete", "1c", new JsonObject { ["id"] = "https://ada.example/notes/1", ["type"] = "Tombstone" }), SignatureStyle.Rfc9421, now));
        await Put(house, ada.Sends(ada.Does("Delete", "7d", "https://ada.example/notes/7"), SignatureStyle.Rfc9421, now));
        await Put(house, ada.Sends(Create(ada, "7", "late"), SignatureStyle.Rfc9421, now));
        var heard = await house.With<ActivityPubInbox, IReadOnlyList<HeardActivity>>(i => i.After(account.Id, 0, 10, default));
        Assert.Equal("answer", Assert.Single(heard, h => h.Note is not null).Note!.Text);
        Assert.Equal("https://ada.example/notes/1", heard.Single(h => h.Note is not null).Note!.RootId);
        Assert.Equal(["https://ada.example/notes/1", "https://ada.example/notes/7"], heard.Select(h => h.Removed).OfType<string>());
    }

    [Fact]
    public async Task An_account_that_goes_takes_all_along_and_one_that_was_never_met_is_no_error()
    {
        var network = new FakeFediverse();
        var (house, account) = await network.House(DatabaseKind.Sqlite);
        await using var _ = house;
        using var ada = network.Add("ada.example", "ada");
        var now = house.Clock.GetUtcNow();
        await Put(house, ada.Sends(ada.Does("Follow", "f", FakeFediverse.Actor), SignatureStyle.Rfc9421, now));
        Assert.Equal(1, (await house.With<ReadActor, ActorView?>(r => r.Of(account.Id, default)))!.Followers);
        await Put(house, ada.Sends(ada.Does("Delete", "gone", ada.Id), SignatureStyle.Rfc9421, now));
        Assert.Equal(0, (await house.With<ReadActor, ActorView?>(r => r.Of(account.Id, default)))!.Followers);
        Assert.Equal(ada.Id, Assert.Single(await house.With<ActivityPubInbox, IReadOnlyList<HeardActivity>>(i => i.After(account.Id, 0, 10, default))).Gone);

        using var stranger = new Somebody("far.example", "stranger");
        network.Instead = r => r.RequestUri!.Host == "far.example" ? new(HttpStatusCode.Gone) : null;
        Assert.IsType<Taking.Done>(await Put(house, stranger.Sends(stranger.Does("Delete", "gone", stranger.Id), SignatureStyle.Cavage, now), null));
        Assert.IsType<Taking.NotTrusted>(await Put(house, stranger.Sends(Create(stranger, "1"), SignatureStyle.Cavage, now), null));
    }

    [Fact]
    public async Task From_a_blocked_server_and_those_below_it_nothing_comes()
    {
        var network = new FakeFediverse();
        var (house, account) = await network.House(DatabaseKind.Sqlite);
        await using var _ = house;
        using var ada = network.Add("sub.spam.example", "ada");
        var now = house.Clock.GetUtcNow();
        await Put(house, ada.Sends(ada.Does("Follow", "f", FakeFediverse.Actor), SignatureStyle.Rfc9421, now));
        Assert.Equal("spam.example", await house.With<BlockedHosts, string?>(b => b.Add("https://Spam.example/about", "Ada", default)));
        Assert.Equal(0, (await house.With<ReadActor, ActorView?>(r => r.Of(account.Id, default)))!.Followers);
        Assert.IsType<Taking.Blocked>(await Put(house, ada.Sends(Create(ada, "1"), SignatureStyle.Rfc9421, now)));
        Assert.Null(await house.With<BlockedHosts, string?>(b => b.Add("nonsense", "Ada", default)));
        Assert.True(await house.With<BlockedHosts, bool>(b => b.Remove("spam.example", default)));
        Assert.IsType<Taking.Done>(await Put(house, ada.Sends(Create(ada, "1"), SignatureStyle.Rfc9421, now)));
    }
}
