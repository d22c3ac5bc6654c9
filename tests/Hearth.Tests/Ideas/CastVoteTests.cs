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
        await TheRowsSayTheSame(house);
    }

    [Theory, EveryDatabase]
    public async Task Accounts_that_change_their_mind_at_once_leave_exactly_what_they_last_stood_for(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var voters = Enumerable.Range(0, 10).Select(_ => IdeasHouse.Somebody()).ToArray();
        Stance[] stances = [Stance.Promote, Stance.Demote, Stance.None];

        await Task.WhenAll(Enumerable.Range(0, 120).Select(i => Task.Run(() => house.Vote(idea, stances[i / 10 % 3], voters[i % 10]))));

        await TheRowsSayTheSame(house);
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
    public async Task A_vote_in_part_counts_in_part_and_becomes_whole_in_place(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var (nobody, other) = (IdeasHouse.Somebody(), IdeasHouse.Somebody());
        Task<VoteCast> Vote(Actor by, int weight) => house.With<CastVote, VoteCast>(v => v.For(by, idea, Stance.Promote, weight, default));

        Assert.Equal(2, Assert.IsType<VoteCast.Stands>(await Vote(nobody, 250)).Points);
        Assert.Equal(5, Assert.IsType<VoteCast.Stands>(await Vote(other, 250)).Points);
        Assert.Equal((12, 2), Assert.IsType<VoteCast.Stands>(await Vote(nobody, 1000)) is var whole ? (whole.Points, whole.Promotions) : default);
        await TheRowsSayTheSame(house);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Vote(other, 0));
    }

    [Theory, EveryDatabase]
    public async Task A_vote_inside_a_transaction_of_the_caller_joins_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        await house.In(async s =>
        {
            var db = s.GetRequiredService<Database>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            Assert.IsType<VoteCast.Stands>(await s.GetRequiredService<CastVote>().For(IdeasHouse.Somebody(), idea, Stance.Promote, default));
            await transaction.RollbackAsync();
        });
        Assert.Equal(0, (await house.Read(idea)).Promotions);
        await TheRowsSayTheSame(house);
    }

    [Theory, EveryDatabase]
    public async Task Killed_in_the_middle_every_vote_that_was_answered_stands_and_none_counts_twice(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        IdeaId[] ideas = [await house.Post("A hot idea"), await house.Post("A mild one"), await house.Post("A cold one")];
        var answered = new List<(IdeaId, UserId)>();
        for (var round = 0; round < 3; round++)
        {
            using var child = ChildProcess.Start(VoteUntilKilled, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory, string.Join(',', ideas.Select(i => i.Value)));
            for (var lines = 0; await child.StandardOutput.ReadLineAsync() is { } line; lines++)
            {
                if (line.Split(' ') is [var idea, var user]) answered.Add((IdeaId.From(Guid.Parse(idea)), UserId.From(Guid.Parse(user))));
                if (lines == 150) child.Kill();
            }

            await child.WaitForExitAsync();
        }

        var votes = await house.In(s => s.GetRequiredService<Database>().IdeaVotes.AsNoTracking().Select(v => new { v.Idea, v.User }).ToListAsync());
        Assert.Empty(answered.Except(votes.Select(v => (v.Idea, v.User))));
        Assert.True(answered.Count >= 3 * 150, $"only {answered.Count} votes were answered");
        await TheRowsSayTheSame(house);
        var facts = await house.In(s => s.GetRequiredService<Database>().Set<FactRow>().CountAsync(f => f.Type == "Ideas.IdeaVoted"));
        Assert.Equal(votes.Count, facts);
    }

    [Child]
    internal static async Task VoteUntilKilled(string[] args)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new FakeClock()).AddHearth(new(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]));
        await using var provider = services.BuildServiceProvider();
        var ideas = args[3].Split(',').Select(i => IdeaId.From(Guid.Parse(i))).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 24).Select(n => Task.Run(async () =>
        {
            for (var i = n; ; i++)
            {
                await using var scope = provider.CreateAsyncScope();
                var (idea, voter) = (ideas[i % 7 < 5 ? 0 : i % 7 - 4], IdeasHouse.Somebody());
                await scope.ServiceProvider.GetRequiredService<CastVote>().For(voter, idea, Stance.Promote, default);
                Console.WriteLine($"{idea.Value} {voter.Id.Value}");
            }
        })));
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

    /// <summary>Everything that the votes of a shown idea add up to, worked out from their rows by hand, is what stands in the idea and in its days.</summary>
    internal static Task TheRowsSayTheSame(TestHouse house) => house.In(async s =>
    {
        var db = s.GetRequiredService<Database>();
        var ideas = await db.ShownIdeas.AsNoTracking().ToListAsync();
        var shown = ideas.Select(i => i.Id).ToHashSet();
        var votes = (await db.IdeaVotes.AsNoTracking().ToListAsync()).Where(v => shown.Contains(v.Idea)).ToLookup(v => v.Idea);
        var board = await s.GetRequiredService<RankEpoch>().Board(default);
        foreach (var idea in ideas)
        {
            var counted = votes[idea.Id].Where(v => !v.Held).ToList();
            long Sum(Popularity by) => counted.Sum(v => (int)v.Stance * v.Weight
                * (long)Math.Round(by.PointsPerVote * 16384 * Math.Pow(2, (DateOnly.FromDateTime(v.At.UtcDateTime).DayNumber - by.Epoch.DayNumber) / by.HalfLifeDays)));
            var (up, down) = (counted.Count(v => v.Stance == Stance.Promote), counted.Count(v => v.Stance == Stance.Demote));
            var net = counted.Sum(v => (long)v.Stance * v.Weight);
            Assert.Equal((up, down, net, votes[idea.Id].Count(v => v.Held)), (idea.Promotions, idea.Demotions, idea.Net, idea.Held));
            Assert.Equal((int)(net * board.PointsPerVote / 1000), idea.Points);
            Assert.Equal((Sum(board.Popular), Sum(board.Rising)), (idea.Score, idea.Rise));
            Assert.Equal((idea.Rise / (10 + up + down), up * down == 0 ? 0 : (up + down) * Math.Min(up, down) / Math.Max(up, down)), (idea.Rising, idea.Controversy));
        }

        var days = (await db.IdeaVoteDays.AsNoTracking().Where(d => d.Promotions != 0 || d.Demotions != 0 || d.Net != 0 || d.Held != 0).ToListAsync()).Where(d => shown.Contains(d.Idea));
        var expected = votes.SelectMany(v => v).GroupBy(v => (v.Idea, Day: (int)(v.At.ToUnixMicroseconds() / 86_400_000_000))).Select(g => (g.Key.Idea, g.Key.Day,
            g.Count(v => !v.Held && v.Stance == Stance.Promote), g.Count(v => !v.Held && v.Stance == Stance.Demote), g.Count(v => v.Held)));
        Assert.Equal(expected.OrderBy(d => (d.Idea.Value, d.Day)), days.Select(d => (d.Idea, d.Day, d.Promotions, d.Demotions, d.Held)).OrderBy(d => (d.Idea.Value, d.Day)));
    });
}
