using System.Globalization;
using Hearth.Channels.Files;

namespace Hearth.Operations.Effects;

/// <summary>Numbers of several units over time from a file with one row for each unit and moment.</summary>
/// <param name="Moments">In order; all units have all of them.</param>
/// <param name="Units">Their numbers, in the order of <paramref name="Moments"/>; the units in the order of their first row.</param>
public sealed record PanelTable(IReadOnlyList<string> Moments, IReadOnlyList<(string Unit, double[] Values)> Units)
{
    /// <summary>Reads a CSV or JSONL file, its rows in any order.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="file">Read once; not disposed.</param>
    /// <param name="unit">Its column with the unit's name.</param>
    /// <param name="time">Its column with the moment: all of them numbers, or all dates.</param>
    /// <param name="outcome">Its column with the number.</param>
    /// <param name="ct">Stops reading.</param>
    /// <exception cref="UnreadableFileException">A column is missing, a line cannot be used, or a unit lacks a moment that others have; the message names it.</exception>
    public static async Task<PanelTable> Read(string name, Stream file, string unit, string time, string outcome, CancellationToken ct)
    {
        var units = new List<(string Unit, Dictionary<double, double> At)>();
        var moments = new SortedDictionary<double, string>();
        await foreach (var row in RowReader.Read(file, [unit, time, outcome], ct))
        {
            if (row.Error is { } error) throw Wrong(row, error);
            if (row[unit] is not { } named) throw Wrong(row, $"{unit} is empty");
            if (row[time] is not { } moment || SeriesTable.Moment(moment) is not { } key) throw Wrong(row, $"{time} is neither a number nor a date: '{row[time]}'");
            if (!double.TryParse(row[outcome], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) throw Wrong(row, $"{outcome} is no number: '{row[outcome]}'");
            if (units.Find(u => u.Unit == named).At is not { } at) units.Add((named, at = []));
            if (!at.TryAdd(key, number)) throw Wrong(row, $"{named} has {moment} twice");
            moments.TryAdd(key, moment);
        }

        if (units.Count == 0) throw new UnreadableFileException($"{name} has no rows.");
        foreach (var (named, at) in units)
        {
            if (moments.FirstOrDefault(m => !at.ContainsKey(m.Key)) is { Value: { } lacks }) throw new UnreadableFileException($"{name}: {named} has no row at {lacks}; all units need the same moments.");
        }

        return new([.. moments.Values], [.. units.Select(u => (u.Unit, moments.Keys.Select(m => u.At[m]).ToArray()))]);

        UnreadableFileException Wrong(Row row, string reason) => new($"{name}, line {row.Line}: {reason}.");
    }

    /// <summary>The first moment that is this one or after it.</summary>
    /// <exception cref="UnreadableFileException">It is no moment, or none is that late.</exception>
    public int From(string moment) => new SeriesTable(Moments, new Dictionary<string, double[]>(StringComparer.Ordinal)).From(moment);
}
