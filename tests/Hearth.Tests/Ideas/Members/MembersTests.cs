using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Members;
using Hearth.Ideas.Merging;
using Hearth.Platform;
using Hearth.Tests.Governance;

namespace Hearth.Tests.Ideas.Members;

public sealed class MembersTests
{
    [Theory, EveryDatabase]
    public async Task There_is_no_page_until_it_is_wanted_and_none_after(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var grace = await MailedLinksTests.SignUp(house, "grace@example.org");
        Assert.Null(await Page(house, grace));
        Assert.Null(await house.With<ReadMembers, MemberView?>(r => r.Of(UserId.New(), default)));

        await Want(house, grace, new(true, "I like lids.", "https://grace.example", ShowIdeas: true));
        var page = (await Page(house, grace))!;
        Assert.Equal(("Grace", "I like lids.", true), (page.Name, page.About, page.ShowsIdeas));
        Assert.Null(page.Comments);
        Assert.Null(page.Promotes);

        await Want(house, grace, new(false));
        Assert.Null(await Page(house, grace));
        Assert.Equal(new ProfileWish(false), await house.With<OwnProfile, ProfileWish>(o => o.Read(grace.Id, default)));
    }

    [Theory, EveryDatabase]
    public async Task A_page_shows_what_was_chosen_and_never_what_is_demoted(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var grace = await MailedLinksTests.SignUp(house, "grace@example.org");
        var (up, down) = (await house.Post(), await house.Post());
        await house.Vote(up, Stance.Promote, grace);
        await house.Vote(down, Stance.Demote, grace);
        await house.With<CommentOnIdea, Commented>(c => c.By(grace, up, IdeaCommentId.New(), "Mine leaks too.", default));
        await Want(house, grace, new(true, ShowComments: true, ShowVotes: true));
        var page = (await Page(house, grace))!;
        Assert.Equal(up, Assert.Single(page.Promotes!).Idea);
        Assert.Equal("Mine leaks too.", Assert.Single(page.Comments!).Body);
    }

    [Theory, EveryDatabase]
    public async Task A_link_that_is_none_and_too_many_words_are_refused(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var grace = await MailedLinksTests.SignUp(house, "grace@example.org");
        var errors = await house.With<OwnProfile, IReadOnlyList<FieldError>>(o => o.Set(grace, new(true, new string('x', 501), "javascript:alert(1)"), default));
        Assert.Equal(["about", "link"], errors.Select(e => e.Field));
        Assert.Null(await Page(house, grace));
    }

    [Theory, EveryDatabase]
    public async Task The_leaderboard_counts_what_came_of_ideas_and_not_how_many_there_are(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (few, many, shy) = (await MailedLinksTests.SignUp(house, "few@example.org"), await MailedLinksTests.SignUp(house, "many@example.org"), await MailedLinksTests.SignUp(house, "shy@example.org"));
        await Want(house, few, new(true, OnLeaderboard: true));
        await Want(house, many, new(true, OnLeaderboard: true));
        for (var i = 0; i < 12; i++) await Post(house, many);
        var (done, planned, shys) = (await Post(house, few), await Post(house, many), await Post(house, shy));
        await house.Move(done, IdeaStatus.Submitted, IdeaStatus.Implemented);
        await house.Move(planned, IdeaStatus.Submitted, IdeaStatus.Planned);
        await house.Move(shys, IdeaStatus.Submitted, IdeaStatus.Implemented);
        await house.Settle();
        Assert.Equal([(few.Id, 10), (many.Id, 2)], (await Leaders(house)).Select(l => (l.User, l.Points)));

        await house.Move(planned, IdeaStatus.Planned, IdeaStatus.NotPlanned);
        await Want(house, shy, new(true, OnLeaderboard: true));
        await house.Settle();
        Assert.Equal([few.Id, shy.Id], (await Leaders(house)).Select(l => l.User));

        var first = (await house.With<ReadMembers, Page<Leader>?>(r => r.Leaders(null, 1, default)))!;
        var second = (await house.With<ReadMembers, Page<Leader>?>(r => r.Leaders(first.Next, 1, default)))!;
        Assert.Equal([few.Id, shy.Id], first.Items.Concat(second.Items).Select(l => l.User));
        Assert.Null(await house.With<ReadMembers, Page<Leader>?>(r => r.Leaders("nonsense", 1, default)));
    }

