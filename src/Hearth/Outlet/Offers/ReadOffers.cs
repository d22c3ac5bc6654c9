using Hearth.Outlet.Audiences;
using Hearth.Outlet.Rules;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>An offer as the merchandiser sees it. <c>Left + Held + Claimed + Redeemed + Returned = Units</c>, always.</summary>
/// <param name="Id">The offer.</param>
/// <param name="Slug">Its public page is <c>/outlet/{slug}</c>.</param>
/// <param name="Link">Its tracked link is <c>/l/{link}</c>.</param>
/// <param name="Item">The stock line it sells.</param>
/// <param name="Sku">Of that line.</param>
/// <param name="Title">What people read first.</param>
/// <param name="Text">What they should know.</param>
/// <param name="Condition">Why it is in the outlet.</param>
/// <param name="ListPrice">What it costs new, with all that a set gives.</param>
/// <param name="Price">What it costs here.</param>
/// <param name="State">Where it stands now.</param>
/// <param name="Reason">Why it ended; null while it runs.</param>
/// <param name="Opens">First instant at which a unit can be claimed.</param>
/// <param name="Closes">First instant at which none can be claimed any more.</param>
/// <param name="CodePrefix">How its codes begin.</param>
/// <param name="LimitPerPerson">Units one person may have.</param>
/// <param name="HoldMinutes">How long a unit is kept without being confirmed.</param>
/// <param name="ShopUrl">Where the tracked link leads; null for our own page.</param>
/// <param name="Units">Units set aside so far.</param>
/// <param name="Left">On sale now.</param>
/// <param name="Held">Kept for somebody until a time.</param>
/// <param name="Claimed">With a code not redeemed yet.</param>
/// <param name="Redeemed">Sold at the shop.</param>
/// <param name="Returned">Given back to stock when it ended.</param>
/// <param name="AuthorName">Who wrote it.</param>
/// <param name="CreatedAt">When it was first saved.</param>
/// <param name="PublishedAt">When it went public; null for a draft.</param>
public sealed record OfferView(OfferId Id, string Slug, string Link, StockItemId Item, string Sku, string Title, string Text, Condition Condition, Money ListPrice, Money Price,
    OfferState State, string? Reason, DateTimeOffset Opens, DateTimeOffset Closes, string CodePrefix, int LimitPerPerson, int HoldMinutes, string? ShopUrl,
    int Units, int Left, int Held, int Claimed, int Redeemed, int Returned, string AuthorName, DateTimeOffset CreatedAt, DateTimeOffset? PublishedAt)
{
    /// <summary>The most it may sell when it floats, a few units set aside at a time; null when all are set aside at its publishing.</summary>
    public int? UpTo { get; init; }

    /// <summary>Who may claim it.</summary>
    public Audience Audience { get; init; }

    /// <summary>The part of the subscribers that may; null for all of them.</summary>
    public SegmentId? Segment { get; init; }

    /// <summary>When an offer for subscribers becomes everybody's; null for never, or when it is from the start.</summary>
    public DateTimeOffset? PublicFrom { get; init; }

    /// <summary>True when anybody may claim it now.</summary>
    public bool IsForAll { get; init; } = true;

    /// <summary>The rule of stock that drafted it; null when a person did.</summary>
    public StockRuleId? Rule { get; init; }

    /// <summary>What the item is called in stock; the offer's title when that was not kept.</summary>
    public string ItemTitle { get; init; } = "";

    /// <summary>What each unit gives beside the item, in the order it was written; empty unless the offer is a set. The list price is that of all of it.</summary>
    public IReadOnlyList<SetPartView> Also { get; init; } = [];

    /// <summary>Where it may be claimed from, ISO 3166-1 alpha-2, sorted; empty for everywhere.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>The zone its times are said in, an IANA name; null for UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>Since when it is paused; null while it is not.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Why it is paused; null while it is not.</summary>
    public string? PauseReason { get; init; }

    /// <summary>Whole percent below the list price, rounded down: never promises more than it gives.</summary>
    public int PercentOff => ListPrice.Minor == 0 ? 0 : (int)((ListPrice.Minor - Price.Minor) * 100 / ListPrice.Minor);
}

