using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Looks for holds whose time is over, offers whose window is over, stock events and people that wait, and posts that say what is no longer so.</summary>
public sealed record TidyOffers : IJob;

/// <summary>Puts units back whose hold ran out.</summary>
public sealed class ExpireHolds(Database db, TimeProvider clock)
{
    private const int AtOnce = 500;

    /// <summary>Of one offer. Returns how many units came back.</summary>
    public Task<int> Of(OfferId offer, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        var over = await db.Set<Claim>().Where(c => c.Offer == offer && c.State == ClaimState.Held && c.Until <= now)
            .OrderBy(c => c.Until).Take(AtOnce).Select(c => c.Id).ToListAsync(ct);
        if (over.Count == 0) return 0;
        var ended = await db.Set<Claim>().Where(c => over.Contains(c.Id) && c.State == ClaimState.Held)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, ClaimState.Expired).SetProperty(c => c.OverAt, now), ct);
        if (ended == 0) return 0;
        await HeldUnits.GiveBack(db, offer, ended, now, ct);
        await db.SaveChangesAsync(ct);
        return ended;
    }, ct);

    internal async Task All(CancellationToken ct)
    {
        var now = clock.Now();
        var offers = await db.Set<Claim>().Where(c => c.State == ClaimState.Held && c.Until <= now).Select(c => c.Offer).Distinct().ToListAsync(ct);
        foreach (var offer in offers)
        {
            while (await Of(offer, ct) == AtOnce) ct.ThrowIfCancellationRequested();
        }
    }
}

internal sealed class TidyOffersHandler(Database db, ExpireHolds expire, EndOffer end, CorrectPosts correct, Waitlist waitlist, FeedStock feed, TimeProvider clock) : IRun<TidyOffers>
{
    public async Task Run(TidyOffers job, CancellationToken ct)
    {
        await expire.All(ct);
        var now = clock.Now();
        var over = await db.Set<Offer>().Where(o => o.Stage == OfferStage.Published && o.Closes <= now).Select(o => o.Id).ToListAsync(ct);
        foreach (var offer in over) await end.WindowOver(offer, ct);
        await feed.Again(ct);
        await FloatingUnits.All(db, now, ct);
        await waitlist.All(ct);
        await correct.All(ct);
    }
}
