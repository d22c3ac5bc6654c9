using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

/// <summary>A line of the ledger in another currency than its own.</summary>
/// <param name="Row">As the ledger has it.</param>
/// <param name="Rate">Null when there is none for its day.</param>
/// <param name="Money">Null when there is no rate.</param>
internal sealed record ChangedCredit(CreditRow Row, DayRate? Rate, Money? Money);

/// <summary>Changes the ledger's lines into one currency while they are read; the ledger keeps its own.</summary>
public sealed class ChangeCredits(Database db, ReadRates rates)
{
    /// <summary>All lines of orders placed in the time whose currency is another one.</summary>
    internal async Task<IReadOnlyList<ChangedCredit>> Into(string currency, DateTimeOffset? from, DateTimeOffset? to, CancellationToken ct)
    {
        var rows = await db.Set<CreditRow>().AsNoTracking().Where(c => (from == null || c.PlacedAt >= from) && (to == null || c.PlacedAt < to) && c.Amount.Currency != currency).OrderBy(c => c.Number).ToListAsync(ct);
        var table = await Table(currency, [.. rows.Select(r => (r.Amount.Currency, Day(r.PlacedAt)))], ct);
        return [.. rows.GroupBy(r => r.Order).SelectMany(g => Change(g, table.Find(g.First().Amount.Currency, currency, Day(g.First().PlacedAt))))];
    }

    /// <summary>The rates for these currencies and days.</summary>
    internal async Task<RateTable> Table(string currency, IReadOnlyCollection<(string Currency, DateOnly Day)> asked, CancellationToken ct) =>
        asked.Count == 0 ? new([]) : await rates.Table([.. asked.Select(a => a.Currency).Append(currency).Distinct()], asked.Min(a => a.Day), asked.Max(a => a.Day), ct);

    internal static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    /// <summary>
    /// One order's lines. The order's sum is changed and rounded once: each line is what the rounded running sum grows by, a line's refunds straight after it. So the
    /// lines sum to the order to the minor unit, each is less than one minor unit from its own exact worth, and a line that is paid back whole leaves nothing behind.
    /// </summary>
    internal static IEnumerable<ChangedCredit> Change(IEnumerable<CreditRow> order, DayRate? rate)
    {
        long own = 0, changed = 0;
        var lines = order.OrderBy(r => r.Line).ThenBy(r => r.Refund, StringComparer.Ordinal).ToList();
        if (rate is null || Sums(lines).Any(s => rate.Convert(s) is null)) return lines.Select(r => new ChangedCredit(r, null, null));
        return [.. lines.Select(r =>
        {
            var before = changed;
            changed = rate.Convert(own += r.Amount.Minor)!.Value.Minor;
            return new ChangedCredit(r, rate, new Money(changed - before, rate.To));
        })];
    }

    private static IEnumerable<long> Sums(IEnumerable<CreditRow> lines)
    {
        long sum = 0;
        foreach (var line in lines) yield return sum += line.Amount.Minor;
    }
}
