using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Listening.Reading;

/// <summary>A Bluesky account, by its notifications and a search, as <see cref="FakeBluesky"/> speaks.</summary>
public class BlueskySourceTests : MentionSourceContract
{
    protected override async Task<FakeNetwork> Start() => new BlueskyAccountNetwork(await FakeBluesky.Start());

    [Theory, EveryDatabase]
    public async Task A_token_that_the_server_forgot_is_replaced_while_the_password_holds(DatabaseKind kind)
    {
        var server = await FakeBluesky.Start();
        await using var ears = await Ears.Open(kind, new BlueskyAccountNetwork(server));
        server.Post("p1", "before");
        await ears.Hears(1);
        var forgotten = ears.Now;
        server.EndSessions();
        server.Post("p2", "after");
        await ears.Hears(2);
        Assert.True(ears.Now < forgotten.AddHours(1.5), "the old token was not used until it ended by itself, after two hours");
        Assert.Equal((0, (string?)null), ((await ears.Source()).Failures, (await ears.Source()).LastError));
    }

    [Theory, EveryDatabase]
    public async Task More_than_a_page_is_read_to_its_end_also_past_what_has_a_wrong_date(DatabaseKind kind)
    {
        var server = await FakeBluesky.Start();
        server.PageSize = 10;
        await using var ears = await Ears.Open(kind, new BlueskyAccountNetwork(server, ""));
        for (var n = 0; n < 35; n++)
        {
            server.Post($"p{n}", $"post number {n}");
            if (n % 7 == 0) server.Notify(new JsonObject { ["uri"] = FakeBluesky.Uri("odd"), ["reason"] = "like", ["indexedAt"] = n % 2 == 0 ? "1970-01-01T00:00:00Z" : "2999-01-01T00:00:00Z" });
        }

        await ears.Hears(35);
        server.Post("later", "one more");
        await ears.Hears(36);
    }

    [Theory, EveryDatabase]
    public async Task What_a_network_that_is_behind_shows_minutes_after_later_posts_is_heard(DatabaseKind kind)
    {
        var server = await FakeBluesky.Start();
        await using var ears = await Ears.Open(kind, new BlueskyAccountNetwork(server, ""));
        server.Post("p1", "the hinge of the flask cracked");
        await ears.Hears(1);
        server.Post("late", "the strap of the pack tore", indexed: TimeProvider.System.GetUtcNow().AddMinutes(-5));
        await ears.Hears(2);
    }

    [Theory, EveryDatabase]
    public async Task A_post_whose_author_blocks_the_account_stays_while_a_deleted_one_goes(DatabaseKind kind)
    {
        var server = await FakeBluesky.Start();
        await using var ears = await Ears.Open(kind, new BlueskyAccountNetwork(server));
        server.Post("p1", "the hinge of the flask cracked");
        server.Post("p2", "the strap of the pack tore");
        await ears.Hears(2);
        server.Block("p1");
        server.Delete("p2");
        await ears.Until(async () => (await Removed(ears)).Contains(FakeBluesky.Uri("p2")), "the deleted post is gone");
        for (var more = 0; more < 5; more++) await ears.Hears(2);
        Assert.Equal([FakeBluesky.Uri("p2")], await Removed(ears));
    }

    [Theory, EveryDatabase]
    public async Task A_record_written_anew_with_the_same_words_is_no_edit_and_answers_name_its_new_hash(DatabaseKind kind)
    {
        var server = await FakeBluesky.Start();
        await using var ears = await Ears.Open(kind, new BlueskyAccountNetwork(server));
        server.Post("p1", "the hinge of the flask cracked");
        await ears.Hears(1);
        var renewed = server.Renew("p1");
        await ears.Until(async () => (await Mentions(ears)).Single().Cid == renewed, "the new hash is kept");
        Assert.Null((await Mentions(ears)).Single().EditedAt);
        Assert.Equal(0, await ears.Facts("Listening.MentionEdited"));
        server.Edit("p1", "the hinge of the flask holds");
        await ears.Until(async () => (await ears.Texts()).Contains("the hinge of the flask holds"), "the edit is here");
        Assert.Equal(1, await ears.Facts("Listening.MentionEdited"));
    }

    private static Task<List<MentionRow>> Mentions(Ears ears) => ears.House.With<Database, List<MentionRow>>(db => db.Set<MentionRow>().AsNoTracking().ToListAsync());

    private static async Task<List<string?>> Removed(Ears ears) => [.. (await Mentions(ears)).Where(m => m.RemovedAt is not null).Select(m => m.Uri)];
}

internal sealed class BlueskyAccountNetwork(FakeBluesky server, string searches = "post number\nround") : FakeNetwork
{
    public override string Kind => "bluesky";

    public override bool HasCredentials => true;

    public override bool CountsSkipped => true;

    public override async Task<Dictionary<string, string>> Settings(TestHouse house)
    {
        var connection = await house.With<ConnectBluesky, Connection>(c => c.With(server.Address, "@brand.example", FakeBluesky.Password, default));
        return new(StringComparer.Ordinal)
        {
            [BlueskySource.Account] = Assert.IsType<Connection.Connected>(connection).Account.Id.Value.ToString(), [BlueskySource.Searches] = searches,
        };
    }

    public override Task Post(string id, string text, DateTimeOffset? at = null)
    {
        server.Post(id, text, at);
        return Task.CompletedTask;
    }

    public override Task Edit(string id, string text)
    {
        server.Edit(id, text);
        return Task.CompletedTask;
    }

    public override Task Delete(string id)
    {
        server.Delete(id);
        return Task.CompletedTask;
    }

    public override Task Malformed()
    {
        var now = $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'}";
        server.Notify(new JsonObject { ["reason"] = "mention", ["uri"] = 5, ["indexedAt"] = now, ["record"] = new JsonArray(), ["author"] = "ann" });
        server.Notify(new JsonObject { ["reason"] = "reply", ["uri"] = FakeBluesky.Uri("bad"), ["cid"] = 7, ["indexedAt"] = now, ["author"] = new JsonObject(), ["record"] = new JsonObject { ["text"] = "post number none", ["langs"] = new JsonArray(1) } });
        server.Notify(new JsonObject { ["reason"] = "quote", ["uri"] = FakeBluesky.Uri("worse"), ["indexedAt"] = "never", ["author"] = new JsonObject { ["did"] = "did:plc:ann" }, ["record"] = new JsonObject { ["text"] = new JsonArray("post number none") } });
        server.Notify(new JsonObject { ["reason"] = new JsonArray(), ["likeCount"] = "many" });
        server.Notify(new JsonObject());
        return Task.CompletedTask;
    }

    public override Task Huge()
    {
        server.Post("huge", new string('x', 3 << 20));
        return Malformed();
    }

    public override Task Break()
    {
        server.IsBroken = true;
        return Task.CompletedTask;
    }

    public override Task Mend()
    {
        server.IsBroken = false;
        return Task.CompletedTask;
    }

    public override Task Revoke()
    {
        server.IsPasswordGood = false;
        server.EndSessions();
        return Task.CompletedTask;
    }

    public override Task Restore()
    {
        server.IsPasswordGood = true;
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}
