using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;
using Hearth.Platform.Http;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>kill -9 between sending and recording, on real servers. HEARTH_TEST_KILLS says how often (each on both databases); ./test does a few.</summary>
public class KillTests
{
    internal static readonly Actor Ada = new(UserId.New(), "Ada Byron", "AB", Department.Care, Role.Agent);

    /// <summary>How often each test kills.</summary>
    internal static int Kills => int.TryParse(Environment.GetEnvironmentVariable("HEARTH_TEST_KILLS"), System.Globalization.CultureInfo.InvariantCulture, out var given) ? given : 3;

    [Theory, EveryDatabase]
    public async Task No_reply_on_Mastodon_is_lost_or_doubled_however_often_the_process_is_killed(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind, s => SnacPeer.Use(s));
        var (brand, fan) = (await SnacPeer.Join("brand"), await SnacPeer.Join("fan"));
        await house.Connect(brand);
        var posts = new List<string>();
        var replies = await Kill(house, "mastodon", async n =>
        {
            var post = await fan.Post($"@{brand.User} where is parcel {n}?");
            posts.Add((string)post["id"]!);
            return new("mastodon", null, (string)post["uri"]!) { ParentId = $"{SnacPeer.Address}/api/v1/statuses/{post["id"]}", Handle = fan.User };
        });
        Assert.Equal(replies, posts.Count);
        for (var n = 0; n < replies; n++)
        {
            var answers = await house.Until(async () => (await fan.Get($"/api/v1/statuses/{posts[n]}/context"))["descendants"]!.AsArray() is { Count: > 0 } there ? there : null, $"answer {n} is delivered");
            Assert.Contains($"Let me look. {Mark(n)}", (string)Assert.Single(answers)!["content"]!, StringComparison.Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task No_reply_on_Bluesky_is_lost_or_doubled_however_often_the_process_is_killed(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind, s => BlueskyPeer.Use(s));
        var (brand, fan) = (await BlueskyPeer.Join("brand"), await BlueskyPeer.Join("fan"));
        await house.Connect(brand);
        var post = await fan.Post("Where are my parcels?");
        var replies = await Kill(house, "bluesky", _ => Task.FromResult(new ReplyTarget("bluesky", null, post.Uri, post.Cid, post.Uri, post.Cid)));
        Assert.Equal(replies, (await Standing(brand)).Count);
    }

    [Theory, EveryDatabase]
    public async Task No_reply_in_the_fediverse_is_lost_or_doubled_however_often_the_process_is_killed(DatabaseKind kind)
    {
        await using var peer = await FedifyPeer.Start("rfc9421");
        await using var place = await ActivityPubPlace.Open(kind, [peer.Authority]);
        var replies = await Kill(place.House, "activitypub", async n => new("activitypub", place.Account.Id, await peer.Post($"where is parcel {n}?", place.Actor)));
        var took = await place.House.Until(async () => await peer.Took("Create") is var all && all.Count >= replies ? all : null, "all arrived");
        Assert.Equal(replies, took.Count);
        Assert.Equal(replies, took.Select(t => (string)t["note"]!).Distinct().Count());
        Assert.Equal(replies, took.Select(t => (string)t["inReplyTo"]!).Distinct().Count());
    }

    private static async Task<HashSet<string>> Standing(BlueskyPerson brand)
    {
        var (stand, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await brand.Client.GetFromJsonAsync<JsonNode>($"com.atproto.repo.listRecords?repo={brand.Did}&collection=app.bsky.feed.post&limit=100&cursor={cursor}");
            stand.AddRange(page!["records"]!.AsArray().Select(r => (string)r!["uri"]!));
            cursor = (string?)page["cursor"];
        }
        while (cursor is not null);
        return [.. stand];
    }

    // Every reply is queued, sent by a process that dies as soon as the network has said yes, and then taken up by another.
    internal static async Task<int> Kill(TestHouse house, string network, Func<int, Task<ReplyTarget>> to)
    {
        var ids = new List<MessageId>();
        for (var (n, killed) = (0, 0); killed < Kills; n++)
        {
            var target = await to(n);
            var made = await house.In(async s =>
            {
                var queued = await s.GetRequiredService<Publish>().Reply(new(target, $"Let me look. {Mark(n)}", Ada), default);
                await s.GetRequiredService<Database>().SaveChangesAsync();
                return queued;
            });
            ids.Add(Assert.IsType<Publication.Queued>(made).Message);
            if (await ChildProcess.Run(SendAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, network, Mark(n)) == 137) killed++; // else the network's yes was lost on the way, and found again
        }

        var sent = await house.Until(async () =>
        {
            await house.Services.GetRequiredService<JobWorker>().Drain(default);
            var messages = await house.With<ReadMessages, IReadOnlyList<MessageView>>(r => r.Of(ids, default));
            return messages.All(m => m.Status == MessageStatus.Sent) ? messages : null;
        }, "all are sent", TimeSpan.FromMinutes(2));
        Assert.Equal(ids.Count, sent.Select(m => m.ExternalId).Distinct().Count());
        Assert.Equal(ids.Count, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type == "Publishing.MessageSent")));
        return ids.Count;
    }

    // Stands as it is in JSON, in a form and in HTML.
    private static string Mark(int n) => $"Ref-{n}.";

    [Child]
    internal static async Task SendAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        var services = new ServiceCollection().AddLogging().AddHearth(at);
        services = args[3] switch { "mastodon" => SnacPeer.Use(services), "bluesky" => BlueskyPeer.Use(services), _ => ActivityPubPlace.Use(services, []) };
        services.AddTransient(_ => new DieAfterSending(args[4]));
        foreach (var client in (string[])[SafeHttp.Client, SafeHttp.Unfollowed]) services.AddHttpClient(client).AddHttpMessageHandler<DieAfterSending>();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var messages = scope.ServiceProvider.GetRequiredService<Database>().Set<Message>();
        do await provider.GetRequiredService<JobWorker>().Drain(default); // the lease of whoever died before runs out first
        while (await messages.AnyAsync(m => m.Status != MessageStatus.Sent));
    }

    /// <summary>kill -9 once the server has answered that the post with these words stands. What others died over before is sent anew and lives on.</summary>
    internal sealed class DieAfterSending(string words) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var said = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var answer = await base.SendAsync(request, cancellationToken);
            var isPost = request.RequestUri!.AbsolutePath is var path && (path.EndsWith("putRecord", StringComparison.Ordinal) || path == "/api/v1/statuses" && request.Method == HttpMethod.Post || path.EndsWith("/inbox", StringComparison.Ordinal) && request.Method == HttpMethod.Post);
            if (isPost && answer.IsSuccessStatusCode && said.Contains(words, StringComparison.Ordinal)) ChildProcess.DieNow();
            return answer;
        }
    }
}
