using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Outlet;

public class WaitlistTests
{
    private static readonly Uri Site = new("https://outlet.example.com");

    private static Task<Joined> Join(TestHouse house, OfferId offer, string contact) => house.With<Waitlist, Joined>(s => s.Join(offer, contact, Site, default));

    private static Task Tidy(TestHouse house) => house.In(s => s.GetRequiredService<TidyOffersHandler>().Run(new(), default));

    private static async Task<IReadOnlyList<string>> Told(TestHouse house) => await house.With<Database, List<string>>(db => db.Set<Waiting>().Where(w => w.ToldAt != null).OrderBy(w => w.ToldAt).ThenBy(w => w.Since).Select(w => w.Contact).ToListAsync());

    [Theory, EveryDatabase]
    public async Task As_many_are_told_as_units_came_back_first_come_first_told(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 2);
        Assert.Equal(OfferState.Open, Assert.IsType<Joined.NotSoldOut>(await Join(house, offer.Id, "a@example.org")).State);
        var (first, second) = (VisitorId.New(), VisitorId.New());
        var held = Assert.IsType<Held.Kept>(await house.Hold(offer.Id, visitor: first));
        await house.Hold(offer.Id, visitor: second);

        Assert.IsType<Joined.BadContact>(await Join(house, offer.Id, "@handle"));
        Assert.IsType<Joined.BadContact>(await Join(house, offer.Id, "nobody"));
        Assert.IsType<Joined.UnknownOffer>(await Join(house, OfferId.New(), "a@example.org"));
        foreach (var (n, who) in new[] { "a", "b", "c" }.Index())
        {
            Assert.Equal(n, Assert.IsType<Joined.InLine>(await Join(house, offer.Id, who + "@example.org")).Ahead);
            house.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Assert.IsType<Joined.InLine>(await Join(house, offer.Id, "A@example.org ")), Assert.IsType<Joined.InLine>(await Join(house, offer.Id, "a@example.org")));
        await Tidy(house);
        Assert.Empty(await Told(house));

        Assert.IsType<Confirmed.GivenBack>(await house.With<ConfirmClaim, Confirmed>(s => s.Release(held.Claim, first, default)));
        await Tidy(house);
        await Tidy(house);
        Assert.Equal(["a@example.org"], await Told(house));

        // Nobody took it for the time of a hold; the other hold ran out too.
        house.Clock.Advance(TimeSpan.FromMinutes(16));
        await Tidy(house);
        Assert.Equal(["a@example.org", "b@example.org", "c@example.org"], await Told(house));

        await house.With<EndOffer, Ended>(s => s.Early(offer.Id, "The season is over.", OutletHouse.Merchandiser, default));
        Assert.False(await house.With<Database, bool>(db => db.Set<Waiting>().AnyAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Who_leaves_is_forgotten_and_one_address_waits_for_twenty_offers_at_most(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        for (var n = 0; n <= Waitlist.MostOffers; n++)
        {
            var offer = await house.Offer(units: 1, sku: $"S{n}");
            await house.Hold(offer.Id);
            var joined = await Join(house, offer.Id, "a@example.org");
            if (n == Waitlist.MostOffers) Assert.Equal(Waitlist.MostOffers, Assert.IsType<Joined.TooMany>(joined).Most);
            else if (n == 0)
            {
                var line = Assert.IsType<Joined.InLine>(joined);
                Assert.Equal(offer.Id, await house.With<Waitlist, OfferId?>(s => s.Of(line.Id, default)));
                Assert.True(await house.With<Waitlist, bool>(s => s.Leave(line.Id, default)));
                Assert.False(await house.With<Waitlist, bool>(s => s.Leave(line.Id, default)));
                Assert.IsType<Joined.InLine>(await Join(house, offer.Id, "a@example.org"));
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task A_form_sent_many_times_at_once_is_one_place(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var offer = await house.Offer(units: 1);
        await house.Hold(offer.Id);
        var lines = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Join(house, offer.Id, "a@example.org"))));
        Assert.Single(lines.Select(l => Assert.IsType<Joined.InLine>(l).Id).Distinct());
    }
}
