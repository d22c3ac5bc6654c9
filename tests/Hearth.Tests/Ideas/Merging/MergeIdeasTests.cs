using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Merging;
using Hearth.Ideas.Telling;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas.Merging;

public class MergeIdeasTests
{
    [Theory, EveryDatabase]
    public async Task A_merged_idea_leaves_the_lists_and_its_votes_and_comments_stand_on_the_other(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (lid, cap) = (await house.Post("A lid that locks"), await house.Post("A cap that locks"));
        for (var i = 0; i < 3; i++) await house.Vote(lid);
        for (var i = 0; i < 2; i++) await house.Vote(cap, i == 0 ? Stance.Promote : Stance.Demote);
        var said = await house.Say(cap);

        await house.Merge(cap, lid);

        var line = Assert.Single(await house.List(new()));
        Assert.Equal((lid, 30, 4, 1, 1), (line.Id, line.Points, line.Promotions, line.Demotions, line.Comments));
        Assert.Equal([said], (await house.CommentsOf(lid)).Select(c => c.Id));
        Assert.Empty(await house.List(new(Search: "cap")));
        Assert.Equal(1, (await house.With<CountIdeas, IdeaCounts>(c => c.Now(default))).Submitted);
    }

    [Theory, EveryDatabase]
    public async Task A_voter_on_both_counts_once_and_stands_where_they_stood_on_the_idea_that_stays(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (stays, goes, too) = (await house.Post("The one that stays"), await house.Post("The one that goes"), await house.Post("Another one that goes"));
        var (both, later) = (IdeasHouse.Somebody("On both"), IdeasHouse.Somebody("On two that go"));
        await house.Vote(stays, Stance.Demote, both);
        await house.Vote(too, Stance.Promote, later);
        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.Vote(goes, Stance.Promote, both);
        await house.Vote(goes, Stance.Demote, later);

        await house.Merge(goes, stays);
        await house.Merge(too, stays);

        var line = await house.Read(stays);
        Assert.Equal((-20, 0, 2), (line.Points, line.Promotions, line.Demotions));
        await house.Unmerge(goes);
        Assert.Equal((0, 1, 1), await Votes(house, stays));
        Assert.Equal((0, 1, 1), await Votes(house, goes));
    }

    [Theory, EveryDatabase]
    public async Task Who_takes_a_carried_vote_back_has_taken_it_back_for_good(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (stays, goes, third) = (await house.Post("The one that stays"), await house.Post("The one that goes"), await house.Post("A third one"));
        var voter = IdeasHouse.Somebody();
        await house.Vote(goes, Stance.Promote, voter);
        await house.Merge(goes, stays);

        await house.Vote(stays, Stance.Demote, voter);
        await house.Vote(goes, Stance.None, voter); // the old address
        await house.Merge(third, stays);

        Assert.Equal((0, 0, 0), await Votes(house, stays));
        await house.Unmerge(goes);
        Assert.Equal((0, 0, 0), await Votes(house, goes));
    }

    [Theory, EveryDatabase]
    public async Task What_was_said_and_voted_meanwhile_stays_where_it_was_given(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (stays, goes) = (await house.Post("The one that stays"), await house.Post("The one that goes"));
        await house.Vote(goes);
        var before = await house.Say(goes);
        await house.Merge(goes, stays);
        await house.Vote(goes);
        var meanwhile = await house.Say(goes, "By the old address.");

        await house.Unmerge(goes);

        Assert.Equal([before], (await house.CommentsOf(goes)).Select(c => c.Id));
        Assert.Equal([meanwhile], (await house.CommentsOf(stays)).Select(c => c.Id));
        Assert.Equal(((10, 1, 0), (10, 1, 0)), (await Votes(house, goes), await Votes(house, stays)));
        Assert.Equal((1, 1), ((await house.Read(goes)).Comments, (await house.Read(stays)).Comments));
    }

