using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace Hearth.Channels.Files;

/// <summary>What a file of posts is.</summary>
public enum PostFormat
{
    /// <summary>Rows with named columns: CSV or one JSON object a line.</summary>
    Rows,

    /// <summary>Lines of a Jetstream (github.com/bluesky-social/jetstream).</summary>
    Jetstream,

    /// <summary>An archive's <c>outbox.json</c>, or statuses as Mastodon's API gives them, one a line or in an array.</summary>
    Mastodon,
}

/// <summary>A file unpacked (gzip is known by its first bytes) and looked at, to be read from its beginning.</summary>
/// <param name="Source">The bytes, from the first on.</param>
/// <param name="Start">A copy of the first of them.</param>
public sealed record FileStart(Stream Source, byte[] Start) : IAsyncDisposable
{
    private const int Glance = 32 * 1024;

    /// <summary>What is not UTF-8 decodes to <see cref="RowReader.Broken"/>.</summary>
    public static Encoding Decoding { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(RowReader.Broken.ToString()));

    /// <exception cref="UnreadableFileException">The file is empty, or says it is gzip and is not.</exception>
    public static async Task<FileStart> Of(Stream file, CancellationToken ct)
    {
        var pipe = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        var start = await Peek(pipe, ct);
        if (start is [0x1f, 0x8b, ..]) // gzip, RFC 1952 section 2.3.1
        {
            pipe = PipeReader.Create(new GZipStream(pipe.AsStream(), CompressionMode.Decompress), new StreamPipeReaderOptions(bufferSize: 64 * 1024));
            try
            {
                start = await Peek(pipe, ct);
            }
            catch (InvalidDataException e)
            {
                throw new UnreadableFileException("The file begins like gzip but cannot be unpacked: " + e.Message);
            }
        }

        return start.Length == 0 ? throw new UnreadableFileException("The file is empty.") : new(pipe.AsStream(), start);
    }

    /// <summary>The first byte that is no space; 0 when there is none.</summary>
    public byte First => Start.AsSpan().TrimStart([(byte)0xEF, (byte)0xBB, (byte)0xBF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']) is [var first, ..] ? first : (byte)0;

    /// <summary>What the names in the first JSON object say the file is.</summary>
    public PostFormat Guess()
    {
        if (First is not ((byte)'{' or (byte)'[')) return PostFormat.Rows;
        var names = Names(First == '[' ? 2 : 1);
        if (names.Contains("did") && names.Contains("time_us")) return PostFormat.Jetstream;
        var isMastodon = names.Contains("orderedItems") || names.Contains("account") && names.Contains("content") || names.Contains("actor") && names.Contains("object") || names.Contains("attributedTo") && names.Contains("content");
        return isMastodon || First == '[' ? PostFormat.Mastodon : PostFormat.Rows;
    }

    public TextReader Text() => new StreamReader(Source, Decoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true);

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    // The names at the depth, as far as the glance reaches.
    private HashSet<string> Names(int depth)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var json = Start.AsSpan(Start.AsSpan().IndexOf(First));
        var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 64, AllowMultipleValues = true }));
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth) names.Add(reader.GetString()!);
                if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == depth - 1) break;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // what was understood before it broke decides; the reader of the format will say what is wrong
        }

        return names;
    }

    private static async Task<byte[]> Peek(PipeReader pipe, CancellationToken ct)
    {
        var read = await pipe.ReadAtLeastAsync(Glance, ct);
        var start = System.Buffers.BuffersExtensions.ToArray(read.Buffer.Slice(0, Math.Min(Glance, read.Buffer.Length)));
        pipe.AdvanceTo(read.Buffer.Start);
        return start;
    }
}
