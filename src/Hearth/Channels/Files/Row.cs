namespace Hearth.Channels.Files;

/// <summary>One row of a file: either its values, or why it was refused.</summary>
public sealed class Row
{
    private readonly IReadOnlyDictionary<string, int> _columns;
    private readonly string?[] _values;

    internal Row(long line, IReadOnlyDictionary<string, int> columns, string?[] values, string? error = null) =>
        (Line, _columns, _values, Error) = (line, columns, values, error);

    internal static Row Refused(long line, string error) => new(line, new Dictionary<string, int>(StringComparer.Ordinal), [], error);

    /// <summary>The line the row starts on; 1 is the first line of the file, and a quoted field may span several.</summary>
    public long Line { get; }

    /// <summary>Why the row cannot be used, as a person would say it; null when it can.</summary>
    public string? Error { get; }

    /// <summary>The value of a column; null when the row has none or it is empty.</summary>
    public string? this[string column] => _columns.TryGetValue(column, out var i) && i < _values.Length && _values[i] is { Length: > 0 } value ? value : null;

    public IEnumerable<string> Columns => _columns.Keys;
}

/// <summary>The file as a whole cannot be used; the message says why and what to do.</summary>
public sealed class UnreadableFileException(string message) : Exception(message);
