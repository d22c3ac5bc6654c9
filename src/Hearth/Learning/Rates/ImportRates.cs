using System.Globalization;
using Hearth.Channels.Files;
using Hearth.Outlet;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Learning;

/// <summary>A rate that a file changed.</summary>
/// <param name="Day">Its day.</param>
/// <param name="Base">One unit of it.</param>
/// <param name="Quote">What it is told in.</param>
/// <param name="Was">The rate before.</param>
/// <param name="Rate">The rate now.</param>
public sealed record RateChange(DateOnly Day, string Base, string Quote, decimal Was, decimal Rate);

/// <summary>What a file of rates brought.</summary>
/// <param name="Read">Rows read.</param>
/// <param name="Kept">Rates that are new; 0 when a row is bad.</param>
/// <param name="Changed">Rates that replaced another; 0 when a row is bad.</param>
/// <param name="Repeated">Rates that were known already.</param>
/// <param name="Rejected">Bad rows; when there is one, nothing of the file is kept.</param>
/// <param name="Changes">Of the changed, the first <see cref="ImportReport.MostShown"/> by day.</param>
/// <param name="Errors">Why, the first <see cref="ImportReport.MostShown"/> in the order of the file.</param>
public sealed record RatesReport(long Read, long Kept, long Changed, long Repeated, long Rejected, IReadOnlyList<RateChange> Changes, IReadOnlyList<RejectedRow> Errors);

/// <summary>
/// Takes exchange rates from a CSV file: either a row for each rate (day, base, quote, rate) or the history as the European Central Bank publishes it
/// (Date, then a column for each currency; the base is EUR; N/A where there is none). A file goes in whole or not at all.
/// </summary>
public sealed class ImportRates(Database db, TimeProvider clock)
{
    /// <summary>Most rates of one file.</summary>
    public const int MaxRates = 1_000_000;

    private static readonly string[] Columns = ["day", "base", "quote", "rate"];
    private static readonly DateOnly First = new(1990, 1, 1);
    private const decimal Least = 0.00000001m;
    private const decimal Most = 100_000_000m;
    private const int MaxDigits = 12;
    private const long RatesLock = 0x5241544553000001; // "RATES", 1

    /// <summary>Takes every rate, or none when a row is bad. The same file again changes nothing.</summary>
    /// <param name="file">Read once, forward; not disposed.</param>
    /// <param name="name">What it is called, as shown beside its rates.</param>
    /// <param name="ct">Stops the work; nothing of it is kept.</param>
    /// <exception cref="UnreadableFileException">It has neither shape, is empty or too long; nothing was taken.</exception>
    public async Task<RatesReport> Run(Stream file, string name, CancellationToken ct)
    {
        var tally = new ImportTally(clock, null);
        var told = new Dictionary<(string Base, string Quote, DateOnly Day), (decimal Rate, long Line)>();
        var twice = 0;
        string[]? currencies = null;
        await foreach (var row in RowReader.Read(file, [], ct))
        {
            tally.Row();
            if (row.Error is { } error)
            {
                tally.Reject(row.Line, error);
                continue;
            }

            currencies ??= Shape(row);
            var errors = new List<FieldError>();
            foreach (var (from, to, day, field, rate) in currencies.Length == 0 ? Own(row, errors) : Published(row, currencies, errors))
            {
                if (told.TryAdd((from, to, day), (rate, row.Line))) continue;
                if (told[(from, to, day)] is var before && before.Rate == rate) twice++;
                else errors.Add(new(field, $"is {Plain(rate)}, and {Plain(before.Rate)} for the same day and currencies on line {before.Line}"));
            }

            if (errors.Count > 0) tally.Reject(row.Line, errors);
            if (told.Count > MaxRates) throw new UnreadableFileException($"The file has more than {MaxRates:N0} rates; split it.");
        }

        var read = tally.Report();
        if (read.Rejected > 0 || told.Count == 0) return new(read.Read, 0, 0, 0, read.Rejected, [], read.Errors);
        var (kept, changes) = await Keep(told, name.Length > 200 ? name[..200] : name, ct);
        return new(read.Read, kept, changes.Count, told.Count - kept - changes.Count + twice, 0, [.. changes.Take(ImportReport.MostShown)], []);
    }

