using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.DoubleDippers;
using Hearth.Ideas.Simulation;

namespace Hearth.Tests.Ideas.DoubleDippers;

public class FindDoubleDippersTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The whole measurement is `hearth cheats`; these boards were not looked at while the weights were made.</summary>
    [Fact]
    public void Nine_in_ten_planted_false_votes_are_caught_and_under_one_honest_vote_in_a_hundred_is_held()
    {
        var measured = MeasureDoubleDippers.On([2001, 2002, 2003, 2004, 2005, 2006], default);

        Assert.True(measured.FalseVotes > 1_500, $"only {measured.FalseVotes} were planted");
        Assert.True(measured.FalseCaughtShare >= 0.9, $"caught {measured.FalseCaughtShare:P1}");
        Assert.True(measured.HonestHeldShare < 0.01, $"held {measured.HonestHeldShare:P2} of the honest ones");
        Assert.True(measured.CleanBoardsHeldShare < 0.002, $"held {measured.CleanBoardsHeldShare:P2} where nobody cheats");
        Assert.All(measured.Kinds, k => Assert.True(k.Share > 0.6, $"{k.Kind}: {k.Share:P0}"));
    }

    [Fact]
    public void A_hand_with_eight_accounts_in_one_browser_keeps_the_vote_of_its_oldest_account()
    {
        var board = new Traced();
        board.Crowd(40);
        var idea = IdeaId.New();
        var accounts = Enumerable.Range(0, 8).Select(i => board.Account(Noon.AddMinutes(5 * i))).ToArray();
        foreach (var (account, i) in accounts.Select((a, i) => (a, i))) board.Vote(account, idea, Noon.AddMinutes(5 * i + 2), device: 7, network: 77, agent: 3);

        var found = Assert.Single(FindDoubleDippers.In(board.Traces()));
        Assert.Equal(accounts, found.Accounts);
        Assert.Equal(accounts.Skip(1).Select(a => (a, idea)).ToHashSet(), found.Held.ToHashSet());
        Assert.Contains(found.Signs, s => s.Contains('8'));
    }

    [Fact]
    public void A_couple_that_shares_a_tablet_keeps_both_votes()
    {
        var board = new Traced();
        board.Crowd(40);
        var ideas = Enumerable.Range(0, 12).Select(_ => IdeaId.New()).ToArray();
        var (one, other) = (board.Account(Noon.AddDays(-300)), board.Account(Noon.AddDays(-120)));
        for (var i = 0; i < 8; i++) board.Vote(one, ideas[i], Noon.AddDays(i), device: 5, network: 55, agent: 2);
        for (var i = 6; i < 12; i++) board.Vote(other, ideas[i], Noon.AddDays(i + 3), device: 5, network: 55, agent: 2);

        Assert.Empty(FindDoubleDippers.In(board.Traces()));
    }

    [Fact]
    public void Colleagues_with_browsers_and_interests_of_their_own_keep_their_votes()
    {
        var board = new Traced();
        board.Crowd(40);
        var idea = IdeaId.New();
        for (var i = 0; i < 9; i++)
        {
            var colleague = board.Account(Noon.AddDays(-20 * i - 5));
            for (var day = -4; day < -1; day++) board.Vote(colleague, IdeaId.New(), Noon.AddDays(day - i), device: 100 + i, network: 900, agent: 4);
            board.Vote(colleague, idea, Noon.AddMinutes(17 * i), device: 100 + i, network: 900, agent: 4);
        }

        Assert.Empty(FindDoubleDippers.In(board.Traces()));
    }

    [Fact]
    public void Of_a_crowd_that_one_link_sent_for_one_vote_and_nothing_else_all_are_held()
    {
        var board = new Traced();
        board.Crowd(60);
        var idea = IdeaId.New();
        for (var i = 0; i < 90; i++) board.Vote(board.Account(Noon.AddMinutes(i * 1.3 - 2)), idea, Noon.AddMinutes(i * 1.3), Stance.Demote, device: 2000 + i, network: 3000 + i, agent: i % 7, referrer: 11);

        var found = Assert.Single(FindDoubleDippers.In(board.Traces()));
        Assert.Equal(90, found.Held.Count);
        Assert.Contains(found.Way, new[] { Way.Link, Way.Burst });
    }

    [Fact]
    public void The_same_seed_gives_the_same_board_and_another_one_another()
    {
        var plan = new BoardPlan(5, Days: 20, People: 300, Ideas: 40);
        var (one, again, other) = (SimulatedBoard.Of(plan).Seen(Noon), SimulatedBoard.Of(plan).Seen(Noon), SimulatedBoard.Of(plan with { Seed = 6 }).Seen(Noon));

        Assert.Equal(one.Votes, again.Votes);
        Assert.NotEqual(one.Votes, other.Votes);
        Assert.Equal(one.Votes.Count, one.Votes.Select(v => (v.By, v.Idea)).Distinct().Count());
    }

    [Fact]
    public void An_empty_board_holds_nothing() => Assert.Empty(FindDoubleDippers.In(new([], [], [])));

    private sealed class Traced
    {
        private readonly List<TracedAccount> _accounts = [];
        private readonly List<TracedVote> _votes = [];

        public UserId Account(DateTimeOffset since, bool throwAway = false)
        {
            _accounts.Add(new(UserId.New(), since, throwAway));
            return _accounts[^1].Id;
        }

        public void Vote(UserId by, IdeaId idea, DateTimeOffset at, Stance stance = Stance.Promote, long device = 0, long network = 0, long agent = 0, long referrer = 0) =>
            _votes.Add(new(by, idea, stance, at, device, network, agent, referrer));

        /// <summary>People who have nothing to do with each other.</summary>
        public void Crowd(int people)
        {
            var ideas = Enumerable.Range(0, 20).Select(_ => IdeaId.New()).ToArray();
            for (var i = 0; i < people; i++)
            {
                var account = Account(Noon.AddDays(-10 - i));
                for (var n = 0; n < 4; n++) Vote(account, ideas[(i * 3 + n * 5) % 20], Noon.AddDays(-9).AddHours(i * 3.7 + n), device: 10_000 + i, network: 20_000 + i, agent: i % 11);
            }
        }

        public Traces Traces() => new(_accounts, _votes, []);
    }
}
