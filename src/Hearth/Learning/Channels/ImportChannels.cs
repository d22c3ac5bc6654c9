using System.Globalization;
using Hearth.Channels.Files;
using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.Learning;

/// <summary>Takes channels' figures from a CSV or JSONL file: channel, from, currency, cost, clicks, orders, revenue, new_customers and, if there are any, period (day or week; day unless told) and margin.</summary>
public sealed class ImportChannels(KeepChannels keep, TimeProvider clock)
{
    internal static readonly string[] Columns = ["channel", "from", "currency", "cost", "clicks", "orders", "revenue", "new_customers"];

    private const int AtOnce = 500;

    /// <summary>Takes every good row. The same file again changes nothing.</summary>
    /// <param name="file">Read once, forward; not disposed.</param>
    /// <param name="name">What it is called, as shown beside its figures.</param>
    /// <param name="progress">Told the rows read so far, every thousand.</param>
    /// <param name="ct">Stops between batches; what was taken stays.</param>
    /// <exception cref="UnreadableFileException">A column is missing or the file is empty; nothing was taken.</exception>
    public async Task<ImportReport> Run(Stream file, string name, IProgress<long>? progress, CancellationToken ct)
    {
        var tally = new ImportTally(clock, progress);
        var batch = new List<(long Line, ChannelFigure Figure)>();
        await foreach (var row in RowReader.Read(file, Columns, ct))
        {
            tally.Row();
            if (row.Error is { } error) tally.Reject(row.Line, error);
            else if (Read(row, out var figure) is { Count: > 0 } errors) tally.Reject(row.Line, errors);
            else batch.Add((row.Line, figure));
            if (batch.Count == AtOnce) await Take(batch, name, tally, ct);
        }

        await Take(batch, name, tally, ct);
        return tally.Report();
    }

    private async Task Take(List<(long Line, ChannelFigure Figure)> batch, string name, ImportTally tally, CancellationToken ct)
    {
        foreach (var (outcome, (line, _)) in (await keep.Take(batch.ConvertAll(b => b.Figure), name, ct)).Zip(batch))
        {
            switch (outcome)
            {
                case FigureKept.Kept: tally.Kept++; break;
                case FigureKept.Repeated: tally.Repeated++; break;
                case FigureKept.Refused refused: tally.Reject(line, refused.Errors); break;
            }
        }

        batch.Clear();
    }

    private static List<FieldError> Read(Row row, out ChannelFigure figure)
    {
        var errors = new List<FieldError>();
        var currency = row["currency"]?.Trim().ToUpperInvariant() ?? "";
        if (!Money.IsCurrency(currency)) errors.Add(new("currency", $"must be three letters (ISO 4217), not '{row["currency"]}'"));
        if (!DateOnly.TryParseExact(row["from"]?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)) errors.Add(new("from", $"must be a day like 2026-09-07, not '{row["from"]}'"));
        var period = row["period"]?.Trim().ToLowerInvariant() switch { null or "" or "day" => FigurePeriod.Day, "week" => FigurePeriod.Week, _ => (FigurePeriod?)null };
        if (period is null) errors.Add(new("period", $"must be day or week, not '{row["period"]}'"));
        Money? Amount(string column)
        {
            if (string.IsNullOrWhiteSpace(row[column])) return null;
            if (Money.TryParse(row[column], currency, out var money)) return money;
            errors.Add(new(column, $"must be an amount in {currency} with a point, not '{row[column]}'"));
            return null;
        }

        long? Count(string column)
        {
            if (string.IsNullOrWhiteSpace(row[column])) return null;
            if (long.TryParse(row[column]!.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return count;
            errors.Add(new(column, $"must be a whole number, not '{row[column]}'"));
            return null;
        }

        figure = new(row["channel"]?.Trim().ToLowerInvariant() ?? "", from, period ?? FigurePeriod.Day, currency, Amount("cost"), Count("clicks"), Count("orders"), Amount("revenue"), Amount("margin"), Count("new_customers"));
        return errors;
    }
}
