using Hearth.App.Demo;
using Hearth.App.Demo.Years;
using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.App.Tests.Demo;

public class YearsTests
{
    private static readonly DateTimeOffset Begins = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Two_years_have_the_size_they_are_known_for()
    {
        var story = new YearsStory(new(), Begins);
        var earned = story.Earned();
        Assert.Equal(832, earned.Count);
        Assert.InRange(YearsPlan.FollowersAt(1), 619_999, 620_001);
        Assert.InRange(story.Clicks.Count, 480_000, 520_000);
        Assert.InRange(earned.Sum(e => e.Direct), 195_000_000, 205_000_000);
        Assert.InRange(earned.Sum(e => e.Direct + e.Halo), 292_500_000, 307_500_000);
    }

    [Fact]
    public void The_same_seed_tells_the_same_money()
    {
        Assert.Equal(new YearsStory(new(5, 20), Begins).Earned(), new YearsStory(new(5, 20), Begins).Earned());
        Assert.NotEqual(new YearsStory(new(5, 20), Begins).Earned(), new YearsStory(new(6, 20), Begins).Earned());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_report_is_the_truth_to_the_cent_though_much_comes_late_again_and_out_of_order(DatabaseKind kind)
    {
        var at = await FreshDatabase.Make(kind);
        try
        {
            await Compare(at);
        }
        finally
        {
            await FreshDatabase.Drop(at);
        }
    }

    private static async Task Compare(DatabaseLocation at)
    {
        var story = new YearsStory(new(Seed: 3, Weeks: 22), Begins);
        Assert.Contains(story.Orders, o => o.Told.Count > 1);
        Assert.Contains(story.Clicks, c => c.Known > c.At.AddDays(1));
        Assert.Contains(story.Refunds, r => r.Told[0] <= r.Order.Told[0]);
        await using var house = new DemoHouse(at, story.Begins);
        await house.In(story.Begins, async s => { await s.GetRequiredService<Database>().Migrate(at, default); return true; });
        var replay = new ReplayYears(house, story);
        await replay.Run(_ => { }, default);
        var found = await new CheckYears(house, story, replay.Offers).Run(default);
        Assert.Empty(found.Faults);
        Assert.True(found.Orders > 250 && found.Halo.Minor > 0 && found.Refunded.Minor > 0);

        // A truth that is out by one cent is seen.
        var wrong = story.Orders.First(o => o.Cause is not null);
        story.Orders[story.Orders.IndexOf(wrong)] = wrong with { Lines = [wrong.Lines[0] with { Amount = wrong.Lines[0].Amount + new Money(1, YearsPlan.Currency) }, .. wrong.Lines.Skip(1)] };
        Assert.NotEmpty((await new CheckYears(house, story, replay.Offers).Run(default)).Faults);
    }
}
