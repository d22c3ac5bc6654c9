using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Money paid back for one line of an order.</summary>
/// <param name="Line">The line's place in the order, from 1.</param>
/// <param name="Amount">Above zero, in the order's currency; all refunds of a line together are never above what was paid for it.</param>
public sealed record RefundedLine(int Line, Money Amount);

/// <summary>A refund as the shop tells it.</summary>
/// <param name="Order">The shop's own id of the order.</param>
/// <param name="Refund">The shop's own id of the refund, 1 to 100 characters: telling it twice pays back once.</param>
/// <param name="At">When it was paid back.</param>
/// <param name="Lines">One or more, each line of the order at most once.</param>
public sealed record IncomingRefund(string Order, string Refund, DateTimeOffset At, IReadOnlyList<RefundedLine> Lines)
{
    internal IEnumerable<FieldError> Errors(DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Refund) || Refund.Length > Outlet.Order.MaxNumber) yield return new("refund", $"must have 1 to {Outlet.Order.MaxNumber} characters");
        if (Refund?.Any(char.IsControl) == true) yield return new("refund", "must not contain control characters");
        if (At > now.AddDays(1) || At < DateTimeOffset.UnixEpoch) yield return new("at", "must be after 1970 and not more than a day ahead");
        if (Lines is not { Count: >= 1 and <= 500 })
        {
            yield return new("lines", "must be 1 to 500");
            yield break;
        }

        for (var i = 0; i < Lines.Count; i++) if (Lines[i].Amount.Minor <= 0) yield return new($"lines[{i}].amount", "must be above zero");
        if (Lines.DistinctBy(l => l.Line).Count() != Lines.Count) yield return new("lines", "must name each line of the order at most once");
    }
}

/// <summary>What became of a refund that was told.</summary>
public abstract record Refunded
{
    private Refunded() { }

    public sealed record Kept(OrderId Order, bool Again) : Refunded;

    /// <summary>A refund of this id is kept with other contents; nothing was changed.</summary>
    public sealed record Differs(IReadOnlyList<FieldError> Differences) : Refunded;

    /// <summary>More than is left of a line, a line that is not there, or another currency; nothing was changed.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Refunded;

    /// <summary>The order is not known (yet): tell the order, then the refund again.</summary>
    public sealed record UnknownOrder : Refunded;
}

/// <summary>Takes a refund from the shop, once per id however often it is told.</summary>
public sealed class RefundOrder(Database db, TimeProvider clock)
{
    public async Task<Refunded> Take(IncomingRefund told, CancellationToken ct)
    {
        var errors = told.Errors(clock.Now()).ToList();
        if (errors.Count > 0) return new Refunded.Invalid(errors);
        told = told with { At = Time.FromUnixMicroseconds(told.At.ToUnixMicroseconds()) };
        try
        {
            return await db.InTransaction(() => TakeOnce(told, ct), ct);
        }
        catch (NotKept answer)
        {
            db.ChangeTracker.Clear(); // rolled back: no line of it was paid back
            return answer.As;
        }
    }

    private async Task<Refunded> TakeOnce(IncomingRefund told, CancellationToken ct)
    {
        // Counting the refund takes the order's row until commit, so that refunds of one order come one after the other.
        var counted = await db.Set<Order>().Where(o => o.Number == told.Order).ExecuteUpdateAsync(set => set.SetProperty(o => o.Refunds, o => o.Refunds + 1), ct);
        if (counted == 0) return new Refunded.UnknownOrder();
        var order = await db.Set<Order>().AsNoTracking().SingleAsync(o => o.Number == told.Order, ct);
        if (await Known(order.Id, told, ct) is { } known) throw new NotKept(known);
        var errors = new List<FieldError>();
        for (var i = 0; i < told.Lines.Count; i++)
        {
            var (line, amount) = told.Lines[i];
            var kept = await db.Set<OrderLine>().AsNoTracking().SingleOrDefaultAsync(l => l.Order == order.Id && l.Line == line, ct);
            if (kept is null) errors.Add(new($"lines[{i}].line", "is not a line of this order"));
            else if (amount.Currency != kept.Amount.Currency) errors.Add(new($"lines[{i}].currency", $"must be {kept.Amount.Currency}, as the order is"));
            else if (amount > kept.Amount - kept.Refunded) errors.Add(new($"lines[{i}].amount", $"must not be above {kept.Amount - kept.Refunded}, which is left of the line"));
        }

        if (errors.Count > 0) throw new NotKept(new Refunded.Invalid(errors));
        foreach (var (line, amount) in told.Lines)
        {
            await db.Set<OrderLine>().Where(l => l.Order == order.Id && l.Line == line)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.Refunded.Minor, l => l.Refunded.Minor + amount.Minor), ct);
            db.Add(new OrderRefund { Order = order.Id, Refund = told.Refund, Line = line, Amount = amount, At = told.At });
        }

        db.Record(new OrderRefunded(order.Id, told.Refund, told.At));
        await db.SaveChangesAsync(ct);
        return new Refunded.Kept(order.Id, Again: false);
    }

    private async Task<Refunded?> Known(OrderId order, IncomingRefund told, CancellationToken ct)
    {
        var kept = await db.Set<OrderRefund>().AsNoTracking().Where(r => r.Order == order && r.Refund == told.Refund).OrderBy(r => r.Line).ToListAsync(ct);
        if (kept.Count == 0) return null;
        var differences = Differences(kept, told).ToList();
        return differences.Count == 0 ? new Refunded.Kept(order, Again: true) : new Refunded.Differs(differences);
    }

    private static IEnumerable<FieldError> Differences(List<OrderRefund> kept, IncomingRefund told)
    {
        if (kept[0].At != told.At) yield return new("at", $"was {kept[0].At:O}");
        var lines = told.Lines.OrderBy(l => l.Line).ToList();
        if (!kept.Select(r => r.Line).SequenceEqual(lines.Select(l => l.Line))) yield return new("lines", $"were {string.Join(", ", kept.Select(r => r.Line))}");
        else foreach (var (was, now) in kept.Zip(lines)) if (was.Amount != now.Amount) yield return new($"line {was.Line}", $"was {was.Amount}");
    }

    /// <summary>Leaves the transaction so that it is rolled back, with the answer.</summary>
    private sealed class NotKept(Refunded answer) : Exception
    {
        public Refunded As => answer;
    }
}
