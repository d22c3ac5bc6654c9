using System.Globalization;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Alerts;
using Hearth.Listening.Spikes;
using Hearth.Platform;
using Hearth.Tests.Conversations.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Listening.Alerts;

public class SpikeAlertTests
{
    private static readonly Actor Ann = new(UserId.New(), "Ann Bell", "AB", Department.Care, Role.Agent);

    [Theory, EveryDatabase]
    public async Task A_wave_is_told_once_with_the_posts_behind_it_though_nobody_set_a_number(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var query = await Watched(house);

        await Hear(house, Enumerable.Range(0, 40).Select(n => $"ember, everybody talks of it {n}"));
        await Later(house, 8);
        await Hear(house, Enumerable.Range(0, 42).Select(n => $"ember, all of the town talks of it {n}"));
        await Later(house, 8);
        await Later(house, 60);

        var told = Assert.Single(await Told(house));
        Assert.Matches("^4[0-2] mentions of “Ember” within 5 minutes; (about [1-4] (is|are) usual|less than 1 is usual)$", told.Title);
        Assert.Equal(($"/listen/queries/{query.Value}#spikes", 3, false), (told.Href, told.Mentions.Count, told.Bad));
        var spikes = (await house.With<ReadSpikes, QuerySpikes?>(r => r.Of(query, default)))!;
        Assert.Single(spikes.Spikes, s => s.IsTold);
        Assert.All(spikes.Spikes, s => Assert.True(s.Count > s.Expected * 3));
        Assert.Equal(168, spikes.Hours.Count);
        Assert.Contains(spikes.Hours, h => h.Mentions > 80 && h.Usual < 40);
    }

    [Theory, EveryDatabase]
    public async Task What_stood_out_before_a_query_was_saved_is_shown_and_not_told(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var query = await Watched(house, wave: TimeSpan.FromDays(-3));

        Assert.Empty(await Told(house));
        var spikes = (await house.With<ReadSpikes, QuerySpikes?>(r => r.Of(query, default)))!;
        Assert.Contains(spikes.Spikes, s => s is { Minutes: 5, Negative: false, IsTold: false, Count: 60 });
        Assert.DoesNotContain(spikes.Spikes, s => s.Negative);
    }

    [Theory, EveryDatabase]
    public async Task A_wave_of_anger_is_told_to_who_asked_for_negative_mentions_and_to_nobody_else(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Watched(house, negative: true);

        await Hear(house, Enumerable.Range(0, 30).Select(n => $"I love ember, great, wonderful {n}"));
        await Later(house, 70);
        Assert.Empty(await Told(house));

        await Hear(house, Enumerable.Range(0, 30).Select(n => $"I hate ember, it is awful and broken {n}"));
        await Later(house, 8);
        var told = Assert.Single(await Told(house));
        Assert.StartsWith("30 negative mentions of “Ember” within 5 minutes", told.Title, StringComparison.Ordinal);
        Assert.True(told.Bad);
    }

    [Theory, EveryDatabase]
    public async Task A_watch_that_is_run_again_from_the_same_place_tells_and_keeps_nothing_twice(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var query = await Watched(house);
        await Hear(house, Enumerable.Range(0, 40).Select(n => $"ember everywhere {n}"));
        await Later(house, 8);
        var once = (await house.With<ReadSpikes, QuerySpikes?>(r => r.Of(query, default)))!.Spikes;

        for (var n = 0; n < 3; n++) await house.With<WatchSpikesRun>(r => r.Run(new(), default));
        await house.Settle();

        Assert.Equal(once, (await house.With<ReadSpikes, QuerySpikes?>(r => r.Of(query, default)))!.Spikes);
        Assert.Single(await Told(house));
    }

