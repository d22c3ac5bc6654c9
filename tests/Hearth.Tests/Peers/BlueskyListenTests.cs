using System.Data.Common;
using System.Diagnostics;
using Hearth.Channels;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>The real network as a source: its firehose, and one of the brand's accounts.</summary>
public class BlueskyListenTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Posts and kills of the long test; ./test runs a shorter one.</summary>
    private static readonly (int Posts, int Kills) Long = (5_000, 50), Short = (1_000, 8);

    private static (int Posts, int Kills) Length => Environment.GetEnvironmentVariable("HEARTH_TEST_LONG") is { Length: > 0 } ? Long : Short;

    [Theory, EveryDatabase]
    public async Task Killed_again_and_again_while_posts_go_in_the_firehose_is_heard_to_the_last_post_and_none_twice(DatabaseKind kind)
    {
        var (posts, kills) = Length;
        await using var house = await House(kind);
        var fan = await BlueskyPeer.Join("fan");
        await Follow(house);

        // What the network said before is read first, so that the kills meet the new posts.
        var first = house.Services.GetRequiredService<SourceRunner>();
        await first.StartAsync(default);
        await fan.Post("firehose post before all others");
        await Until(async () => await Heard(house, fan) == 1, "the first post is heard");
        await first.StopAsync(default);
        var watch = Stopwatch.StartNew();
        var killed = 0;
        var posting = Task.Run(async () =>
        {
            // The posts go in while the kills happen, not before them.
            for (var from = 0; from < posts; from += 100)
            {
                while (Volatile.Read(ref killed) < (long)from * kills / posts) await Pause(20);
                await fan.PostMany(from, Math.Min(100, posts - from), n => $"firehose post number {n} 🙂");
            }
        });

        // Each process reads for a random while and dies wherever it is then.
        var random = new Random(kills);
        var heard = new List<int>();
        for (; killed < kills; Interlocked.Increment(ref killed))
        {
            using var child = ChildProcess.Start(Listen, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory);
            if (killed % 5 != 0) await child.StandardOutput.ReadLineAsync(); // it has stored something
            await Pause(random.Next(1, 1_500));
            child.Kill();
            await child.WaitForExitAsync();
            heard.Add(await Heard(house, fan));
        }

        await posting;
        output.WriteLine($"{kills} kills, {posts:N0} posts posted after {watch.Elapsed.TotalSeconds:N0} s; mentions after each kill: {string.Join(' ', heard)}");
        var runner = new SourceRunner(house.Services.GetRequiredService<IServiceScopeFactory>(), house.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<JobOptions>>(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<SourceRunner>.Instance);
        await runner.StartAsync(default);
        posts++; // and the first one
        await Until(async () => await Heard(house, fan) >= posts, "every post is a mention");
        await runner.StopAsync(default);

        var texts = await house.With<Database, List<string>>(db => db.Set<MentionRow>().Where(m => m.AuthorId == fan.Did).Select(m => m.Text).ToListAsync());
        Assert.Equal((posts, posts), (texts.Count, texts.Distinct(StringComparer.Ordinal).Count()));
        Assert.Equal(posts, await house.With<Database, int>(db => db.Set<MentionRow>().Where(m => m.AuthorId == fan.Did).CountAsync()));
        output.WriteLine($"{kind}: {posts:N0} mentions of {posts:N0} posts, none twice, after {kills} kills in {watch.Elapsed.TotalSeconds:N0} s");
    }

    [Theory, EveryDatabase]
    public async Task A_post_that_speaks_to_the_brand_is_a_mention_within_two_seconds(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var (brand, fan) = (await BlueskyPeer.Join("brand"), await BlueskyPeer.Join("fan"));
        await house.Connect(brand);
        await house.Settle();
        var runner = house.Services.GetRequiredService<SourceRunner>();
        await runner.StartAsync(default);
        await Until(async () => (await house.With<Sources, IReadOnlyList<SourceView>>(s => s.All(default))).Any(s => s.LastReadAt is not null), "the account is read");
        var waits = new List<double>();
        for (var n = 0; n < 20; n++)
        {
            var post = await fan.Post($"number {n} for @{brand.Handle}", brand);
            var watch = Stopwatch.StartNew();
            await Until(() => house.With<Database, bool>(db => db.Set<MentionRow>().AnyAsync(m => m.ExternalId == post.Uri)), "the post is heard");
            waits.Add(watch.Elapsed.TotalSeconds);
        }

        await runner.StopAsync(default);
        waits.Sort();
        output.WriteLine($"{kind}: median {waits[10]:0.00} s, longest {waits[^1]:0.00} s of {waits.Count}");
        Assert.InRange(waits[10], 0, 2);
    }

    [Fact]
    public async Task Over_the_firehose_a_post_is_a_mention_at_once_and_its_changes_and_its_end_follow()
    {
        await using var house = await House(DatabaseKind.Sqlite);
        var fan = await BlueskyPeer.Join("fan");
        await Follow(house);
        var runner = house.Services.GetRequiredService<SourceRunner>();
        await runner.StartAsync(default);
        var waits = new List<double>();
        PostRef last = null!;
        for (var n = 0; n < 20; n++)
        {
            last = await fan.Post($"number {n} with https://hearth.example/{n}");
            var watch = Stopwatch.StartNew();
            await Until(() => house.With<Database, bool>(db => db.Set<MentionRow>().AnyAsync(m => m.ExternalId == last.Uri)), "the post is heard");
            waits.Add(watch.Elapsed.TotalSeconds);
        }

        waits.Sort();
        output.WriteLine($"firehose: median {waits[10]:0.000} s, longest {waits[^1]:0.000} s of {waits.Count}");
        var heard = await house.With<Database, MentionRow>(db => db.Set<MentionRow>().SingleAsync(m => m.ExternalId == last.Uri));
        Assert.Equal((last.Cid, fan.Did, Media.Link, PostKind.Original, "en"), (heard.Cid, heard.AuthorId, heard.Has, heard.Kind, heard.Language));

        await fan.Put(last, "number 19 said better");
        await Until(() => house.With<Database, bool>(db => db.Set<MentionRow>().AnyAsync(m => m.ExternalId == last.Uri && m.Text == "number 19 said better" && m.EditedAt != null)), "the change is heard");
        await fan.Delete(last);
        await Until(() => house.With<Database, bool>(db => db.Set<MentionRow>().AnyAsync(m => m.ExternalId == last.Uri && m.Text == "" && m.RemovedAt != null)), "the deletion is heard");
        await fan.DeleteAccount();
        await Until(() => house.With<Database, bool>(db => db.Set<MentionRow>().Where(m => m.AuthorId == fan.Did).AllAsync(m => m.Text == "")), "with the account its words are gone");
        await runner.StopAsync(default);
    }

    [Fact]
    public async Task A_deleted_or_changed_post_that_an_account_heard_is_noticed_on_looking_again()
    {
        await using var house = await House(DatabaseKind.Sqlite);
        var (brand, fan) = (await BlueskyPeer.Join("brand"), await BlueskyPeer.Join("fan"));
        await house.Connect(brand);
        var (gone, stays) = (await fan.Post($"@{brand.Handle} sorry", brand), await fan.Post($"@{brand.Handle} not sorry", brand));
        await house.Until(async () => await house.With<Database, int>(db => db.Set<MentionRow>().CountAsync()) == 2 ? "both" : null, "both are heard");
        await fan.Delete(gone);

        // The next look again would be in half a minute.
        await house.Until(async () =>
        {
            await house.With<Database>(db => db.Set<SourceRow>().ExecuteUpdateAsync(set => set.SetProperty(s => s.Cursor, (string?)null)));
            return await house.With<Database, bool>(db => db.Set<MentionRow>().AnyAsync(m => m.ExternalId == gone.Uri && m.Text == "")) ? "gone" : null;
        }, "the deletion is noticed");
        Assert.NotEqual("", (await house.With<Database, MentionRow>(db => db.Set<MentionRow>().SingleAsync(m => m.ExternalId == stays.Uri))).Text);
    }

    [Child]
    internal static async Task Listen(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        var services = Use(new ServiceCollection().AddLogging().AddHearth(at)).ConfigureDbContext<Database>(o => o.AddInterceptors(new SayWhenStored()));
        await using var house = services.BuildServiceProvider();
        var runner = house.GetRequiredService<SourceRunner>();
        await runner.StartAsync(default);
        using var timer = new PeriodicTimer(Patience);
        await timer.WaitForNextTickAsync(); // killed long before
    }

    private sealed class SayWhenStored : DbTransactionInterceptor
    {
        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) => Console.Out.WriteLineAsync("stored");
    }

    private static Task<TestHouse> House(DatabaseKind kind) => TestHouse.Create(kind, s => Use(s));

    private static IServiceCollection Use(IServiceCollection services) => BlueskyPeer.Use(services).Configure<JobOptions>(o => o.Lease = TimeSpan.FromMilliseconds(200));

    private static async Task Follow(TestHouse house)
    {
        var settings = new Dictionary<string, string> { [RepoSource.Address] = BlueskyPeer.Address.ToString().Replace("http://", "ws://", StringComparison.Ordinal).TrimEnd('/'), [FirehoseSource.Start] = "oldest", [SourceSettings.Keep] = "all" };
        Assert.IsType<KeptSource.Done>(await house.With<Sources, KeptSource>(s => s.Add("firehose", "The network", settings, null, default)));
    }

    private static Task<int> Heard(TestHouse house, BlueskyPerson fan) => house.With<Database, int>(db => db.Set<MentionRow>().CountAsync(m => m.AuthorId == fan.Did));

    private static async Task Pause(int milliseconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(milliseconds));
        await timer.WaitForNextTickAsync();
    }

    private static async Task Until(Func<Task<bool>> isSo, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo())
        {
            if (watch.Elapsed > Patience) Assert.Fail($"Not within {Patience.TotalSeconds:N0} s: {what}");
            await Pause(20);
        }
    }
}
