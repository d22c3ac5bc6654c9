using System.Net;
using Hearth.App.Shared;
using Hearth.App.Shared.Feeds;
using Hearth.Outlet;
using Hearth.Platform;
using Hearth.Publishing;

namespace Hearth.App.Public.Outlet.Feeds;

/// <summary><c>/outlet/feed.atom</c>, <c>.rss</c> and <c>.json</c>, whole and by <c>condition</c>: the offers whose window is open, latest first.</summary>
internal static class OutletFeeds
{
    /// <summary>The address of a feed, for the head of a page.</summary>
    public static string Of(string kind, Condition? condition) => $"/outlet/feed.{kind}{Query(condition)}";

    /// <summary>The page that shows what the feed holds.</summary>
    public static string Page(Condition? condition) => "/outlet" + Query(condition);

    public static void MapOutletFeeds(this IEndpointRouteBuilder app) =>
        app.MapGet($"/outlet/feed.{{kind:{AnswerFeed.Kinds}}}", Read).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Read(string kind, string? condition, HttpContext http, ReadOffers offers, DisclosurePolicy policy, PublicAddress address, CancellationToken ct)
    {
        Word<Condition> word = default;
        var one = !string.IsNullOrEmpty(condition);
        if (one && !Word<Condition>.TryParse(condition, out word)) return Results.NotFound();
        Condition? only = one ? word.Value : null;
        var running = (await offers.Public(ct)).Where(o => o.State is OfferState.Open or OfferState.SoldOut && (only is null || o.Condition == only));
        var home = address.Of(http);
        var brand = (await policy.Read(ct)).Brand ?? "Hearth";
        var title = $"{brand}: outlet{(only is { } c ? ", " + OfferWords.Of(c).ToLowerInvariant() : "")}";
        var entries = running.Select(o => Entry(o, home, brand)).OrderByDescending(e => e.At).ThenBy(e => e.Url, StringComparer.Ordinal);

        // An offer sells out, comes back and ends without a newer entry, so only the tag can tell a reader that nothing changed.
        return AnswerFeed.With(http, kind, new(title, "Offers that can be claimed now, while units last.", home + Page(only), home + Of(kind, only), [.. entries]), dated: false);
    }

    // How many are left is not said: it changes with every claim, and a feed is read long after it was written.
    private static FeedEntry Entry(OfferView offer, string home, string brand)
    {
        var facts = $"{OfferWords.Of(offer.Condition)}. {offer.Price} instead of {offer.ListPrice}{(offer.PercentOff > 0 ? $", {offer.PercentOff} % off" : "")}. {(offer.UpTo is null ? Words.Count(offer.Units, "unit") : "While stock lasts")}, until {OfferTimes.Full(offer.Closes, offer.Zone)}.";
        var sold = offer.State == OfferState.SoldOut ? "<p><strong>Sold out.</strong></p>" : "";
        var text = offer.Text.Length == 0 ? "" : $"<p>{Html(offer.Text)}</p>";
        var title = (offer.State == OfferState.SoldOut ? "Sold out: " : "") + $"{offer.Title}, {offer.Price}";
        var at = offer.PublishedAt > offer.Opens ? offer.PublishedAt.Value : offer.Opens;
        return new($"{home}/outlet/{offer.Slug}", FeedEntry.Clean(title), $"{sold}<p>{Html(facts)}</p>{text}", FeedEntry.Clean(brand), [OfferWords.Of(offer.Condition)], at);
    }

    private static string Html(string text) => WebUtility.HtmlEncode(FeedEntry.Clean(text)).ReplaceLineEndings("<br>");

    private static string Query(Condition? condition) => condition is { } only ? "?condition=" + new Word<Condition>(only) : "";
}
