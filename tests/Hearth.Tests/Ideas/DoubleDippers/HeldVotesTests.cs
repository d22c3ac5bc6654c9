using System.Net;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.DoubleDippers;
using Hearth.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas.DoubleDippers;

public class HeldVotesTests
{
    private static readonly VoteFrom OneBrowser = new(77, 7, 3, null);

    [Theory, EveryDatabase]
    public async Task Votes_of_one_hand_are_held_until_a_person_decides_and_the_decision_can_be_turned(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (idea, hand) = await Dipped(house);
        Assert.Equal(7, await house.With<LookForDippers, int>(l => l.AtNewVotes(default)));
        var line = await house.Read(idea);
        Assert.Equal((3, 7, 30), (line.Promotions, line.Held, line.Points));

        var found = Assert.Single(await Cases(house, DipperState.Waiting));
        Assert.Equal((7, 7), (found.Votes, found.Accounts));
        var votes = await house.With<DipperCases, IReadOnlyList<DipperVoteLine>>(c => c.Votes(found.Id, default));
        Assert.Equal(hand.Skip(1).Select(a => a.Id).ToHashSet(), votes.Select(v => v.User).ToHashSet());
        Assert.All(votes, v => Assert.Equal((true, "A", (int?)1, Stance.Promote), (v.Held, v.Browser, v.Network, v.Stance)));

        Assert.Equal(7, Assert.IsType<DecidedCase.Stands>(await Decide(house, found.Id, DipperState.Waiting, DipperState.Released, "A school class at one computer.")).Votes);
        line = await house.Read(idea);
        Assert.Equal((10, 0, 100), (line.Promotions, line.Held, line.Points));
        Assert.Equal(DipperState.Released, Assert.IsType<DecidedCase.DecidedMeanwhile>(await Decide(house, found.Id, DipperState.Waiting, DipperState.Confirmed, "One hand, surely.")).Now);
        Assert.Equal(0, await house.With<LookForDippers, int>(l => l.AtAll(default))); // what a person released is left alone

        Assert.IsType<DecidedCase.Stands>(await Decide(house, found.Id, DipperState.Released, DipperState.Confirmed, "The school knows nothing of it."));
        Assert.Equal(7, (await house.Read(idea)).Held);
        var month = Assert.Single(await house.With<DipperCases, IReadOnlyList<HeldMonth>>(c => c.ByMonth(default)));
        Assert.Equal((1, 7, 0, 7, 0), (month.Cases, month.Votes, month.Waiting, month.Confirmed, month.Released));
        await CastVoteTests.TheRowsSayTheSame(house);
    }

    [Theory, EveryDatabase]
    public async Task A_held_vote_that_is_taken_back_and_given_again_is_held_again(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (idea, hand) = await Dipped(house);
        await house.With<LookForDippers, int>(l => l.AtNewVotes(default));
        await Vote(house, hand[4], idea, OneBrowser, Stance.None);
        await Vote(house, hand[4], idea, OneBrowser with { Device = 0 });
        Assert.Equal(4, (await house.Read(idea)).Promotions);

        await house.With<LookForDippers, int>(l => l.AtNewVotes(default));

        var line = await house.Read(idea);
        Assert.Equal((3, 7), (line.Promotions, line.Held));
        Assert.Single(await Cases(house, DipperState.Waiting));
    }

