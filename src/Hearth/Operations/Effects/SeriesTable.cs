using System.Globalization;
using Hearth.Channels.Files;
using Hearth.Listening;

namespace Hearth.Operations.Effects;

/// <summary>Numbers over time from a file: a moment a row, a column a series.</summary>
/// <param name="Moments">As the file has them, in order.</param>
/// <param name="Columns">The numbers of each column that was asked for; NaN where the file is empty.</param>
public sealed record SeriesTable(IReadOnlyList<string> Moments, IReadOnlyDictionary<string, double[]> Columns)
{
    /// <summary>Reads a CSV or JSONL file.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="file">Read once; not disposed.</param>
    /// <param name="date">Its column with the moment: all of them numbers, or all dates.</param>
    /// <param name="columns">Its columns with numbers.</param>
    /// <param name="ct">Stops reading.</param>
    /// <exception cref="UnreadableFileException">A column is missing, or a line cannot be used; the message names it and says why.</exception>
    public static async Task<SeriesTable> Read(string name, Stream file, string date, IReadOnlyCollection<string> columns, CancellationToken ct)
    {
        var (moments, keys) = (new List<string>(), new List<double>());
        var numbers = columns.Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(c => c, _ => new List<double>(), StringComparer.OrdinalIgnoreCase);
        await foreach (var row in RowReader.Read(file, [date, .. numbers.Keys], ct))
        {
            if (row.Error is { } error) throw Wrong(row, error);
            if (row[date] is not { } moment) throw Wrong(row, $"{date} is empty");
            if (Moment(moment) is not { } key) throw Wrong(row, $"{date} is neither a number nor a date: '{moment}'");
            if (keys.Count > 0 && key <= keys[^1]) throw Wrong(row, $"{date} must be later than in the line before: '{moment}' after '{moments[^1]}'");
            moments.Add(moment);
            keys.Add(key);
            foreach (var (column, into) in numbers) into.Add(Number(row, column));
        }

        return moments.Count > 0 ? new(moments, numbers.ToDictionary(n => n.Key, n => n.Value.ToArray(), StringComparer.OrdinalIgnoreCase)) : throw new UnreadableFileException($"{name} has no rows.");

        UnreadableFileException Wrong(Row row, string reason) => new($"{name}, line {row.Line}: {reason}.");

        double Number(Row row, string column)
        {
            if (row[column] is not { } text || text.Trim().ToUpperInvariant() is "NA" or "NAN") return double.NaN;
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : throw Wrong(row, $"{column} is no number: '{text}'");
        }
    }

    /// <summary>The first row at this moment or after it.</summary>
    /// <exception cref="UnreadableFileException">It is no moment, or no row is that late.</exception>
    public int From(string moment)
    {
        if (Moment(moment) is not { } key) throw new UnreadableFileException($"'{moment}' is neither a number nor a date.");
        if (IsNumber(moment) != IsNumber(Moments[0])) throw new UnreadableFileException($"'{moment}' is a {(IsNumber(moment) ? "number" : "date")}, but the rows have moments like '{Moments[0]}'.");
        for (var i = 0; i < Moments.Count; i++) if (Moment(Moments[i]) >= key) return i;
        throw new UnreadableFileException($"No row is at {moment} or later; the last is {Moments[^1]}.");
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>A number, or the seconds of a date; what can be compared.</summary>
    internal static double? Moment(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : PostDates.TryParse(text, out var at) ? at.ToUnixTimeMilliseconds() / 1000.0
        : null;
}
