using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>One line of outlet stock.</summary>
public readonly record struct StockItemId(Guid Value) : IId<StockItemId>
{
    public static StockItemId New() => new(Ids.New());

    public static StockItemId From(Guid value) => new(value);
}

/// <summary>An offer.</summary>
public readonly record struct OfferId(Guid Value) : IId<OfferId>
{
    public static OfferId New() => new(Ids.New());

    public static OfferId From(Guid value) => new(value);
}

/// <summary>A part of those who get the outlet's digest.</summary>
public readonly record struct SegmentId(Guid Value) : IId<SegmentId>
{
    public static SegmentId New() => new(Ids.New());

    public static SegmentId From(Guid value) => new(value);
}

/// <summary>One unit asked for by one person: a hold, then a code. Chosen by the caller, so that a repeat is seen.</summary>
public readonly record struct ClaimId(Guid Value) : IId<ClaimId>
{
    public static ClaimId New() => new(Ids.New());

    public static ClaimId From(Guid value) => new(value);
}

/// <summary>One follow of a tracked link; what a shop sends back as <c>hearth_click</c>.</summary>
public readonly record struct ClickId(Guid Value) : IId<ClickId>
{
    public static ClickId New() => new(Ids.New());

    public static ClickId From(Guid value) => new(value);
}

/// <summary>An order of the shop (ours; the shop's own number is text).</summary>
public readonly record struct OrderId(Guid Value) : IId<OrderId>
{
    public static OrderId New() => new(Ids.New());

    public static OrderId From(Guid value) => new(value);
}

/// <summary>A browser, by the first-party cookie <c>hearth_v</c> (90 days).</summary>
public readonly record struct VisitorId(Guid Value) : IId<VisitorId>
{
    public static VisitorId New() => new(Ids.New());

    public static VisitorId From(Guid value) => new(value);
}
