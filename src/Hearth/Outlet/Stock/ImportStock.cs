using System.Globalization;
using Hearth.Channels.Files;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>Counts stock from a CSV or JSONL file: sku, title, condition, quantity, list_price, price, currency and, if there are any, counted_at, cost, location, country, arrived_at.</summary>
public sealed class ImportStock(Database db, CountStock count, TimeProvider clock)
{
    internal static readonly string[] Columns = ["sku", "title", "condition", "quantity", "list_price", "price", "currency"];
    private const int Batch = 200;

    /// <summary>Takes every good row; a bad one is reported with its line. The same file again changes nothing.</summary>
    /// <param name="file">Read once, forward; not disposed.</param>
    /// <param name="name">For the ledger: "import:{name}".</param>
    /// <param name="progress">Told the rows read so far, every thousand.</param>
    /// <param name="ct">Stops between batches; what was taken stays, and importing again goes on from there.</param>
    /// <exception cref="UnreadableFileException">A column is missing or the file is empty; nothing was taken.</exception>
    public async Task<ImportReport> Run(Stream file, string name, IProgress<long>? progress, CancellationToken ct)
    {
        var tally = new ImportTally(clock, progress);
        var batch = new List<(long Line, StockCount Count)>(Batch);
        await foreach (var row in RowReader.Read(file, Columns, ct))
        {
            tally.Row();
            if (row.Error is not null) tally.Reject(row.Line, row.Error);
            else if (Parse(row, out var parsed) is { } error) tally.Reject(row.Line, error);
            else batch.Add((row.Line, parsed!));
            if (batch.Count == Batch) await Take(batch, name, tally, ct);
        }

        await Take(batch, name, tally, ct);
        return tally.Report();
    }

    private async Task Take(List<(long Line, StockCount Count)> batch, string name, ImportTally tally, CancellationToken ct)
    {
        var outcomes = await count.Take([.. batch.Select(b => b.Count)], "import:" + name, ct);
        foreach (var ((line, _), outcome) in batch.Zip(outcomes))
        {
            if (outcome is Counted.Kept) tally.Kept++;
            else if (outcome is Counted.Repeated) tally.Repeated++;
            else tally.Reject(line, ((Counted.Refused)outcome).Errors);
        }

        batch.Clear();
        db.ChangeTracker.Clear();
    }

    private static string? Parse(Row row, out StockCount? count)
    {
        count = null;
        var currency = row["currency"]?.Trim().ToUpperInvariant();
        if (!Conditions.TryParse(row["condition"], out var condition)) return $"condition must be one of {Conditions.All}, not '{row["condition"]}'";
        if (!int.TryParse(row["quantity"], NumberStyles.None, CultureInfo.InvariantCulture, out var quantity)) return $"quantity must be a whole number of 0 or more, not '{row["quantity"]}'";
        if (!Money.IsCurrency(currency)) return $"currency must be three letters (ISO 4217), not '{row["currency"]}'";
        if (!Money.TryParse(row["list_price"], currency, out var list)) return $"list_price must be an amount in {currency} with a point, not '{row["list_price"]}'";
        if (!Money.TryParse(row["price"], currency, out var price)) return $"price must be an amount in {currency} with a point, not '{row["price"]}'";
        DateTimeOffset? at = null;
        if (row["counted_at"] is { } text)
        {
            if (!Dates.TryParse(text, out var parsed)) return $"counted_at must be a date and time as 2026-09-01T12:00:00Z, not '{text}'";
            at = parsed;
        }

        Money? cost = null;
        if (!string.IsNullOrWhiteSpace(row["cost"]))
        {
            if (!Money.TryParse(row["cost"], currency, out var paid)) return $"cost must be an amount in {currency} with a point, not '{row["cost"]}'";
            cost = paid;
        }

        DateTimeOffset? arrived = null;
        if (!string.IsNullOrWhiteSpace(row["arrived_at"]))
        {
            if (!Dates.TryParse(row["arrived_at"], out var parsed)) return $"arrived_at must be a date as 2026-09-01, or with a time, not '{row["arrived_at"]}'";
            arrived = parsed;
        }

        count = new(row["sku"]?.Trim() ?? "", row["title"] ?? "", condition, quantity, list, price, at)
        {
            Cost = cost, Location = row["location"], Country = string.IsNullOrWhiteSpace(row["country"]) ? null : row["country"]!.Trim().ToUpperInvariant(), ArrivedAt = arrived,
        };
        return null;
    }
}

/// <summary>Conditions as files and people write them.</summary>
public static class Conditions
{
    public static string All { get; } = "new, refurbished, scratch-and-dent, overstock, returned";

    /// <summary>Case, blanks, dashes and underscores do not matter ("Scratch and Dent", "scratch_and_dent").</summary>
    public static bool TryParse(string? text, out Condition condition)
    {
        condition = default;
        var word = text is null ? "" : new string([.. text.Where(char.IsAsciiLetterOrDigit)]);
        return word.Length > 0 && !char.IsAsciiDigit(word[0]) && Enum.TryParse(word, ignoreCase: true, out condition);
    }
}

internal static class Dates
{
    /// <summary>ISO 8601 with an offset; without one it is UTC.</summary>
    public static bool TryParse(string? text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out at)
        && text![0] is >= '0' and <= '9' && text.Length >= 10 && text[4] == '-';
}
