namespace Hearth.Channels.Files;

/// <summary>
/// Streams the rows of a CSV (comma, semicolon or tab; RFC 4180 quoting) or JSONL file, gzipped or not, told apart by their first bytes. Memory stays
/// flat however long the file: one row is held at a time and none may exceed <see cref="MaxField"/> a field.
/// </summary>
/// <remarks>
/// The CSV grammar is read here and not by a library because a row that is too long or not UTF-8 must be refused by its line while the rows after it go in.
/// </remarks>
public static class RowReader
{
    /// <summary>Longest field of a CSV row and longest line of a JSONL file, in UTF-16 characters.</summary>
    public const int MaxField = 1 << 20;

    /// <summary>What a byte sequence that is no UTF-8 is decoded to: a noncharacter, which no honest text holds (Unicode 16, section 23.7).</summary>
    internal const char Broken = '\uFFFF';

    /// <summary>Reads rows until the end; a row that cannot be used comes with its <see cref="Row.Error"/>.</summary>
    /// <param name="file">Read once, forward only; not disposed.</param>
    /// <param name="required">Columns without which the file makes no sense.</param>
    /// <param name="ct">Stops reading between rows.</param>
    /// <exception cref="UnreadableFileException">A required column is missing (the message lists what is there), or the file is empty.</exception>
    public static async IAsyncEnumerable<Row> Read(Stream file, IReadOnlyCollection<string> required, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        await using var start = await FileStart.Of(file, ct);
        await foreach (var row in Read(start, required, ct)) yield return row;
    }

    /// <summary>Reads a file that was looked at already.</summary>
    public static async IAsyncEnumerable<Row> Read(FileStart start, IReadOnlyCollection<string> required, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        using var text = start.Text();
        var lines = new CharSource(text);
        foreach (var row in start.First == '{' ? JsonRows.Read(lines, required) : CsvRows.Read(lines, required))
        {
            ct.ThrowIfCancellationRequested();
            yield return row;
        }

        await Task.CompletedTask;
    }

    internal static UnreadableFileException Missing(IEnumerable<string> missing, IEnumerable<string> there) => new(
        $"Column {string.Join(", ", missing.Select(m => $"'{m}'"))} is not in the file. It has: {string.Join(", ", there)}.");
}
