using Hearth.App.Demo;
using Hearth.Ideas;
using Hearth.Learning;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.App.Tests.Demo;

/// <summary>Loads the demo and asks the rooms for what the generator knows.</summary>
public sealed class DemoLoadTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_rooms_find_the_truth_to_the_cent(DatabaseKind kind)
    {
        var now = TimeProvider.System.Now();
        var at = await FreshDatabase.Make(kind);
        try
        {
            await using var rooms = new ServiceCollection().AddLogging().AddHearth(at).BuildServiceProvider();
            await Use(rooms, async s => { await s.GetRequiredService<Database>().Migrate(at, default); return 0; });
            Assert.Equal(DemoLoader.State.Empty, await DemoLoader.Look(rooms, default));

            var loaded = await DemoLoader.Load(at, now, _ => { }, default);
            output.WriteLine($"{kind}: {loaded.Story.Truth.Posts} posts, {loaded.Story.Talks.Count} conversations, loaded in {loaded.Took.TotalSeconds:0.0} s");

            Assert.Equal(DemoLoader.State.Complete, await DemoLoader.Look(rooms, default));
            await Money(rooms, loaded, now);
            await Causes(rooms, loaded);
            await Board(rooms, loaded.Story);
            var sources = await Use(rooms, s => s.GetRequiredService<Sources>().All(default));
            Assert.Equal(loaded.Story.Truth.Posts, sources.Sum(source => source.Mentions));
        }
        finally
        {
            await FreshDatabase.Drop(at);
        }
    }

    private static async Task Money(IServiceProvider rooms, DemoLoaded loaded, DateTimeOffset now)
    {
        var truth = loaded.Story.Truth;
        var report = await Use(rooms, s => s.GetRequiredService<ReadEarnings>().Between(now.AddDays(-200), now.AddDays(1), default));
        var total = Assert.Single(report.Totals);
        Assert.Equal((truth.Direct, truth.Halo, truth.Unattributed), (total.Direct, total.Halo, total.Unattributed));
        Assert.Equal(0, total.Pending.Minor);
        Assert.True(truth.Earned.Sum(e => e.Amplified.Minor) > 0);
        foreach (var earned in truth.Earned)
        {
            var line = Assert.Single(report.Offers, o => o.Offer == loaded.Offers[earned.Offer].Id);
            var sums = Assert.Single(line.Earned);
            Assert.Equal((earned.Offer, earned.Direct, earned.Halo, earned.Amplified, earned.Clicks, earned.Claims), (earned.Offer, sums.Direct, sums.Halo, sums.Amplified, (int)line.Traffic.Clicks, (int)line.Traffic.Claims));
        }
    }

    private static async Task Causes(IServiceProvider rooms, DemoLoaded loaded)
    {
        var gaps = (await Use(rooms, s => s.GetRequiredService<ListGaps>().Of(new(), null, 100, default)))!.Items;
        Assert.Equal(DemoCauses.All.Length, gaps.Count(g => g.Stage != GapStage.Declined && loaded.Gaps.Values.Contains(g.Id)));
        foreach (var cause in DemoCauses.All)
        {
            var gap = Assert.Single(gaps, g => g.Id == loaded.Gaps[cause.Id]);
            Assert.Equal((cause.Id, loaded.Story.Truth.ConversationsByCause[cause.Id]), (cause.Id, gap.Conversations));
            Assert.Equal(cause.Stage.ToString(), gap.Stage.ToString().Replace("Change", "", StringComparison.Ordinal));
        }
    }

    // Beside the story's ideas the board has those of storms, of posts that were brought there, and of what is merged, archived and held.
    private static async Task Board(IServiceProvider rooms, DemoStory story)
    {
        var counts = await Use(rooms, s => s.GetRequiredService<CountIdeas>().Now(default));
        var ideas = (await Use(rooms, s => s.GetRequiredService<ListIdeas>().Of(new(IdeaOrder.Top), null, null, 500, default)))!.Items;
        Assert.Equal(counts.Submitted - counts.ByStatus.GetValueOrDefault(IdeaStatus.Archived), ideas.Count);
        string[] more = ["Stove that simmers", "Rent a kit for a weekend"];
        foreach (var (told, i) in DemoIdeaList.All.Select((told, i) => (told, i)))
        {
            var idea = Assert.Single(ideas, x => x.Title == told.Title);
            var votes = story.Ideas.Votes.Count(v => v.Idea == i);
            if (more.Contains(told.Title)) Assert.InRange(idea.Promotions + idea.Demotions, votes, votes + 16);
            else Assert.Equal((told.Title, votes), (told.Title, idea.Promotions + idea.Demotions));
        }
    }

    private static async Task<T> Use<T>(IServiceProvider rooms, Func<IServiceProvider, Task<T>> use)
    {
        await using var scope = rooms.CreateAsyncScope();
        return await use(scope.ServiceProvider);
    }
}
