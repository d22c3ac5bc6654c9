using Hearth.Operations.FireGuard;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Keeps a post about an offer from going that nobody can take, or that the fire guard stops by then.</summary>
public sealed class HoldOfferPosts(Database db, AskGuard guard, TimeProvider clock) : IAskBeforeSending
{
    public async Task<string?> Refuse(string about, CancellationToken ct)
    {
        if (about.Split(':') is not ["offer", var given] || !Guid.TryParse(given, out var id)) return null;
        if (await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == new OfferId(id), ct) is not { } offer) return "The offer is not there.";
        return offer.StateAt(clock.Now()) switch
        {
            OfferState.Open or OfferState.Scheduled => await OverrideOffer.Ask(guard, offer, ct) is { MayGoOut: false } verdict ? verdict.Sentence : null,
            OfferState.SoldOut => "The offer is sold out.",
            OfferState.Ended => "The offer has ended.",
            OfferState.Stopped => "The offer was taken down.",
            OfferState.Paused => "The offer is paused.",
            _ => "The offer is not published.",
        };
    }
}
