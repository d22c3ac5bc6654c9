using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.Learning;

/// <summary>What a piece of money is to an offer.</summary>
public enum CreditKind
{
    /// <summary>An item that the offer sells, bought by somebody who came by the offer.</summary>
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

    /// <summary>It used the offer's code, and no click is known.</summary>
    CodeOnly,
}

/// <summary>How long coming by an offer counts.</summary>
/// <param name="Window">From the touch (inclusive) to its end (exclusive): with 30 days a click on 1 May at noon counts for an order on 31 May at 11:59, not at noon.</param>
/// <param name="HalfLife">By the time decay a touch that is older by this counts half; asked for when a report is read, kept in no row.</param>
public sealed record CreditPolicy(TimeSpan Window, TimeSpan HalfLife)
{
    public static CreditPolicy Default { get; } = new(TimeSpan.FromDays(30), TimeSpan.FromDays(7));
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
/// <param name="Generation">0 for the brand's own link; 1 and up when the touch came by somebody's personal link: how many people handed it on.</param>
public sealed record CreditEntry(OrderId Order, int Line, string? Refund, string Sku, Money Amount, CreditKind Kind, OfferId? Offer, CreditBasis Basis, DateTimeOffset PlacedAt, int Generation);

/// <summary>The touches that count for an order, and the one the ledger gives it to.</summary>
/// <param name="Order">Which order.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="Touches">First to last, none when nothing counts.</param>
/// <param name="Cause">One of them; null when there is none.</param>
/// <param name="Basis">How the order is tied.</param>
public sealed record CreditPath(OrderId Order, DateTimeOffset PlacedAt, IReadOnlyList<Touch> Touches, Touch? Cause, CreditBasis Basis);

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
            var path = Path(order, journey.Touches, policy);
            foreach (var line in order.Lines)
            {
                var kind = path.Cause is not { } touch ? CreditKind.Unattributed : touch.Sells(line.Sku) ? CreditKind.Direct : CreditKind.Halo;
                CreditEntry Entry(string? refund, Money amount) =>
                    new(order.Id, line.Line, refund, line.Sku, amount, kind, path.Cause?.Offer, path.Basis, order.PlacedAt, path.Cause?.Generation ?? 0);
                yield return Entry(null, line.Amount);
                foreach (var refund in order.Refunds.Where(r => r.Line == line.Line)) yield return Entry(refund.Refund, -refund.Amount);
            }
        }
    }

    /// <summary>What counts for one order of a journey.</summary>
    public static CreditPath Path(JourneyOrder order, IReadOnlyList<Touch> touches, CreditPolicy policy)
    {
        // What the order itself names came before it whatever the clocks of shop and server say, so only the end of its window is asked for.
        bool InTime(Touch touch) => order.PlacedAt < touch.At + policy.Window;
        touches = [.. touches.Select(Handed)];
        var (code, click) = (order.Code is { } c && InTime(c) ? Handed(c) : null, order.Click is { } k && InTime(k) ? k : null);
        var before = touches.Where(t => t.At <= order.PlacedAt && InTime(t)).ToList();
        var all = before.Concat(new[] { code, click }.OfType<Touch>()).DistinctBy(t => (t.Kind, t.Source)).OrderBy(t => t.At).ThenBy(t => t.Kind).ThenBy(t => t.Source).ToList();
        var last = before.OrderByDescending(t => t.At).ThenByDescending(t => t.Kind).ThenByDescending(t => t.Source).FirstOrDefault();
        var (cause, basis) = code is not null ? (code, all.Exists(t => t.Kind == TouchKind.Click) ? CreditBasis.Code : CreditBasis.CodeOnly)
            : click is not null && (last is null || click.At >= last.At) ? (click, CreditBasis.Click)
            : last is not null ? (last, CreditBasis.Visitor) : (null, CreditBasis.None);
        return new(order.Id, order.PlacedAt, all, cause, basis);

        // A code was got by the link that its browser had come by: what came by somebody's personal link stays word of mouth when a code is used.
        Touch Handed(Touch touch) => touch.Kind != TouchKind.Code ? touch : touch with
        {
            Generation = touches.Where(t => t.Kind == TouchKind.Click && t.Offer == touch.Offer && t.At <= touch.At).OrderBy(t => t.At).ThenBy(t => t.Source).LastOrDefault()?.Generation ?? 0,
        };
    }
}
