using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>One line as the shop tells it.</summary>
/// <param name="Sku">The article, 1 to 64 characters.</param>
/// <param name="Quantity">1 to 1,000,000.</param>
/// <param name="Amount">What was paid for the whole line, 0 or more.</param>
public sealed record IncomingLine(string Sku, int Quantity, Money Amount);

/// <summary>An order as the shop tells it.</summary>
/// <param name="Number">The shop's own id, 1 to 100 characters: telling it twice keeps it once.</param>
/// <param name="PlacedAt">When the customer ordered; not more than a day ahead.</param>
/// <param name="Lines">1 to 500, all in one currency.</param>
/// <param name="Code">The claim code that was used; null for none.</param>
/// <param name="Click">The <c>hearth_click</c> the customer came with; null for none.</param>
/// <param name="Visitor">The <c>hearth_v</c> of the customer's browser; null for none.</param>
public sealed record IncomingOrder(string Number, DateTimeOffset PlacedAt, IReadOnlyList<IncomingLine> Lines, string? Code = null, ClickId? Click = null, VisitorId? Visitor = null)
{
    /// <summary>True when a browser tells it and not the shop.</summary>
    internal bool Unverified { get; init; }

    internal IEnumerable<FieldError> Errors(DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Number) || Number.Length > Order.MaxNumber) yield return new("order", $"must have 1 to {Order.MaxNumber} characters");
        if ((Number + Code).Any(char.IsControl)) yield return new("order", "must not contain control characters, nor must the code");
        if (PlacedAt > now.AddDays(1)) yield return new("placedAt", "must not be more than a day ahead");
        if (PlacedAt < DateTimeOffset.UnixEpoch) yield return new("placedAt", "must be after 1970");
        if (Code?.Length > 32) yield return new("code", "must have at most 32 characters");
        if (Lines is not { Count: >= 1 and <= 500 })
        {
            yield return new("lines", "must be 1 to 500");
            yield break;
        }

        for (var i = 0; i < Lines.Count; i++)
        {
            var line = Lines[i];
            if (string.IsNullOrWhiteSpace(line.Sku) || line.Sku.Length > StockItem.MaxSku) yield return new($"lines[{i}].sku", $"must have 1 to {StockItem.MaxSku} characters");
            if (line.Sku?.Any(char.IsControl) == true) yield return new($"lines[{i}].sku", "must not contain control characters");
            if (line.Quantity is < 1 or > 1_000_000) yield return new($"lines[{i}].quantity", "must be from 1 to 1,000,000");
            if (!Money.IsCurrency(line.Amount.Currency)) yield return new($"lines[{i}].currency", "must be three capital letters (ISO 4217)");
            else if (line.Amount.Currency != Lines[0].Amount.Currency) yield return new($"lines[{i}].currency", "must be the same on every line of an order");
            if (line.Amount.Minor is < 0 or > MostMinor) yield return new($"lines[{i}].amount", "must be zero or more; money paid back is told as a refund");
        }
    }

    // Five hundred lines of it still fit in 64 bits, as does any sum a report will see.
    private const long MostMinor = 1_000_000_000_000_000;
}

/// <summary>What became of an order that was told.</summary>
public abstract record Placed
{
    private Placed() { }

    /// <summary>It is kept; <paramref name="Again"/> when it was before, in the same words.</summary>
    public sealed record Kept(OrderId Order, Money Total, bool Again) : Placed;

    /// <summary>An order of this number is kept with other contents; nothing was changed.</summary>
    public sealed record Differs(IReadOnlyList<FieldError> Differences) : Placed;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Placed;
}

