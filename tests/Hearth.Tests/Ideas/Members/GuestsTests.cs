using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Platform;
using Hearth.Tests.Governance;

namespace Hearth.Tests.Ideas.Members;

public sealed class GuestsTests
{
    private static readonly Actor Lead = new(UserId.New(), "Lea", "L", Department.Product, Role.Lead);

    [Theory, EveryDatabase]
    public async Task A_board_takes_nothing_of_guests_until_it_says_so(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await house.Post();
        var guest = await new FakeBrowser(house).With<Guests, Actor>(g => g.Come(default));
        Assert.IsType<VoteCast.NotForGuests>(await house.Vote(idea, by: guest));
        Assert.IsType<PostedIdea.Invalid>(await Post(house, guest));
        Assert.IsType<Commented.Invalid>(await Say(house, guest, idea));

        await Open(house, votes: 0, posts: true);
        Assert.IsType<VoteCast.NotForGuests>(await house.Vote(idea, by: guest));
        Assert.IsType<PostedIdea.Stands>(await Post(house, guest));
        Assert.IsType<Commented.Stands>(await Say(house, guest, idea));
    }

    [Theory, EveryDatabase]
    public async Task A_guests_vote_weighs_what_the_board_says_and_becomes_whole_when_they_join(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Open(house, votes: 300, posts: true);
        var idea = await house.Post();
        var browser = new FakeBrowser(house);
        var guest = await browser.With<Guests, Actor>(g => g.Come(default));
        await house.Vote(idea, by: guest);
        Assert.Equal((3, 1), await Points(house, idea));
        var own = Assert.IsType<PostedIdea.Stands>(await Post(house, guest)).Idea;

        await browser.With<SignUp, SignUpOutcome>((s, me) => s.Run("Grace Hopper", "grace@example.org", "a long enough password", default, me));
        await house.Settle();
        Assert.Equal((10, 1), await Points(house, idea));
        Assert.Equal("Grace Hopper", (await house.Read(own)).AuthorName);
    }

    [Theory, EveryDatabase]
    public async Task Who_signs_in_brings_the_guests_votes_along_and_has_one_on_each_idea(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Open(house, votes: 500, posts: true);
        var grace = await MailedLinksTests.SignUp(house, "grace@example.org");
        var (both, guestOnly) = (await house.Post(), await house.Post());
        var browser = new FakeBrowser(house);
        var guest = await browser.With<Guests, Actor>(g => g.Come(default));
        await house.Vote(both, Stance.Promote, grace);
        await house.Vote(both, Stance.Demote, guest);
        await house.Vote(guestOnly, Stance.Demote, guest);
        await Say(house, guest, both);

        await browser.With<SignIn, SignInOutcome>(s => s.ByPassword("grace@example.org", "a long enough password", false, default));
        await house.Settle();
        Assert.Equal((10, 1), await Points(house, both));
        Assert.Equal((-10, 0), await Points(house, guestOnly));
        Assert.Equal(Stance.Demote, (await house.With<ReadIdea, IdeaView?>(r => r.Of(guestOnly, grace.Id, default)))!.Line.Mine);
        Assert.Equal(Stance.None, (await house.With<ReadIdea, IdeaView?>(r => r.Of(guestOnly, guest.Id, default)))!.Line.Mine);
    }

    [Theory, EveryDatabase]
    public async Task A_vote_can_be_taken_back_after_the_board_has_closed_to_guests(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Open(house, votes: 1000, posts: false);
        var idea = await house.Post();
        var guest = await new FakeBrowser(house).With<Guests, Actor>(g => g.Come(default));
        await house.Vote(idea, by: guest);
        await Open(house, votes: 0, posts: false);
        Assert.IsType<VoteCast.Stands>(await house.Vote(idea, Stance.None, guest));
        Assert.Equal((0, 0), await Points(house, idea));
    }

    private static async Task Open(TestHouse house, int votes, bool posts) =>
        Assert.Empty(await house.With<BoardSettings, IReadOnlyList<FieldError>>(b => b.Change(Lead, BoardRules.Default with { GuestVotes = votes, GuestsPost = posts }, default)));

    private static Task<PostedIdea> Post(TestHouse house, Actor by) =>
        house.With<PostIdea, PostedIdea>(p => p.By(by, IdeaId.New(), new("A lid that locks", "So that nothing spills.", "general"), default));

    private static Task<Commented> Say(TestHouse house, Actor by, IdeaId idea) => house.With<CommentOnIdea, Commented>(c => c.By(by, idea, IdeaCommentId.New(), "Mine leaks too.", default));

    private static async Task<(int Points, int Promotions)> Points(TestHouse house, IdeaId idea) => await house.Read(idea) is var line ? (line.Points, line.Promotions) : default;
}