public sealed class ReadOffers(Database db, TimeProvider clock)
{
    /// <summary>All offers, newest first.</summary>
    /// <param name="states">Only those that stand so now; empty for all.</param>
    /// <param name="after">From <see cref="Page{T}.Next"/> of the page before.</param>
    /// <param name="size">1 to 500, 50 unless told.</param>
    /// <param name="ct">Stops the reading.</param>
    public async Task<Page<OfferView>?> List(IReadOnlyCollection<OfferState> states, string? after, int? size, CancellationToken ct)
    {
        if (!Keyset.TryRead<Place>(after, out var last)) return null;
        var (now, take) = (clock.Now(), Keyset.Size(size));
        var offers = db.Set<Offer>().AsNoTracking();
        if (states.Count > 0) offers = offers.Where(o => states.Contains(o.Stage == OfferStage.Draft ? OfferState.Draft
            : o.Stage == OfferStage.Stopped ? OfferState.Stopped
            : o.Stage == OfferStage.Ended || o.Closes <= now ? OfferState.Ended
            : o.PausedAt != null ? OfferState.Paused
            : o.Opens > now ? OfferState.Scheduled
            : o.Left > 0 ? OfferState.Open : OfferState.SoldOut));
        if (last is not null)
        {
            offers = offers.Where(o => o.CreatedAt < last.At || (o.CreatedAt == last.At && string.Compare(o.Slug, last.Slug) > 0));
        }

        var rows = await offers.OrderByDescending(o => o.CreatedAt).ThenBy(o => o.Slug).Take(take + 1).ToListAsync(ct);
        return Keyset.Cut(rows, take, o => new Place(o.CreatedAt, o.Slug)).Select(o => View(o, now));
    }

    /// <summary>What everybody may see now: open first (soonest to end first), then sold out, then those about to open; none that is paused; at most 200.</summary>
    public async Task<IReadOnlyList<OfferView>> Public(CancellationToken ct)
    {
        var now = clock.Now();
        var rows = await db.Set<Offer>().AsNoTracking().Where(o => o.Stage == OfferStage.Published && o.PausedAt == null && o.Closes > now && (o.Audience == Audience.Everyone || o.PublicFrom <= now))
            .OrderBy(o => o.Closes).ThenBy(o => o.Id).Take(200).ToListAsync(ct);
        return [.. rows.Select(o => View(o, now)).OrderBy(o => o.State switch { OfferState.Open => 0, OfferState.SoldOut => 1, _ => 2 }).ThenBy(o => o.Closes)];
    }

    public async Task<OfferView?> One(OfferId id, CancellationToken ct) =>
        await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is { } offer ? View(offer, clock.Now()) : null;

    /// <summary>The offer of a public page; null when there is none or it is a draft.</summary>
    public async Task<OfferView?> BySlug(string slug, CancellationToken ct) =>
        await db.Set<Offer>().AsNoTracking().SingleOrDefaultAsync(o => o.Slug == slug && o.Stage != OfferStage.Draft, ct) is { } offer ? View(offer, clock.Now()) : null;

    /// <summary>Titles by offer, for lists that name offers.</summary>
    public async Task<IReadOnlyDictionary<OfferId, OfferView>> Many(IReadOnlyCollection<OfferId> ids, CancellationToken ct)
    {
        var now = clock.Now();
        return (await db.Set<Offer>().AsNoTracking().Where(o => ids.Contains(o.Id)).ToListAsync(ct)).ToDictionary(o => o.Id, o => View(o, now));
    }

    internal static OfferView View(Offer o, DateTimeOffset now) => new(o.Id, o.Slug, o.Link, o.Item, o.Sku, o.Title, o.Text, o.Condition, o.ListPrice, o.Price, o.StateAt(now),
        o.Reason, o.Opens, o.Closes, o.CodePrefix, o.LimitPerPerson, o.HoldMinutes, o.ShopUrl, o.Units, o.Left, o.Held, o.Claimed, o.Redeemed, o.Returned,
        o.AuthorName, o.CreatedAt, o.PublishedAt)
    {
        UpTo = o.UpTo, Audience = o.Audience, Segment = o.Segment, PublicFrom = o.PublicFrom, IsForAll = o.IsForAll(now),
        ItemTitle = o.ItemTitle ?? o.Title, Also = Also(o), Rule = o.Rule, Countries = Countries.Read(o.Countries), Zone = o.Zone, PausedAt = o.StateAt(now) == OfferState.Paused ? o.PausedAt : null, PauseReason = o.StateAt(now) == OfferState.Paused ? o.PauseReason : null,
    };

    internal static IReadOnlyList<SetPartView> Also(Offer o) => [.. o.Also.OrderBy(p => p.Place).Select(p => new SetPartView(p.Item, p.Sku, p.Title, p.Condition, p.Quantity))];

    private sealed record Place(DateTimeOffset At, string Slug);
}
