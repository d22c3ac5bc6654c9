using Hearth.Governance;
using Hearth.Listening;
using Hearth.Outlet.Audiences;
using Hearth.Outlet.Rules;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What a merchandiser writes.</summary>
/// <param name="Item">The stock line it sells.</param>
/// <param name="Title">What people read first, 1 to 120 characters.</param>
/// <param name="Text">What they should know (what a scratch looks like, what is in the box), up to 2,000 characters.</param>
/// <param name="Price">Above 0, in the item's currency, not above its list price.</param>
/// <param name="Units">Units set aside when it is published, 1 to 1,000,000; the most it sells when it floats.</param>
/// <param name="Opens">First instant at which a unit can be claimed.</param>
/// <param name="Closes">First instant at which none can be claimed any more; after <paramref name="Opens"/>.</param>
/// <param name="CodePrefix">How its codes begin, 2 to 8 letters and digits ("SPRING"); stored in capitals.</param>
/// <param name="LimitPerPerson">Units one person may hold or claim, 1 to 100.</param>
/// <param name="HoldMinutes">How long a unit is kept for somebody who has not confirmed, 1 to 1,440.</param>
/// <param name="ShopUrl">Where the tracked link leads, an https address; null for the offer's own page.</param>
public sealed record OfferDraft(StockItemId Item, string Title, string Text, Money Price, int Units, DateTimeOffset Opens, DateTimeOffset Closes,
    string CodePrefix, int LimitPerPerson = 1, int HoldMinutes = 15, string? ShopUrl = null)
{
    /// <summary>What each unit gives beside the item, up to 9 other stock lines in the same currency: the offer is then a set, sold whole. Null or empty for the item alone.</summary>
    public IReadOnlyList<SetPart>? Also { get; init; }

    /// <summary>Where it may be claimed from, ISO 3166-1 alpha-2, up to 60; empty or null for everywhere.</summary>
    public IReadOnlyList<string>? Countries { get; init; }

    /// <summary>The zone its times are said in, an IANA name ("Europe/Berlin"); null or empty for UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>Sets nothing aside but a few units at a time, and takes from free stock as they go, while there is any.</summary>
    public bool Floats { get; init; }

    /// <summary>Who may claim it.</summary>
    public Audience Audience { get; init; }

    /// <summary>The part of the subscribers that may; null for all of them.</summary>
    public SegmentId? Segment { get; init; }

    /// <summary>When an offer for subscribers becomes everybody's, between its opening and its close; null for never.</summary>
    public DateTimeOffset? PublicFrom { get; init; }

    internal IEnumerable<FieldError> Errors()
    {
        if (string.IsNullOrWhiteSpace(Title) || Title.Length > Offer.MaxTitle) yield return new("title", $"must have 1 to {Offer.MaxTitle} characters");
        if (Title?.Any(char.IsControl) == true) yield return new("title", "must be one line");
        if (Text?.Contains('\0') == true) yield return new("text", "must not contain the character NUL");
        if (Text is null || Text.Length > Offer.MaxText) yield return new("text", $"must have at most {Offer.MaxText} characters");
        if (Units is < 1 or > Offer.MaxUnits) yield return new("units", "must be from 1 to 1,000,000");
        if (Closes <= Opens) yield return new("closes", "must be after the opening");
        if (CodePrefix is not { Length: >= 2 and <= 8 } || !CodePrefix.All(char.IsAsciiLetterOrDigit)) yield return new("codePrefix", "must be 2 to 8 letters and digits");
        if (LimitPerPerson is < 1 or > 100) yield return new("limitPerPerson", "must be from 1 to 100");
        if (HoldMinutes is < 1 or > 1440) yield return new("holdMinutes", "must be from 1 to 1,440 minutes");
        foreach (var error in CountryErrors().Concat(SetErrors()).Concat(AudienceErrors())) yield return error;
        if (!DayZone.TryFind(Zone?.Trim(), out _)) yield return new("zone", "must be the name of a time zone like Europe/Berlin");
        if (!string.IsNullOrWhiteSpace(ShopUrl) && (ShopUrl.Length > 500 || !Uri.TryCreate(ShopUrl, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps
            || url.UserInfo.Length > 0 || url.Fragment.Length > 0))
        {
            yield return new("shopUrl", "must be an https address of at most 500 characters, without user name and without #");
        }
    }

    private IEnumerable<FieldError> CountryErrors()
    {
        if (Countries is not { Count: > 0 }) yield break;
        if (Countries.Count > Offer.MaxCountries) yield return new("countries", $"must be at most {Offer.MaxCountries}");
        if (Countries.FirstOrDefault(c => Outlet.Countries.Normal(c) is null) is { } odd) yield return new("countries", $"'{odd}' is no country (ISO 3166-1, two letters)");
    }

    private IEnumerable<FieldError> AudienceErrors()
    {
        if (!Enum.IsDefined(Audience)) yield return new("audience", "must be everyone or subscribers");
        else if (Audience == Audience.Everyone)
        {
            if (Segment is not null) yield return new("segment", "is a part of the subscribers: say that the offer is for them");
            if (PublicFrom is not null) yield return new("publicFrom", "is for an offer to subscribers; this one is everybody's from the start");
        }
        else
        {
            if (PublicFrom is { } from && (from <= Opens || from >= Closes)) yield return new("publicFrom", "must be after the opening and before the close");
            if (!string.IsNullOrWhiteSpace(ShopUrl)) yield return new("shopUrl", "must be empty while the offer is for subscribers: the shop cannot tell them from others; they buy there with their code");
        }
    }

    private IEnumerable<FieldError> SetErrors()
    {
        if (Also is not { Count: > 0 }) yield break;
        if (Also.Count > OfferPart.Most) yield return new("also", $"must be at most {OfferPart.Most} other items");
        var seen = new HashSet<StockItemId> { Item };
        foreach (var (i, part) in Also.Index())
        {
            if (!seen.Add(part.Item)) yield return new($"also[{i}].item", "is in the set already");
            if (part.Quantity is < 1 or > OfferPart.MaxQuantity) yield return new($"also[{i}].quantity", $"must be from 1 to {OfferPart.MaxQuantity}");
        }
    }

    /// <param name="list">Of all that one unit gives.</param>
    internal IEnumerable<FieldError> ErrorsWith(Money list)
    {
        if (Price.Currency != list.Currency) yield return new("price", $"must be in {list.Currency}, as the stock is");
        else if (Price.Minor <= 0) yield return new("price", "must be above zero");
        else if (Price > list) yield return new("price", $"must not be above the list price of {list}");
    }
}

/// <summary>What became of a draft.</summary>
public abstract record Drafted
{
    private Drafted() { }

    public sealed record Saved(OfferId Offer) : Drafted;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Drafted;

    public sealed record UnknownOffer : Drafted;

    /// <summary>It is published: people have seen its terms, so they stay.</summary>
    public sealed record NotADraft : Drafted;
}

/// <summary>Writes and rewrites an offer before it is published.</summary>
public sealed class DraftOffer(Database db, TimeProvider clock)
{
    public Task<Drafted> Create(OfferDraft draft, Actor by, CancellationToken ct) => Create(draft, by, null, ct);

    internal async Task<Drafted> Create(OfferDraft draft, Actor by, StockRuleId? rule, CancellationToken ct)
    {
        var (item, parts, list, errors) = await Check(draft, ct);
        if (errors.Count > 0) return new Drafted.Invalid(errors);
        var id = OfferId.New();
        var offer = new Offer
        {
            Id = id, Also = Parts(id, draft, parts), Slug = PageSlug(draft.Title), Link = Slug.New(), Item = item!.Id, Sku = item.Sku, ItemTitle = item.Title, Title = draft.Title.Trim(), Text = draft.Text.Trim(),
            Condition = item.Condition, ListPrice = list, Price = draft.Price, Opens = draft.Opens, Closes = draft.Closes,
            CodePrefix = draft.CodePrefix.ToUpperInvariant(), LimitPerPerson = draft.LimitPerPerson, HoldMinutes = draft.HoldMinutes, ShopUrl = Address(draft), Countries = Countries.Kept(draft.Countries), Zone = ZoneName(draft),
            Units = draft.Units, Left = draft.Units, UpTo = draft.Floats ? draft.Units : null, Audience = draft.Audience, Segment = draft.Segment, PublicFrom = draft.PublicFrom, Author = by.Id, AuthorName = by.Name, CreatedAt = clock.Now(), Rule = rule,
        };
        db.Add(offer);
        await db.SaveChangesAsync(ct);
        return new Drafted.Saved(offer.Id);
    }

    public async Task<Drafted> Edit(OfferId id, OfferDraft draft, CancellationToken ct)
    {
        var (item, parts, list, errors) = await Check(draft, ct);
        if (errors.Count > 0) return new Drafted.Invalid(errors);
        return await db.InTransaction(() => Edit(id, draft, item!, parts, list, ct), ct);
    }

    private async Task<Drafted> Edit(OfferId id, OfferDraft draft, StockItem item, IReadOnlyDictionary<StockItemId, StockItem> parts, Money list, CancellationToken ct)
    {
        // Guarded by the stage, so that an edit cannot slip in after the offer went public.
        var edited = await db.Set<Offer>().Where(o => o.Id == id && o.Stage == OfferStage.Draft).ExecuteUpdateAsync(set => set
            .SetProperty(o => o.Item, item.Id).SetProperty(o => o.Sku, item.Sku).SetProperty(o => o.ItemTitle, item.Title).SetProperty(o => o.Condition, item.Condition).SetProperty(o => o.Edits, o => o.Edits + 1)
            .SetProperty(o => o.ListPrice.Minor, list.Minor).SetProperty(o => o.ListPrice.Currency, list.Currency)
            .SetProperty(o => o.Price.Minor, draft.Price.Minor).SetProperty(o => o.Price.Currency, draft.Price.Currency)
            .SetProperty(o => o.Title, draft.Title.Trim()).SetProperty(o => o.Text, draft.Text.Trim())
            .SetProperty(o => o.Opens, draft.Opens).SetProperty(o => o.Closes, draft.Closes).SetProperty(o => o.CodePrefix, draft.CodePrefix.ToUpperInvariant())
            .SetProperty(o => o.LimitPerPerson, draft.LimitPerPerson).SetProperty(o => o.HoldMinutes, draft.HoldMinutes).SetProperty(o => o.ShopUrl, Address(draft)).SetProperty(o => o.Countries, Countries.Kept(draft.Countries)).SetProperty(o => o.Zone, ZoneName(draft))
            .SetProperty(o => o.Audience, draft.Audience).SetProperty(o => o.Segment, draft.Segment).SetProperty(o => o.PublicFrom, draft.PublicFrom)
            .SetProperty(o => o.Units, draft.Units).SetProperty(o => o.Left, draft.Units).SetProperty(o => o.UpTo, draft.Floats ? draft.Units : null), ct);
        if (edited == 1)
        {
            await db.Set<OfferPart>().Where(p => p.Offer == id).ExecuteDeleteAsync(ct);
            db.AddRange(Parts(id, draft, parts));
            await db.SaveChangesAsync(ct);
            return new Drafted.Saved(id);
        }

        return await db.Set<Offer>().AnyAsync(o => o.Id == id, ct) ? new Drafted.NotADraft() : new Drafted.UnknownOffer();
    }

    /// <summary>What one unit costs new, with all that a set gives: the sum of the list prices of today. Null when the item is not in stock; parts that are not, or in another currency, add nothing.</summary>
    public async Task<Money?> ListPrice(StockItemId item, IReadOnlyList<SetPart>? also, CancellationToken ct) => await Stock(item, also, ct) is var stock && stock.TryGetValue(item, out var lead) ? Sum(lead, also, stock) : null;

    private async Task<(StockItem? Item, IReadOnlyDictionary<StockItemId, StockItem> Parts, Money List, List<FieldError> Errors)> Check(OfferDraft draft, CancellationToken ct)
    {
        var errors = draft.Errors().ToList();
        if (draft.Segment is { } segment && !await db.Set<Segment>().AnyAsync(s => s.Id == segment, ct)) errors.Add(new("segment", "is not there"));
        var stock = await Stock(draft.Item, draft.Also, ct);
        var list = Money.Zero("EUR");
        if (!stock.TryGetValue(draft.Item, out var item)) errors.Add(new("item", "is not in stock"));
        else
        {
            foreach (var (i, part) in (draft.Also ?? []).Index())
            {
                if (!stock.TryGetValue(part.Item, out var other)) errors.Add(new($"also[{i}].item", "is not in stock"));
                else if (other.ListPrice.Currency != item.ListPrice.Currency) errors.Add(new($"also[{i}].item", $"has its price in {other.ListPrice.Currency}, not in {item.ListPrice.Currency}"));
            }

            list = Sum(item, draft.Also, stock);
            errors.AddRange(draft.ErrorsWith(list));
        }

        return (item, stock, list, errors);
    }

    private async Task<Dictionary<StockItemId, StockItem>> Stock(StockItemId item, IReadOnlyList<SetPart>? also, CancellationToken ct)
    {
        List<StockItemId> ids = [item, .. (also ?? []).Take(OfferPart.Most).Select(p => p.Item)];
        return await db.Set<StockItem>().AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
    }

    private static Money Sum(StockItem lead, IReadOnlyList<SetPart>? also, Dictionary<StockItemId, StockItem> stock) => lead.ListPrice with
    {
        Minor = lead.ListPrice.Minor + (also ?? []).Where(p => p.Quantity is >= 1 and <= OfferPart.MaxQuantity && stock.TryGetValue(p.Item, out var s) && s.ListPrice.Currency == lead.ListPrice.Currency).Sum(p => p.Quantity * stock[p.Item].ListPrice.Minor),
    };

    private static List<OfferPart> Parts(OfferId id, OfferDraft draft, IReadOnlyDictionary<StockItemId, StockItem> stock) =>
    [
        .. (draft.Also ?? []).Select((p, i) => new OfferPart { Offer = id, Item = p.Item, Sku = stock[p.Item].Sku, Title = stock[p.Item].Title, Condition = stock[p.Item].Condition, Quantity = p.Quantity, Place = i }),
    ];

    private static string? ZoneName(OfferDraft draft) => draft.Zone?.Trim() is { Length: > 0 } name and not "UTC" ? name : null;

    // As it goes into a header: percent-encoded, its host in ASCII, no control characters.
    private static string? Address(OfferDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.ShopUrl)) return null;
        var url = new UriBuilder(draft.ShopUrl.Trim());
        url.Host = url.Uri.IdnHost;
        return url.Uri.AbsoluteUri;
    }

    // Readable for people and search engines, with four random characters so that two offers of one name do not meet.
    private static string PageSlug(string title)
    {
        var words = new string([.. title.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')])
            .Split('-', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('-', words.Take(8).Append(Slug.Code(4).ToLowerInvariant()));
    }
}
