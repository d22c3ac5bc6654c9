using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

/// <summary>A policy that was set; the newest counts, the others stay as the record of who changed what.</summary>
internal sealed class CreditPolicyRow
{
    /// <summary>Given by the database; the highest counts.</summary>
    public long Number { get; private set; }

    public required int WindowDays { get; init; }

    public required int HalfLifeDays { get; init; }

    public required UserId By { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A policy with who set it and when.</summary>
/// <param name="WindowDays">How many days coming by an offer counts, 1 to 365.</param>
/// <param name="HalfLifeDays">After how many days a touch counts half by the time decay, 1 to 365.</param>
/// <param name="ByName">Who set it; null for what the house begins with.</param>
/// <param name="At">When it was set; null for what the house begins with.</param>
public sealed record CreditPolicyView(int WindowDays, int HalfLifeDays, string? ByName, DateTimeOffset? At);

/// <summary>The brand's credit policy. Changing it changes no order, click or claim: the ledger is counted again from them.</summary>
public sealed class CreditPolicies(Database db, TimeProvider clock)
{
    public const int MaxDays = 365;

    /// <summary>Newest first; what the house begins with is the last.</summary>
    public async Task<IReadOnlyList<CreditPolicyView>> All(CancellationToken ct) =>
    [
        .. (await db.Set<CreditPolicyRow>().AsNoTracking().OrderByDescending(p => p.Number).Take(100).ToListAsync(ct)).Select(p => new CreditPolicyView(p.WindowDays, p.HalfLifeDays, p.ByName, p.At)),
        new((int)CreditPolicy.Default.Window.TotalDays, (int)CreditPolicy.Default.HalfLife.TotalDays, null, null),
    ];

    public async Task<CreditPolicy> Now(CancellationToken ct) => await Newest(ct) is { } row ? new(TimeSpan.FromDays(row.WindowDays), TimeSpan.FromDays(row.HalfLifeDays)) : CreditPolicy.Default;

    /// <summary>Sets it. What counts already is not set again.</summary>
    /// <returns>What is wrong; empty when it counts.</returns>
    public Task<IReadOnlyList<FieldError>> Set(int windowDays, int halfLifeDays, Actor by, CancellationToken ct) => db.InTransaction<IReadOnlyList<FieldError>>(async () =>
    {
        var errors = new List<FieldError>();
        if (windowDays is < 1 or > MaxDays) errors.Add(new("windowDays", $"must be 1 to {MaxDays}"));
        if (halfLifeDays is < 1 or > MaxDays) errors.Add(new("halfLifeDays", $"must be 1 to {MaxDays}"));
        if (errors.Count > 0 || await Now(ct) == new CreditPolicy(TimeSpan.FromDays(windowDays), TimeSpan.FromDays(halfLifeDays))) return errors;
        db.Add(new CreditPolicyRow { WindowDays = windowDays, HalfLifeDays = halfLifeDays, By = by.Id, ByName = by.Name, At = clock.Now() });
        await db.SaveChangesAsync(ct);
        return errors;
    }, ct);

    /// <summary>False while orders are left to be counted by the policy that holds now.</summary>
    public async Task<bool> IsCounted(CancellationToken ct) =>
        await db.Set<LedgerState>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == 1, ct) is { } state && (state.Policy, state.Method) == (await Number(ct), RecountLedger.Method);

    internal async Task<long> Number(CancellationToken ct) => await Newest(ct) is { } row ? row.Number : 0;

    private Task<CreditPolicyRow?> Newest(CancellationToken ct) => db.Set<CreditPolicyRow>().AsNoTracking().OrderByDescending(p => p.Number).FirstOrDefaultAsync(ct);
}
