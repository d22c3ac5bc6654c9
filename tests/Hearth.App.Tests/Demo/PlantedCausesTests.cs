using System.Collections.Concurrent;
using Hearth.App.Demo;
using Hearth.Catalog;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Operations.Proposals;
using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.App.Tests.Demo;

/// <summary>What the story planted is found when it can be seen, and nothing that it did not plant. Posts are grouped day by day as they come; nobody decides anything.</summary>
public sealed class PlantedCausesTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 15, 16, 20, 0, TimeSpan.Zero);

    private sealed record Found(GapLine Gap, DateTimeOffset At, IReadOnlyDictionary<string, int> Causes);

    [Fact]
    public async Task Each_planted_cause_is_found_when_it_becomes_visible_and_none_is_invented_in_twenty_seeds()
    {
        var stories = new ConcurrentDictionary<int, IReadOnlyList<Found>>();
        await Parallel.ForEachAsync(Enumerable.Range(1, 20), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (seed, ct) => stories[seed] = await Play(new DemoStory(Now, seed), ct));

        var late = new List<string>();
        var invented = new List<string>();
        foreach (var (seed, found) in stories.OrderBy(s => s.Key))
        {
            foreach (var cause in DemoCauses.All)
            {
                var first = found.Where(f => f.Causes.Count > 0 && f.Causes.MaxBy(c => c.Value).Key == cause.Id).MinBy(f => f.At);
                var day = first is null ? (int?)null : (int)(cause.StartDay - (Now.Date - first.At.UtcDateTime).TotalDays);
                TestContext.Current.TestOutputHelper!.WriteLine($"{seed,2} {cause.Id,-9} visible {cause.VisibleDay,3} found {day,3} {first?.Gap.Title}");
                if (!(day <= cause.VisibleDay)) late.Add($"{seed}: {cause.Id} on day {day}, visible on day {cause.VisibleDay}");
            }

            // A gap whose posts were mostly not brought forth by any planted cause.
            invented.AddRange(found.Where(f => f.Causes.Values.Sum() * 2 < f.Gap.People).Select(f => $"{seed}: {f.Gap.Title}, {f.Gap.People} people"));
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', invented));
        Assert.Empty(late);
        Assert.Empty(invented);
    }

    private static async Task<IReadOnlyList<Found>> Play(DemoStory story, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("hearth-planted-").FullName;
        var at = DatabaseLocation.Of(folder, null);
        var begin = story.Now.AddDays(-DemoPosts.Days - 1);
        try
        {
            await using (var house = new DemoHouse(at, begin))
            {
                await house.In(begin, async s => { await s.GetRequiredService<Database>().Migrate(at, ct); return true; });
                await LoadStaff.Brand(house, begin, ct);
                await LoadStaff.Catalog(house, begin, ct);
                var source = await house.In(begin, s => s.GetRequiredService<Sources>().ForFile("posts", ct));
                foreach (var day in story.History.GroupBy(p => p.At.UtcDateTime.Date).OrderBy(g => g.Key))
                {
                    await house.In(new(day.Key.AddDays(1), TimeSpan.Zero), async s =>
                    {
                        foreach (var posts in day.GroupBy(DemoTalks.Opens)) await s.GetRequiredService<ReceiveMentions>().Run(source, [.. posts.Select(LoadTalk.Incoming)], new Receiving(Engage: posts.Key), ct);
                        var heard = new List<MentionId>();
                        await foreach (var m in s.GetRequiredService<ListMentions>().All(new() { Since = new(day.Key, TimeSpan.Zero), Until = new(day.Key.AddDays(1), TimeSpan.Zero) }, ct)) heard.Add(m.Id);
                        await s.GetRequiredService<GroupMentions>().Take(heard, ct);
                        return true;
                    });
                }

                return await house.In(story.Now, s => Look(s, story, ct));
            }
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Found>> Look(IServiceProvider s, DemoStory story, CancellationToken ct)
    {
        var posts = story.History.ToDictionary(p => p.Id, StringComparer.Ordinal);
        var found = new List<Found>();
        foreach (var line in (await s.GetRequiredService<ListGaps>().Of(new(GapStage.Proposed), null, 200, ct))!.Items)
        {
            var group = (await s.GetRequiredService<ReadGroup>().Of(line.Id, ct))!;
            var causes = (await s.GetRequiredService<ReadMention>().Of(group.Mentions, ct)).Select(m => posts[m.ExternalId].Cause).OfType<string>().GroupBy(c => c).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
            found.Add(new(line, line.RaisedAt, causes));
        }

        return found;
    }
}
