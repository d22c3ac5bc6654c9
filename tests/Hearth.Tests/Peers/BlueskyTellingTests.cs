using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Operations;
using Hearth.Operations.Changes;
using Hearth.Operations.Telling;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hearth.Tests.Peers;

/// <summary>Closing the loop on the real network: everybody who spoke is told once, though the process that tells them is killed in the middle.</summary>
public class BlueskyTellingTests(ITestOutputHelper output)
{
    private const int People = 200;
    private const string Words = "You said the hinge cracks. It is steel now, and yours is exchanged.";
    private static readonly Actor Ada = new(UserId.New(), "Ada Byron", "AB", Department.Care, Role.Lead);

    [Fact]
    public async Task Two_hundred_people_are_told_once_each_in_their_threads_though_the_teller_is_killed_in_the_middle()
    {
        await using var house = await TestHouse.Create(DatabaseKind.Sqlite, s => BlueskyPeer.Use(s));
        var brand = await BlueskyPeer.Join("brand");
        await house.Connect(brand);
        var fans = new BlueskyPerson[People];
        await Parallel.ForAsync(0, People, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (n, _) => fans[n] = await BlueskyPeer.Join("fan"));
        await Parallel.ForEachAsync(fans, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (fan, _) => await fan.Post($"@{brand.Handle} the hinge of my flask cracked", brand));
        var talks = await house.Until(async () => await Talks(house) is { Count: People } all ? all : null, "all have been heard", TimeSpan.FromMinutes(5));

        var gap = Assert.IsType<Raising.Done>(await house.With<RaiseGap, Raising>(r => r.From(new GapDraft("quality", "A hinge that holds", "It cracks", Department.Product), (ConversationId?)null, Ada, default))).Gap;
        foreach (var talk in talks) Assert.Equal(Attaching.Attached, await house.With<AttachConversation, Attaching>(a => a.To(gap, talk, Ada, default)));
        var draft = new ChangeDraft("A steel hinge", ChangeKind.ProductDesign, "A steel pin in every lid", "The plastic one breaks", Department.Product);
        var change = Assert.IsType<Changing.Done>(await house.With<PlanChange, Changing>(p => p.Run(draft, [gap], [], Ada, default))).Change;
        await house.With<Politeness, IReadOnlyList<FieldError>>(p => p.Set("bluesky", Politeness.MaxPerHour, default));
        await house.With<TellingWords, Wording>(w => w.Write(change, "en", Words, Ada, default));
        Assert.IsType<Wording.Done>(await house.With<TellingWords, Wording>(w => w.Approve(change, "en", Words, Ada, default)));
        await house.With<TellingWords, Wording>(w => w.Set(change, false, "en", default));
        Assert.IsType<Changing.Done>(await house.With<ShipChange, Changing>(s => s.Run(change, null, Ada, default)));

        Assert.Equal(137, await ChildProcess.Run(TellAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, (People / 2).ToString(CultureInfo.InvariantCulture)));
        var atKill = (await Posts(brand)).Count;
        output.WriteLine($"{atKill} of {People} were told when the process was killed");
        Assert.InRange(atKill, People / 2, People - 1);

        await house.Until(async () => (await house.With<ReadTelling, TellingView?>(r => r.Of(change, default)))!.ByState.GetValueOrDefault(ToldState.Told) == People ? "all" : null, "all are told", TimeSpan.FromMinutes(5));
        var posts = await Posts(brand);
        Assert.Equal(People, posts.Count);
        Assert.Equal(fans.Select(f => f.Did).Order(StringComparer.Ordinal), posts.Select(p => ((string)p["value"]!["reply"]!["parent"]!["uri"]!).Split('/')[2]).Order(StringComparer.Ordinal));
        Assert.All(posts, p => Assert.StartsWith(Words + "\n^AB, Care at ", (string?)p["value"]!["text"], StringComparison.Ordinal));
        Assert.Equal(People, await house.With<Database, int>(db => Task.FromResult(db.Set<FactRow>().Count(f => f.Type == "Publishing.MessageSent"))));
    }

    private static async Task<IReadOnlyList<ConversationId>> Talks(TestHouse house) =>
        [.. (await house.With<ListConversations, Page<InboxRow>?>(l => l.Of(new InboxFilter(InboxView.All), null, 500, default)))!.Items.Select(r => r.Id)];

    /// <summary>Everything the account has posted, by the server's own pages.</summary>
    internal static async Task<IReadOnlyList<JsonNode>> Posts(BlueskyPerson person)
    {
        var all = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = JsonNode.Parse(await person.Client.GetStringAsync($"com.atproto.repo.listRecords?repo={person.Did}&collection=app.bsky.feed.post&limit=100{(cursor is null ? "" : "&cursor=" + cursor)}"))!;
            all.AddRange(page["records"]!.AsArray().Select(r => r!));
            cursor = (string?)page["cursor"];
        }
        while (cursor is not null);
        return all;
    }

    /// <summary>Works as a node does, jobs side by side, and is killed while they send.</summary>
    [Child]
    internal static async Task TellAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        var deadly = new DieAfter(int.Parse(args[3], CultureInfo.InvariantCulture));
        var services = BlueskyPeer.Use(new ServiceCollection().AddLogging().AddHearth(at));
        services.AddHttpClient(SafeHttp.Client).AddHttpMessageHandler(() => new Counting(deadly));
        await using var provider = services.BuildServiceProvider();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        IHostedService jobs = provider.GetRequiredService<JobWorker>(), facts = provider.GetRequiredService<FactDispatcher>();
        await Task.WhenAll(jobs.StartAsync(limit.Token), facts.StartAsync(limit.Token));
        await Task.WhenAll(((BackgroundService)jobs).ExecuteTask!, ((BackgroundService)facts).ExecuteTask!);
    }

    private sealed class DieAfter(int records)
    {
        private readonly ConcurrentDictionary<string, bool> _stand = new(StringComparer.Ordinal);

        /// <summary>kill -9 once so many records stand, one that was put twice counted once; others are on their way at that moment.</summary>
        public void Count(string key)
        {
            if (_stand.TryAdd(key, true) && _stand.Count >= records) ChildProcess.DieNow();
        }
    }

    private sealed class Counting(DieAfter deadly) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var key = request.RequestUri!.AbsolutePath.EndsWith("putRecord", StringComparison.Ordinal) ? (string?)JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!["rkey"] : null;
            var answer = await base.SendAsync(request, cancellationToken);
            if (key is not null && answer.IsSuccessStatusCode) deadly.Count(key);
            return answer;
        }
    }
}
