using Hearth.Listening;
using Hearth.Listening.Understanding.Models;
using Hearth.Platform;

namespace Hearth.Tests.Operations.Proposals;

public class AirlineReplayTests
{
    /// <summary>What the labellers could not tell is no cause.</summary>
    private const string NoCause = "Can't Tell";

    // How many of a hundred posts, the earliest, people labelled.
    private static readonly int Taught = int.Parse(Environment.GetEnvironmentVariable("HEARTH_REPLAY_TAUGHT") ?? "25", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Once_people_labelled_a_quarter_most_groups_are_of_one_cause()
    {
        var posts = await AirlineReplay.Posts();
        var cut = posts.Select(p => p.Post.At).Order().ElementAt(posts.Count * Taught / 100);
        await using var house = await TestHouse.Create(DatabaseKind.Sqlite);
        var (pure, missing) = Judge(await AirlineReplay.Run(house, posts, cut), posts);
        var model = Assert.Single(await house.With<ReadingModels, IReadOnlyList<ModelView>>(m => m.All(default)));
        TestContext.Current.TestOutputHelper!.WriteLine($"model of {model.Trained} posts: macro-F1 {model.Measured.MacroF1}, before {model.Before.MacroF1}");
        Assert.Equal((ModelTask.Mismatches, ModelState.Current), (model.Task, model.State));

        Assert.InRange(pure, 0.6, 1);
        Assert.InRange(missing, 0, 1); // the aim is none; docs/accuracy.md says which
    }

    [Fact]
    public async Task The_largest_causes_of_each_airline_are_proposed_though_most_small_groups_are_mixed()
    {
        var posts = await AirlineReplay.Posts();
        await using var house = await TestHouse.Create(DatabaseKind.Sqlite);

        var (pure, missing) = Judge(await AirlineReplay.Run(house, posts), posts);

        // Without anybody's labels. The aim is 0.6 and none missing; docs/accuracy.md says what is reached. These are what must not get worse.
        Assert.InRange(pure, 0.2, 1);
        Assert.InRange(missing, 0, 5);
    }

    private static (double Pure, int Missing) Judge(IReadOnlyList<ReplayedGap> gaps, IReadOnlyList<(IncomingPost Post, string Airline, string? Reason)> posts)
    {
        foreach (var g in gaps) TestContext.Current.TestOutputHelper!.WriteLine($"{g.At:dd HH} {g.Labelled,4} {g.Blind.Values.Sum(),4} {g.Purity:0.00} {g.Main.Reason,-28} {g.Title}");
        var judged = gaps.Where(g => g.Purity is not null).ToList();
        var pure = judged.Count(g => g.Purity >= 0.7) / (double)judged.Count;
        var missing = posts.Where(p => p.Reason is not null and not NoCause).GroupBy(p => p.Airline)
            .SelectMany(a => a.GroupBy(p => p.Reason!).OrderByDescending(r => r.Count()).Take(5).Where(r => !gaps.Any(g => g.Airline == a.Key && g.Main.Reason == r.Key)).Select(r => $"{a.Key}: {r.Key} ({r.Count()})")).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine($"{judged.Count} groups of {gaps.Count} with posts that nobody looked at, {pure:0.00} pure; missing {string.Join("; ", missing)}");
        return (pure, missing.Count);
    }
}
