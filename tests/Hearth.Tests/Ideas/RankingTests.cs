using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas;

public class RankingTests
{
    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(Popularity.DefaultHalfLifeDays);
    private static readonly DateTimeOffset Epoch = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_vote_is_worth_ten_points_when_given_and_half_of_it_one_half_life_later()
    {
        var popularity = new Popularity(Epoch, HalfLife);
        foreach (var days in new[] { -40.0, 0, 3.3, 100 })
        {
            var given = Epoch.AddDays(days);
            Assert.Equal(10, popularity.WorthAt(popularity.UnitsOf(given), given), 1e-5);
            Assert.Equal(5, popularity.WorthAt(popularity.UnitsOf(given), given + HalfLife), 1e-5);
            Assert.Equal(2.5, popularity.WorthAt(popularity.UnitsOf(given), given + 2 * HalfLife), 1e-5);
        }
    }

    [Fact]
    public void A_very_old_vote_weighs_nothing_and_one_far_ahead_of_the_epoch_is_refused()
    {
        var popularity = new Popularity(Epoch, HalfLife);
        Assert.Equal(0, popularity.UnitsOf(Epoch - 25 * HalfLife));
        Assert.Throws<OverflowException>(() => popularity.UnitsOf(Epoch + 31 * HalfLife));
        Assert.Equal(0, popularity.RebaseBy(Epoch + 11.9 * HalfLife));
        Assert.Equal(12, popularity.RebaseBy(Epoch + 12.4 * HalfLife));
    }

    [Theory, EveryDatabase]
    public async Task The_popular_list_equals_one_sorted_by_a_plain_recomputation(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(11);
        var ideas = new List<IdeaId>();
        var votes = new Dictionary<(IdeaId Idea, UserId User), (int Stance, DateTimeOffset At)>();
        var voters = Enumerable.Range(0, 12).Select(i => IdeasHouse.Somebody($"Voter {i}")).ToArray();
        for (var i = 0; i < 15; i++) ideas.Add(await house.Post($"Idea number {i}"));
        for (var i = 0; i < 160; i++)
        {
            house.Clock.Advance(TimeSpan.FromHours(random.Next(1, 20)));
            var (idea, voter, stance) = (ideas[random.Next(ideas.Count)], voters[random.Next(voters.Length)], (Stance)random.Next(-1, 2));
            await house.Vote(idea, stance, voter);
            if (stance == Stance.None) votes.Remove((idea, voter.Id));
            else if (!votes.TryGetValue((idea, voter.Id), out var had) || had.Stance != (int)stance) votes[(idea, voter.Id)] = ((int)stance, house.Clock.GetUtcNow());
        }

        var now = house.Clock.GetUtcNow();
        double Worth(IdeaId idea) => votes.Where(v => v.Key.Idea == idea).Sum(v => v.Value.Stance * 10 * Math.Pow(0.5, (now - v.Value.At) / HalfLife));
        var expected = ideas.OrderByDescending(Worth).ThenByDescending(i => ideas.IndexOf(i)).ToArray();

        var list = await house.List(new(), size: 4);
        Assert.Equal(expected, list.Select(l => l.Id));
        Assert.All(list, l => Assert.Equal(Worth(l.Id), l.Worth, 1e-4));
        await CastVoteTests.TheScoreIsTheSum(house);
    }

    [Theory, EveryDatabase]
    public async Task Moving_the_epoch_keeps_order_worth_and_the_sum_and_a_vote_may_still_be_taken_back(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var voter = IdeasHouse.Somebody();
        var ideas = new List<IdeaId>();
        for (var i = 0; i < 5; i++)
        {
            ideas.Add(await house.Post($"Idea number {i}"));
            for (var v = 0; v <= i % 3; v++) await house.Vote(ideas[i]);
            house.Clock.Advance(HalfLife * 2.2);
        }

        await house.Vote(ideas[0], by: voter);
        var before = await house.List(new());
        house.Clock.Advance(HalfLife * 3);
        Assert.Equal(14, await house.With<RankEpoch, int>(e => e.MoveIfDue(default)));
        Assert.Equal(0, await house.With<RankEpoch, int>(e => e.MoveIfDue(default)));

        var after = await house.List(new());
        Assert.Equal(before.Select(l => l.Id), after.Select(l => l.Id));
        Assert.All(before.Zip(after), p => Assert.Equal(p.First.Worth / 8, p.Second.Worth, 1e-3));
        await CastVoteTests.TheScoreIsTheSum(house);
        await house.Vote(ideas[0], Stance.None, voter);
        await CastVoteTests.TheScoreIsTheSum(house);
    }

    [Theory, EveryDatabase]
    public async Task After_years_without_a_look_the_next_vote_moves_the_epoch_itself(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (old, young) = (await house.Post("An old favourite"), await house.Post("A young one"));
        for (var i = 0; i < 30; i++) await house.Vote(old);
        house.Clock.Advance(TimeSpan.FromDays(4000));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => house.Vote(young))));

        var list = await house.List(new());
        Assert.Equal([young, old], list.Select(l => l.Id));
        Assert.Equal(80, list[0].Worth, 1e-3);
        Assert.Equal([old, young], (await house.List(new(IdeaOrder.Top))).Select(l => l.Id));
        await CastVoteTests.TheScoreIsTheSum(house);
    }

    [Theory, EveryDatabase]
    public async Task Why_is_this_here_gives_every_number_to_work_the_rank_out(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (first, second) = (await house.Post("A first idea"), await house.Post("A second idea"));
        await house.Vote(first);
        await house.Vote(second);
        house.Clock.Advance(TimeSpan.FromDays(9));
        for (var i = 0; i < 5; i++) await house.Vote(first, i == 0 ? Stance.Demote : Stance.Promote);

        var why = (await house.With<ExplainRank, RankExplained?>(e => e.Of(first, default)))!;
        var votes = (await house.With<ExplainRank, Page<PublicVote>?>(e => e.Votes(first, null, 500, default)))!.Items;

        Assert.Equal((1, null, second), (why.Place, why.Ahead, why.Behind!.Idea));
        Assert.Equal([(1, 0), (4, 1)], why.Days.Select(d => (d.Promotions, d.Demotions)));
        Assert.Equal(why.Score, votes.Sum(v => (int)v.Stance * v.Units));
        Assert.Equal(why.Score, votes.Sum(v => (int)v.Stance * (long)Math.Round(10 * 1048576 * Math.Pow(2, (v.At - why.Epoch).TotalDays / why.HalfLifeDays))));
        Assert.Equal(30 + 10 * Math.Pow(0.5, 9 / why.HalfLifeDays), why.Worth, 1e-4);
    }
}
