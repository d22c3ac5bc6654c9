using System.Globalization;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas;

public class RankingTests
{
    private const int HalfLife = Popularity.DefaultHalfLifeDays;
    private static readonly DateOnly Epoch = new(2026, 9, 1);

    [Fact]
    public void A_vote_is_worth_ten_points_on_its_day_and_half_of_it_one_half_life_later()
    {
        var popularity = new Popularity(Epoch, HalfLife, 10);
        foreach (var day in new[] { -40, 0, 3, 100 })
        {
            var given = new DateTimeOffset(Epoch.AddDays(day), new(23, 59), TimeSpan.Zero);
            var units = 1000 * popularity.UnitsOf(Popularity.Day(given));
            Assert.Equal(10, popularity.WorthAt(units, given), 1e-3);
            Assert.Equal(5, popularity.WorthAt(units, given.AddDays(HalfLife)), 1e-3);
            Assert.Equal(2.5, popularity.WorthAt(units, given.AddDays(2 * HalfLife)), 1e-3);
        }
    }

    [Fact]
    public void A_very_old_vote_weighs_nothing_and_one_far_ahead_of_the_epoch_is_refused()
    {
        var popularity = new Popularity(Epoch, HalfLife, 10);
        Assert.Equal(0, popularity.UnitsOf(Epoch.AddDays(-19 * HalfLife)));
        Assert.Throws<OverflowException>(() => popularity.UnitsOf(Epoch.AddDays(25 * HalfLife)));
        Assert.False(popularity.IsDue(At(8 * HalfLife - 1)));
        Assert.True(popularity.IsDue(At(8 * HalfLife)));
    }

    [Theory, EveryDatabase]
    public async Task The_popular_list_equals_one_sorted_by_a_plain_recomputation(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var board = await RandomBoard(house, 11, 160);
        var today = Popularity.Day(house.Clock.GetUtcNow());
        double Worth(IdeaId idea) => board.Votes.Where(v => v.Key.Idea == idea).Sum(v => v.Value.Stance * 10 * Math.Pow(0.5, (today.DayNumber - v.Value.Day.DayNumber) / (double)HalfLife));
        var expected = board.Ideas.OrderByDescending(i => Math.Round(Worth(i), 6)).ThenByDescending(board.Ideas.IndexOf).ToArray();

        var list = await house.List(new(), size: 4);
        Assert.Equal(expected, list.Select(l => l.Id));
        Assert.All(list, l => Assert.Equal(Worth(l.Id), l.Worth, 1e-2));
        await CastVoteTests.TheRowsSayTheSame(house);
    }

    [Theory, EveryDatabase]
    public async Task Any_half_life_gives_the_scores_that_would_be_there_had_it_always_stood_and_the_old_one_gives_the_old_ones_back(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var random = new Random(5);
        await RandomBoard(house, 5, 120);
        var first = await Numbers(house);
        for (var round = 0; round < 12; round++)
        {
            var rules = new BoardRules(random.Next(1, 400), random.Next(1, 101), 6);
            Assert.Empty(await Change(house, rules));
            await CastVoteTests.TheRowsSayTheSame(house);
            if (random.Next(2) == 0) house.Clock.Advance(TimeSpan.FromDays(random.Next(40)));
            if (random.Next(3) == 0) await house.With<RankEpoch, bool>(e => e.MoveIfDue(default));
            await CastVoteTests.TheRowsSayTheSame(house);
        }

        house.Clock.Set(first.Now);
        await Change(house, new(8, 9, 6)); // the epoch is set to the day again
        await Change(house, BoardRules.Default);
        var again = await Numbers(house);
        Assert.Equal(first.List, again.List);
    }

    [Theory, EveryDatabase]
    public async Task A_change_of_the_rules_is_on_record_with_what_stood_before_and_what_is_out_of_bounds_is_named(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Assert.Equal(["halfLifeDays", "pointsPerVote", "archiveAfterMonths"], (await Change(house, new(0, 101, 121))).Select(e => e.Field));
        Assert.Empty(await Change(house, new(30, 10, 9)));
        Assert.Empty(await Change(house, new(30, 10, 9)));

        Assert.Equal(new(30, 10, 9), await house.With<BoardSettings, BoardRules>(b => b.Read(default)));
        var record = Assert.Single((await house.With<ReadRecord, Page<RecordEntry>?>(r => r.Run("ideas:board", null, null, null, default)))!.Items);
        Assert.Equal("Ideas.BoardChanged", record.Type);
        Assert.Equal(14, record.Body.GetProperty("before").GetProperty("halfLifeDays").GetInt32());
    }

    [Theory, EveryDatabase]
    public async Task Votes_cast_while_the_half_life_changes_are_all_weighed_by_the_rules_that_stand(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        await house.Vote(idea);
        house.Clock.Advance(TimeSpan.FromDays(3));

        await Task.WhenAll([.. Enumerable.Range(0, 60).Select(_ => Task.Run(() => house.Vote(idea))), .. Enumerable.Range(1, 6).Select(n => Task.Run(() => Change(house, new(n * 7, 10, 6))))]);

        Assert.Equal(610, (await house.Read(idea)).Points);
        await CastVoteTests.TheRowsSayTheSame(house);
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
        await CastVoteTests.TheRowsSayTheSame(house);
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
        Assert.Equal(why.Score, why.Days.Sum(d => d.Units));
        Assert.Equal(why.Score, votes.Sum(v => (int)v.Stance * v.Weight * (long)Math.Round(10 * 16384 * Math.Pow(2, (Popularity.Day(v.At).DayNumber - why.Epoch.DayNumber) / (double)why.HalfLifeDays))));
        Assert.Equal(30 + 10 * Math.Pow(0.5, 9.0 / why.HalfLifeDays), why.Worth, 1e-3);
        Assert.Equal([1, 1, 2, 1, 1], why.Lists.Select(l => l.Place));
    }

