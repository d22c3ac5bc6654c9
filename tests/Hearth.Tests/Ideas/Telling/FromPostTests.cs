using Hearth.Conversations;
using Hearth.Ideas;
using Hearth.Ideas.Customers;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Tests.Operations;

namespace Hearth.Tests.Ideas.Telling;

public class FromPostTests
{
    [Theory, EveryDatabase]
    public async Task A_post_becomes_an_idea_of_its_author_with_the_post_as_evidence_once(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        var post = await house.Says("ann");
        var id = IdeaId.New();
        for (var n = 0; n < 2; n++)
            Assert.Equal(id, Assert.IsType<FromPost.Raised>(await house.House.With<RaiseIdea, FromPost>(r => r.From(post, id, BoardOnBluesky.Draft(), TellingHouse.Agent, default))).Idea);

        var view = (await house.House.With<ReadIdea, IdeaView?>(r => r.Of(id, null, default)))!;
        Assert.Equal(("A lid that locks", "ann", IdeaStatus.Submitted), (view.Line.Title, view.Line.AuthorName, view.Line.Status));
        var evidence = Assert.Single(await house.House.With<ReadEvidence, IReadOnlyList<EvidenceView>>(r => r.Of(id, default)));
        Assert.Equal((EvidenceKind.Raised, post, "bluesky", "ann.example", "Ada Byron"), (evidence.Kind, evidence.Mention, evidence.Network, evidence.Handle, evidence.By));
        var talk = (await house.House.With<ReadConversation, ConversationView?>(r => r.Of(evidence.Conversation!.Value, default)))!;
        Assert.Equal(("A lid that locks", $"/ideas/desk/{id.Value}"), talk.Timeline.Where(t => t.What == "idea-raised").Select(t => (t.Text, t.Link)).Single());
        Assert.Equal(id, Assert.Single(await house.House.With<ReadEvidence, IReadOnlyList<TalkedIdea>>(r => r.About(evidence.Conversation!.Value, default))).Idea);
        var origin = (await house.House.With<ReadEvidence, IdeaOrigin?>(r => r.Origin(id, default)))!;
        Assert.Equal(("bluesky", "ann.example", "Ada Byron", 0), (origin.Network, origin.Handle, origin.RaisedBy, origin.VotesForOthers));

        // Another post of the same person: the same account.
        var second = await house.Raise(await house.Says("ann", "And a strap for it"), "A strap for the flask");
        Assert.Equal(view.Author, (await house.House.With<ReadIdea, IdeaView?>(r => r.Of(second, null, default)))!.Author);
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_raised_says_why_and_leaves_nothing(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        var post = await house.Says("ann");
        var bad = Assert.IsType<FromPost.Invalid>(await house.House.With<RaiseIdea, FromPost>(r => r.From(post, IdeaId.New(), new("Lid", "short", "nowhere"), TellingHouse.Agent, default)));
        Assert.Equal(["body", "category", "title"], bad.Errors.Select(e => e.Field).Order(StringComparer.Ordinal));
        Assert.IsType<FromPost.UnknownPost>(await house.House.With<RaiseIdea, FromPost>(r => r.From(MentionId.New(), IdeaId.New(), BoardOnBluesky.Draft(), TellingHouse.Agent, default)));
        var said = (await house.House.With<ReadMention, MentionView?>(r => r.Of(post, default)))!;
        await house.House.With<ReceiveMentions, Received>(r => r.Run(said.Source, [], new Receiving(Removed: [said.ExternalId]), default));
        Assert.IsType<FromPost.UnknownPost>(await house.House.With<RaiseIdea, FromPost>(r => r.From(post, IdeaId.New(), BoardOnBluesky.Draft(), TellingHouse.Agent, default)));
        Assert.Empty(await house.House.List(new(IdeaOrder.New)));
    }

    [Theory, EveryDatabase]
    public async Task A_person_has_one_vote_whoever_votes_for_them_and_from_whichever_post(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        var idea = await house.House.Post();
        var (first, second) = (await house.Says("ann"), await house.Says("ann", "Yes, a lid that locks!"));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(async () => Assert.IsType<FromPost.Voted>(await house.VoteFor(idea, n % 2 == 0 ? first : second)))));
        Assert.IsType<FromPost.Voted>(await house.VoteFor(idea, await house.Says("bob")));
        var line = await house.House.Read(idea);
        Assert.Equal((20, 2, 0), (line.Points, line.Promotions, line.Demotions));
        Assert.Equal(3, (await house.House.With<ReadEvidence, IReadOnlyList<EvidenceView>>(r => r.Of(idea, default))).Count);
        Assert.Equal(2, (await house.House.With<ReadEvidence, IdeaOrigin?>(r => r.Origin(idea, default)))!.VotesForOthers);

        Assert.IsType<FromPost.Voted>(await house.VoteFor(idea, first, Stance.None));
        Assert.Equal(10, (await house.House.Read(idea)).Points);
        Assert.Single(await house.House.With<ReadEvidence, IReadOnlyList<EvidenceView>>(r => r.Of(idea, default)));
        await house.House.Move(idea, IdeaStatus.Submitted, IdeaStatus.Implemented);
        Assert.Equal(IdeaStatus.Implemented, Assert.IsType<FromPost.Resting>(await house.VoteFor(idea, first)).Status);
        Assert.IsType<FromPost.UnknownIdea>(await house.VoteFor(IdeaId.New(), first));
    }
}
