using Hearth.Catalog;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Operations;
using Hearth.Platform;
using Hearth.Tests.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Operations;

public class GapTests
{
    private static readonly GapDraft Draft = new("delivery-time", "Two days,\0as advertised", "Two weeks", Department.Operations);

    private static async Task<GapId> Raise(TestHouse house, GapDraft draft, ConversationId? from = null) =>
        Assert.IsType<Raising.Done>(await house.With<RaiseGap, Raising>(r => r.From(draft, from, Talk.Ada, default))).Gap;

    private static async Task<GapView> Read(TestHouse house, GapId gap) => (await house.With<ReadGap, GapView?>(r => r.Of(gap, default)))!;

    private static Task<Move> Step(TestHouse house, GapId gap, GapStage from, GapStage to, string? why = null, Actor? by = null) =>
        house.With<MoveGap, Move>(m => m.To(gap, from, to, why, by ?? Talk.Ada, default));

    [Theory, EveryDatabase]
    public async Task A_gap_names_the_promise_it_breaks_and_stands_in_the_conversation_it_came_from(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var conversation = await talk.Of(await talk.Says("ann", "Where is it?"));
        var (_, product) = await house.With<Products, (CatalogOutcome, ProductId Id)>(p => p.Add(new("X-1", "Model X"), default));
        var promise = PromiseId.New();
        await house.With<Promises, CatalogOutcome>(p => p.Save(promise, new("Two days", PromisePlace.Advertisement, "https://brand.example/fast", product, "delivery-time"), default));

        var gap = await Read(house, await Raise(house, Draft with { Product = product, Promise = promise }, conversation.Id));

        Assert.Equal(("Model X: delivery time", "Delivery time", "Two days"), (gap.Line.Title, gap.AttributeName, gap.Promise!.Text));
        Assert.Equal((1, 1, 2), (gap.Line.People, gap.Line.Conversations, gap.Line.Cost));
        Assert.Equal(("ann", conversation.Id), (gap.Voices.Single().Person!.Name, gap.Voices.Single().Conversations.Single().Id));
        var told = Assert.Single((await talk.Of(conversation.LastMention)).Timeline, t => t.What == "gap-raised");
        Assert.Equal(("Model X: delivery time", "/fix/" + gap.Line.Id.Value, Talk.Ada.Name), (told.Text, told.Link, told.ByName));
        Assert.Equal(gap.Line.Id, Assert.Single(await house.With<ListGaps, IReadOnlyList<GapLine>>(l => l.In(conversation.Id, default))).Id);
    }

    [Theory, EveryDatabase]
    public async Task A_mention_that_opened_no_conversation_can_raise_one_and_a_wrong_conversation_raises_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var quiet = await talk.Says("ann", "Where is it?", engage: false);

