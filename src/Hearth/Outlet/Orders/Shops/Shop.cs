using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>A connected shop.</summary>
public readonly record struct ShopId(Guid Value) : IId<ShopId>
{
    public static ShopId New() => new(Ids.New());

    public static ShopId From(Guid value) => new(value);
}

/// <summary>Whose signature and shape a shop's webhooks have.</summary>
public enum ShopKind
{
    Shopify,
    WooCommerce,
}

internal sealed class Shop
{
    public const int MaxName = 60;
    public const int MaxPrefix = 20;
    public const int MaxTrouble = 500;

    public required ShopId Id { get; init; }

    public required ShopKind Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>Stands before the shop's order numbers, so that those of two shops are never the same; often empty.</summary>
    public required string Prefix { get; init; }

    /// <summary>What it signs its webhooks with; encrypted.</summary>
    public required string Secret { get; set; }

    public required DateTimeOffset ConnectedAt { get; init; }

    public DateTimeOffset? DisconnectedAt { get; set; }

    /// <summary>Trusted deliveries that were taken, each once. Counting one takes the shop's row until commit, so that they come one after the other.</summary>
    public int Deliveries { get; set; }

    public DateTimeOffset? LastAt { get; set; }

    public string? LastTopic { get; set; }

    public string? Trouble { get; set; }

    public DateTimeOffset? TroubleAt { get; set; }
}

/// <summary>What the shop last said of an order.</summary>
internal sealed class ShopOrderRow
{
    public required ShopId Shop { get; init; }

    /// <summary>The shop's id of the order, which is not the number that people read.</summary>
    public required string Key { get; init; }

    /// <summary>Null for an order that was called off before it counted.</summary>
    public OrderId? Order { get; set; }

    /// <summary>When it was last changed at the shop; what is older and comes later is passed over.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>The shop's ids of its lines and our places of them: "id:line", with a comma between.</summary>
    public required string Lines { get; set; }

    /// <summary>True when the shop's prices are without the tax.</summary>
    public required bool TaxOnTop { get; set; }
}

/// <summary>A refund that came before its order.</summary>
internal sealed class WaitingRefund
{
    public required ShopId Shop { get; init; }

    /// <summary>The shop's id of the order.</summary>
    public required string Key { get; init; }

    /// <summary>The shop's id of the refund.</summary>
    public required string Refund { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The refund as it was read, JSON.</summary>
    public required string Body { get; init; }
}

/// <summary>A delivery that was taken, by the hash of its id and body; kept for <see cref="Kept"/>.</summary>
internal sealed class ShopDelivery
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public required ShopId Shop { get; init; }

    public required byte[] Hash { get; init; }

    public required DateTimeOffset At { get; init; }
}
