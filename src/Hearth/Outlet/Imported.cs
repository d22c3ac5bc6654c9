using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>A row of a file that was not taken, and why.</summary>
/// <param name="Line">Where it begins in the file, from 1.</param>
/// <param name="Reason">As a person would say it, with the column.</param>
public sealed record RejectedRow(long Line, string Reason);

/// <summary>What a file brought.</summary>
/// <param name="Read">Rows read.</param>
/// <param name="Kept">New, or changed something.</param>
/// <param name="Repeated">Known already: nothing changed.</param>
/// <param name="Rejected">Not taken; the first <see cref="MostShown"/> stand in <paramref name="Errors"/>.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Errors">Why, in the order of the file.</param>
public sealed record ImportReport(long Read, long Kept, long Repeated, long Rejected, double Seconds, IReadOnlyList<RejectedRow> Errors)
{
    public const int MostShown = 1000;
}

/// <summary>Counts while a file is read.</summary>
public sealed class ImportTally(TimeProvider clock, IProgress<long>? progress)
{
    private readonly long _began = clock.GetTimestamp();
    private readonly List<RejectedRow> _errors = [];
    private long _read;
    private long _rejected;

    public long Kept { get; set; }

    public long Repeated { get; set; }

    public void Row(int rows = 1)
    {
        _read += rows;
        if (_read / 1000 != (_read - rows) / 1000) progress?.Report(_read);
    }

    public void Reject(long line, string reason)
    {
        _rejected++;
        if (_errors.Count < ImportReport.MostShown) _errors.Add(new(line, reason));
    }

    public void Reject(long line, IEnumerable<FieldError> errors) => Reject(line, string.Join("; ", errors.Select(e => $"{e.Field} {e.Reason}")));

    public ImportReport Report() => new(_read, Kept, Repeated, _rejected, Math.Round(clock.GetElapsedTime(_began).TotalSeconds, 3), [.. _errors.OrderBy(e => e.Line)]);
}