        Assert.IsType<Raising.Done>(await house.With<RaiseGap, Raising>(r => r.From(Draft, quiet, Talk.Ada, default)));
        Assert.Contains((await talk.Of(quiet)).Timeline, t => t.What == "gap-raised");
        Assert.IsType<Raising.UnknownConversation>(await house.With<RaiseGap, Raising>(r => r.From(Draft, ConversationId.New(), Talk.Ada, default)));
        Assert.IsType<Raising.UnknownConversation>(await house.With<RaiseGap, Raising>(r => r.From(Draft, MentionId.New(), Talk.Ada, default)));
        Assert.Single((await house.With<ListGaps, Page<GapLine>?>(l => l.Of(new(), null, 50, default)))!.Items);
    }

    [Theory, EveryDatabase]
    public async Task What_is_past_its_day_is_listed_as_often_as_it_is_counted(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var now = house.Services.GetRequiredService<TimeProvider>().Now();
        var late = await Raise(house, Draft with { Title = "late", Due = now.AddDays(-1) });
        await Raise(house, Draft with { Title = "in time", Due = now.AddDays(1) });
        await Raise(house, Draft with { Title = "no day" });
        var declined = await Raise(house, Draft with { Title = "stays", Due = now.AddDays(-1) });
        await Step(house, declined, GapStage.Open, GapStage.Declined, "It is by design.");

        Assert.Equal(late, Assert.Single((await house.With<ListGaps, Page<GapLine>?>(l => l.Of(new(Overdue: true), null, 50, default)))!.Items).Id);
        Assert.Equal(1, (await house.With<ListGaps, GapCounts>(l => l.Counts(default))).Overdue);
    }

    [Theory, EveryDatabase]
    public async Task Each_person_counts_once_however_often_they_spoke_and_whoever_attaches_at_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var conversations = new List<ConversationId>();
        foreach (var author in new[] { "ann", "ann", "bob", "cem" }) conversations.Add((await talk.Of(await talk.Says(author, "late again"))).Id);
        var gap = await Raise(house, Draft);

        var outcomes = await Task.WhenAll(conversations.Concat(conversations).Concat(conversations).Select(c =>
            Task.Run(() => house.With<AttachConversation, Attaching>(a => a.To(gap, c, Talk.Ada, default)))));

        Assert.Equal(4, outcomes.Count(o => o == Attaching.Attached));
        Assert.Equal(8, outcomes.Count(o => o == Attaching.AlreadyThere));
        var view = await Read(house, gap);
        Assert.Equal((3, 4, 6), (view.Line.People, view.Line.Conversations, view.Line.Cost));
        Assert.Equal(3, view.Voices.Count);
        Assert.Equal(2, view.Voices.Single(v => v.Person!.Name == "ann").Conversations.Count);

        Assert.True(await house.With<AttachConversation, bool>(a => a.Remove(gap, conversations[0], Talk.Ada, default)));
        Assert.False(await house.With<AttachConversation, bool>(a => a.Remove(gap, conversations[0], Talk.Ada, default)));
        Assert.Equal((3, 3), ((await Read(house, gap)).Line.People, (await Read(house, gap)).Line.Conversations));
        Assert.Equal(Attaching.UnknownGap, await house.With<AttachConversation, Attaching>(a => a.To(GapId.New(), conversations[0], Talk.Ada, default)));
        Assert.Equal(Attaching.UnknownConversation, await house.With<AttachConversation, Attaching>(a => a.To(gap, ConversationId.New(), Talk.Ada, default)));
    }

    [Theory, EveryDatabase]
    public async Task Every_stage_is_reached_only_by_its_ways_and_each_move_says_who_and_why(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        foreach (var from in Enum.GetValues<GapStage>().Where(s => s != GapStage.Proposed))
        {
            foreach (var to in Enum.GetValues<GapStage>().Where(t => !GapStages.May(from, t)))
            {
                var gap = await At(house, from);
                Assert.IsType<Move.NotThatWay>(await Step(house, gap, from, to, "because"));
                Assert.Equal(from, (await Read(house, gap)).Line.Stage);
            }
        }

        var walked = await At(house, GapStage.Verified);
        Assert.IsType<Move.ReasonMissing>(await Step(house, walked, GapStage.Verified, GapStage.Reopened, " "));
        Assert.IsType<Move.Done>(await Step(house, walked, GapStage.Verified, GapStage.Reopened, "the talk came back", Talk.Ben));
        var history = (await Read(house, walked)).History;
        Assert.Equal([GapStage.Open, GapStage.Investigating, GapStage.ChangePlanned, GapStage.Shipped, GapStage.Verifying, GapStage.Verified, GapStage.Reopened], history.Select(h => h.To));
        Assert.Equal(("the talk came back", Talk.Ben.Name), (history[^1].Why, history[^1].ByName));

        var declined = await At(house, GapStage.Open);
        Assert.IsType<Move.ReasonMissing>(await Step(house, declined, GapStage.Open, GapStage.Declined));
        Assert.IsType<Move.Done>(await Step(house, declined, GapStage.Open, GapStage.Declined, "A thinner lid would not close."));
        Assert.Equal("A thinner lid would not close.", (await Read(house, declined)).Reason);
        Assert.IsType<Move.MovedMeanwhile>(await Step(house, declined, GapStage.Open, GapStage.ChangePlanned));
        Assert.IsType<Move.Unknown>(await Step(house, GapId.New(), GapStage.Open, GapStage.ChangePlanned));
    }

    [Theory, EveryDatabase]
    public async Task Of_ten_who_move_it_at_once_one_does(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var gap = await Raise(house, Draft);

        var moves = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => n % 2 == 0
            ? Step(house, gap, GapStage.Open, GapStage.ChangePlanned) : Step(house, gap, GapStage.Open, GapStage.Declined, "no"))));

        Assert.Single(moves.OfType<Move.Done>());
        Assert.Equal(9, moves.OfType<Move.MovedMeanwhile>().Count());
        Assert.Equal(2, (await Read(house, gap)).History.Count);
    }

    [Theory, EveryDatabase]
    public async Task The_board_is_ranked_by_cost_and_pages_show_each_gap_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var conversations = new List<ConversationId>();
        for (var n = 0; n < 4; n++) conversations.Add((await talk.Of(await talk.Says("author" + n, "late"))).Id);
        for (var n = 0; n < 9; n++)
        {
            var gap = await Raise(house, Draft with { Title = "Gap " + n, Due = house.Clock.GetUtcNow().AddDays(n - 4) });
            foreach (var c in conversations.Take(n % 5)) await house.With<AttachConversation, Attaching>(a => a.To(gap, c, Talk.Ada, default));
        }

        var seen = new List<GapLine>();
        string? after = null;
        do
        {
            var page = (await house.With<ListGaps, Page<GapLine>?>(l => l.Of(new(Search: "gap weeks"), after, 2, default)))!;
            seen.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(9, seen.Select(g => g.Id).Distinct().Count());
        Assert.Equal(seen.OrderByDescending(g => g.Cost).ThenBy(g => g.Number).Select(g => g.Number), seen.Select(g => g.Number));
        Assert.Equal(4, seen.Count(g => g.Overdue));
        var counts = await house.With<ListGaps, GapCounts>(l => l.Counts(default));
        Assert.Equal((9, 4), (counts.ByStage[GapStage.Open], counts.Overdue));
        Assert.Null(await house.With<ListGaps, Page<GapLine>?>(l => l.Of(new(), "nonsense", 2, default)));
    }

    [Theory, EveryDatabase]
    public async Task What_is_wrong_with_a_gap_is_named_field_by_field(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var wrong = new GapDraft("nonsense", " ", new string('x', 1001), null, PromisedAddress: "javascript:alert(1)", Product: ProductId.New(), Promise: PromiseId.New());

        var errors = Assert.IsType<Raising.Invalid>(await house.With<RaiseGap, Raising>(r => r.From(wrong, (ConversationId?)null, Talk.Ada, default))).Errors;

        Assert.Equal(["attribute", "expected", "experienced", "owner", "product", "promise", "promisedAddress"], errors.Select(e => e.Field).Order(StringComparer.Ordinal));
        var gap = await Raise(house, Draft);
        Assert.IsType<Raising.Done>(await house.With<ChangeGap, Raising>(c => c.To(gap, Draft with { Title = "Late parcels", Owner = Department.Care }, default)));
        Assert.Equal(("Late parcels", Department.Care), ((await Read(house, gap)).Line.Title, (await Read(house, gap)).Line.Owner));
        Assert.IsType<Raising.UnknownGap>(await house.With<ChangeGap, Raising>(c => c.To(GapId.New(), Draft, default)));
    }

    /// <summary>A gap that was led to a stage by allowed moves.</summary>
    private static async Task<GapId> At(TestHouse house, GapStage stage)
    {
        var gap = await Raise(house, Draft);
        GapStage[] way = stage switch
        {
            GapStage.Open => [],
            GapStage.Declined => [GapStage.Declined],
            _ => [.. new[] { GapStage.Investigating, GapStage.ChangePlanned, GapStage.Shipped, GapStage.Verifying, GapStage.Verified, GapStage.Reopened }.TakeWhile(s => s <= stage)],
        };
        var from = GapStage.Open;
        foreach (var to in way)
        {
            Assert.IsType<Move.Done>(await Step(house, gap, from, to, "so it goes"));
            from = to;
        }

        return gap;
    }
}