    [Theory, EveryDatabase]
    public async Task Votes_and_comments_that_come_while_ideas_are_merged_and_unmerged_are_all_there(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (stays, goes) = (await house.Post("The one that stays"), await house.Post("The one that goes"));
        var voters = Enumerable.Range(0, 60).Select(_ => IdeasHouse.Somebody()).ToArray();

        await Task.WhenAll(
        [
            .. voters.Select((v, i) => Task.Run(() => house.Vote(i % 2 == 0 ? goes : stays, by: v))),
            .. Enumerable.Range(0, 20).Select(i => Task.Run(() => house.Say(i % 2 == 0 ? goes : stays))),
            Task.Run(async () =>
            {
                for (var i = 0; i < 4; i++)
                {
                    Assert.IsType<MergedIdeas.Stands>(await house.Merge(goes, stays));
                    Assert.IsType<MergedIdeas.Stands>(await house.Unmerge(goes));
                }
            }),
        ]);

        var lines = new[] { await house.Read(stays), await house.Read(goes) };
        Assert.Equal((60, 20), (lines.Sum(l => l.Promotions), lines.Sum(l => l.Comments)));
        await CastVoteTests.TheRowsSayTheSame(house);
        await house.Merge(goes, stays);
        Assert.Equal((600, 60, 0), await Votes(house, stays));
        Assert.Equal(20, (await house.CommentsOf(stays)).Count);
    }

    [Theory, EveryDatabase]
    public async Task Both_authors_and_the_voters_of_the_idea_that_goes_are_told_each_once_a_merge(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (stayer, goer, voter) = (IdeasHouse.Somebody("Sten Stay"), IdeasHouse.Somebody("Gerda Go"), IdeasHouse.Somebody());
        var (stays, goes) = (await house.Post("The one that stays", by: stayer), await house.Post("The one that goes", by: goer));
        await house.Vote(goes, by: voter);

        await house.Merge(goes, stays);
        await house.Merge(goes, stays);
        await Spread(house);
        Assert.Equal(1, await Told(house, stayer));
        Assert.Equal((1, 1), (await Told(house, goer), await Told(house, voter)));

        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.Unmerge(goes);
        await Spread(house);
        Assert.Equal((1, 2, 2), (await Told(house, stayer), await Told(house, goer), await Told(house, voter)));
    }

    [Theory, EveryDatabase]
    public async Task Of_merges_into_each_other_at_once_no_circle_comes(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var ideas = new List<IdeaId>();
        for (var i = 0; i < 4; i++) ideas.Add(await house.Post($"Idea number {i}"));

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => house.Merge(ideas[i % 4], ideas[(i + 1 + i / 4) % 4]))));

        var shown = await house.List(new());
        Assert.NotEmpty(shown);
        var db = await house.In(s => s.GetRequiredService<Database>().Ideas.AsNoTracking().ToListAsync());
        Assert.Equal(db.Count(i => i.MergedInto is null), shown.Count);
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_merged_is_named(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (stays, goes, archived) = (await house.Post("The one that stays"), await house.Post("The one that goes"), await house.Post("One put away"));
        await house.Move(archived, IdeaStatus.Submitted, IdeaStatus.Archived);

        Assert.Equal(["reason", "into"], Assert.IsType<MergedIdeas.Invalid>(await house.Merge(goes, goes, "same")).Errors.Select(e => e.Field));
        Assert.Equal("into", Assert.IsType<MergedIdeas.Invalid>(await house.Merge(goes, archived)).Errors.Single().Field);
        Assert.IsType<MergedIdeas.UnknownIdea>(await house.Merge(goes, IdeaId.New()));
        Assert.Equal(new MergedIdeas.Elsewhere(goes, IdeaStanding.Shown), await house.Unmerge(goes));
        await house.Merge(goes, stays);
        Assert.Equal(new MergedIdeas.Stands(goes, stays), await house.Merge(goes, stays));
        Assert.Equal(new MergedIdeas.Elsewhere(goes, IdeaStanding.Merged), await house.Merge(archived, goes));
        Assert.Single(await house.In(s => s.GetRequiredService<Database>().Set<IdeaMerge>().ToListAsync()));
    }

    private static Task<int> Told(TestHouse house, Actor who) => house.In(s => s.GetRequiredService<Database>().IdeaNotices.CountAsync(n => n.User == who.Id));

    private static Task Spread(TestHouse house) => house.In(async s =>
    {
        foreach (var news in await s.GetRequiredService<Database>().IdeaNews.Where(n => n.SpreadAt == null).ToListAsync())
        {
            await s.GetRequiredService<SpreadIdeaNewsRun>().Run(new(news.Id), default);
        }
    });

    private static async Task<(int Points, int Promotions, int Demotions)> Votes(TestHouse house, IdeaId idea)
    {
        var line = await house.Read(idea);
        return (line.Points, line.Promotions, line.Demotions);
    }
}
