using System.Globalization;
using System.Text.Json;
using Hearth.Channels.Files;
using Hearth.Statistics;

namespace Hearth.Listening.Spikes;

/// <summary>A file of counts over time.</summary>
/// <param name="Name">The file's name without its folder.</param>
/// <param name="Points">In order of time.</param>
public sealed record SeriesFile(string Name, IReadOnlyList<(DateTimeOffset At, double Count)> Points)
{
    /// <summary>Reads a CSV or JSONL file.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="file">Read once; not disposed.</param>
    /// <param name="time">Its column with the moment, in any way that <see cref="PostDates"/> reads.</param>
    /// <param name="value">Its column with the count, 0 or more.</param>
    /// <param name="ct">Stops reading.</param>
    /// <exception cref="UnreadableFileException">A column is missing, or a line cannot be used; the message names it and says why.</exception>
    public static async Task<SeriesFile> Read(string name, Stream file, string time, string value, CancellationToken ct)
    {
        var points = new List<(DateTimeOffset At, double Count)>();
        await foreach (var row in RowReader.Read(file, [time, value], ct))
        {
            if (row.Error is { } error) throw Wrong(row, error);
            if (!PostDates.TryParse(row[time], out var at)) throw Wrong(row, $"{time} is no date and time that can be read: '{row[time]}'");
            if (!double.TryParse(row[value], NumberStyles.Float, CultureInfo.InvariantCulture, out var count) || !double.IsFinite(count) || count < 0) throw Wrong(row, $"{value} must be a number of 0 or more: '{row[value]}'");
            if (points.Count > 0 && at <= points[^1].At) throw Wrong(row, $"{time} must be later than in the line before");
            points.Add((at, count));
        }

        return points.Count > 0 ? new(name, points) : throw new UnreadableFileException($"{name} has no rows.");

        UnreadableFileException Wrong(Row row, string reason) => new($"{name}, line {row.Line}: {reason}.");
    }

    /// <summary>The windows in which people saw something unusual: <c>{"windows": {"folder/NAME.csv": [["2015-03-03 04:37:53", "2015-03-04 13:37:53"]]}}</c>.</summary>
    /// <param name="labels">The text of the file of labels; the folder of a name is left aside.</param>
    /// <exception cref="UnreadableFileException">It is no such JSON, does not name this series, or a window does not begin and end at its points.</exception>
    public NabSeries Labelled(string labels)
    {
        try
        {
            using var json = JsonDocument.Parse(labels);
            var mine = json.RootElement.GetProperty("windows").EnumerateObject().FirstOrDefault(w => w.Name[(w.Name.LastIndexOf('/') + 1)..] == Name);
            if (mine.Value.ValueKind != JsonValueKind.Array) throw new UnreadableFileException($"The labels do not name {Name}.");
            return new(Name, Points.Count, [.. mine.Value.EnumerateArray().Select(w => (Point(w[0].GetString()), Point(w[1].GetString())))]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or ArgumentException)
        {
            throw new UnreadableFileException($"The labels cannot be used for {Name}: {e.Message}");
        }
    }

    private int Point(string? at)
    {
        if (!PostDates.TryParse(at, out var moment)) throw new UnreadableFileException($"The labels of {Name} hold no date and time: '{at}'.");
        for (var n = 0; n < Points.Count; n++) if (Points[n].At == moment) return n;
        throw new UnreadableFileException($"A window of {Name} begins or ends at {at}, where the series has no point.");
    }
}
