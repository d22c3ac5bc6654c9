using Hearth.Catalog;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Operations;
using Hearth.Operations.FireGuard;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Conversations;
using Hearth.Tests.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Outlet;

public class FireGuardTests
{
    private static readonly Actor Lea = new(UserId.New(), "Lea Brandt", "LB", Department.Legal, Role.Lead);

    [Theory, EveryDatabase]
    public async Task An_offer_on_a_product_that_burns_is_not_published_until_a_lead_answers_for_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var gap = await Burning(house, "LAP-15R", "Laptop 15");
        var offer = await Written(house);

        var stopped = Assert.IsType<Published.OnFire>(await Publish(house, offer));
        Assert.Equal((gap, 22.0, 1.0, 22.0, true), (stopped.Verdict.Burning[0].Gap, stopped.Verdict.Burning[0].Severity, stopped.Verdict.Burning[0].Trend, stopped.Verdict.Burning[0].Heat, stopped.Verdict.Burning[0].Burns));
        Assert.Contains("Laptop 15: quality", stopped.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal(OfferState.Draft, (await house.Read(offer)).State);
        Assert.Equal(0, (await house.With<ReadStock, Page<StockView>?>(s => s.List(null, null, 50, default)))!.Items[0].Reserved);

        Assert.Equal(OfferOverriding.OwnOffer, await Override(house, offer, "The lid is not in this batch.", OutletHouse.Merchandiser with { Role = Role.Owner }));
        Assert.Equal(OfferOverriding.NotAllowed, await Override(house, offer, "The lid is not in this batch.", Lea with { Role = Role.Agent }));
        Assert.Equal(OfferOverriding.ReasonMissing, await Override(house, offer, " ", Lea));
        Assert.IsType<Published.OnFire>(await Publish(house, offer));

        Assert.Equal(OfferOverriding.Done, await Override(house, offer, "The lid is not in this batch.", Lea));
        Assert.IsType<Published.Done>(await Publish(house, offer));
        var entry = Assert.Single((await house.With<ReadRecord, Page<RecordEntry>?>(r => r.Run("offer:" + offer.Value, "Operations", null, 50, default)))!.Items);
        Assert.Equal(("Operations.FireGuard.GuardOverridden", "The lid is not in this batch.", Lea.Id.Value), (entry.Type, entry.Body.GetProperty("why").GetString(), entry.Body.GetProperty("by").GetGuid()));
        var told = Assert.Single((await house.With<GuardRule, GuardView>(g => g.Read(default))).Overrides);
        Assert.Equal(("Laptop 15, like new", Lea.Name, gap), (told.Title, told.ByName, told.Gap));
    }

    [Theory, EveryDatabase]
    public async Task An_override_holds_for_its_gaps_and_its_offer_alone(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Burning(house, "LAP-15R", "Laptop 15");
        var first = await Written(house);
        var second = await Written(house, (await house.Read(first)).Item);
        await Override(house, first, "Checked by hand.", Lea);

        Assert.IsType<Published.OnFire>(await Publish(house, second));
        var another = await Burning(house, "LAP-15R", "Laptop 15", attribute: "battery");
        Assert.Contains(another, Assert.IsType<Published.OnFire>(await Publish(house, first)).Verdict.Burning.Select(b => b.Gap));
        Assert.Equal(OfferOverriding.Done, await Override(house, first, "Also checked.", Lea));
        Assert.IsType<Published.Done>(await Publish(house, first));
        Assert.Equal(OfferOverriding.NothingBurns, await Override(house, first, "Once more.", Lea));
    }

    [Theory, EveryDatabase]
    public async Task A_running_offer_whose_product_catches_fire_is_not_posted(DatabaseKind kind)
    {
        await using var publishing = await PublishingHouse.Create(kind);
        var house = publishing.House;
        var offer = await house.Offer();
        Task<Posted> Post() => house.With<PostOffer, Posted>(s => s.To(offer.Id, publishing.Account, "Come and get it", new("https://outlet.example.com"), OutletHouse.Merchandiser, MessageId.New(), default));
        var gap = await Burning(house, null, "Laptop 15"); // known by its name alone: the outlet's article has a number of its own

        Assert.Equal(gap, Assert.IsType<Posted.OnFire>(await Post()).Verdict.Burning.Single().Gap);
        await house.Settle();
        Assert.Empty(publishing.Pds.Posts);

        Assert.IsType<Move.Done>(await house.With<MoveGap, Move>(m => m.To(gap, GapStage.Open, GapStage.ChangePlanned, null, Talk.Ada, default)));
        Assert.IsType<Posted.OnFire>(await Post());
        Assert.IsType<Move.Done>(await house.With<MoveGap, Move>(m => m.To(gap, GapStage.ChangePlanned, GapStage.Shipped, null, Talk.Ada, default)));
        Assert.IsType<Posted.Queued>(await Post());
    }

