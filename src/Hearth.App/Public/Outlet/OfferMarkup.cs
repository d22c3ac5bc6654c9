using System.Globalization;
using System.Text.Json;
using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.App.Public.Outlet;

/// <summary>What search engines read of an offer: schema.org/Product with its Offer.</summary>
internal static class OfferMarkup
{
    /// <summary>With a point and all digits of the currency, without its name.</summary>
    public static string Price(OfferView offer) => offer.Price.Amount.ToString("F" + Money.MinorDigits(offer.Price.Currency), CultureInfo.InvariantCulture);

    // The default encoder writes < as \u003c, so that no title can end the script element.
    public static string JsonLd(OfferView offer, string address, IReadOnlyList<string> pictures) => JsonSerializer.Serialize(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["@context"] = "https://schema.org", ["@type"] = "Product", ["name"] = offer.Title, ["sku"] = offer.Sku, ["description"] = offer.Text.Length > 0 ? offer.Text : offer.Title,
        ["image"] = pictures.Count > 0 ? pictures : null,
        ["offers"] = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["@type"] = "Offer", ["url"] = address, ["priceCurrency"] = offer.Price.Currency,
            ["price"] = Price(offer),
            ["validFrom"] = offer.Opens.ToString("O", CultureInfo.InvariantCulture), ["validThrough"] = offer.Closes.ToString("O", CultureInfo.InvariantCulture), ["priceValidUntil"] = offer.Closes.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["availability"] = "https://schema.org/" + offer.State switch { OfferState.Open => "LimitedAvailability", OfferState.SoldOut => "SoldOut", OfferState.Paused => "OutOfStock", OfferState.Scheduled => "PreOrder", _ => "Discontinued" },
            ["itemCondition"] = "https://schema.org/" + offer.Condition switch { Condition.New or Condition.Overstock => "NewCondition", Condition.Refurbished => "RefurbishedCondition", Condition.Returned => "UsedCondition", _ => "DamagedCondition" },
            ["includesObject"] = offer.Also.Count > 0 ? offer.Also.Select(Part).Prepend(Part(new(offer.Item, offer.Sku, offer.ItemTitle, offer.Condition, 1))) : null,
            ["eligibleRegion"] = offer.Countries.Count > 0 ? offer.Countries : null,
            ["inventoryLevel"] = offer.UpTo is not null ? null : new Dictionary<string, object?>(StringComparer.Ordinal) { ["@type"] = "QuantitativeValue", ["value"] = offer.Left },
        }.Where(p => p.Value is not null).ToDictionary(StringComparer.Ordinal),
    }.Where(p => p.Value is not null).ToDictionary(StringComparer.Ordinal));

    private static Dictionary<string, object> Part(SetPartView part) => new(StringComparer.Ordinal)
    {
        ["@type"] = "TypeAndQuantityNode", ["amountOfThisGood"] = part.Quantity, ["typeOfGood"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["@type"] = "Product", ["name"] = part.Title, ["sku"] = part.Sku },
    };
}
