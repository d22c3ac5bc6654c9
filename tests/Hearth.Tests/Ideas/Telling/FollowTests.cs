using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Telling;
using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas.Telling;

public class FollowTests
{
    [Theory, EveryDatabase]
    public async Task Everybody_whom_a_move_concerns_finds_one_notice_and_whoever_wanted_out_none(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (author, voter, enemy, speaker, follower, gone, stranger) = (P("Ana"), P("Bo"), P("Cy"), P("Di"), P("Ed"), P("Flo"), P("Gus"));
        var idea = await house.Post(by: author);
        await house.Vote(idea, Stance.Promote, voter);
        await house.Vote(idea, Stance.Promote, author);
        await house.Vote(idea, Stance.Demote, enemy);
        await house.Vote(idea, Stance.Promote, gone);
        await house.With<CommentOnIdea, Commented>(c => c.By(speaker, idea, IdeaCommentId.New(), "Yes please", default));
        await house.With<CommentOnIdea, Commented>(c => c.By(IdeasHouse.Staff("Sam Staff"), idea, IdeaCommentId.New(), "We look at it", default));
        Assert.Equal(new Following(true, Because.Follower), await Follow(house, follower, idea, true));
        Assert.Equal(new Following(false, null), await Follow(house, gone, idea, false));
        await Follow(house, stranger, idea, true);
        await Follow(house, stranger, idea, false);
        Assert.Null(await Follow(house, stranger, IdeaId.New(), true));

        Assert.IsType<MovedIdea.Stands>(await house.Move(idea, IdeaStatus.Submitted, IdeaStatus.Planned, "Next spring, in the new lid."));
        await house.Settle();
        await house.Settle();

        foreach (var (who, why) in new[] { (author, Because.Author), (voter, Because.Voter), (enemy, Because.Voter), (speaker, Because.Commenter), (follower, Because.Follower) })
        {
            var notice = Assert.Single(await house.Notices(who));
            Assert.Equal((IdeaNewsKind.Moved, why, idea, "A lid that locks", "Planned: Next spring, in the new lid.", false), (notice.Kind, notice.Because, notice.Idea, notice.Title, notice.Text, notice.Seen));
        }

        Assert.Empty(await house.Notices(gone));
        Assert.Empty(await house.Notices(stranger));
        Assert.Equal((5, true), (await house.News(idea)).Select(n => (n.Accounts, n.Spread)).Single());

        await house.With<ReadNotices>(r => r.See(voter.Id, default));
        Assert.Equal((0, 1), (await house.With<ReadNotices, int>(r => r.New(voter.Id, default)), await house.With<ReadNotices, int>(r => r.New(enemy.Id, default))));
        await house.Move(idea, IdeaStatus.Planned, IdeaStatus.Implemented, "It is in the shop now.");
        await house.Settle();
        Assert.Equal([false, true], (await house.Notices(voter)).Select(n => n.Seen));
    }

    [Theory, EveryDatabase]
    public async Task A_vote_taken_back_follows_no_more_and_a_choice_outlives_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (fickle, loyal) = (P("Ana"), P("Bo"));
        var idea = await house.Post();
        foreach (var who in new[] { fickle, loyal }) await house.Vote(idea, Stance.Promote, who);
        await Follow(house, loyal, idea, true);
        foreach (var who in new[] { fickle, loyal }) await house.Vote(idea, Stance.None, who);
        Assert.Equal(new Following(false, null), await house.With<FollowIdea, Following>(f => f.Of(fickle.Id, idea, default)));
        Assert.Equal(new Following(true, Because.Follower), await house.With<FollowIdea, Following>(f => f.Of(loyal.Id, idea, default)));
    }

    [Theory, EveryDatabase]
    public async Task An_account_is_told_a_thing_once_by_its_key_and_news_too(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var ana = P("Ana");
        var idea = await house.Post(by: ana);
        for (var n = 0; n < 2; n++)
        {
            await house.In(async s =>
            {
                await s.GetRequiredService<TellAccount>().To(ana.Id, IdeaNewsKind.Mentioned, idea, "Bo named you.", default, "comment:1");
                await s.GetRequiredService<TellFollowers>().Of(idea, IdeaNewsKind.ArchiveSoon, "It will be archived in a week.", "soon:" + idea.Value, null, default);
                await s.GetRequiredService<Database>().SaveChangesAsync();
            });
            await house.Settle();
        }

        Assert.Equal([IdeaNewsKind.ArchiveSoon, IdeaNewsKind.Mentioned], (await house.Notices(ana)).Select(n => n.Kind));
    }

    [Theory, EveryDatabase]
    public async Task Ten_who_choose_at_once_leave_one_choice(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (ana, idea) = (P("Ana"), await house.Post());
        await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => Follow(house, ana, idea, n % 2 == 0))));
        Assert.NotNull(await Follow(house, ana, idea, true));
        await house.Move(idea, IdeaStatus.Submitted, IdeaStatus.Acknowledged);
        await house.Settle();
        Assert.Single(await house.Notices(ana));
    }

    private static Actor P(string name) => IdeasHouse.Somebody(name);

    private static Task<Following?> Follow(TestHouse house, Actor who, IdeaId idea, bool follows) => house.With<FollowIdea, Following?>(f => f.Set(who, idea, follows, default));
}
