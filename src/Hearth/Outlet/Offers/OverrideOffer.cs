using Hearth.Governance;
using Hearth.Operations.FireGuard;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What became of an override for an offer.</summary>
public enum OfferOverriding
{
    Done,
    UnknownOffer,

    /// <summary>Who wrote it may not be the one who lets it out.</summary>
    OwnOffer,

    /// <inheritdoc cref="GuardOverriding.NotAllowed"/>
    NotAllowed,

    /// <inheritdoc cref="GuardOverriding.ReasonMissing"/>
    ReasonMissing,

    /// <inheritdoc cref="GuardOverriding.NothingBurns"/>
    NothingBurns,
}

/// <summary>What the fire guard says of an offer, and letting it go out all the same.</summary>
public sealed class OverrideOffer(Database db, AskGuard guard, OverrideGuard overriding)
{
    /// <returns>Null when there is no such offer.</returns>
    public async Task<GuardVerdict?> Verdict(OfferId id, CancellationToken ct) =>
        await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is { } offer ? await Ask(guard, offer, ct) : null;

    public async Task<OfferOverriding> With(OfferId id, string? why, Actor by, CancellationToken ct)
    {
        if (await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } offer) return OfferOverriding.UnknownOffer;
        if (offer.Author == by.Id) return OfferOverriding.OwnOffer;
        return await overriding.For(offer.Reference, offer.Skus, About(offer), why, by, ct) switch
        {
            GuardOverriding.Done => OfferOverriding.Done,
            GuardOverriding.NotAllowed => OfferOverriding.NotAllowed,
            GuardOverriding.ReasonMissing => OfferOverriding.ReasonMissing,
            _ => OfferOverriding.NothingBurns,
        };
    }

    internal static Task<GuardVerdict> Ask(AskGuard guard, Offer offer, CancellationToken ct) => guard.About(offer.Reference, offer.Skus, About(offer), ct);

    // What people read of a set names its parts.
    private static string About(Offer offer) => string.Join(", ", offer.Also.OrderBy(p => p.Place).Select(p => p.Title).Prepend(offer.Title));
}
