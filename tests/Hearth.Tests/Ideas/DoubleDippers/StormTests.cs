using Hearth.Ideas.Simulation;
using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas.DoubleDippers;

public class StormTests
{
    /// <summary>The whole of it, 16,000 ideas and 640,000 promotions, is `hearth storm`.</summary>
    [Theory, EveryDatabase]
    public async Task A_storm_replayed_ends_with_every_list_as_its_public_votes_have_it(DatabaseKind kind)
    {
        var clock = new TurnedClock(ReplayStorm.Beginning);
        await using var house = await TestHouse.Create(kind, services => services.AddSingleton<TimeProvider>(clock));
        var scopes = house.Services.GetRequiredService<IServiceScopeFactory>();
        var plan = new StormPlan(Seed: 3).Of(60);

        var replayed = await new ReplayStorm(scopes, clock, plan).Run(_ => { }, default);
        var found = await new CheckStorm(scopes).Run(default);

        Assert.Equal((plan.Ideas, plan.Promotions, plan.Comments, plan.Implemented), (replayed.Ideas, replayed.Promotions, replayed.Comments, replayed.Implemented));
        Assert.Empty(found.Faults);
        Assert.Equal(replayed.Promotions + replayed.Demotions, found.Votes);
        Assert.Equal(replayed.FalseHeld + replayed.HonestHeld, found.Held);
        Assert.True(found.Lists.Count >= 20, string.Join(", ", found.Lists));
        Assert.InRange(found.ImplementedPerMonth, 8, 12);
        Assert.True(replayed.FalseHeldShare >= 0.9, $"held {replayed.FalseHeldShare:P1} of the false votes");
        Assert.True(replayed.HonestHeldShare < 0.01, $"held {replayed.HonestHeldShare:P2} of the honest votes");
        Assert.True(replayed.Cases > 5);
    }
}
