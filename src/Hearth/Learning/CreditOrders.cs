using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

/// <summary>A line of the credit ledger as stored.</summary>
internal sealed class CreditRow
{
    /// <summary>Given by the database; orders rows of one instant.</summary>
    public long Number { get; private set; }

    public required OrderId Order { get; init; }

    public required int Line { get; init; }

    /// <summary>Empty for the sale itself.</summary>
    public required string Refund { get; init; }

    public required string Sku { get; init; }

    public required Money Amount { get; init; }

    public required CreditKind Kind { get; init; }

    public OfferId? Offer { get; init; }

    public required CreditBasis Basis { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public int Generation { get; init; }

    public CreditEntry Entry => new(Order, Line, Refund.Length == 0 ? null : Refund, Sku, Amount, Kind, Offer, Basis, PlacedAt, Generation);
}

/// <summary>A touch that counts for an order; what the models share out.</summary>
internal sealed record TouchRow
{
    public required OrderId Order { get; init; }

    /// <summary>From 1, first to last.</summary>
    public required int Position { get; init; }

    public required OfferId Offer { get; init; }

    public required DateTimeOffset At { get; init; }

    public required TouchWay Way { get; init; }

    public required int Generation { get; init; }

    /// <summary>The one the ledger gives the order to.</summary>
    public required bool IsCause { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }
}

/// <summary>
/// Keeps the credit ledger equal to what <see cref="Credit"/> makes of the orders, clicks and claims that are known. Whatever comes, in whatever order, the
/// whole journeys it belongs to are worked out again and their rows replaced where they differ, so the last word is the same each time.
/// </summary>
internal sealed class CreditOrders(Database db, ReadJourney journeys, CreditPolicies policies)
    : IHandle<OrderPlaced>, IHandle<OrderChanged>, IHandle<OrderRefunded>, IHandle<UnitClaimed>, IHandle<PastClickAdded>, IHandleTogether
{
    public Task Handle(OrderPlaced fact, CancellationToken ct) => Handle([fact], ct);

    public Task Handle(OrderChanged fact, CancellationToken ct) => Handle([fact], ct);

    public Task Handle(OrderRefunded fact, CancellationToken ct) => Handle([fact], ct);

    public Task Handle(UnitClaimed fact, CancellationToken ct) => Handle([fact], ct);

    public Task Handle(PastClickAdded fact, CancellationToken ct) => Handle([fact], ct);

    public async Task Handle(IReadOnlyList<IFact> facts, CancellationToken ct)
    {
        await Alone(ct);
        var orders = facts.Select(f => f switch { OrderPlaced p => p.Order, OrderChanged c => c.Order, OrderRefunded r => r.Order, _ => (OrderId?)null }).OfType<OrderId>().ToList();
        var visitors = facts.Select(f => f switch { UnitClaimed c => c.Visitor, PastClickAdded c => c.Visitor, _ => (VisitorId?)null }).OfType<VisitorId>().ToList();
        var naming = await journeys.Naming([.. facts.OfType<PastClickAdded>().Select(c => c.Click)], ct);
        await Count([.. orders.Concat(naming).Distinct()], visitors, ct);
    }

    /// <summary>Works out anew what these orders' browsers ordered, and these browsers, alone; call it in a transaction.</summary>
    internal async Task Count(IReadOnlyCollection<OrderId> orders, IReadOnlyCollection<VisitorId> visitors, CancellationToken ct)
    {
        await Alone(ct);
        await Store(await journeys.Of(orders, visitors, ct), ct);
    }

    // Facts of two orders of one visitor may be handled at once by two nodes; one of them could then write what it read before the other's order was there.
    // One writer of the ledger at a time: who comes second reads after the first has committed. SQLite has one writer anyway.
    internal async Task Alone(CancellationToken ct)
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LedgerLock})", ct);
    }

    private const long LedgerLock = 0x4C45444745520001; // "LEDGER", 1

    private async Task Store(IReadOnlyList<Journey> journeys, CancellationToken ct)
    {
        var orders = journeys.SelectMany(j => j.Orders).Select(o => o.Id).ToList();
        if (orders.Count == 0) return;
        var stored = (await db.Set<CreditRow>().AsNoTracking().Where(c => orders.Contains(c.Order)).ToListAsync(ct)).ToDictionary(c => c.Entry);
        var policy = await policies.Now(ct); // read once we are alone: whoever changes it counts all orders again after us
        var wanted = journeys.SelectMany(j => Credit.Of(j, policy)).ToHashSet();
        var gone = stored.Where(s => !wanted.Contains(s.Key)).Select(s => s.Value.Number).ToList();
        if (gone.Count > 0) await db.Set<CreditRow>().Where(c => gone.Contains(c.Number)).ExecuteDeleteAsync(ct);
        db.AddRange(wanted.Where(w => !stored.ContainsKey(w)).Select(w => new CreditRow
        {
            Order = w.Order, Line = w.Line, Refund = w.Refund ?? "", Sku = w.Sku, Amount = w.Amount, Kind = w.Kind, Offer = w.Offer, Basis = w.Basis, PlacedAt = w.PlacedAt, Generation = w.Generation,
        }));
        await StoreTouches(orders, journeys.SelectMany(j => j.Orders.SelectMany(o => Touches(Credit.Path(o, j.Touches, policy)))).ToHashSet(), ct);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private async Task StoreTouches(List<OrderId> orders, HashSet<TouchRow> wanted, CancellationToken ct)
    {
        var stored = (await db.Set<TouchRow>().AsNoTracking().Where(t => orders.Contains(t.Order)).ToListAsync(ct)).ToHashSet();
        var changed = stored.Except(wanted).Concat(wanted.Except(stored)).Select(t => t.Order).ToHashSet();
        if (changed.Count == 0) return;
        await db.Set<TouchRow>().Where(t => changed.Contains(t.Order)).ExecuteDeleteAsync(ct);
        await db.InsertAll([.. wanted.Where(w => changed.Contains(w.Order))], ct);
    }

    private static IEnumerable<TouchRow> Touches(CreditPath path) => path.Touches.Select((t, i) => new TouchRow
    {
        Order = path.Order, Position = i + 1, Offer = t.Offer, At = t.At, Way = TouchWays.Of(t), Generation = t.Generation, IsCause = t.Kind == path.Cause?.Kind && t.Source == path.Cause.Source, PlacedAt = path.PlacedAt,
    });
}
