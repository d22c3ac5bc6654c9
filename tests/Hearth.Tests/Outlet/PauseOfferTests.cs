using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Publishing;
using Hearth.Tests.Publishing;

namespace Hearth.Tests.Outlet;

public sealed class PauseOfferTests
{
    [Theory, EveryDatabase]
    public async Task A_paused_offer_takes_no_new_holds_while_holds_and_codes_stay_good(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 25, stock: 40);
        var visitor = VisitorId.New();
        var held = Assert.IsType<Held.Kept>(await house.Hold(offer.Id, visitor: visitor));
        Assert.Null(await Refuse(house, offer.Id));
        Assert.Equal(OfferState.Paused, Assert.IsType<Pausing.Done>(await Pause(house, offer.Id, " A part may be recalled. ")).State);

        var paused = await house.Read(offer.Id);
        Assert.Equal((OfferState.Paused, "A part may be recalled.", 24, 1), (paused.State, paused.PauseReason, paused.Left, paused.Held));
        Assert.NotNull(paused.PausedAt);
        Assert.Equal(OfferState.Paused, Assert.IsType<Held.NotOpen>(await house.Hold(offer.Id)).State);
        Assert.Empty(await house.With<ReadOffers, IReadOnlyList<OfferView>>(s => s.Public(default)));
        Assert.Equal(offer.Id, Assert.Single((await house.With<ReadOffers, Page<OfferView>?>(s => s.List([OfferState.Paused], null, null, default)))!.Items).Id);
        Assert.Empty((await house.With<ReadOffers, Page<OfferView>?>(s => s.List([OfferState.Open], null, null, default)))!.Items);
        Assert.Equal(("The offer is paused: A part may be recalled.", true), await Refuse(house, offer.Id) is { } no ? (no.Why, no.AskAgain is not null) : default);
        Assert.IsType<Confirmed.Code>(await house.Confirm(held.Claim, visitor));

        Assert.Equal(OfferState.Paused, Assert.IsType<Pausing.NotRunning>(await Pause(house, offer.Id, "Again.")).State);
        Assert.Equal(OfferState.Open, Assert.IsType<Pausing.Done>(await Resume(house, offer.Id)).State);
        Assert.Equal(OfferState.Open, Assert.IsType<Pausing.NotPaused>(await Resume(house, offer.Id)).State);
        var after = await house.Read(offer.Id);
        Assert.Equal((OfferState.Open, null, null), (after.State, after.PauseReason, after.PausedAt));
        Assert.IsType<Held.Kept>(await house.Hold(offer.Id));
        Assert.Null(await Refuse(house, offer.Id));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task A_post_whose_time_comes_in_a_pause_waits_for_its_end(DatabaseKind kind)
    {
        await using var publishing = await PublishingHouse.Create(kind);
        var house = publishing.House;
        var offer = await house.Offer();
        var at = publishing.Clock.GetUtcNow().AddHours(2);
        async Task<MessageId> Post(string text) => Assert.IsType<Posted.Queued>(await house.With<PostOffer, Posted>(s => s.To(offer.Id, publishing.Account, text, new("https://outlet.example.com"), OutletHouse.Merchandiser, null, at, default))).Message;
        var (sent, dropped) = (await Post("Come and get it"), await Post("Only today"));
        await Pause(house, offer.Id, "A part may be recalled.");

        publishing.Clock.Set(at);
        await house.Settle();
        Assert.Empty(publishing.Pds.Posts);
        var waits = await publishing.Read(sent);
        Assert.Equal((MessageStatus.Queued, "The offer is paused: A part may be recalled.", 0), (waits.Status, waits.Reason, waits.Attempts));
        Assert.IsType<MessageChange.Done>(await house.With<ChangeMessage, MessageChange>(c => c.GiveUp(dropped, default)));

        Assert.IsType<Pausing.Done>(await Resume(house, offer.Id));
        publishing.Clock.Set(at + HoldOfferPosts.AskAgain);
        await house.Settle();
        Assert.Single(publishing.Pds.Posts);
        Assert.Equal((MessageStatus.Sent, null, MessageStatus.GivenUp), ((await publishing.Read(sent)).Status, (await publishing.Read(sent)).Reason, (await publishing.Read(dropped)).Status));
    }

