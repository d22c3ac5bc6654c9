using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>Why a thing is in the outlet.</summary>
public enum Condition
{
    New,
    Refurbished,
    ScratchAndDent,
    Overstock,
    Returned,
}

/// <summary>Why stock moved.</summary>
public enum MovementKind
{
    /// <summary>A count by the warehouse, from a file or the stock feed.</summary>
    Counted,

    /// <summary>Promised to an offer that was published; still on the shelf.</summary>
    Reserved,

    /// <summary>An offer gave back what nobody took.</summary>
    Freed,

    /// <summary>A claim code was redeemed: the unit left the shelf.</summary>
    Sold,
}

/// <summary>One SKU of the outlet. Its two balances are the sums of its ledger; the database refuses a balance below zero or a promise above the shelf.</summary>
internal sealed class StockItem
{
    public const int MaxSku = 64;
    public const int MaxTitle = 200;

    public required StockItemId Id { get; init; }

    public required string Sku { get; init; }

    public required string Title { get; set; }

    public required Condition Condition { get; set; }

    public int OnHand { get; set; }

    public int Reserved { get; set; }

    public required Money ListPrice { get; set; }

    public required Money Price { get; set; }

    /// <summary>The row that last counted this item, so that the same row coming again is known and changes nothing.</summary>
    public required string LastRow { get; set; }

    /// <summary>When the warehouse counted; an older count that comes later is passed over.</summary>
    public DateTimeOffset? CountedAt { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>One line of the ledger. Never changed, never deleted.</summary>
internal sealed class StockMovement
{
    public required Guid Id { get; init; }

    public required StockItemId Item { get; init; }

    public required MovementKind Kind { get; init; }

    public required int OnHandChange { get; init; }

    public required int ReservedChange { get; init; }

    /// <summary>What caused it: "offer:…", "claim:…", or the name of a file.</summary>
    public required string Reference { get; init; }

    public required DateTimeOffset At { get; init; }
}
