using Hearth.Governance;
using Hearth.Outlet.Audiences;
using Hearth.Outlet.Rules;
using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>Where an offer stands at a moment.</summary>
public enum OfferState
{
    /// <summary>Being written; nobody outside sees it, nothing is reserved.</summary>
    Draft,

    /// <summary>Published, its window has not begun.</summary>
    Scheduled,

    /// <summary>People can claim units.</summary>
    Open,

    /// <summary>In its window, but no unit is left; a hold that runs out opens it again.</summary>
    SoldOut,

    /// <summary>Its window is over, or somebody ended it early.</summary>
    Ended,

    /// <summary>Taken down by a person with a reason.</summary>
    Stopped,

    /// <summary>Published and in its window or before it, but kept from new holds by a person for a while.</summary>
    Paused,
}

/// <summary>What is stored of the state; the rest follows from window, units and clock.</summary>
internal enum OfferStage
{
    Draft,
    Published,
    Ended,
    Stopped,
}

/// <summary>
/// Units of one stock item at a price, for a while. Left + Held + Claimed + Redeemed + Returned = Units at every moment: the database refuses anything else,
/// so no path through the code can sell a unit twice.
/// </summary>
internal sealed class Offer
{
    public const int MaxTitle = 120;
    public const int MaxText = 2000;
    public const int MaxCountries = 60;
    public const int MaxUnits = 1_000_000;

    public required OfferId Id { get; init; }

    /// <summary>Its page: /outlet/{slug}.</summary>
    public required string Slug { get; init; }

    /// <summary>Its tracked link: /l/{link}.</summary>
    public required string Link { get; init; }

    public required StockItemId Item { get; set; }

    public required string Sku { get; set; }

    /// <summary>What the item was called in stock when the offer was written; null for offers from before that was kept.</summary>
    public string? ItemTitle { get; set; }

    /// <summary>What each unit gives beside the item; empty unless it is a set.</summary>
    public List<OfferPart> Also { get; init; } = [];

    /// <summary>What one unit takes from stock, sorted by item: whoever takes several does so in the same order, so that nobody waits for each other in a circle.</summary>
    public IEnumerable<(StockItemId Item, int Quantity)> Parts => Also.Select(p => (p.Item, p.Quantity)).Prepend((Item, 1)).OrderBy(p => p.Item.Value);

    public IReadOnlyCollection<string> Skus => [Sku, .. Also.Select(p => p.Sku)];

    public required string Title { get; set; }

    public required string Text { get; set; }

    public required Condition Condition { get; set; }

    /// <summary>Of all that one unit gives.</summary>
    public required Money ListPrice { get; set; }

    public required Money Price { get; set; }

    /// <summary>First instant at which it can be claimed.</summary>
    public required DateTimeOffset Opens { get; set; }

    /// <summary>First instant at which it cannot be claimed any more.</summary>
    public required DateTimeOffset Closes { get; set; }

    /// <summary>The zone its times are said in, an IANA name; null for UTC.</summary>
    public string? Zone { get; set; }

    public required string CodePrefix { get; set; }

    public required int LimitPerPerson { get; set; }

    public required int HoldMinutes { get; set; }

    /// <summary>Where the tracked link leads instead of our own page; https only.</summary>
    public string? ShopUrl { get; set; }

    /// <summary>Where it may be claimed from, as <see cref="Countries"/> keeps it ("AT,DE"); null for everywhere.</summary>
    public string? Countries { get; set; }

    /// <summary>Who may claim it.</summary>
    public Audience Audience { get; set; }

    /// <summary>The part of the subscribers that may; null for all of them.</summary>
    public SegmentId? Segment { get; set; }

    /// <summary>From then on it is everybody's; null when it never is, or always was.</summary>
    public DateTimeOffset? PublicFrom { get; set; }

    /// <summary>How often the draft was rewritten: whoever publishes it publishes what they read.</summary>
    public int Edits { get; set; }

    public OfferStage Stage { get; set; }

    public string? Reason { get; set; }

    /// <summary>Since when it takes no new holds; null while it does. Means something only while it is published.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    public string? PauseReason { get; set; }

    /// <summary>Set aside so far.</summary>
    public required int Units { get; set; }

    /// <summary>The most it may sell when it floats: then it sets aside a few units at a time, see <see cref="FloatingUnits"/>. Null when all its units are set aside at its publishing.</summary>
    public int? UpTo { get; set; }

    /// <summary>On sale now.</summary>
    public required int Left { get; set; }

    /// <summary>Kept for somebody until a time.</summary>
    public int Held { get; set; }

    /// <summary>With a code that is not redeemed yet.</summary>
    public int Claimed { get; set; }

    public int Redeemed { get; set; }

    /// <summary>Given back to stock when it ended.</summary>
    public int Returned { get; set; }

    public required UserId Author { get; init; }

    public required string AuthorName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The rule of stock that drafted it; null when a person did.</summary>
    public StockRuleId? Rule { get; init; }

    public DateTimeOffset? PublishedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string Reference => "offer:" + Id.Value;

    public bool IsForAll(DateTimeOffset now) => Audience == Audience.Everyone || PublicFrom <= now;

    public OfferState StateAt(DateTimeOffset now) => StateOf(Stage, PausedAt, Opens, Closes, Left, now);

    public static OfferState StateOf(OfferStage stage, DateTimeOffset? pausedAt, DateTimeOffset opens, DateTimeOffset closes, int left, DateTimeOffset now) => stage switch
    {
        OfferStage.Draft => OfferState.Draft,
        OfferStage.Stopped => OfferState.Stopped,
        OfferStage.Ended => OfferState.Ended,
        _ when now >= closes => OfferState.Ended,
        _ when pausedAt is not null => OfferState.Paused,
        _ when now < opens => OfferState.Scheduled,
        _ => left > 0 ? OfferState.Open : OfferState.SoldOut,
    };
}
