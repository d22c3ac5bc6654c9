using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas;

public class CastVoteTests
{
    [Theory, EveryDatabase]
    public async Task Fifty_clicks_at_once_by_one_account_are_one_vote(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var voter = IdeasHouse.Somebody();

        var votes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => house.Vote(idea, by: voter))));

        Assert.All(votes, v => Assert.Equal(Stance.Promote, Assert.IsType<VoteCast.Stands>(v).Stance));
        var line = await house.Read(idea);
        Assert.Equal((10, 1, 0), (line.Points, line.Promotions, line.Demotions));
        Assert.Equal(1, await house.In(s => s.GetRequiredService<Database>().IdeaVotes.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Two_hundred_accounts_at_once_are_two_hundred_votes_and_the_score_is_their_sum(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => house.Vote(idea, i % 4 == 0 ? Stance.Demote : Stance.Promote))));

        var line = await house.Read(idea);
        Assert.Equal((1000, 150, 50), (line.Points, line.Promotions, line.Demotions));
        await TheScoreIsTheSum(house);
    }

    [Theory, EveryDatabase]
    public async Task Accounts_that_change_their_mind_at_once_leave_exactly_what_they_last_stood_for(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var voters = Enumerable.Range(0, 10).Select(_ => IdeasHouse.Somebody()).ToArray();
        Stance[] stances = [Stance.Promote, Stance.Demote, Stance.None];

        await Task.WhenAll(Enumerable.Range(0, 120).Select(i => Task.Run(() => house.Vote(idea, stances[i / 10 % 3], voters[i % 10]))));

        await TheScoreIsTheSum(house);
        await house.In(async s =>
        {
            var votes = await s.GetRequiredService<Database>().IdeaVotes.ToListAsync();
            var line = await house.Read(idea);
            Assert.Equal(votes.Count(v => v.Stance == Stance.Promote), line.Promotions);
            Assert.Equal(votes.Count(v => v.Stance == Stance.Demote), line.Demotions);
            Assert.Equal(votes.Sum(v => 10 * (int)v.Stance), line.Points);
        });
    }

    [Theory, EveryDatabase]
    public async Task A_vote_can_be_turned_and_taken_back_and_leaves_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var voter = IdeasHouse.Somebody();
        await house.Vote(idea);
        var before = await Score(house, idea);

        house.Clock.Advance(TimeSpan.FromDays(3.7));
        Assert.Equal(20, Assert.IsType<VoteCast.Stands>(await house.Vote(idea, Stance.Promote, voter)).Points);
        house.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(0, Assert.IsType<VoteCast.Stands>(await house.Vote(idea, Stance.Demote, voter)).Points);
        house.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(10, Assert.IsType<VoteCast.Stands>(await house.Vote(idea, Stance.None, voter)).Points);

        Assert.Equal(before, await Score(house, idea));
        Assert.Equal(Stance.None, (await house.List(new(), reader: voter.Id)).Single().Mine);
    }

    [Theory, EveryDatabase]
    public async Task Every_change_of_a_vote_is_a_fact_and_a_repeated_click_is_none(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var voter = IdeasHouse.Somebody();
        foreach (var stance in new[] { Stance.Promote, Stance.Promote, Stance.Demote, Stance.None, Stance.None }) await house.Vote(idea, stance, voter);

        var facts = await house.In(s => s.GetRequiredService<Database>().Set<FactRow>().CountAsync(f => f.Type == "Ideas.IdeaVoted"));
        Assert.Equal(3, facts);
    }

    [Theory, EveryDatabase]
    public async Task What_is_done_keeps_its_votes_and_takes_no_more(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        await house.Vote(idea);
        await house.Move(idea, IdeaStatus.Submitted, IdeaStatus.Implemented);

        Assert.Equal(IdeaStatus.Implemented, Assert.IsType<VoteCast.Resting>(await house.Vote(idea)).Status);
        Assert.IsType<VoteCast.UnknownIdea>(await house.Vote(IdeaId.New()));
        Assert.Equal(10, (await house.Read(idea)).Points);
    }

    internal static Task<long> Score(TestHouse house, IdeaId idea) =>
        house.In(s => s.GetRequiredService<Database>().Ideas.Where(i => i.Id == idea).Select(i => i.Score).SingleAsync());

    internal static Task TheScoreIsTheSum(TestHouse house) => house.In(async s =>
    {
        var db = s.GetRequiredService<Database>();
        var votes = await db.IdeaVotes.ToListAsync();
        foreach (var idea in await db.Ideas.ToListAsync()) Assert.Equal(votes.Where(v => v.Idea == idea.Id).Sum(v => (int)v.Stance * v.Units), idea.Score);
    });
}
