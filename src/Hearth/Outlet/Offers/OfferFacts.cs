using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>An offer can be seen, and its units are reserved.</summary>
public sealed record OfferPublished(OfferId Offer, string Sku, int Units, DateTimeOffset Opens, DateTimeOffset Closes) : IFact
{
    public string Subject => "offer:" + Offer.Value;
}

/// <summary>An offer takes no more claims; <paramref name="Returned"/> units went back to stock.</summary>
/// <param name="Offer">Which.</param>
/// <param name="Reason">Why, as a person would say it.</param>
/// <param name="Returned">Units nobody had taken.</param>
/// <param name="At">When.</param>
/// <param name="By">Who ended it; null when its window was over.</param>
/// <param name="ByName">Their name then.</param>
public sealed record OfferEnded(OfferId Offer, string Reason, int Returned, DateTimeOffset At, UserId? By = null, string? ByName = null) : IFact
{
    public string Subject => "offer:" + Offer.Value;
}

/// <summary>An offer takes no new holds for a while.</summary>
/// <param name="Offer">Which.</param>
/// <param name="Reason">Why, as a person would say it.</param>
/// <param name="At">When.</param>
/// <param name="By">Who paused it; null when the fire guard did.</param>
/// <param name="ByName">Their name then.</param>
public sealed record OfferPaused(OfferId Offer, string Reason, DateTimeOffset At, UserId? By, string? ByName) : IFact
{
    public string Subject => "offer:" + Offer.Value;
}

/// <summary>A paused offer goes on.</summary>
/// <param name="Offer">Which.</param>
/// <param name="At">When.</param>
/// <param name="By">Who resumed it.</param>
/// <param name="ByName">Their name then.</param>
public sealed record OfferResumed(OfferId Offer, DateTimeOffset At, UserId By, string ByName) : IFact
{
    public string Subject => "offer:" + Offer.Value;
}

/// <summary>A hold became a code: the person came by this offer, whatever they order next.</summary>
/// <param name="Claim">Which.</param>
/// <param name="Offer">Of which offer.</param>
/// <param name="Visitor">Whose browser.</param>
/// <param name="At">When.</param>
public sealed record UnitClaimed(ClaimId Claim, OfferId Offer, VisitorId Visitor, DateTimeOffset At) : IFact
{
    public string Subject => "offer:" + Offer.Value;
}

/// <summary>A code was used at the shop: the unit left the shelf.</summary>
public sealed record ClaimRedeemed(ClaimId Claim, OfferId Offer, DateTimeOffset At) : IFact
{
    public string Subject => "offer:" + Offer.Value;
}
