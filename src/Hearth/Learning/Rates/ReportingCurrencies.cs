using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

/// <summary>A reporting currency with who set it and when.</summary>
/// <param name="Currency">ISO 4217; null for each currency by itself.</param>
/// <param name="ByName">Who set it; null for what the house begins with.</param>
/// <param name="At">When it was set; null for what the house begins with.</param>
public sealed record ReportingCurrency(string? Currency, string? ByName, DateTimeOffset? At);

/// <summary>The one currency that reports can be read in. Changing it changes no order and no line of the ledger.</summary>
public sealed class ReportingCurrencies(Database db, TimeProvider clock)
{
    /// <summary>Newest first; what the house begins with is the last.</summary>
    public async Task<IReadOnlyList<ReportingCurrency>> All(CancellationToken ct) =>
    [
        .. (await db.Set<ReportingCurrencyRow>().AsNoTracking().OrderByDescending(r => r.Number).Take(100).ToListAsync(ct)).Select(r => new ReportingCurrency(r.Currency, r.ByName, r.At)),
        new(null, null, null),
    ];

    /// <summary>Null for each currency by itself.</summary>
    public Task<string?> Now(CancellationToken ct) => db.Set<ReportingCurrencyRow>().AsNoTracking().OrderByDescending(r => r.Number).Select(r => r.Currency).FirstOrDefaultAsync(ct);

    /// <summary>Sets it. What counts already is not set again.</summary>
    /// <param name="currency">ISO 4217; null or empty for each currency by itself.</param>
    /// <param name="by">Who sets it.</param>
    /// <param name="ct">Stops the work; nothing of it is kept.</param>
    /// <returns>What is wrong; empty when it counts.</returns>
    public Task<IReadOnlyList<FieldError>> Set(string? currency, Actor by, CancellationToken ct) => db.InTransaction<IReadOnlyList<FieldError>>(async () =>
    {
        var wanted = string.IsNullOrWhiteSpace(currency) ? null : currency.Trim().ToUpperInvariant();
        if (wanted is not null && !Money.IsCurrency(wanted)) return [new FieldError("currency", "must be three letters (ISO 4217), or empty for each currency by itself")];
        if (await Now(ct) == wanted) return [];
        db.Add(new ReportingCurrencyRow { Currency = wanted, By = by.Id, ByName = by.Name, At = clock.Now() });
        await db.SaveChangesAsync(ct);
        return [];
    }, ct);
}
