using Hearth.Ideas;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas;

public class HoldVotesTests
{
    [Theory, EveryDatabase]
    public async Task A_held_vote_counts_nowhere_is_shown_as_held_and_counts_again_when_released(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (idea, cheat) = (await house.Post(), IdeasHouse.Somebody());
        await house.Vote(idea);
        var alone = await Row(house, idea);
        await house.Vote(idea, Stance.Promote, cheat);
        var both = await Row(house, idea);
        VoteKey[] his = [new(idea, cheat.Id), new(idea, IdeasHouse.Somebody().Id)];

        Assert.Equal(his.Take(1), await Hold(house, his));
        Assert.Empty(await Hold(house, his));
        Assert.Equal(alone with { Held = 1 }, await Row(house, idea));
        Assert.Equal((10, 1, 1), (await house.Read(idea)) is var line ? (line.Points, line.Promotions, line.Held) : default);
        Assert.Equal([false, true], (await house.With<ExplainRank, Page<PublicVote>?>(e => e.Votes(idea, null, 9, default)))!.Items.Select(v => v.Held).Order());
        Assert.Equal((1, 1), (await house.With<ExplainRank, RankExplained?>(e => e.Of(idea, default)))!.Days.Single() is var day ? (day.Promotions, day.Held) : default);

        Assert.Single(await Release(house, his));
        Assert.Empty(await Release(house, his));
        Assert.Equal(both, await Row(house, idea));
        var facts = await house.In(s => s.GetRequiredService<Database>().Set<FactRow>().Where(f => f.Type == "Ideas.VotesHeld" || f.Type == "Ideas.VotesReleased").CountAsync());
        Assert.Equal(2, facts);
    }

    [Theory, EveryDatabase]
    public async Task Whatever_is_held_and_released_in_between_the_board_ends_as_if_nothing_had_been_held(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        foreach (var seed in new[] { 3, 4 })
        {
            var (random, board) = (new Random(seed), await RankingTests.RandomBoard(house, seed, 60));
            var before = await All(house, board);
            var keys = board.Ideas.SelectMany(i => board.Voters.Select(v => new VoteKey(i, v.Id))).ToArray();
            for (var round = 0; round < 6; round++)
            {
                random.Shuffle(keys);
                await Hold(house, keys[..random.Next(keys.Length)]);
                await CastVoteTests.TheRowsSayTheSame(house);
                random.Shuffle(keys);
                await Release(house, keys[..random.Next(keys.Length)]);
                await CastVoteTests.TheRowsSayTheSame(house);
            }

            await Release(house, keys);
            Assert.Equal(before, await All(house, board));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_held_vote_that_is_turned_stays_held_and_one_taken_back_is_gone(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (idea, cheat) = (await house.Post(), IdeasHouse.Somebody());
        await house.Vote(idea, Stance.Promote, cheat);
        await Hold(house, [new(idea, cheat.Id)]);

        await house.Vote(idea, Stance.Demote, cheat);
        Assert.Equal((0, 0, 1), (await house.Read(idea)) is var line ? (line.Points, line.Demotions, line.Held) : default);
        await CastVoteTests.TheRowsSayTheSame(house);
        await house.Vote(idea, Stance.None, cheat);
        Assert.Equal(0, (await house.Read(idea)).Held);
        await CastVoteTests.TheRowsSayTheSame(house);
    }

    [Theory, EveryDatabase]
    public async Task Holding_while_others_vote_loses_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var voters = Enumerable.Range(0, 40).Select(_ => IdeasHouse.Somebody()).ToArray();
        var keys = voters.Select(v => new VoteKey(idea, v.Id)).ToArray();

        await Task.WhenAll([.. voters.Select(v => Task.Run(() => house.Vote(idea, Stance.Promote, v))), .. Enumerable.Range(0, 8).Select(_ => Task.Run(() => Hold(house, keys)))]);

        await Hold(house, keys);
        Assert.Equal((0, 40), (await house.Read(idea)) is var line ? (line.Promotions, line.Held) : default);
        await CastVoteTests.TheRowsSayTheSame(house);
    }

    [Theory, EveryDatabase]
    public async Task Counting_all_votes_again_finds_what_stood_there(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var board = await RankingTests.RandomBoard(house, 8, 80);
        await Hold(house, [.. board.Ideas.Select(i => new VoteKey(i, board.Voters[3].Id))]);
        var before = await All(house, board);

        await house.With<RecountVotes>(r => r.Of(board.Ideas, default));
        Assert.Equal(before, await All(house, board));
        await house.With<RecountVotes>(r => r.All(default));
        Assert.Equal(before, await All(house, board));
    }

    internal sealed record Numbers(int Points, int Promotions, int Demotions, int Held, long Net, long Score, long Rise, long Rising, int Controversy);

    private static Task<IReadOnlyList<VoteKey>> Hold(TestHouse house, VoteKey[] votes) => house.With<HoldVotes, IReadOnlyList<VoteKey>>(h => h.All(votes, "many from one place", default));

    private static Task<IReadOnlyList<VoteKey>> Release(TestHouse house, VoteKey[] votes) => house.With<ReleaseVotes, IReadOnlyList<VoteKey>>(h => h.All(votes, "looked at", default));

    private static Task<Numbers> Row(TestHouse house, IdeaId idea) => house.In(s => s.GetRequiredService<Database>().Ideas.Where(i => i.Id == idea)
        .Select(i => new Numbers(i.Points, i.Promotions, i.Demotions, i.Held, i.Net, i.Score, i.Rise, i.Rising, i.Controversy)).SingleAsync());

    private static async Task<IReadOnlyList<Numbers>> All(TestHouse house, RankingTests.Played board)
    {
        var all = new List<Numbers>();
        foreach (var idea in board.Ideas) all.Add(await Row(house, idea));
        return all;
    }
}