    [Theory, EveryDatabase]
    public async Task What_runs_is_paused_when_its_product_catches_fire_and_goes_on_when_a_lead_answers_for_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var burns = await house.Offer();
        var item = await house.Stock("KET-1");
        var other = ((Drafted.Saved)await house.With<DraftOffer, Drafted>(s => s.Create(OutletHouse.Draft(house, item) with { Title = "Kettle" }, OutletHouse.Merchandiser, default))).Offer;
        Assert.IsType<Published.Done>(await Publish(house, other));
        await Watch(house);
        Assert.Equal(OfferState.Open, (await house.Read(burns.Id)).State);

        var gap = await Burning(house, null, "Laptop 15");
        await Watch(house);
        await Watch(house); // again changes nothing
        var paused = await house.Read(burns.Id);
        Assert.Equal((OfferState.Paused, OfferState.Open), (paused.State, (await house.Read(other)).State));
        Assert.Contains("Laptop 15: quality", paused.PauseReason, StringComparison.Ordinal);
        Assert.Equal(OfferState.Paused, Assert.IsType<Held.NotOpen>(await house.Hold(burns.Id)).State);
        var entry = Assert.Single((await house.With<ReadRecord, Page<RecordEntry>?>(r => r.Run("offer:" + burns.Id.Value, null, null, 50, default)))!.Items, e => e.Type == "Outlet.OfferPaused");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, entry.Body.GetProperty("by").ValueKind);

        Assert.Equal(gap, Assert.IsType<Pausing.OnFire>(await Resume(house, burns.Id)).Verdict.Burning.Single().Gap);
        Assert.Equal(OfferState.Paused, (await house.Read(burns.Id)).State);
        Assert.Equal(OfferOverriding.Done, await Override(house, burns.Id, "It is another batch.", Lea));
        Assert.Equal(OfferState.Open, Assert.IsType<Pausing.Done>(await Resume(house, burns.Id)).State);
        await Watch(house);
        Assert.Equal(OfferState.Open, (await house.Read(burns.Id)).State);
    }

    [Theory, EveryDatabase]
    public async Task A_post_that_was_scheduled_before_the_fire_does_not_go_when_its_time_comes(DatabaseKind kind)
    {
        await using var publishing = await PublishingHouse.Create(kind);
        var house = publishing.House;
        var offer = await house.Offer();
        var at = publishing.Clock.GetUtcNow().AddHours(2);
        var posted = Assert.IsType<Posted.Queued>(await house.With<PostOffer, Posted>(s => s.To(offer.Id, publishing.Account, "Come and get it", new("https://outlet.example.com"), OutletHouse.Merchandiser, null, at, default)));
        await Burning(house, null, "Laptop 15");

        publishing.Clock.Set(at);
        await house.Settle();
        Assert.Empty(publishing.Pds.Posts);
        var message = await publishing.Read(posted.Message);
        Assert.Equal(MessageStatus.Queued, message.Status);
        Assert.EndsWith((await house.With<OverrideOffer, GuardVerdict?>(o => o.Verdict(offer.Id, default)))!.Sentence, message.Reason, StringComparison.Ordinal); // whether the offer was paused for it a moment before or not
    }

    [Theory, EveryDatabase]
    public async Task Other_products_cooler_gaps_and_gaps_about_no_product_stop_nothing(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Burning(house, "KET-1", "Kettle");
        await Burning(house, null, null);
        await Burning(house, "LAP-15R", "Laptop 15", people: 9);

        Assert.IsType<Published.Done>(await Publish(house, await Written(house)));
    }

    [Theory, EveryDatabase]
    public async Task The_council_sets_the_threshold_with_a_reason_and_it_holds_at_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Burning(house, "LAP-15R", "Laptop 15", people: 9);
        Task<IReadOnlyList<FieldError>> Set(double threshold, string? why, Actor by) => house.With<GuardRule, IReadOnlyList<FieldError>>(g => g.Set(new(threshold, why), by, default));

        Assert.Equal(["", "threshold", "why"], (await Set(0.5, null, Lea with { Role = Role.Agent })).Select(e => e.Field));
        Assert.Equal(["threshold"], (await Set(double.NaN, "Be careful in autumn.", Lea)).Select(e => e.Field));
        Assert.Empty(await Set(10, "Be careful in autumn.", Lea));

        Assert.IsType<Published.OnFire>(await Publish(house, await Written(house)));
        var rule = await house.With<GuardRule, GuardView>(g => g.Read(default));
        Assert.Equal((10.0, Lea.Name, "Be careful in autumn.", true), (rule.Threshold, rule.ByName, rule.Why, rule.Gaps.Single().Burns));
        var entry = Assert.Single((await house.With<ReadRecord, Page<RecordEntry>?>(r => r.Run("guard:rule", null, null, 50, default)))!.Items);
        Assert.Equal((20.0, 10.0), (entry.Body.GetProperty("was").GetDouble(), entry.Body.GetProperty("is").GetDouble()));
    }

    [Theory, EveryDatabase]
    public async Task A_set_does_not_go_out_while_one_of_its_parts_burns(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await Burning(house, "MOUSE", "Mouse 3");
        var mouse = await house.Stock("MOUSE");
        var draft = OutletHouse.Draft(house, await house.Stock(quantity: 100), units: 5) with { Also = [new(mouse, 1)] };
        var offer = ((Drafted.Saved)await house.With<DraftOffer, Drafted>(s => s.Create(draft, OutletHouse.Merchandiser, default))).Offer;
        Assert.Contains("Mouse 3", Assert.IsType<Published.OnFire>(await Publish(house, offer)).Verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal(OfferOverriding.Done, await Override(house, offer, "It is another batch.", Lea));
        Assert.IsType<Published.Done>(await Publish(house, offer));
    }

    private static async Task<GapId> Burning(TestHouse house, string? sku, string? name, int people = 11, string attribute = "quality")
    {
        var talk = await Talk.In(house);
        ProductId? product = name is null ? null : (await house.With<Products, (CatalogOutcome, ProductId Id)>(p => p.Add(new(sku, name), default))).Id;
        var conversations = new List<ConversationId>();
        for (var n = 0; n < people; n++) conversations.Add((await talk.Of(await talk.Says($"{attribute}-{name}-{n}", "It broke"))).Id);
        var gap = Assert.IsType<Raising.Done>(await house.With<RaiseGap, Raising>(r => r.From(new(attribute, "It holds", "It breaks", Department.Product, Product: product), conversations[0], Talk.Ada, default))).Gap;
        foreach (var one in conversations.Skip(1)) await house.With<AttachConversation, Attaching>(a => a.To(gap, one, Talk.Ada, default));
        await house.Settle();
        return gap;
    }

    private static async Task<OfferId> Written(TestHouse house, StockItemId? stock = null)
    {
        var item = stock ?? await house.Stock(quantity: 100);
        return ((Drafted.Saved)await house.With<DraftOffer, Drafted>(s => s.Create(OutletHouse.Draft(house, item, units: 10), OutletHouse.Merchandiser, default))).Offer;
    }

    private static Task<Published> Publish(TestHouse house, OfferId offer) => house.With<PublishOffer, Published>(s => s.Now(offer, default));

    private static Task Watch(TestHouse house) => house.In(s => s.GetRequiredService<WatchFiresRun>().Run(new(), default));

    private static Task<Pausing> Resume(TestHouse house, OfferId offer) => house.With<PauseOffer, Pausing>(s => s.Resume(offer, OutletHouse.Merchandiser, default));

    private static Task<OfferOverriding> Override(TestHouse house, OfferId offer, string why, Actor by) => house.With<OverrideOffer, OfferOverriding>(s => s.With(offer, why, by, default));
}
