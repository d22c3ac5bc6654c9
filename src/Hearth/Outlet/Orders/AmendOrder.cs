using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>What became of the new words for an order.</summary>
internal abstract record Amended
{
    private Amended() { }

    /// <param name="Lines">The places of its lines, in the order given.</param>
    public sealed record Done(IReadOnlyList<int> Lines) : Amended;

    /// <summary>They would take away what was paid back; nothing was changed.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Amended;
}

/// <summary>
/// Puts newer words of the shop in the place of older ones. A line keeps its place, new ones come after the last. A line of which something was paid back stays, with no less than that.
/// </summary>
internal sealed class AmendOrder(Database db, TimeProvider clock)
{
    /// <summary>Changes the order in the caller's transaction; writes nothing when nothing differs.</summary>
    /// <param name="id">A kept order.</param>
    /// <param name="told">Its number is not changed.</param>
    /// <param name="places">For each line told its place in the order; 0 for a new one.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Amended> Change(OrderId id, IncomingOrder told, IReadOnlyList<int> places, CancellationToken ct)
    {
        var errors = told.Errors(clock.Now()).ToList();
        if (errors.Count > 0) return new Amended.Invalid(errors);

        // Takes the order's row until commit, as refunds do.
        await db.Set<Order>().Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Refunds, o => o.Refunds), ct);
        var order = await db.Set<Order>().AsNoTracking().SingleAsync(o => o.Id == id, ct);
        var kept = await db.Set<OrderLine>().AsNoTracking().Where(l => l.Order == id).OrderBy(l => l.Line).ToDictionaryAsync(l => l.Line, ct);
        var last = kept.Keys.Max();
        var at = places.Select(p => p > 0 ? p : ++last).ToList();
        var currency = told.Lines[0].Amount.Currency;
        for (var i = 0; i < at.Count; i++)
        {
            if (kept.TryGetValue(at[i], out var line) && line.Refunded.Minor > 0 && line.Amount.Currency != currency) errors.Add(new($"lines[{i}].currency", $"must stay {line.Amount.Currency}, since some of it was paid back"));
            else if (kept.ContainsKey(at[i]) && line!.Refunded.Minor > told.Lines[i].Amount.Minor) errors.Add(new($"lines[{i}].amount", $"must not be below {line.Refunded}, which was paid back"));
        }

        var gone = kept.Values.Where(l => !at.Contains(l.Line)).ToList();
        errors.AddRange(gone.Where(l => l.Refunded.Minor > 0).Select(l => new FieldError("lines", $"must still have {l.Sku}, of which {l.Refunded} was paid back")));
        if (errors.Count > 0) return new Amended.Invalid(errors);

        var changed = gone.Count > 0;
        var missing = gone.ConvertAll(l => l.Line);
        if (changed) await db.Set<OrderLine>().Where(l => l.Order == id && missing.Contains(l.Line)).ExecuteDeleteAsync(ct);
        for (var i = 0; i < at.Count; i++)
        {
            var (place, (sku, quantity, amount)) = (at[i], told.Lines[i]);
            sku = sku.Trim();
            if (!kept.TryGetValue(place, out var was)) db.Add(new OrderLine { Order = id, Line = place, Sku = sku, Quantity = quantity, Amount = amount, Refunded = Money.Zero(currency) });
            else if (was.Sku == sku && was.Quantity == quantity && was.Amount == amount) continue;
            else await db.Set<OrderLine>().Where(l => l.Order == id && l.Line == place).ExecuteUpdateAsync(set => set.SetProperty(l => l.Sku, sku).SetProperty(l => l.Quantity, quantity)
                .SetProperty(l => l.Amount.Minor, amount.Minor).SetProperty(l => l.Amount.Currency, currency).SetProperty(l => l.Refunded.Currency, currency), ct);
            changed = true;
        }

        var total = told.Lines.Sum(l => l.Amount.Minor);
        var (code, click, visitor, placed) = (told.Code is { Length: > 0 } c ? ClaimCode.Normal(c) : order.Code, told.Click ?? order.Click, told.Visitor ?? order.Visitor, Time.FromUnixMicroseconds(told.PlacedAt.ToUnixMicroseconds()));
        changed |= (code, click, visitor, placed) != (order.Code, order.Click, order.Visitor, order.PlacedAt);
        if (!changed) return new Amended.Done(at);
        await db.Set<Order>().Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Total.Minor, total).SetProperty(o => o.Total.Currency, currency)
            .SetProperty(o => o.Code, code).SetProperty(o => o.Click, click).SetProperty(o => o.Visitor, visitor).SetProperty(o => o.PlacedAt, placed), ct);
        db.Record(new OrderChanged(id, clock.Now()));
        await db.SaveChangesAsync(ct);
        return new Amended.Done(at);
    }
}
