using Hearth.Conversations;
using Hearth.Conversations.Kpis;
using Hearth.Conversations.Ratings;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Tests.Conversations.ServiceLevels;

public class RatingTests
{
    [Theory, EveryDatabase]
    public async Task A_closed_conversation_is_asked_about_once_in_its_channel_and_the_answer_counts(DatabaseKind kind)
    {
        await using var publishing = await PublishingHouse.Create(kind);
        var (house, promised, agent) = await Asking(publishing);
        var id = await Handled(house, promised, agent, "ann");
        Assert.Empty(await Asked(house));

        await Later(house, 61);
        var message = Assert.Single(await Asked(house));
        Assert.StartsWith("Did that help you? https://hearth.example/rate/", message.Words, StringComparison.Ordinal);
        var token = message.Words[(message.Words.LastIndexOf('/') + 1)..];

        Assert.False(await house.With<Rate, bool>(r => r.With(token, 6, null, default)));
        Assert.False(await house.With<Rate, bool>(r => r.With("not-" + token, 5, null, default)));
        Assert.True(await house.With<Rate, bool>(r => r.With(token, 2, null, default)));
        Assert.True(await house.With<Rate, bool>(r => r.With(token, 4, "Quick and kind", default)));
        Assert.Equal(new Share(1, 1), (await Figures(house)).Satisfied);
        Assert.Equal(4, (await Figures(house)).Rating);
        Assert.Equal("4 of 5: Quick and kind", (await house.With<ReadConversation, ConversationView?>(r => r.Of(id, default)))!.Timeline.Last(t => t.What == "rated").Text);

        await house.With<ConversationSteps, bool>(s => s.Move(id, ConversationStatus.Open, agent!, default));
        await house.With<ConversationSteps, bool>(s => s.Move(id, ConversationStatus.Closed, agent!, default));
        await house.Settle();
        await Later(house, 120);
        Assert.Single(await Asked(house));
    }

    [Theory, EveryDatabase]
    public async Task Nobody_is_asked_who_said_no_or_was_asked_lately_or_whose_conversation_was_opened_again(DatabaseKind kind)
    {
        await using var publishing = await PublishingHouse.Create(kind);
        var (house, promised, agent) = await Asking(publishing);
        var open = await Handled(house, promised, agent, "ann");
        await house.With<ConversationSteps, bool>(s => s.Move(open, ConversationStatus.Open, agent!, default));
        var no = await Handled(house, promised, agent, "ben");
        await house.With<OptOuts, bool>(async o => await o.Add((await house.With<Database, PersonId?>(db => db.Set<Conversation>().Where(c => c.Id == no).Select(c => c.PersonId).SingleAsync()))!.Value, "Ada", default));
        await Handled(house, promised, agent, "cat");
        await Later(house, 61);
        await Handled(house, promised, agent, "cat");
        await Later(house, 61);

        Assert.Single(await Asked(house));
        var reasons = await house.With<Database, List<string?>>(db => db.Set<RatingAskRow>().Where(a => a.State == AskState.NotAsked).Select(a => a.Reason).ToListAsync());
        Assert.Equal(["they do not want to be written to unasked", "they were asked within 90 days"], reasons.Order(StringComparer.Ordinal));
    }

    private static async Task<(TestHouse, Promised, Actor)> Asking(PublishingHouse publishing)
    {
        var promised = await Promised.In(publishing.House);
        Assert.Empty(await publishing.House.With<RatingSettings, IReadOnlyList<FieldError>>(s => s.Put(new(true, "Did that help you? {link}"), "https://hearth.example", default)));
        return (publishing.House, promised, await promised.Hire("Abe Alt", Role.Agent, Department.Care));
    }

    // A post on Bluesky that was answered, and closed.
    private static async Task<ConversationId> Handled(TestHouse house, Promised promised, Actor agent, string author)
    {
        var id = await promised.Hears(author);
        await house.With<Database>(async db =>
        {
            var mention = await db.Set<Conversation>().Where(c => c.Id == id).Select(c => c.LastMention).SingleAsync();
            var uri = $"at://did:plc:{author}/app.bsky.feed.post/{mention.Value:N}";
            await db.Set<MentionRow>().Where(m => m.Id == mention).ExecuteUpdateAsync(set => set.SetProperty(m => m.Network, "bluesky").SetProperty(m => m.Uri, uri).SetProperty(m => m.Cid, "cid").SetProperty(m => m.RootUri, uri).SetProperty(m => m.RootCid, "cid"));
        });
        await promised.Answer(id, agent);
        await promised.Move(id, ConversationStatus.Closed);
        return id;
    }

    private static async Task Later(TestHouse house, int minutes)
    {
        house.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await house.Settle();
    }

    private static async Task<IReadOnlyList<MessageView>> Asked(TestHouse house) =>
        [.. (await house.With<ReadMessages, Page<MessageView>?>(m => m.List(null, null, 500, default)))!.Items.Where(m => m.Words.Contains("/rate/", StringComparison.Ordinal))];

    private static async Task<KpiFigures> Figures(TestHouse house) =>
        (await house.With<ReadKpis, KpiReport>(k => k.Of(new(house.Clock.Now().AddDays(-7), house.Clock.Now().AddDays(1)), KpiBy.Day, TimeZoneInfo.Utc, default))).All;
}
