using Hearth.Operations.FireGuard;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Keeps a post about an offer from going that nobody can take, or not everybody yet. While the offer is paused, or the fire guard stops it, its posts wait.</summary>
public sealed class HoldOfferPosts(Database db, AskGuard guard, TimeProvider clock) : IAskBeforeSending
{
    /// <summary>How often the posts of an offer that is paused or burns ask again.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    public async Task<Refusal?> Refuse(string about, CancellationToken ct)
    {
        var now = clock.Now();
        if (about.Split(':') is not ["offer", var given] || !Guid.TryParse(given, out var id)) return null;
        if (await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == new OfferId(id), ct) is not { } offer) return new("The offer is not there.");
        return offer.StateAt(now) switch
        {
            OfferState.Open or OfferState.Scheduled when !offer.IsForAll(now) => new("The offer is for subscribers.", offer.PublicFrom),
            OfferState.Open or OfferState.Scheduled => await OverrideOffer.Ask(guard, offer, ct) is { MayGoOut: false } verdict ? new(verdict.Sentence, now + AskAgain) : null,
            OfferState.SoldOut => new("The offer is sold out."),
            OfferState.Ended => new("The offer has ended."),
            OfferState.Stopped => new("The offer was taken down."),
            OfferState.Paused => new($"The offer is paused: {offer.PauseReason}", now + AskAgain),
            _ => new("The offer is not published."),
        };
    }
}
