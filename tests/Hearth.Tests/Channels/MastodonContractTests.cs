using Hearth.Channels;
using Hearth.Channels.Mastodon;
using Hearth.Platform;
using Hearth.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Channels;

/// <summary>Sending by the letter of Mastodon's documentation; a real server is in Peers.</summary>
public class MastodonContractTests
{
    private static async Task<(TestHouse House, DocumentedMastodon Server, IOutgoingNetwork Network, ChannelAccountId Account)> Begin(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var server = new DocumentedMastodon();
        var house = await TestHouse.Create(kind, s => server.Plug(s));
        var connected = Assert.IsType<Connection.Connected>(await house.With<ConnectMastodon, Connection>(c => c.With(DocumentedMastodon.Address, DocumentedMastodon.Token, default)));
        return (house, server, house.Services.GetServices<IOutgoingNetwork>().Single(n => n.Name == "mastodon"), connected.Account.Id);
    }

    private static Outgoing Reply(TestHouse house, string to, string text = "We look.") => new(text, house.Clock.GetUtcNow(), new(new("gone", null), null) { ParentId = $"{DocumentedMastodon.Address}/api/v1/statuses/{to}" }, null) { Language = "de" };

    [Theory, EveryDatabase]
    public async Task An_answer_lost_on_the_way_back_leaves_one_status_though_the_instance_has_forgotten_the_key(DatabaseKind kind)
    {
        var (house, server, network, account) = await Begin(kind);
        await using var _ = house;
        server.KeepsKeys = false;
        var asked = server.Post("ann@other.example", "Where is it?", "direct");
        var (key, prepared) = (network.NewKey(house.Clock.GetUtcNow()), await network.Prepare(account, Reply(house, asked), default));
        server.Afterwards = what =>
        {
            if (what == "POST /api/v1/statuses") throw new HttpRequestException("connection reset");
        };
        await Assert.ThrowsAsync<HttpRequestException>(() => network.Place(account, key, prepared, default));
        server.Afterwards = _ => { };

        var placed = await network.Place(account, key, prepared, default);
        Assert.Equal(["POST /api/v1/statuses"], server.Writes);
        var status = Assert.Single(server.Statuses.Values, s => (string?)s["account"]!["id"] == "1");
        Assert.Equal(("@ann@other.example We look.", asked, "direct", "de"), ((string)status["source"]!, (string)status["in_reply_to_id"]!, (string)status["visibility"]!, (string)status["language"]!));
        Assert.Equal($"{DocumentedMastodon.Address}/api/v1/statuses/{status["id"]}", placed.ExternalId);
    }

    [Fact]
    public async Task A_connection_that_ended_unseen_is_tried_again_after_a_look()
    {
        var (house, server, network, account) = await Begin();
        await using var _ = house;
        var (key, prepared, first) = (network.NewKey(house.Clock.GetUtcNow()), await network.Prepare(account, Reply(house, server.Post("ann", "Hm?")), default), true);
        server.Afterwards = what =>
        {
            if (!first || what != "POST /api/v1/statuses") return;
            first = false;
            throw new HttpRequestException("reset", new IOException());
        };
        await network.Place(account, key, prepared, default);
        Assert.Equal(["POST /api/v1/statuses"], server.Writes);
    }

    [Fact]
    public async Task What_stands_is_edited_counted_and_deleted_and_what_is_gone_is_gone()
    {
        var (house, server, network, account) = await Begin();
        await using var _ = house;
        var (key, prepared) = (network.NewKey(house.Clock.GetUtcNow()), await network.Prepare(account, Reply(house, server.Post("ann", "Hm?")), default));
        var placed = await network.Place(account, key, prepared, default);
        await network.Edit(account, key, await network.Prepare(account, Reply(house, "101", "We found it."), default), default);
        Assert.Equal("@ann We found it.", (string)server.Statuses["102"]["source"]!);
        Assert.Equal(new Receipts(2, 1, 0), (await network.Receipts(account, [placed.ExternalId], default))[placed.ExternalId]);
        await network.Remove(account, key, default);
        await network.Remove(account, key, default);
        Assert.DoesNotContain("102", server.Statuses.Keys);
        Assert.Null(await network.Find(account, key, default));
        await Assert.ThrowsAsync<ChannelRefusedException>(() => network.Edit(account, key, prepared, default));
    }

    [Fact]
    public async Task A_picture_is_waited_for_until_the_instance_is_done_with_it()
    {
        var (house, server, network, account) = await Begin();
        await using var _ = house;
        server.PictureTakes = 2;
        var prepared = await network.Prepare(account, new("Look", house.Clock.GetUtcNow(), null, null) { Images = [new(MastodonSendingTests.Png, "image/png", "A hinge", 1, 1)] }, default);
        await network.Place(account, network.NewKey(house.Clock.GetUtcNow()), prepared, default);
        Assert.True(server.PictureTakes < 0);
        Assert.Equal("55", (string)Assert.Single(server.Statuses.Values)["media_attachments"]![0]!["id"]!);
    }

    [Fact]
    public async Task A_token_for_reading_only_is_refused_with_the_way_out()
    {
        var (house, server, network, account) = await Begin();
        await using var _ = house;
        server.MayWrite = false;
        var prepared = await network.Prepare(account, new("Hello", house.Clock.GetUtcNow(), null, null), default);
        var refused = await Assert.ThrowsAsync<ChannelRefusedException>(() => network.Place(account, network.NewKey(house.Clock.GetUtcNow()), prepared, default));
        Assert.Contains("connect it again", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12345", 5)]
    [InlineData("see https://example.org/a/very/long/address?with=questions.", 4 + 23 + 1)]
    [InlineData("@ann@mastodon.example hi", 4 + 3)]
    [InlineData("@ann hi #hinge", 14)]
    [InlineData("👩‍👩‍👧‍👦!", 2)]
    public void A_text_is_counted_as_Mastodon_counts_it(string text, int length) => Assert.Equal(length, MastodonText.Count(text, 23));
}
