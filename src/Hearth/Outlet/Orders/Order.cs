using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>An order of the shop, as the shop told it last. Only the shop's own newer words change it (<see cref="AmendOrder"/>); refunds stand beside it.</summary>
internal sealed class Order
{
    public const int MaxNumber = 100;

    public required OrderId Id { get; init; }

    /// <summary>The shop's own name for it.</summary>
    public required string Number { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required Money Total { get; init; }

    public string? Code { get; init; }

    public ClickId? Click { get; init; }

    public VisitorId? Visitor { get; init; }

    /// <summary>True while only a browser has told of it (<see cref="TakePixel"/>).</summary>
    public bool Unverified { get; init; }

    /// <summary>True when the click and the browser come from the pixel and the order itself from the shop, who then says nothing against them.</summary>
    public bool TiedByPixel { get; init; }

    /// <summary>How many refunds there were.</summary>
    public int Refunds { get; set; }
}

internal sealed class OrderLine
{
    public required OrderId Order { get; init; }

    /// <summary>From 1, in the order the shop gave.</summary>
    public required int Line { get; init; }

    public required string Sku { get; init; }

    public required int Quantity { get; init; }

    /// <summary>For the whole line, as paid.</summary>
    public required Money Amount { get; init; }

    /// <summary>Of that, paid back; the database refuses more than the amount.</summary>
    public required Money Refunded { get; set; }
}

/// <summary>Money paid back for one line.</summary>
internal sealed class OrderRefund
{
    public required OrderId Order { get; init; }

    /// <summary>The shop's own name for the refund; unique within the order.</summary>
    public required string Refund { get; init; }

    public required int Line { get; init; }

    public required Money Amount { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>The shop told of an order that was not known before.</summary>
public sealed record OrderPlaced(OrderId Order, string Number, DateTimeOffset PlacedAt) : IFact
{
    public string Subject => "order:" + Order.Value;
}

/// <summary>The shop changed an order: other lines, amounts, or what ties it to an offer.</summary>
public sealed record OrderChanged(OrderId Order, DateTimeOffset At) : IFact
{
    public string Subject => "order:" + Order.Value;
}

/// <summary>The shop paid back a part of an order.</summary>
public sealed record OrderRefunded(OrderId Order, string Refund, DateTimeOffset At) : IFact
{
    public string Subject => "order:" + Order.Value;
}
