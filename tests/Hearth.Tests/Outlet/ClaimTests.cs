using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.Tests.Outlet;

public class ClaimTests
{
    [Theory, EveryDatabase]
    public async Task Two_hundred_claims_at_once_on_twenty_five_units_give_exactly_twenty_five_codes(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 25);

        var codes = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => house.Claim(offer.Id, VisitorId.New()))));

        Assert.Equal(25, codes.Count(c => c is not null));
        Assert.Equal(25, codes.OfType<string>().Distinct().Count());
        var after = await house.Read(offer.Id);
        Assert.Equal((0, 0, 25, OfferState.SoldOut), (after.Left, after.Held, after.Claimed, after.State));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task The_same_claim_sent_twenty_times_at_once_takes_one_unit(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 10, limit: 5);
        var (claim, visitor) = (ClaimId.New(), VisitorId.New());

        var holds = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => house.Hold(offer.Id, claim, visitor, "fan@example.org"))));
        Assert.All(holds, h => Assert.Equal(claim, Assert.IsType<Held.Kept>(h).Claim));
        Assert.Equal(9, (await house.Read(offer.Id)).Left);

        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => house.Confirm(claim, visitor))));
        Assert.Single(codes.Select(c => Assert.IsType<Confirmed.Code>(c).Text).Distinct());
        Assert.IsType<Held.IdInUse>(await house.Hold(offer.Id, claim));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task One_person_gets_no_more_than_the_limit_however_fast_they_ask(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 25, limit: 2);
        var visitor = VisitorId.New();

        var sameBrowser = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => house.Hold(offer.Id, visitor: visitor))));
        var sameContact = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => house.Hold(offer.Id, contact: i % 2 == 0 ? "Fan@Example.org" : " fan@example.org"))));

        Assert.Equal(2, sameBrowser.OfType<Held.Kept>().Count());
        Assert.Equal(2, sameContact.OfType<Held.Kept>().Count());
        Assert.Equal(20, sameBrowser.Concat(sameContact).OfType<Held.LimitReached>().Count());
        Assert.Equal(21, (await house.Read(offer.Id)).Left);
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task A_hold_that_ran_out_goes_to_the_next_who_asks(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 1);
        var (claim, visitor) = (ClaimId.New(), VisitorId.New());
        var until = Assert.IsType<Held.Kept>(await house.Hold(offer.Id, claim, visitor)).Until;
        Assert.Equal(1, Assert.IsType<Held.SoldOut>(await house.Hold(offer.Id)).OnHold);

        house.Clock.Set(until);

        Assert.IsType<Confirmed.RanOut>(await house.Confirm(claim, visitor));
        Assert.IsType<Held.Kept>(await house.Hold(offer.Id));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task Confirming_giving_back_and_running_out_at_the_same_moment_happen_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 12, limit: 1);
        var claims = new List<(ClaimId Claim, VisitorId Visitor)>();
        for (var i = 0; i < 12; i++)
        {
            claims.Add((ClaimId.New(), VisitorId.New()));
            await house.Hold(offer.Id, claims[i].Claim, claims[i].Visitor);
        }

        house.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromMicroseconds(1));
        var races = claims.SelectMany(c => new[]
        {
            Task.Run(() => house.Confirm(c.Claim, c.Visitor)),
            Task.Run(() => house.With<ConfirmClaim, Confirmed>(s => s.Release(c.Claim, c.Visitor, default))),
        }).ToList();
        house.Clock.Advance(TimeSpan.FromMicroseconds(1));
        var tidy = Enumerable.Range(0, 4).Select(_ => Task.Run(() => house.With<ExpireHolds, int>(s => s.Of(offer.Id, default)))).ToList();
        await Task.WhenAll(races);
        await Task.WhenAll(tidy);
        await house.Settle();

        var after = await house.Read(offer.Id);
        Assert.Equal((12, 0), (after.Left + after.Claimed, after.Held));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task An_offer_is_open_from_its_first_instant_until_just_before_its_last(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        var tick = TimeSpan.FromMicroseconds(1);

        house.Clock.Set(offer.Opens - tick);
        Assert.Equal(OfferState.Scheduled, Assert.IsType<Held.NotOpen>(await house.Hold(offer.Id)).State);
        house.Clock.Set(offer.Opens);
        Assert.IsType<Held.Kept>(await house.Hold(offer.Id));
        house.Clock.Set(offer.Closes - tick);
        Assert.IsType<Held.Kept>(await house.Hold(offer.Id));
        house.Clock.Set(offer.Closes);
        Assert.Equal(OfferState.Ended, Assert.IsType<Held.NotOpen>(await house.Hold(offer.Id)).State);
        Assert.IsType<Held.UnknownOffer>(await house.Hold(OfferId.New()));
        Assert.IsType<Held.BadContact>(await house.Hold(offer.Id, contact: "nobody"));
    }

    [Theory, EveryDatabase]
    public async Task What_nobody_took_goes_back_to_stock_when_the_offer_ends_and_holds_stay_good(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 25, stock: 40);
        var (kept, dropped, visitor) = (ClaimId.New(), ClaimId.New(), VisitorId.New());
        await house.Hold(offer.Id, kept, visitor);
        await house.Hold(offer.Id, dropped);
        Assert.Equal(23, Assert.IsType<Ended.Done>(await house.With<EndOffer, Ended>(s => s.Early(offer.Id, "The season is over.", OutletHouse.Merchandiser, default))).Returned);
        Assert.Equal(OfferState.Ended, Assert.IsType<Held.NotOpen>(await house.Hold(offer.Id)).State);

        Assert.IsType<Confirmed.Code>(await house.Confirm(kept, visitor));
        house.Clock.Advance(TimeSpan.FromMinutes(15));
        await house.Settle();

        var (after, item) = (await house.Read(offer.Id), await house.With<ReadStock, StockView?>(s => s.Item(offer.Item, default)));
        Assert.Equal((24, 1, 40, 1), (after.Returned, after.Claimed, item!.OnHand, item.Reserved));
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task A_code_sells_its_unit_once_whatever_the_tills_do(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 25, stock: 40);
        var code = (await house.Claim(offer.Id, VisitorId.New()))!;
        Assert.StartsWith("LAP-", code, StringComparison.Ordinal);

        var tills = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() =>
            house.With<RedeemClaim, Redemption>(s => s.Use(" " + code.ToLowerInvariant(), $"sale-{i}", "till", default)))));

        Assert.False(Assert.Single(tills.OfType<Redemption.Good>()).Again);
        Assert.Equal(9, tills.OfType<Redemption.UsedBefore>().Count());
        var winner = Array.FindIndex(tills, t => t is Redemption.Good);
        Assert.True(Assert.IsType<Redemption.Good>(await house.With<RedeemClaim, Redemption>(s => s.Use(code, $"sale-{winner}", "till", default))).Again);
        Assert.Equal(39, (await house.With<ReadStock, StockView?>(s => s.Item(offer.Item, default)))!.OnHand);
        await house.Audit();
    }

    [Theory, EveryDatabase]
    public async Task Somebody_who_guesses_codes_is_made_to_wait_and_others_are_not(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer();
        var code = (await house.Claim(offer.Id, VisitorId.New()))!;
        Task<Redemption> Use(string typed, string caller) => house.With<RedeemClaim, Redemption>(s => s.Use(typed, null, caller, default));

        for (var i = 0; i < CodeGuesses.Allowed; i++) Assert.IsType<Redemption.Unknown>(await Use(ClaimCode.New("LAP"), "thief"));

        Assert.IsType<Redemption.SlowDown>(await Use(code, "thief"));
        Assert.IsType<Redemption.Good>(await Use(code, "till"));
        house.Clock.Advance(CodeGuesses.Window);
        Assert.IsType<Redemption.UsedBefore>(await Use(code, "thief"));
    }

    [Fact]
    public void A_code_sees_every_wrong_character_and_every_swap_of_neighbours()
    {
        for (var n = 0; n < 50; n++)
        {
            var code = ClaimCode.New("LAP").ToCharArray();
            Assert.True(ClaimCode.IsWellFormed(new(code)));
            for (var i = 4; i < code.Length; i++)
            {
                foreach (var other in Slug.Alphabet.Where(c => c != code[i])) Assert.False(ClaimCode.IsWellFormed(new([.. code[..i], other, .. code[(i + 1)..]])));
                if (i + 1 < code.Length && code[i] != code[i + 1]) Assert.False(ClaimCode.IsWellFormed(new([.. code[..i], code[i + 1], code[i], .. code[(i + 2)..]])));
            }
        }
    }
}
