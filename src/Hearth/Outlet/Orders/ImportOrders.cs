using System.Globalization;
using Hearth.Channels.Files;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>
/// Takes orders from a CSV or JSONL file with a row for each line: order, placed_at, sku, quantity, amount, currency and, if there are any, code, click, visitor.
/// Rows of one order stand together.
/// </summary>
public sealed class ImportOrders(Database db, PlaceOrder place, TimeProvider clock)
{
    internal static readonly string[] Columns = ["order", "placed_at", "sku", "quantity", "amount", "currency"];

    /// <summary>Takes every good order. An order with a bad row is left out whole, each of its rows reported. The same file again adds nothing.</summary>
    /// <param name="file">Read once, forward; not disposed.</param>
    /// <param name="progress">Told the rows read so far, every thousand.</param>
    /// <param name="ct">Stops between orders; what was taken stays, and importing again goes on from there.</param>
    /// <returns>Counts of rows (order lines), so that they add up to the file.</returns>
    /// <exception cref="UnreadableFileException">A column is missing or the file is empty; nothing was taken.</exception>
    public async Task<ImportReport> Run(Stream file, IProgress<long>? progress, CancellationToken ct)
    {
        var tally = new ImportTally(clock, progress);
        var group = new List<Parsed>();
        await foreach (var row in RowReader.Read(file, Columns, ct))
        {
            tally.Row();
            var parsed = row.Error is null ? Parse(row) : new Parsed(row.Line, group.Count > 0 ? group[^1].Order : "", default, null!, null, null, null, row.Error);
            if (group.Count > 0 && group[0].Order != parsed.Order) await Take(group, tally, ct);
            group.Add(parsed);
        }

        await Take(group, tally, ct);
        return tally.Report();
    }

    private async Task Take(List<Parsed> rows, ImportTally tally, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        var bad = rows.Find(r => r.Error is not null);
        if (bad is not null)
        {
            foreach (var row in rows) tally.Reject(row.Line, row.Error ?? $"another row of order {row.Order} (line {bad.Line}) is not good");
        }
        else
        {
            var first = rows[0];
            switch (await place.Take(new(first.Order, first.PlacedAt, [.. rows.Select(r => r.Item)], first.Code, first.Click, first.Visitor), ct))
            {
                case Placed.Kept { Again: false }: tally.Kept += rows.Count; break;
                case Placed.Kept: tally.Repeated += rows.Count; break;
                case Placed.Differs differs: foreach (var row in rows) tally.Reject(row.Line, [new("order", "is known with other contents:"), .. differs.Differences]); break;
                case Placed.Invalid invalid: foreach (var row in rows) tally.Reject(row.Line, invalid.Errors); break;
            }

            db.ChangeTracker.Clear();
        }

        rows.Clear();
    }

    private static Parsed Parse(Row row)
    {
        var order = row["order"]?.Trim() ?? "";
        Parsed Bad(string error) => new(row.Line, order, default, null!, null, null, null, error);
        var currency = row["currency"]?.Trim().ToUpperInvariant();
        if (order.Length == 0) return Bad("order must not be empty");
        if (!Dates.TryParse(row["placed_at"], out var at)) return Bad($"placed_at must be a date and time as 2026-09-01T12:00:00Z, not '{row["placed_at"]}'");
        if (!int.TryParse(row["quantity"], NumberStyles.None, CultureInfo.InvariantCulture, out var quantity)) return Bad($"quantity must be a whole number, not '{row["quantity"]}'");
        if (!Money.IsCurrency(currency)) return Bad($"currency must be three letters (ISO 4217), not '{row["currency"]}'");
        if (!Money.TryParse(row["amount"], currency, out var amount)) return Bad($"amount must be an amount in {currency} with a point, not '{row["amount"]}'");
        if (!Id(row["click"], out var click)) return Bad($"click must be a UUID, not '{row["click"]}'");
        if (!Id(row["visitor"], out var visitor)) return Bad($"visitor must be a UUID, not '{row["visitor"]}'");
        return new(row.Line, order, at, new(row["sku"]?.Trim() ?? "", quantity, amount), row["code"], click is { } c ? new ClickId(c) : null, visitor is { } v ? new VisitorId(v) : null, null);
    }

    private static bool Id(string? text, out Guid? id)
    {
        id = null;
        if (text is null) return true;
        if (!Guid.TryParse(text, out var parsed)) return false;
        id = parsed;
        return true;
    }

    private sealed record Parsed(long Line, string Order, DateTimeOffset PlacedAt, IncomingLine Item, string? Code, ClickId? Click, VisitorId? Visitor, string? Error);
}
