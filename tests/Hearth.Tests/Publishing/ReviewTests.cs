using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Publishing;

public class ReviewTests
{
    private static readonly Actor Lea = new(UserId.New(), "Lea Moor", "LM", Department.Care, Role.Lead);
    private static readonly ApprovalRules Rules = ApprovalRules.None with { LegalWords = ["lawsuit*"], ApologyWords = ["our fault"], AmountFrom = 50 };

    private static async Task<PublishingHouse> House(DatabaseKind kind, ApprovalRules? rules = null)
    {
        var house = await PublishingHouse.Create(kind);
        await Set(house.House, rules ?? Rules);
        return house;
    }

    private static async Task<int> Set(TestHouse house, ApprovalRules rules) => Assert.IsType<PolicyChange.Done>(await house.In(async s =>
    {
        var policies = s.GetRequiredService<SpeakingPolicies>();
        return await policies.Set(await policies.Read(default) with { Approvals = rules }, Lea, default);
    })).Policy.Version;

    private static Task<Publication> Write(PublishingHouse house, string text, bool thread = false) =>
        house.Queue(p => p.Reply(new ReplyDraft(PublishingHouse.Fan, text, PublishingHouse.Ada, "conversation:1") { IsToBeReviewed = true, AsThread = thread }, default));

    private static Task<Reviewed> Approve(PublishingHouse house, MessageId id, Actor by, string? text = null) => house.House.With<ReviewMessage, Reviewed>(r => r.Approve(id, text, by, default));

    [Theory, EveryDatabase]
    public async Task What_a_rule_holds_is_sent_once_somebody_else_has_approved_it(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var held = Assert.IsType<Publication.Held>(await Write(house, "It was our fault: here are 60 €."));
        Assert.Equal(["It admits or promises: our fault", "A sum of 50 or more: 60 €"], held.Why);
        await house.House.Settle();
        Assert.Empty(house.Pds.Posts);
        Assert.IsType<MessageChange.NotNow>(await house.Change(c => c.Retry(held.Message, default)));

        Assert.IsType<Reviewed.NotAllowed>(await Approve(house, held.Message, new(UserId.New(), "Ben", "B", Department.Care, Role.Agent)));
        Assert.IsType<Reviewed.OwnWords>(await Approve(house, held.Message, PublishingHouse.Ada with { Role = Role.Owner }));
        Assert.IsType<Reviewed.Done>(await Approve(house, held.Message, Lea));
        await house.House.Settle();
        Assert.Single(house.Pds.Posts);
        var message = await house.Read(held.Message);
        Assert.Equal((MessageStatus.Sent, 1, 1), (message.Status, message.PolicyVersion, await house.Facts<MessageApproved>()));
    }