    [Theory, EveryDatabase]
    public async Task Pausing_asks_for_a_reason_and_for_an_offer_that_runs(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        foreach (var bad in new[] { null, "", "  ", "a\0b", new string('x', EndOffer.MaxReason + 1) }) Assert.IsType<Pausing.ReasonMissing>(await Pause(house, offer.Id, bad));
        Assert.Equal(OfferState.Open, (await house.Read(offer.Id)).State);
        Assert.IsType<Pausing.UnknownOffer>(await Pause(house, OfferId.New(), "Why."));
        Assert.IsType<Pausing.UnknownOffer>(await Resume(house, OfferId.New()));

        // What is paused can be ended, and what has ended is neither paused nor resumed.
        Assert.IsType<Pausing.Done>(await Pause(house, offer.Id, "Why."));
        Assert.Equal(25, Assert.IsType<Ended.Done>(await house.With<EndOffer, Ended>(s => s.Early(offer.Id, "The season is over.", OutletHouse.Merchandiser, default))).Returned);
        Assert.Equal(OfferState.Ended, Assert.IsType<Pausing.NotPaused>(await Resume(house, offer.Id)).State);
        Assert.Equal(OfferState.Ended, Assert.IsType<Pausing.NotRunning>(await Pause(house, offer.Id, "Why.")).State);
        Assert.Null((await house.Read(offer.Id)).PauseReason);
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task No_hold_is_given_after_the_pause_has_answered(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 200, stock: 200);
        var paused = 0;
        var asked = new TaskCompletionSource();
        var claims = Enumerable.Range(0, 40).Select(_ => Task.Run(async () =>
        {
            var answers = new List<(bool Late, Held Held)>();
            while (answers.Count < 4 || !answers[^1].Late)
            {
                var late = Volatile.Read(ref paused) == 1;
                answers.Add((late, await house.Hold(offer.Id)));
                asked.TrySetResult();
            }

            return answers;
        })).ToList();
        var pauses = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            await asked.Task;
            var pausing = await Pause(house, offer.Id, "A part may be recalled.");
            Volatile.Write(ref paused, 1);
            return pausing;
        })).ToList();
        var (held, answered) = ((await Task.WhenAll(claims)).SelectMany(a => a).ToList(), await Task.WhenAll(pauses));

        Assert.Single(answered.OfType<Pausing.Done>());
        Assert.All(held.Where(h => h.Late), h => Assert.Equal(OfferState.Paused, Assert.IsType<Held.NotOpen>(h.Held).State));
        Assert.All(held, h => Assert.True(h.Held is Held.Kept or Held.SoldOut or Held.NotOpen { State: OfferState.Paused }, h.ToString()));
        var kept = held.Count(h => h.Held is Held.Kept);
        Assert.True(kept > 0);
        Assert.Equal((200 - kept, kept), ((await house.Read(offer.Id)).Left, (await house.Read(offer.Id)).Held));
        await house.Audit();
    }

    private static Task<Pausing> Pause(TestHouse house, OfferId offer, string? reason) => house.With<PauseOffer, Pausing>(s => s.Pause(offer, reason, OutletHouse.Merchandiser, default));

    private static Task<Pausing> Resume(TestHouse house, OfferId offer) => house.With<PauseOffer, Pausing>(s => s.Resume(offer, OutletHouse.Merchandiser, default));

    private static Task<Refusal?> Refuse(TestHouse house, OfferId offer) => house.With<IAskBeforeSending, Refusal?>(s => s.Refuse("offer:" + offer.Value, default));
}
