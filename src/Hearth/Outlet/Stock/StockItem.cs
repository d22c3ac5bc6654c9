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

    /// <summary>The stock feed told of units that came or went.</summary>
    Fed,
}

/// <summary>One SKU of the outlet. Its two balances are the sums of its ledger; the database refuses a balance below zero or a promise above the shelf.</summary>
internal sealed class StockItem
{
    public const int MaxSku = 64;
    public const int MaxTitle = 200;
    public const int MaxLocation = 80;

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

    /// <summary>What one cost the brand, in minor units of the price's currency; null when nobody said.</summary>
    public long? Cost { get; set; }

    public string? Location { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; set; }

    /// <summary>Since when it lies in the outlet; null for stock of before this was kept, which counts from its last count.</summary>
    public DateTimeOffset? ArrivedAt { get; set; }

    /// <summary>The sequence number of the feed's last absolute count that is on the shelf.</summary>
    public long? FeedCount { get; set; }
}

/// <summary>What a feed told of an item, kept until an absolute count of the feed contains it.</summary>
internal sealed class StockEvent
{
    public required StockItemId Item { get; init; }

    /// <summary>The feed's own number of it; rising with the order in which things happened.</summary>
    public required long Sequence { get; init; }

    /// <summary>True for a count, false for a difference.</summary>
    public required bool IsCount { get; init; }

    public required int Units { get; init; }

    /// <summary>True while the shelf cannot follow: units would be missing that are promised, or more would leave than there are.</summary>
    public bool Waits { get; set; }

    public required DateTimeOffset At { get; init; }
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