    [Theory, EveryDatabase]
    public async Task Of_twenty_who_decide_at_once_one_is_heard_and_the_message_goes_once_or_not_at_all(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var held = Assert.IsType<Publication.Held>(await Write(house, "It was our fault."));
        var leads = Enumerable.Range(0, 20).Select(n => new Actor(UserId.New(), "Lead " + n, "L" + n, Department.Care, Role.Lead)).ToList();
        var outcomes = await Task.WhenAll(leads.Select((l, n) => Task.Run(() => house.House.With<ReviewMessage, Reviewed>(r =>
            n % 2 == 0 ? r.Approve(held.Message, "It was our fault, says " + l.Name, l, default) : r.Reject(held.Message, "Not like this, says " + l.Name, l, default)))));

        var winner = leads[Array.FindIndex(outcomes, o => o is Reviewed.Done)];
        Assert.Single(outcomes.OfType<Reviewed.Done>());
        Assert.All(outcomes.OfType<Reviewed.NotNow>(), n => Assert.Equal(winner.Name, n.By));
        Assert.Equal(19, outcomes.OfType<Reviewed.NotNow>().Count());
        await house.House.Settle();
        var decision = Assert.Single(await house.House.With<ReviewMessage, IReadOnlyList<DecisionView>>(r => r.Decisions(held.Message, default)));
        Assert.Equal(decision.What == Decision.Rejected ? 0 : 1, house.Pds.Posts.Count);
        if (decision.What == Decision.Changed) Assert.StartsWith("It was our fault, says " + winner.Name, (string?)house.Pds.Posts.Single().Value["text"], StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task What_is_rejected_is_not_sent_and_its_author_reads_why(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var held = Assert.IsType<Publication.Held>(await Write(house, "A lawsuit? Go ahead."));
        Assert.IsType<Reviewed.Invalid>(await house.House.With<ReviewMessage, Reviewed>(r => r.Reject(held.Message, " ", Lea, default)));
        Assert.IsType<Reviewed.Done>(await house.House.With<ReviewMessage, Reviewed>(r => r.Reject(held.Message, "Be kind.", Lea, default)));
        await house.House.Settle();
        Assert.Empty(house.Pds.Posts);
        var message = await house.Read(held.Message);
        Assert.Equal((MessageStatus.Rejected, "Be kind."), (message.Status, message.Reason));
        Assert.Equal(Lea.Name, Assert.IsType<Reviewed.NotNow>(await Approve(house, held.Message, Lea)).By);
    }

    [Theory, EveryDatabase]
    public async Task A_text_that_would_be_held_cannot_be_edited_in_by_who_wrote_the_message(DatabaseKind kind)
    {
        await using var house = await House(kind);
        var sent = Assert.IsType<Publication.Queued>(await Write(house, "Let me look."));
        await house.House.Settle();
        Assert.IsType<MessageChange.NeedsApproval>(await house.Change(c => c.Edit(sent.Message, "It was our fault.", PublishingHouse.Ada, default)));
        Assert.IsType<MessageChange.NeedsApproval>(await house.Change(c => c.Edit(sent.Message, "It was our fault.", PublishingHouse.Ada with { Role = Role.Owner }, default)));
        Assert.IsType<MessageChange.Done>(await house.Change(c => c.Edit(sent.Message, "It was our fault.", Lea, default)));
        await house.House.Settle();
        Assert.Equal("It was our fault.\n^AB, Care at Brand", (string?)house.Pds.Posts.Single().Value["text"]);
    }

    [Theory, EveryDatabase]
    public async Task The_first_messages_of_somebody_new_are_looked_at_and_in_a_crisis_all_are(DatabaseKind kind)
    {
        await using var house = await House(kind, ApprovalRules.None with { NewAgentUntil = 2 });
        for (var n = 0; n < 2; n++)
        {
            var held = Assert.IsType<Publication.Held>(await Write(house, "Number " + n));
            Assert.Equal($"New here: {n} of the first 2 messages sent", Assert.Single(held.Why));
            Assert.IsType<Reviewed.Done>(await Approve(house, held.Message, Lea));
            await house.House.Settle();
        }

        Assert.IsType<Publication.Queued>(await Write(house, "Number 3"));
        await Set(house.House, ApprovalRules.None with { Crisis = true });
        Assert.IsType<Publication.Held>(await Write(house, "Number 4"));
    }

    [Theory, EveryDatabase]
    public async Task A_conversation_stays_open_until_its_reply_is_approved(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Set(house, Rules);
        var talk = await Talk.In(house);
        var conversation = await talk.Of(await talk.Says("ann", "It broke"));
        var held = Assert.IsType<Reply.Held>(await talk.Reply(conversation, "It was our fault.", Talk.Ada));
        var now = await Read();
        Assert.Equal((ConversationStatus.Open, null, conversation.Version + 1), (now.Status, now.FirstReplyAt, now.Version));
        Assert.IsType<Reply.AnsweredMeanwhile>(await talk.Reply(conversation, "Sorry!", Talk.Ben)); // who looked before it was written learns of it

        Assert.IsType<Reviewed.Done>(await house.With<ReviewMessage, Reviewed>(r => r.Approve(held.Message, "It was our fault. We mend it.", Lea, default)));
        await house.Settle();
        now = await Read();
        Assert.Equal((ConversationStatus.Waiting, Talk.Ada.Name), (now.Status, now.LastReplyBy));
        Assert.Equal(["held", "approved-changed"], now.Timeline.Where(t => t.What is "held" or "approved-changed").Select(t => t.What));
        Assert.Equal("It was our fault. We mend it.", now.Timeline.Single(t => t.Kind == EntryKind.Reply).Text);
        Assert.Equal(1, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type.EndsWith("ConversationReplied"))));

        async Task<ConversationView> Read() => (await house.With<ReadConversation, ConversationView?>(r => r.Of(conversation.Id, default)))!;
    }

    [Theory]
    [InlineData("We sue nobody", "")]
    [InlineData("A LAWSUIT, really", "lawsuit*")]
    [InlineData("two lawsuits", "lawsuit*")]
    [InlineData("Our  fault!", "our fault")]
    [InlineData("our faults", "")]
    public void A_phrase_stands_in_whole_words_and_a_star_is_the_rest_of_one(string text, string found)
    {
        var why = ReviewRules.Why(Rules, text, 0);
        Assert.Equal(found.Length > 0, why.Any(w => w.EndsWith(": " + found, StringComparison.Ordinal) && found.Length > 0));
    }

    [Theory]
    [InlineData("you get 49,99 €", null)]
    [InlineData("you get 50 €", "50 €")]
    [InlineData("€1.234,50 back", "€1.234,50")]
    [InlineData("USD 1,234", "USD 1,234")]
    [InlineData("take 30 euros", null)]
    [InlineData("in 60 minutes", null)]
    [InlineData("120 dollars", "120 dollars")]
    public void A_sum_is_read_as_people_write_it(string text, string? amount) =>
        Assert.Equal(amount is null ? [] : [$"A sum of 50 or more: {amount}"], ReviewRules.Why(Rules, text, 0));
}