/// <summary>Takes an order from the shop, once per number however often it is told. One that only a browser told of takes the words of the shop when they come.</summary>
public sealed class PlaceOrder(Database db, TimeProvider clock)
{
    public async Task<Placed> Take(IncomingOrder told, CancellationToken ct)
    {
        var now = clock.Now();
        var errors = told.Errors(now).ToList();
        if (errors.Count > 0) return new Placed.Invalid(errors);
        told = told with
        {
            Code = string.IsNullOrWhiteSpace(told.Code) ? null : ClaimCode.Normal(told.Code),
            PlacedAt = Time.FromUnixMicroseconds(told.PlacedAt.ToUnixMicroseconds()),
        };
        if (await Known(told, ct) is { } known) return known;

        var total = told.Lines.Aggregate(Money.Zero(told.Lines[0].Amount.Currency), (sum, line) => sum + line.Amount);
        var order = new Order
        {
            Id = OrderId.New(), Number = told.Number, PlacedAt = told.PlacedAt, ReceivedAt = now, Total = total, Code = told.Code, Click = told.Click, Visitor = told.Visitor,
            Unverified = told.Unverified,
        };
        db.Add(order);
        db.AddRange(told.Lines.Select((line, i) => new OrderLine
        {
            Order = order.Id, Line = i + 1, Sku = line.Sku.Trim(), Quantity = line.Quantity, Amount = line.Amount, Refunded = Money.Zero(line.Amount.Currency),
        }));
        db.Record(new OrderPlaced(order.Id, order.Number, order.PlacedAt));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey()) // the same order, told twice at once: ours came second
        {
            db.ChangeTracker.Clear();
            return (await Known(told, ct))!;
        }

        return new Placed.Kept(order.Id, total, Again: false);
    }

    private async Task<Placed?> Known(IncomingOrder told, CancellationToken ct)
    {
        if (await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(o => o.Number == told.Number, ct) is not { } order) return null;
        if (told.Unverified) return new Placed.Kept(order.Id, order.Total, Again: true);
        if (order.Unverified) return await Verify(order.Id, told, ct);
        var lines = await db.Set<OrderLine>().AsNoTracking().Where(l => l.Order == order.Id).OrderBy(l => l.Line).ToListAsync(ct);
        var differences = Differences(order, lines, told).ToList();
        return differences.Count == 0 ? new Placed.Kept(order.Id, order.Total, Again: true) : new Placed.Differs(differences);
    }

    private async Task<Placed?> Verify(OrderId id, IncomingOrder told, CancellationToken ct)
    {
        try
        {
            return await db.InTransaction(async () =>
            {
                var won = await db.Set<Order>().Where(o => o.Id == id && o.Unverified)
                    .ExecuteUpdateAsync(set => set.SetProperty(o => o.Unverified, false).SetProperty(o => o.TiedByPixel, o => o.Click != null || o.Visitor != null), ct);
                if (won == 0) return await Known(told, ct);
                var kept = await db.Set<OrderLine>().AsNoTracking().Where(l => l.Order == id).Select(l => l.Line).ToListAsync(ct);
                if (await new AmendOrder(db, clock).Change(id, told, [.. Enumerable.Range(1, told.Lines.Count).Select(n => kept.Contains(n) ? n : 0)], ct) is Amended.Invalid invalid) throw new NotKept(invalid.Errors);
                return new Placed.Kept(id, told.Lines.Aggregate(Money.Zero(told.Lines[0].Amount.Currency), (sum, line) => sum + line.Amount), Again: false);
            }, ct);
        }
        catch (NotKept e)
        {
            db.Forget();
            return new Placed.Invalid(e.Errors);
        }
    }

    private static IEnumerable<FieldError> Differences(Order order, List<OrderLine> lines, IncomingOrder told)
    {
        if (order.PlacedAt != told.PlacedAt) yield return new("placedAt", $"was {order.PlacedAt:O}");
        if (order.Code != told.Code) yield return new("code", $"was {order.Code ?? "absent"}");
        if (order.Click != told.Click && !(order.TiedByPixel && told.Click is null)) yield return new("click", $"was {order.Click?.Value.ToString() ?? "absent"}");
        if (order.Visitor != told.Visitor && !(order.TiedByPixel && told.Visitor is null)) yield return new("visitor", $"was {order.Visitor?.Value.ToString() ?? "absent"}");
        if (lines.Count != told.Lines.Count) yield return new("lines", $"were {lines.Count}");
        foreach (var (line, now) in lines.Zip(told.Lines))
        {
            var at = $"lines[{line.Line - 1}]";
            if (line.Sku != now.Sku.Trim()) yield return new(at + ".sku", $"was {line.Sku}");
            if (line.Quantity != now.Quantity) yield return new(at + ".quantity", $"was {line.Quantity}");
            if (line.Amount != now.Amount) yield return new(at + ".amount", $"was {line.Amount}");
        }
    }
}
