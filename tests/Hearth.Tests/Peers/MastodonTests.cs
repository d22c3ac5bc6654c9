using System.Diagnostics;
using System.Text.Json.Nodes;
using Hearth.Channels;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>Against a real server that speaks Mastodon's client API. What it lacks is tested against <c>FakeMastodon</c>, written from the documentation.</summary>
public class MastodonTests
{
    private static Task<TestHouse> House(DatabaseKind kind) => TestHouse.Create(kind, s => SnacPeer.Use(s));

    private static Task<MentionRow> Heard(TestHouse house, string uri) =>
        house.Until(() => house.With<Database, MentionRow?>(db => db.Set<MentionRow>().AsNoTracking().SingleOrDefaultAsync(m => m.Uri == uri)), $"{uri} is heard");

    private static async Task<SourceId> Source(TestHouse house, ChannelAccountView account, params (string Name, string Value)[] settings)
    {
        var source = await house.Until(async () => (await house.With<Sources, IReadOnlyList<SourceView>>(s => s.All(default))).SingleOrDefault(s => s.Kind == "mastodon"), "the account has a source");
        Assert.Equal(account.Id.Value.ToString(), source.Settings["account"]);
        if (settings.Length > 0) Assert.IsType<KeptSource.Done>(await house.With<Sources, KeptSource>(s => s.Set(source.Id, settings.ToDictionary(p => p.Name, p => p.Value), default)));
        return source.Id;
    }

    [Theory, EveryDatabase]
    public async Task A_post_with_the_brands_tag_is_a_mention_here_within_two_seconds_as_a_rule(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var (brand, fan) = (await SnacPeer.Join("brand"), await SnacPeer.Join("fan"));
        var tag = "hearth" + Guid.NewGuid().ToString("N")[..8];
        await Source(house, await house.Connect(brand), ("tags", "#" + tag), ("mentions", "no"));
        var runner = house.Services.GetRequiredService<SourceRunner>();
        await runner.StartAsync(default);

        var took = new List<double>();
        for (var n = 0; n < 20; n++)
        {
            var post = await fan.Post($"My shoes #{tag} fell apart, pair {n}: https://shop.example/a?b=1&c=2");
            var started = Stopwatch.StartNew();
            var heard = await Heard(house, (string)post["uri"]!);
            took.Add(started.Elapsed.TotalSeconds);
            Assert.Equal($"My shoes #{tag} fell apart, pair {n}: https://shop.example/a?b=1&c=2", heard.Text);
            Assert.Equal((fan.Url, $"{fan.User}@{new Uri(SnacPeer.Address).Authority}", Media.Link, PostKind.Original, false), (heard.AuthorId, heard.AuthorHandle, heard.Has, heard.Kind, heard.IsOwn));
        }

        await runner.StopAsync(default);
        took.Sort();
        TestContext.Current.SendDiagnosticMessage($"{kind}: 20 posts heard, median {took[10]:F2} s, longest {took[^1]:F2} s");
        Assert.InRange(took[10], 0, 2);
    }

    [Theory, EveryDatabase]
    public async Task Who_speaks_to_the_account_is_heard(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var (brand, fan) = (await SnacPeer.Join("brand"), await SnacPeer.Join("fan"));
        var account = await house.Connect(brand);
        Assert.Equal(("mastodon", brand.Url, $"{brand.User}@{new Uri(SnacPeer.Address).Authority}", ChannelState.Connected), (account.Network, account.ExternalId, account.Handle, account.State));
        await Source(house, account);
        var runner = house.Services.GetRequiredService<SourceRunner>();
        await runner.StartAsync(default);

        // snac2 asks a stranger's server for the author first, and takes seconds to deliver.
        var question = await fan.Post($"@{brand.User} when will you mend this?");
        var heard = await Heard(house, (string)question["uri"]!);
        Assert.Contains("when will you mend this?", heard.Text, StringComparison.Ordinal);
        Assert.Equal("mastodon", heard.Network);
        await runner.StopAsync(default);
    }

    [Theory, EveryDatabase]
    public async Task Posts_go_in_once_each_however_often_the_process_is_killed(DatabaseKind kind)
    {
        var (posts, kills) = (Number("HEARTH_TEST_SNAC_POSTS", 500), Number("HEARTH_TEST_SNAC_KILLS", 5));
        await using var house = await House(kind);
        var (brand, fan) = (await SnacPeer.Join("brand"), await SnacPeer.Join("fan"));
        var tag = "hearth" + Guid.NewGuid().ToString("N")[..8];
        await Source(house, await house.Connect(brand), ("tags", tag), ("mentions", "no"));

        var watch = Stopwatch.StartNew();
        var written = Write();
        var killed = 0;
        while (killed < kills)
        {
            var code = await ChildProcess.Run(ListenAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, Random.Shared.Next(0, 2500).ToString(System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(137, code);
            killed++;
        }

        var soFar = await Count();
        var uris = await written;
        var runner = house.Services.GetRequiredService<SourceRunner>();
        await runner.StartAsync(default);
        await house.Until(async () => await Count() >= posts ? "all" : null, "all are heard", TimeSpan.FromMinutes(5));
        await runner.StopAsync(default);
        TestContext.Current.SendDiagnosticMessage($"{kind}: {posts} posts, {killed} kills, {soFar} heard when the last child died, {watch.Elapsed.TotalSeconds:F0} s");
        var heard = await house.With<Database, List<string?>>(db => db.Set<MentionRow>().Select(m => m.Uri).ToListAsync());
        Assert.Equal(uris.Order(StringComparer.Ordinal), heard.Order(StringComparer.Ordinal));
        Assert.Equal(posts, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type == "Listening.MentionHeard")));

        async Task<List<string>> Write()
        {
            var made = new List<string>();
            for (var n = 0; n < posts; n++) made.Add((string)(await fan.Post($"number {n} of #{tag}"))["uri"]!);
            return made;
        }

        Task<int> Count() => house.With<Database, int>(db => db.Set<MentionRow>().CountAsync());
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_is_told_and_nothing_is_kept()
    {
        await using var house = await House(DatabaseKind.Sqlite);
        Assert.IsType<Connection.WrongPassword>(await house.With<ConnectMastodon, Connection>(c => c.With(SnacPeer.Address, "nothing-like-it", default)));
        Assert.IsType<Connection.Invalid>(await house.With<ConnectMastodon, Connection>(c => c.End("made up", "code", "ada", default)));
        Assert.Empty(await house.With<ChannelAccounts, IReadOnlyList<ChannelAccountView>>(a => a.All(default)));
        var brand = await SnacPeer.Join("brand");
        Assert.IsType<Connection.Connected>(await house.With<ConnectMastodon, Connection>(c => c.With(SnacPeer.Address, brand.Token, default)));
    }

    private static int Number(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), System.Globalization.CultureInfo.InvariantCulture, out var given) ? given : otherwise;

    /// <summary>Listens as a node does, until kill -9 at the moment that was drawn, counted from when the source is being read.</summary>
    [Child]
    internal static async Task ListenAndDie(string[] args)
    {
        var at = new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]);
        await using var provider = SnacPeer.Use(new ServiceCollection().AddLogging().AddHearth(at)).BuildServiceProvider();
        var runner = provider.GetRequiredService<SourceRunner>();
        await runner.StartAsync(default);
        SpinWait.SpinUntil(() => runner.Reads > 0);
        var lived = Stopwatch.StartNew();
        SpinWait.SpinUntil(() => lived.ElapsedMilliseconds >= int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture));
        ChildProcess.DieNow();
    }
}