    private Task<(int Kept, List<RateChange> Changes)> Keep(Dictionary<(string Base, string Quote, DateOnly Day), (decimal Rate, long Line)> told, string source, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (db.Kind == DatabaseKind.Postgres) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({RatesLock})", ct); // one writer, so that two files with the same rates do not meet
        var (from, to) = (DateRange.Start(told.Keys.Min(k => k.Day))!.Value, DateRange.Start(told.Keys.Max(k => k.Day))!.Value);
        var bases = told.Keys.Select(k => k.Base).Distinct().ToList();
        var known = (await db.Set<RateRow>().AsNoTracking().Where(r => r.Day >= from && r.Day <= to && bases.Contains(r.Base)).ToListAsync(ct)).ToDictionary(r => (r.Base, r.Quote, DateOnly.FromDateTime(r.Day.UtcDateTime)));
        var at = clock.Now();
        var fresh = new List<RateRow>();
        var changes = new List<RateChange>();
        foreach (var (key, (rate, _)) in told.OrderBy(t => t.Key.Day).ThenBy(t => t.Key.Base, StringComparer.Ordinal).ThenBy(t => t.Key.Quote, StringComparer.Ordinal))
        {
            if (!known.TryGetValue(key, out var row))
            {
                fresh.Add(new() { Base = key.Base, Quote = key.Quote, Day = DateRange.Start(key.Day)!.Value, Rate = rate, Source = source, At = at });
            }
            else if (row.Rate != rate)
            {
                changes.Add(new(key.Day, key.Base, key.Quote, row.Rate, rate));
                (row.Rate, row.Source, row.At) = (rate, source, at);
                db.Update(row);
            }
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        await db.InsertAll(fresh, ct);
        return (fresh.Count, changes);
    }, ct);

    // The currencies of the bank's shape; none for the shape of our own.
    private static string[] Shape(Row row)
    {
        if (Columns.All(c => row.Columns.Contains(c, StringComparer.OrdinalIgnoreCase))) return [];
        if (!row.Columns.Contains("Date", StringComparer.OrdinalIgnoreCase)) throw new UnreadableFileException($"The file has neither the columns day, base, quote, rate nor Date and currencies. It has: {string.Join(", ", row.Columns)}.");
        var currencies = row.Columns.Where(c => c.Length > 0 && !string.Equals(c, "Date", StringComparison.OrdinalIgnoreCase)).ToArray(); // the bank ends each line with a comma
        if (currencies.Length == 0) throw new UnreadableFileException("The file has the column Date and no currency beside it.");
        return Array.Find(currencies, c => !Money.IsCurrency(c) || c == "EUR") is { } odd ? throw new UnreadableFileException($"Column '{odd}' is no currency that EUR is told in.") : currencies;
    }

    private IEnumerable<(string Base, string Quote, DateOnly Day, string Field, decimal Rate)> Own(Row row, List<FieldError> errors)
    {
        var day = Day(row, "day", errors);
        var (from, to) = (Currency(row, "base", errors), Currency(row, "quote", errors));
        if (from is not null && from == to) errors.Add(new("quote", "must not be the base itself"));
        var rate = Rate(row, "rate", "", errors);
        if (errors.Count == 0) yield return (from!, to!, day!.Value, "rate", rate!.Value);
    }

    private IEnumerable<(string Base, string Quote, DateOnly Day, string Field, decimal Rate)> Published(Row row, string[] currencies, List<FieldError> errors)
    {
        var day = Day(row, "Date", errors);
        foreach (var currency in currencies)
        {
            if (row[currency]?.Trim() is not "N/A" && Rate(row, currency, " or N/A", errors) is { } rate && day is { } d) yield return ("EUR", currency, d, currency, rate);
        }
    }

    private DateOnly? Day(Row row, string field, List<FieldError> errors)
    {
        if (!DateOnly.TryParseExact(row[field]?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) errors.Add(new(field, $"must be a day like 2026-09-07, not '{row[field]}'"));
        else if (day < First || day > DateOnly.FromDateTime(clock.Now().UtcDateTime).AddDays(1)) errors.Add(new(field, $"must be a day since {First:yyyy-MM-dd} that is not in the future, not '{row[field]}'"));
        else return day;
        return null;
    }

    private static string? Currency(Row row, string field, List<FieldError> errors)
    {
        if (row[field]?.Trim().ToUpperInvariant() is { } currency && Money.IsCurrency(currency)) return currency;
        errors.Add(new(field, $"must be three letters (ISO 4217), not '{row[field]}'"));
        return null;
    }

    private static decimal? Rate(Row row, string field, string other, List<FieldError> errors)
    {
        if (decimal.TryParse(row[field]?.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= Least and <= Most && decimal.Round(rate, MaxDigits) == rate) return rate;
        errors.Add(new(field, $"must be a number from {Least} to {Most:N0} with a point and at most {MaxDigits} digits after it{other}, not '{row[field]}'"));
        return null;
    }

    private static string Plain(decimal rate) => rate.ToString(CultureInfo.InvariantCulture);
}
