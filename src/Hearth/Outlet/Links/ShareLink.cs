namespace Hearth.Outlet;

/// <summary>Somebody's personal link to an offer. A browser has one for each offer, for ever.</summary>
internal sealed class ShareLink
{
    public const int MaxSlug = 16;

    /// <summary>People follow <c>/l/{slug}</c>.</summary>
    public required string Slug { get; init; }

    public required OfferId Offer { get; init; }

    /// <summary>Whose; no browser any more once the person was erased.</summary>
    public required VisitorId Visitor { get; set; }

    /// <summary>The personal link by which they came themselves; null when they came by the offer's own.</summary>
    public string? Parent { get; init; }

    /// <summary>1 for a link of somebody who came by the offer's own, one more than the parent's else.</summary>
    public required int Generation { get; init; }

    public required DateTimeOffset At { get; init; }
}
