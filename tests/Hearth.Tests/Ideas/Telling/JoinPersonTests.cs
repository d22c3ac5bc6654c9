using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Customers;
using Hearth.Ideas.Merging;
using Hearth.Ideas.Telling;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Hearth.Tests.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas.Telling;

public class JoinPersonTests
{
    [Theory, EveryDatabase]
    public async Task Who_signs_up_later_has_one_vote_an_idea_and_keeps_what_was_done_for_them(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        var account = await SignUp(house);
        var (post, again) = (await house.Says("ann"), await house.Says("ann", "And I agree with that one"));
        var raised = await house.Raise(post);
        var (both, alone, merged, into) = (await house.House.Post("Voted by both of her"), await house.House.Post("Voted for her alone"), await house.House.Post("One of two alike"), await house.House.Post("The other of two alike"));
        foreach (var idea in new[] { both, alone, merged }) Assert.IsType<FromPost.Voted>(await house.VoteFor(idea, again));
        await house.House.Vote(both, Stance.Demote, account);
        await house.House.Vote(into, Stance.Promote, account);
        await house.House.Move(raised, IdeaStatus.Submitted, IdeaStatus.Planned, "Next spring, in the new lid.");
        await house.Work();
        Assert.IsType<MergedIdeas.Stands>(await house.House.With<MergeIdeas, MergedIdeas>(m => m.Into(IdeasHouse.Staff(), merged, into, "They are the same idea.", default)));
        Assert.Equal((0, 20), ((await house.House.Read(both)).Points, (await house.House.Read(into)).Points));

        var person = await PersonOf(house, post);
        var done = Assert.IsType<JoinedPerson.Done>(await Join(house, person, account.Id));
        Assert.Equal((1, 2, 1), (done.Ideas, done.Votes, done.Doubles));
        Assert.Equal((-10, 10, 10), ((await house.House.Read(both)).Points, (await house.House.Read(alone)).Points, (await house.House.Read(into)).Points));
        var view = (await house.House.With<ReadIdea, IdeaView?>(r => r.Of(raised, account.Id, default)))!;
        Assert.Equal((account.Id, account.Name), (view.Author, view.Line.AuthorName));
        Assert.Equal(Stance.Promote, (await house.House.With<ReadIdea, IdeaView?>(r => r.Of(alone, account.Id, default)))!.Line.Mine);
        Assert.Equal(IdeaNewsKind.Moved, Assert.Single(await house.House.Notices(account)).Kind);

        Assert.Equal(new JoinedPerson.Done(0, 0, 0), await Join(house, person, account.Id));
        Assert.IsType<FromPost.VotesThemselves>(await house.VoteFor(into, again));
        Assert.IsType<JoinedPerson.HasAnother>(await Join(house, person, (await SignUp(house, "ann2@example.org")).Id));
        Assert.IsType<JoinedPerson.UnknownAccount>(await Join(house, person, UserId.New()));
        Assert.IsType<JoinedPerson.UnknownPerson>(await Join(house, PersonId.New(), account.Id));

        // Told on the network still, since that is where she asked for it.
        await house.House.Move(alone, IdeaStatus.Submitted, IdeaStatus.Planned, "Also next spring.");
        await house.Work();
        Assert.Equal(1, Assert.Single(await house.House.News(alone)).ByState[Hearth.Operations.Telling.ToldState.Waiting]);
    }

    private static Task<JoinedPerson> Join(TellingHouse house, PersonId person, UserId account) => house.House.With<JoinPerson, JoinedPerson>(j => j.To(person, account, TellingHouse.Lead, default));

    private static async Task<Actor> SignUp(TellingHouse house, string email = "ann@example.org") =>
        Assert.IsType<SignUpOutcome.Opened>(await house.House.With<SignUp, SignUpOutcome>(s => s.Run("Ann Fox", email, "a-long-password", default))).Actor;

    private static async Task<PersonId> PersonOf(TellingHouse house, MentionId post) => (await house.House.With<ReadMention, MentionView?>(r => r.Of(post, default)))!.Person!.Value;
}
