using Hearth.Conversations;
using Hearth.Ideas;
using Hearth.Ideas.Customers;
using Hearth.Platform;
using Hearth.Tests.Operations;

namespace Hearth.Tests.Ideas.Telling;

public class AnswerCustomerTests
{
    [Theory, EveryDatabase]
    public async Task An_answer_stands_below_the_idea_and_where_the_person_spoke_or_nowhere(DatabaseKind kind)
    {
        await using var house = await TellingHouse.Create(kind);
        var idea = await house.Raise(await house.Says("ann"));
        var talk = (await Evidence(house, idea)).Conversation!.Value;
        var id = IdeaCommentId.New();
        for (var n = 0; n < 2; n++) Assert.IsType<AnsweredCustomer.Stands>(await Answer(house, idea, id, "We try a bayonet.", talk, 0));
        await house.Work();
        Assert.Equal("We try a bayonet.\n^AB, Care at Brand", (string?)Assert.Single(house.Pds.Posts.Values)["text"]);
        var comment = Assert.Single((await house.House.With<ReadIdea, Page<IdeaCommentView>?>(r => r.Comments(idea, null, 50, default)))!.Items);
        Assert.Equal(("We try a bayonet.", true), (comment.Body, comment.FromBrand));

        // Somebody else answered since; or it is longer than the network takes: nothing is said anywhere.
        Assert.IsType<Reply.AnsweredMeanwhile>(Assert.IsType<AnsweredCustomer.NotThere>(await Answer(house, idea, IdeaCommentId.New(), "And a strap.", talk, 0)).Why);
        Assert.IsType<Reply.TooLong>(Assert.IsType<AnsweredCustomer.NotThere>(await Answer(house, idea, IdeaCommentId.New(), new string('x', 301), talk, 1)).Why);
        Assert.Single((await house.House.With<ReadIdea, Page<IdeaCommentView>?>(r => r.Comments(idea, null, 50, default)))!.Items);

        Assert.Null(Assert.IsType<AnsweredCustomer.Stands>(await Answer(house, idea, IdeaCommentId.New(), new string('x', 301), talk, null)).There);
        var view = (await house.House.With<ReadConversation, ConversationView?>(r => r.Of(talk, default)))!;
        Assert.Equal((2, 1), (view.Timeline.Count(t => t.What == "idea-answered"), view.Timeline.Count(t => t.Kind == EntryKind.Reply)));
        Assert.IsType<AnsweredCustomer.UnknownConversation>(await Answer(house, await house.House.Post(), IdeaCommentId.New(), "Hello there", talk, null));
        Assert.IsType<AnsweredCustomer.Invalid>(await Answer(house, idea, IdeaCommentId.New(), "x", talk, null));
    }

    private static Task<AnsweredCustomer> Answer(TellingHouse house, IdeaId idea, IdeaCommentId id, string body, ConversationId talk, int? version) =>
        house.House.With<AnswerCustomer, AnsweredCustomer>(a => a.With(TellingHouse.Agent, idea, id, body, talk, version, default));

    private static async Task<EvidenceView> Evidence(TellingHouse house, IdeaId idea) => Assert.Single(await house.House.With<ReadEvidence, IReadOnlyList<EvidenceView>>(r => r.Of(idea, default)));
}
