using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.Learning;

/// <summary>What a piece of money is to an offer.</summary>
public enum CreditKind
{
    /// <summary>The item that the offer sells, bought by somebody who came by the offer.</summary>
    Direct,

    /// <summary>Anything else bought by somebody who came by the offer.</summary>
    Halo,

    /// <summary>Nobody's: no offer was touched within the window.</summary>
    Unattributed,
}

/// <summary>How an order is tied to an offer.</summary>
public enum CreditBasis
{
    /// <summary>It used the offer's code.</summary>
    Code,

    /// <summary>It names a click on the offer's link.</summary>
    Click,

    /// <summary>The same browser came by the offer before.</summary>
    Visitor,

    None,
}

/// <summary>How long coming by an offer counts.</summary>
/// <param name="Window">From the touch (inclusive) to its end (exclusive): with 30 days a click on 1 May at noon counts for an order on 31 May at 11:59, not at noon.</param>
public sealed record CreditPolicy(TimeSpan Window)
{
    public static CreditPolicy Default { get; } = new(TimeSpan.FromDays(30));
}

/// <summary>One line of the credit ledger: an order's line, or what was paid back for it.</summary>
/// <param name="Order">Which order.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Refund">The refund's id when it is money paid back.</param>
/// <param name="Sku">The article.</param>
/// <param name="Amount">As paid; negative for a refund.</param>
/// <param name="Kind">Direct, halo or unattributed.</param>
/// <param name="Offer">Who gets it; null when unattributed.</param>
/// <param name="Basis">How it is tied.</param>
/// <param name="PlacedAt">When the order was placed; refunds count where their order does.</param>
public sealed record CreditEntry(OrderId Order, int Line, string? Refund, string Sku, Money Amount, CreditKind Kind, OfferId? Offer, CreditBasis Basis, DateTimeOffset PlacedAt);

/// <summary>
/// Works out who gets the credit for a visitor's orders: for each order one touch (its code; else the last of its click and the visitor's other touches before it;
/// all within the window), and by that touch each line whole: direct when it is the offer's article, halo when not. A pure function of the journey.
/// </summary>
public static class Credit
{
    public static IEnumerable<CreditEntry> Of(Journey journey, CreditPolicy policy)
    {
        foreach (var order in journey.Orders)
        {
            var (touch, basis) = Cause(order, journey.Touches, policy.Window);
            foreach (var line in order.Lines)
            {
                var kind = touch is null ? CreditKind.Unattributed : line.Sku == touch.Sku ? CreditKind.Direct : CreditKind.Halo;
                CreditEntry Entry(string? refund, Money amount) => new(order.Id, line.Line, refund, line.Sku, amount, kind, touch?.Offer, basis, order.PlacedAt);
                yield return Entry(null, line.Amount);
                foreach (var refund in order.Refunds.Where(r => r.Line == line.Line)) yield return Entry(refund.Refund, -refund.Amount);
            }
        }
    }

    private static (Touch? Touch, CreditBasis Basis) Cause(JourneyOrder order, IReadOnlyList<Touch> touches, TimeSpan window)
    {
        // What the order itself names came before it whatever the clocks of shop and server say, so only the end of its window is asked for.
        bool InTime(Touch touch) => order.PlacedAt < touch.At + window;
        if (order.Code is { } code && InTime(code)) return (code, CreditBasis.Code);
        var last = touches.Where(t => t.At <= order.PlacedAt && InTime(t)).OrderByDescending(t => t.At).ThenByDescending(t => t.Kind).ThenByDescending(t => t.Source).FirstOrDefault();
        if (order.Click is { } click && InTime(click) && (last is null || click.At >= last.At)) return (click, CreditBasis.Click);
        return last is null ? (null, CreditBasis.None) : (last, CreditBasis.Visitor);
    }
}
