using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;

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
        var (source, isJson) = await Open(file, ct);
        await using (source)
        {
            using var text = new StreamReader(source, Decoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true);
            var lines = new CharSource(text);
            foreach (var row in isJson ? JsonRows.Read(lines, required) : CsvRows.Read(lines, required))
            {
                ct.ThrowIfCancellationRequested();
                yield return row;
            }
        }
    }

    internal static UnreadableFileException Missing(IEnumerable<string> missing, IEnumerable<string> there) => new(
        $"Column {string.Join(", ", missing.Select(m => $"'{m}'"))} is not in the file. It has: {string.Join(", ", there)}.");

    private static Encoding Decoding { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(Broken.ToString()));

    private static async Task<(Stream Source, bool IsJson)> Open(Stream file, CancellationToken ct)
    {
        var pipe = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        var start = await Peek(pipe, ct);
        if (start is [0x1f, 0x8b, ..]) // gzip, RFC 1952 section 2.3.1
        {
            pipe = PipeReader.Create(new GZipStream(pipe.AsStream(), CompressionMode.Decompress));
            try
            {
                start = await Peek(pipe, ct);
            }
            catch (InvalidDataException e)
            {
                throw new UnreadableFileException("The file begins like gzip but cannot be unpacked: " + e.Message);
            }
        }

        if (start.Length == 0) throw new UnreadableFileException("The file is empty.");
        var first = start.AsSpan().TrimStart([(byte)0xEF, (byte)0xBB, (byte)0xBF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']);
        return (pipe.AsStream(), first is [(byte)'{', ..]);
    }

    private static async Task<byte[]> Peek(PipeReader pipe, CancellationToken ct)
    {
        var read = await pipe.ReadAtLeastAsync(16, ct);
        var bytes = read.Buffer.Slice(0, Math.Min(16, read.Buffer.Length));
        var start = System.Buffers.BuffersExtensions.ToArray(bytes);
        pipe.AdvanceTo(read.Buffer.Start);
        return start;
    }
}