    [Theory, EveryDatabase]
    public async Task Another_text_is_another_series_and_a_removed_query_leaves_nothing_behind(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var query = await Watched(house, wave: TimeSpan.FromDays(-3));

        await house.With<SavedQueries, SavedQuery>(q => q.Change(query, "Ember", "nothing of that", default));
        await Later(house, 8);
        Assert.Empty((await house.With<ReadSpikes, QuerySpikes?>(r => r.Of(query, default)))!.Spikes);

        await house.With<SavedQueries, bool>(q => q.Remove(query, default));
        await Later(house, 8);
        Assert.Null(await house.With<ReadSpikes, QuerySpikes?>(r => r.Of(query, default)));
        Assert.Equal(0, await house.With<Database, int>(async db => await db.Set<SpikeWatch>().CountAsync() + await db.Set<SpikeRow>().CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Killed_at_one_commit_after_another_the_watch_tells_a_wave_once_and_keeps_what_an_undisturbed_one_keeps(DatabaseKind kind)
    {
        var kept = new List<string>();
        foreach (var isKilled in new[] { false, true })
        {
            await using var house = await TestHouse.Create(kind);
            var query = await Watched(house);
            await Hear(house, Enumerable.Range(0, 40).Select(n => $"ember everywhere, awful {n}"));
            await house.Settle();
            house.Clock.Advance(TimeSpan.FromMinutes(8));
            var deaths = 0;
            foreach (var (commit, after) in Enumerable.Range(0, isKilled ? 200 : 0).SelectMany(n => new[] { (n, false), (n + 1, true) }))
            {
                var code = await ChildProcess.Run(WatchAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, house.Clock.Now().UtcTicks.ToString(CultureInfo.InvariantCulture),
                    commit.ToString(CultureInfo.InvariantCulture), after.ToString());
                if (code == 0) break;
                Assert.Equal(137, code);
                deaths++;
                Assert.InRange((await Told(house)).Count, 0, 1);
            }

            if (isKilled) Assert.InRange(deaths, 3, 400);
            await house.Settle();
            await Later(house, 60);
            Assert.Single(await Told(house));
            var watches = await house.With<Database, List<string>>(async db => [.. (await db.Set<SpikeWatch>().ToListAsync()).OrderBy(w => w.Minutes).ThenBy(w => w.Negative).Select(w => $"{w.Minutes} {w.Negative} {w.Until:O} {w.State}")]);
            var spikes = (await house.With<ReadSpikes, QuerySpikes?>(r => r.Of(query, default)))!.Spikes.Select(s => s.ToString());
            if (isKilled) Assert.Equal(kept, [.. watches, .. spikes]);
            kept = [.. watches, .. spikes];
        }
    }

    [Child]
    internal static async Task WatchAndDie(string[] args)
    {
        var clock = new FakeClock();
        clock.Set(new(long.Parse(args[3], CultureInfo.InvariantCulture), TimeSpan.Zero));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddHearth(new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]));
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieAtCommitNumber(int.Parse(args[4], CultureInfo.InvariantCulture), bool.Parse(args[5]))));
        await using var provider = services.BuildServiceProvider();
        await using (var scope = provider.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<WatchSpikesRun>().Run(new(), default);
        await provider.GetRequiredService<FactDispatcher>().Drain(default);
    }

    // A query with five days of about two mentions in five minutes behind it, and an alert.
    private static async Task<QueryId> Watched(TestHouse house, bool negative = false, TimeSpan? wave = null)
    {
        var random = new Random(4);
        var (begin, source) = (house.Clock.Now().AddDays(-5), await house.With<Sources, SourceId>(s => s.ForFile("Talk", default)));
        var posts = Enumerable.Range(0, 5 * 288).SelectMany(n => Enumerable.Range(0, random.Next(4)).Select(k => new IncomingPost($"old{n}-{k}", $"my ember {n} {k}", begin.AddMinutes((n * 5) + k)))).ToList();
        if (wave is { } at) posts.AddRange(Enumerable.Range(0, 60).Select(n => new IncomingPost($"wave{n}", $"ember wave {n}", house.Clock.Now() + at)));
        posts.RemoveAll(p => wave is { } w && p.ExternalId.StartsWith("old", StringComparison.Ordinal) && p.At >= house.Clock.Now() + w && p.At < house.Clock.Now() + w + TimeSpan.FromMinutes(5));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, posts, new Receiving(), default));
        var query = ((SavedQuery.Done)await house.With<SavedQueries, SavedQuery>(q => q.Add("Ember", "ember", default))).Query;
        Assert.IsType<KeptAlert.Done>(await house.With<AlertRules, KeptAlert>(a => a.Add(new("Waves", AlertKind.Spike, query, negative, null, null, null, null, null, null, null, null, [], null, null), null, Ann, default)));
        await house.Settle();
        await Later(house, 8);
        return query;
    }

    private static async Task Hear(TestHouse house, IEnumerable<string> texts)
    {
        var source = await house.With<Sources, SourceId>(s => s.ForFile("Talk", default));
        await house.With<ReceiveMentions, Received>(r => r.Run(source, [.. texts.Select(t => new IncomingPost(t, t, house.Clock.Now()))], new Receiving(), default));
    }

    private static async Task Later(TestHouse house, int minutes)
    {
        for (var left = minutes; left > 0; left -= 4)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(Math.Min(4, left)));
            await house.Settle();
        }
    }

    private static async Task<IReadOnlyList<NoticeView>> Told(TestHouse house) => (await house.With<Notices, Page<NoticeView>?>(n => n.List(Ann.Id, null, null, default)))!.Items;
}
