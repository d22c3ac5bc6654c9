using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Channels.Mastodon;
using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>Sending through Mastodon's client API, on a real server. What it lacks (Idempotency-Key, deletion, 202 for media) is tested against the API's documentation.</summary>
public class MastodonSendingTests
{
    private static async Task<(TestHouse House, SnacPerson Brand, SnacPerson Fan, ChannelAccountView Account)> Begin(DatabaseKind kind)
    {
        var house = await TestHouse.Create(kind, s => SnacPeer.Use(s));
        var (brand, fan) = (await SnacPeer.Join("brand"), await SnacPeer.Join("fan"));
        return (house, brand, fan, await house.Connect(brand));
    }

    private static IOutgoingNetwork Network(TestHouse house) => house.Services.GetServices<IOutgoingNetwork>().Single(n => n.Name == "mastodon");

    /// <summary>Now and then this server resets the connection before its answer is read; then it is asked again, as the outbox does.</summary>
    private static async Task<T> Again<T>(Func<Task<T>> ask)
    {
        for (var left = 10; ; left--)
        {
            try
            {
                return await ask();
            }
            catch (HttpRequestException reset) when (left > 0 && reset.InnerException is IOException)
            {
                // asked again
            }
        }
    }

    private static Task Again(Func<Task> ask) => Again(async () =>
    {
        await ask();
        return true;
    });

    private static ReplyRefs To(JsonNode post) => new(new((string)post["uri"]!, null), null) { ParentId = $"{SnacPeer.Address}/api/v1/statuses/{post["id"]}" };

    [Theory, EveryDatabase]
    public async Task A_key_that_is_placed_twice_leaves_one_status_which_can_be_found_changed_and_read(DatabaseKind kind)
    {
        var (house, brand, fan, account) = await Begin(kind);
        await using var _ = house;
        var (network, now) = (Network(house), TimeProvider.System.GetUtcNow());
        var post = await fan.Post($"@{brand.User} where is it?");
        var key = network.NewKey(now);
        var prepared = await Again(() => network.Prepare(account.Id, new("We look: https://example.org/a", now, To(post), null) { Language = "en" }, default));
        Assert.Null(await Again(() => network.Find(account.Id, key, default)));
        var (first, second) = (await Again(() => network.Place(account.Id, key, prepared, default)), await Again(() => network.Place(account.Id, key, prepared, default)));
        Assert.Equal(first, second);
        Assert.Equal(first, await Again(() => network.Find(account.Id, key, default)));

        var stands = Assert.Single(await Own(brand));
        Assert.Equal(((string)post["id"]!, "public"), ((string)stands["in_reply_to_id"]!, (string)stands["visibility"]!));
        Assert.StartsWith($"@{fan.User}", await Source(brand, stands), StringComparison.Ordinal);

        var changed = await Again(() => network.Prepare(account.Id, new("We found it.", now, To(post), null), default));
        Assert.Equal(first.ExternalId, (await Again(() => network.Edit(account.Id, key, changed, default))).ExternalId);
        Assert.EndsWith("We found it.", await Source(brand, Assert.Single(await Own(brand))), StringComparison.Ordinal);
        Assert.Equal(new Receipts(0, 0, 0), (await Again(() => network.Receipts(account.Id, [first.ExternalId], default)))[first.ExternalId]);

        // This server does not delete for programs, and that is said instead of passing for done.
        var refused = await Assert.ThrowsAsync<ChannelRefusedException>(() => Again(() => network.Remove(account.Id, key, default)));
        Assert.Contains(first.Url!, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_answers_of_the_same_words_are_two_statuses_though_both_their_answers_were_lost()
    {
        var (house, brand, fan, account) = await Begin(DatabaseKind.Sqlite);
        await using var _ = house;
        var (network, now) = (Network(house), TimeProvider.System.GetUtcNow());
        var post = await fan.Post($"@{brand.User} thanks!");
        var prepared = await Again(() => network.Prepare(account.Id, new("You are welcome.", now, To(post), null), default));
        string[] keys = [network.NewKey(now), network.NewKey(now)];
        foreach (var key in keys)
        {
            await Again(() => network.Place(account.Id, key, prepared, default));
            await house.With<Database>(db => Forget(db, key)); // as though the process had died before it could keep the id
        }

        var again = new List<Placed>();
        foreach (var key in keys) again.Add(await Again(() => network.Place(account.Id, key, prepared, default)));
        Assert.Equal(2, (await Own(brand)).Count);
        Assert.Equal(2, again.Select(p => p.ExternalId).Distinct().Count());
    }

    [Fact]
    public async Task A_picture_goes_with_its_description()
    {
        var (house, brand, _, account) = await Begin(DatabaseKind.Sqlite);
        await using var __ = house;
        var (network, now) = (Network(house), TimeProvider.System.GetUtcNow());
        var rules = await Again(() => network.Rules(account.Id, default));
        Assert.Equal((100_000, 32, 4), (rules.MaxLength, rules.LinkLength, rules.MaxImages)); // as this server says
        var prepared = await Again(() => network.Prepare(account.Id, new("The hinge", now, null, null) { Images = [new(Png, "image/png", "A hinge of brass", 1, 1)] }, default));
        await Again(() => network.Place(account.Id, network.NewKey(now), prepared, default));
        var media = Assert.Single(Assert.Single(await Own(brand))["media_attachments"]!.AsArray());
        Assert.Equal(("image", "A hinge of brass"), ((string)media!["type"]!, (string)media["description"]!));
    }

    internal static byte[] Png { get; } = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static Task Forget(Database db, string key) =>
        Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(db.Database, $"UPDATE channels_placed_posts SET network_id = NULL WHERE key = {key}");

    private static async Task<IReadOnlyList<JsonNode>> Own(SnacPerson who)
    {
        var me = (string)(await who.Get("/api/v1/accounts/verify_credentials"))["id"]!;
        return [.. (await who.Get($"/api/v1/accounts/{me}/statuses?limit=40")).AsArray().OfType<JsonNode>()];
    }

    private static async Task<string> Source(SnacPerson who, JsonNode status) => (string)(await who.Get($"/api/v1/statuses/{status["id"]}/source"))["text"]!;
}