    [Theory, EveryDatabase]
    public async Task More_votes_of_the_same_hand_join_its_case(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (_, hand) = await Dipped(house);
        await house.With<LookForDippers, int>(l => l.AtNewVotes(default));
        var other = await house.Post("Another idea of the same hand");
        foreach (var account in hand)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(2));
            await Vote(house, account, other, OneBrowser);
        }

        await house.With<LookForDippers, int>(l => l.AtNewVotes(default));

        var found = Assert.Single(await Cases(house, DipperState.Waiting));
        Assert.Equal((14, 7), (found.Votes, found.Accounts));
        Assert.Equal((1, 7), ((await house.Read(other)).Promotions, (await house.Read(other)).Held));
    }

    [Theory, EveryDatabase]
    public async Task What_was_seen_is_forgotten_in_time_and_the_decision_stays_possible(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (idea, _) = await Dipped(house);
        await house.With<LookForDippers, int>(l => l.AtNewVotes(default));
        var found = Assert.Single(await Cases(house, DipperState.Waiting));
        house.Clock.Advance(TimeSpan.FromDays(WatchBoard.DefaultKeepDays + 1));

        Assert.True(await house.With<LookForDippers, int>(l => l.Forget(default)) >= 10);

        Assert.Equal(0, (await house.With<WatchBoard, WatchView>(w => w.Read(default))).Kept);
        Assert.All(await house.With<DipperCases, IReadOnlyList<DipperVoteLine>>(c => c.Votes(found.Id, default)), v => Assert.Equal((null, null), (v.Browser, v.Network)));
        Assert.IsType<DecidedCase.Stands>(await Decide(house, found.Id, DipperState.Waiting, DipperState.Released, "Nobody can tell any more."));
        Assert.Equal(10, (await house.Read(idea)).Promotions);
    }

    [Theory, EveryDatabase]
    public async Task Only_a_lead_sets_how_the_board_is_watched_and_forgetting_changes_the_salt(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Dipped(house);
        var lead = IdeasHouse.Staff() with { Role = Role.Lead };
        var before = await house.With<SeeVoter, VoteFrom?>(s => s.Of(Request("1.2.3.4"), default));
        Assert.Equal("", Assert.Single(await Set(IdeasHouse.Staff(), new(true, true, 30, [], "Shorter."))).Field);
        Assert.Equal(["keepDays", "domains", "reason"], (await Set(lead, new(true, true, 3, ["not a domain"], " "))).Select(e => e.Field));

        Assert.Empty(await Set(lead, new(true, false, 30, ["@Brief.example"], "As the data protection officer asked.", Forget: true)));

        var view = await house.With<WatchBoard, WatchView>(w => w.Read(default));
        Assert.Equal((true, false, 30, 0), (view.IsOn, view.Marks, view.KeepDays, view.Kept));
        Assert.Equal(["brief.example"], view.Domains);
        var after = await house.With<SeeVoter, VoteFrom?>(s => s.Of(Request("1.2.3.4"), default));
        Assert.NotEqual(before!.Network, after!.Network);
        Assert.Equal(0, after.Device);
        Assert.Empty(await Set(lead, new(false, false, 30, [], "Switched off.")));
        Assert.Null(await house.With<SeeVoter, VoteFrom?>(s => s.Of(Request("1.2.3.4"), default)));

        Task<IReadOnlyList<FieldError>> Set(Actor by, WatchDraft draft) => house.With<WatchBoard, IReadOnlyList<FieldError>>(w => w.Set(by, draft, default));
    }

    [Theory, EveryDatabase]
    public async Task A_vote_is_seen_by_hashes_of_network_and_browser_and_privacy_is_respected(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Task<VoteFrom?> See(DefaultHttpContext http) => house.With<SeeVoter, VoteFrom?>(s => s.Of(http, default));
        var (one, neighbour, far, six) = (await See(Request("198.51.100.7")), await See(Request("198.51.100.250")), await See(Request("198.51.101.7")), await See(Request("2001:db8:1:2::3")));

        Assert.Equal(one!.Network, neighbour!.Network);
        Assert.NotEqual(one.Network, far!.Network);
        Assert.Equal(six!.Network, (await See(Request("2001:db8:1:ffff::9")))!.Network);
        Assert.NotEqual(one.Device, neighbour.Device);
        var marked = Request("198.51.100.7");
        marked.Request.Headers.Cookie = "hearth_mark=" + new string('a', 22);
        Assert.Equal((await See(marked))!.Device, (await See(marked))!.Device);
        var shy = Request("198.51.100.7");
        shy.Request.Headers["Sec-GPC"] = "1";
        Assert.Equal(0, (await See(shy))!.Device);
        Assert.Equal(0, shy.Response.Headers.SetCookie.Count);
    }

    [Theory, EveryDatabase]
    public async Task An_account_with_a_mail_box_that_lasts_minutes_is_noted_and_its_address_is_not(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        foreach (var (name, email) in new[] { ("Quick", "a@mailinator.com"), ("Below", "b@x.yopmail.com"), ("Slow", "c@example.org") })
        {
            Assert.IsType<SignUpOutcome.Opened>(await house.With<SignUp, SignUpOutcome>(s => s.Run(name, email, "a long enough password", default)));
        }

        await house.Settle();
        var noted = await house.In(s => s.GetRequiredService<Database>().IdeaVisitors.Select(v => v.ThrowAwayMail).ToListAsync());
        Assert.Equal([false, true, true], noted.Order());
    }

    private static DefaultHttpContext Request(string address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        http.Request.Headers.UserAgent = "Mozilla/5.0";
        return http;
    }

    /// <summary>An idea with two honest votes and eight of one hand, on a board where others vote on other things.</summary>
    private static async Task<(IdeaId Idea, Actor[] Hand)> Dipped(TestHouse house)
    {
        var ideas = new List<IdeaId>();
        for (var i = 0; i < 6; i++) ideas.Add(await house.Post($"Idea number {i}"));
        for (var i = 0; i < 12; i++)
        {
            var somebody = IdeasHouse.Somebody($"Voter {i}");
            for (var n = 0; n < 3; n++)
            {
                house.Clock.Advance(TimeSpan.FromMinutes(47));
                await Vote(house, somebody, ideas[(i + n * 2) % 6], new(1000 + i, 2000 + i, i % 4, null));
            }
        }

        var idea = await house.Post("The idea of one hand");
        for (var i = 0; i < 2; i++) await Vote(house, IdeasHouse.Somebody(), idea, new(3000 + i, 4000 + i, 5, null));
        var hand = Enumerable.Range(0, 8).Select(i => IdeasHouse.Somebody($"Puppet {i}")).ToArray();
        foreach (var account in hand)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(4));
            await house.In(async s =>
            {
                var db = s.GetRequiredService<Database>();
                db.Add(new IdeaVisitor { User = account.Id, Since = house.Clock.GetUtcNow().AddMinutes(-2), ThrowAwayMail = false });
                await db.SaveChangesAsync();
            });
            await Vote(house, account, idea, OneBrowser);
        }

        return (idea, hand);
    }

    private static Task<VoteCast> Vote(TestHouse house, Actor by, IdeaId idea, VoteFrom from, Stance stance = Stance.Promote) =>
        house.With<CastVote, VoteCast>(v => v.For(by, idea, stance, Popularity.WholeVote, from, default));

    private static async Task<IReadOnlyList<DipperCaseLine>> Cases(TestHouse house, DipperState state) => (await house.With<DipperCases, Page<DipperCaseLine>?>(c => c.List(state, null, null, default)))!.Items;

    private static Task<DecidedCase> Decide(TestHouse house, DipperCaseId id, DipperState from, DipperState to, string reason) =>
        house.With<DecideCase, DecidedCase>(d => d.By(IdeasHouse.Staff(), id, from, to, reason, default));
}
