using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>Something else that each unit of an offer gives: the offer is then a set.</summary>
/// <param name="Item">The stock line.</param>
/// <param name="Quantity">How many of it in one set, 1 to 20.</param>
public sealed record SetPart(StockItemId Item, int Quantity);

/// <summary>A part of a set, as it was called when the offer was written.</summary>
/// <param name="Item">The stock line.</param>
/// <param name="Sku">Of that line.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Condition">Why it is in the outlet.</param>
/// <param name="Quantity">How many of it in one set.</param>
public sealed record SetPartView(StockItemId Item, string Sku, string Title, Condition Condition, int Quantity);

/// <summary>What a set gives beside the offer's own item.</summary>
internal sealed class OfferPart
{
    /// <summary>Parts beside the offer's own item.</summary>
    public const int Most = 9;

    public const int MaxQuantity = 20;

    public required OfferId Offer { get; init; }

    public required StockItemId Item { get; init; }

    public required string Sku { get; init; }

    public required string Title { get; init; }

    public required Condition Condition { get; init; }

    public required int Quantity { get; init; }

    /// <summary>As it was written: the order in which people read the parts.</summary>
    public required int Place { get; init; }
}