    [Theory, EveryDatabase]
    public async Task An_idea_merged_into_one_that_comes_true_counts_for_its_author_until_it_is_unmerged(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (first, second) = (await MailedLinksTests.SignUp(house, "first@example.org"), await MailedLinksTests.SignUp(house, "second@example.org"));
        await Want(house, second, new(true, OnLeaderboard: true));
        var (kept, merged) = (await Post(house, first), await Post(house, second));
        var lead = new Actor(UserId.New(), "Lea", "L", Department.Product, Role.Lead);
        Assert.IsType<MergedIdeas.Stands>(await house.With<MergeIdeas, MergedIdeas>(m => m.Into(lead, merged, kept, "The same wish as this one.", default)));
        await house.Move(kept, IdeaStatus.Submitted, IdeaStatus.Implemented);
        await house.Settle();
        Assert.Equal((second.Id, 3), Assert.Single((await Leaders(house)).Select(l => (l.User, l.Points))));
        Assert.Contains(MemberBadge.Together, (await Badges(house, second)).Select(b => b.Badge));
        Assert.IsType<MergedIdeas.Stands>(await house.With<MergeIdeas, MergedIdeas>(m => m.Undo(lead, merged, "It is another wish.", default)));
        await house.Settle();
        Assert.Empty(await Leaders(house));
    }

    [Theory, EveryDatabase]
    public async Task Who_answers_the_brand_and_moves_it_on_is_understood_and_who_only_talks_is_not(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (clear, mute) = (await MailedLinksTests.SignUp(house, "clear@example.org"), await MailedLinksTests.SignUp(house, "mute@example.org"));
        foreach (var (author, answers) in new[] { (clear, true), (mute, false) })
        {
            var idea = await Post(house, author);
            await house.With<CommentOnIdea, Commented>(c => c.By(author, idea, IdeaCommentId.New(), "Please!", default));
            house.Clock.Advance(TimeSpan.FromHours(1));
            await house.Move(idea, IdeaStatus.Submitted, IdeaStatus.UnderReview);
            house.Clock.Advance(TimeSpan.FromHours(1));
            if (answers) await house.With<CommentOnIdea, Commented>(c => c.By(author, idea, IdeaCommentId.New(), "It must fit a 2 l jar.", default));
            house.Clock.Advance(TimeSpan.FromHours(1));
            await house.Move(idea, IdeaStatus.UnderReview, IdeaStatus.Implemented);
        }

        Assert.Equal([MemberBadge.TakenUp, MemberBadge.Built, MemberBadge.Understood], (await Badges(house, clear)).Select(b => b.Badge));
        Assert.Equal([MemberBadge.TakenUp, MemberBadge.Built], (await Badges(house, mute)).Select(b => b.Badge));
    }

    [Theory, EveryDatabase]
    public async Task A_good_ear_hears_more_of_what_comes_true_than_of_what_does_not(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (keen, all) = (await MailedLinksTests.SignUp(house, "keen@example.org"), await MailedLinksTests.SignUp(house, "all@example.org"));
        for (var i = 0; i < 11; i++)
        {
            var idea = await house.Post();
            if (i < 5) await house.Vote(idea, Stance.Promote, keen);
            await house.Vote(idea, Stance.Promote, all);
            await house.Move(idea, IdeaStatus.Submitted, i < 5 ? IdeaStatus.Implemented : IdeaStatus.NotPlanned);
        }

        Assert.Equal(new EarnedBadge(MemberBadge.GoodEar, 1, 5), Assert.Single(await Badges(house, keen)));
        Assert.Empty(await Badges(house, all));
    }

    private static Task<MemberView?> Page(TestHouse house, Actor who) => house.With<ReadMembers, MemberView?>(r => r.Of(who.Id, default));

    private static async Task Want(TestHouse house, Actor who, ProfileWish wish) => Assert.Empty(await house.With<OwnProfile, IReadOnlyList<FieldError>>(o => o.Set(who, wish, default)));

    private static async Task<IReadOnlyList<Leader>> Leaders(TestHouse house) => (await house.With<ReadMembers, Page<Leader>?>(r => r.Leaders(null, null, default)))!.Items;

    private static Task<IReadOnlyList<EarnedBadge>> Badges(TestHouse house, Actor who) => house.With<MemberBadges, IReadOnlyList<EarnedBadge>>(b => b.Of(who.Id, default));

    private static async Task<IdeaId> Post(TestHouse house, Actor by) => Assert.IsType<PostedIdea.Stands>(await house.With<PostIdea, PostedIdea>(
        p => p.By(by, IdeaId.New(), new("A lid that locks", "So that nothing spills.", "general"), default))).Idea;
}