    [Theory, EveryDatabase]
    public async Task Rising_is_what_came_lately_for_each_vote_and_controversial_what_splits_many(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (giant, fresh, split, loved) = (await house.Post("A giant of last year"), await house.Post("A fresh one"), await house.Post("One that splits"), await house.Post("One that all love"));
        await Votes(house, giant, 40, 0);
        house.Clock.Advance(TimeSpan.FromDays(30));
        await Votes(house, giant, 8, 0);
        await Votes(house, fresh, 6, 0);
        await Votes(house, split, 9, 8);
        await Votes(house, loved, 3, 1);

        Assert.Equal([fresh, loved, giant, split], (await house.List(new(IdeaOrder.Rising), size: 2)).Select(l => l.Id));
        Assert.Equal([(split, 15), (loved, 1)], (await house.List(new(IdeaOrder.Controversial), size: 1)).Select(l => (l.Id, (l.Promotions + l.Demotions) * Math.Min(l.Promotions, l.Demotions) / Math.Max(l.Promotions, l.Demotions))));
        var why = (await house.With<ExplainRank, RankExplained?>(e => e.Of(split, default)))!;
        Assert.Equal(15, why.Lists.Single(l => l.Order == IdeaOrder.Controversial).Value);
    }

    [Theory, EveryDatabase]
    public async Task The_votes_of_one_moment_are_paged_without_losing_or_repeating_any(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        for (var i = 0; i < 3; i++)
        {
            await Votes(house, idea, 4 + i, 1);
            house.Clock.Advance(TimeSpan.FromHours(1));
        }

        var (all, after) = (new List<PublicVote>(), (string?)null);
        do
        {
            var page = (await house.With<ExplainRank, Page<PublicVote>?>(e => e.Votes(idea, after, 2, default)))!;
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal((15, 3, 18), (all.Count(v => v.Stance == Stance.Promote), all.Count(v => v.Stance == Stance.Demote), all.Count));
        Assert.Equal(all.OrderBy(v => v.At).Select(v => v.At), all.Select(v => v.At));
    }

    [Theory, EveryDatabase]
    public async Task What_I_vote_on_is_listed_by_my_latest_vote(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var me = IdeasHouse.Somebody();
        var ideas = new List<IdeaId>();
        for (var i = 0; i < 5; i++) ideas.Add(await house.Post($"Idea number {i}"));
        foreach (var i in new[] { 3, 0, 4, 1 })
        {
            await house.Vote(ideas[i], i == 4 ? Stance.Demote : Stance.Promote, me);
            if (i != 0) house.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await house.Vote(ideas[3], Stance.None, me);
        var (seen, after) = (new List<(IdeaId, Stance)>(), (string?)null);
        do
        {
            var page = (await house.With<ListIdeas, Page<IdeaLine>?>(l => l.VotedBy(me.Id, after, 1, default)))!;
            seen.AddRange(page.Items.Select(l => (l.Id, l.Mine)));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal([(ideas[1], Stance.Promote), (ideas[4], Stance.Demote), (ideas[0], Stance.Promote)], seen);
    }

    internal static async Task Votes(TestHouse house, IdeaId idea, int promotions, int demotions)
    {
        for (var i = 0; i < promotions + demotions; i++) await house.Vote(idea, i < promotions ? Stance.Promote : Stance.Demote);
    }

    internal sealed record Played(List<IdeaId> Ideas, Dictionary<(IdeaId Idea, UserId User), (int Stance, DateOnly Day)> Votes, Actor[] Voters);

    /// <summary>Some ideas and votes that come, turn and go over some months.</summary>
    internal static async Task<Played> RandomBoard(TestHouse house, int seed, int clicks)
    {
        var random = new Random(seed);
        var board = new Played([], [], [.. Enumerable.Range(0, 12).Select(i => IdeasHouse.Somebody("Voter " + i.ToString(CultureInfo.InvariantCulture)))]);
        for (var i = 0; i < 15; i++) board.Ideas.Add(await house.Post($"Idea number {i}"));
        for (var i = 0; i < clicks; i++)
        {
            house.Clock.Advance(TimeSpan.FromHours(random.Next(1, 20)));
            var (idea, voter, stance) = (board.Ideas[random.Next(board.Ideas.Count)], board.Voters[random.Next(board.Voters.Length)], (Stance)random.Next(-1, 2));
            await house.Vote(idea, stance, voter);
            if (stance == Stance.None) board.Votes.Remove((idea, voter.Id));
            else if (!board.Votes.TryGetValue((idea, voter.Id), out var had) || had.Stance != (int)stance) board.Votes[(idea, voter.Id)] = ((int)stance, Popularity.Day(house.Clock.GetUtcNow()));
        }

        return board;
    }

    private static DateTimeOffset At(int day) => new(Epoch.AddDays(day), default, TimeSpan.Zero);

    private static Task<IReadOnlyList<FieldError>> Change(TestHouse house, BoardRules rules) =>
        house.With<BoardSettings, IReadOnlyList<FieldError>>(b => b.Change(IdeasHouse.Staff() with { Role = Role.Lead }, rules, default));

    private static async Task<(DateTimeOffset Now, IReadOnlyList<(IdeaId, int, double)> List)> Numbers(TestHouse house) =>
        (house.Clock.GetUtcNow(), [.. (await house.List(new())).Select(l => (l.Id, l.Points, Math.Round(l.Worth, 2)))]);
}
