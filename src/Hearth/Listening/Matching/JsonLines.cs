using System.IO.Compression;

namespace Hearth.Listening.Matching;

/// <summary>One line of a file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Bytes">Without its end; valid until the next one is read. Empty when it is too long.</param>
/// <param name="IsTooLong">It has more than <see cref="JsonLines.MaxLength"/> bytes.</param>
internal readonly record struct Line(long Number, ReadOnlyMemory<byte> Bytes, bool IsTooLong);

/// <summary>The lines of a file, gzipped or not, that are not blank. Memory stays flat.</summary>
internal static class JsonLines
{
    /// <summary>Longest line, in bytes.</summary>
    public const int MaxLength = 1 << 22;

    /// <exception cref="InvalidDataException">It begins like gzip and is none.</exception>
    public static IEnumerable<Line> Read(Stream file)
    {
        var buffer = new byte[1 << 16];
        var filled = file.ReadAtLeast(buffer, 3, throwOnEndOfStream: false);
        if (buffer.AsSpan(0, filled) is [0x1f, 0x8b, ..]) // gzip, RFC 1952 section 2.3.1
        {
            file = new GZipStream(new Rest(buffer[..filled], file), CompressionMode.Decompress);
            filled = file.ReadAtLeast(buffer, 3, throwOnEndOfStream: false);
        }

        var (at, number, tooLong) = (buffer.AsSpan(0, filled).StartsWith([(byte)0xEF, (byte)0xBB, (byte)0xBF]) ? 3 : 0, 1L, false);
        while (true)
        {
            var end = buffer.AsSpan(at, filled - at).IndexOf((byte)'\n');
            if (end >= 0)
            {
                if (LineOf(buffer, at, end, number, tooLong) is { } line) yield return line;
                (at, number, tooLong) = (at + end + 1, number + 1, false);
                continue;
            }

            buffer.AsSpan(at, filled - at).CopyTo(buffer);
            (filled, at) = (filled - at, 0);
            if (filled > MaxLength) (filled, tooLong) = (0, true);
            if (filled == buffer.Length) Array.Resize(ref buffer, filled * 2);
            var read = file.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            if (read > 0) continue;
            if (LineOf(buffer, 0, filled, number, tooLong) is { } last) yield return last;
            yield break;
        }
    }

    // None for a blank line.
    private static Line? LineOf(byte[] buffer, int at, int length, long number, bool isTooLong)
    {
        if (isTooLong || length > MaxLength) return new(number, default, true);
        var line = Trimmed(buffer, at, length);
        return line.IsEmpty ? null : new(number, line, false);
    }

    private static ReadOnlyMemory<byte> Trimmed(byte[] buffer, int at, int length)
    {
        var line = buffer.AsMemory(at, length);
        while (line.Length > 0 && line.Span[^1] is (byte)'\r' or (byte)' ' or (byte)'\t') line = line[..^1];
        return line;
    }

    // What was read to tell the file's kind, and then the rest of it.
    private sealed class Rest(byte[] first, Stream then) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at == first.Length) return then.Read(buffer, offset, count);
            var length = Math.Min(count, first.Length - _at);
            first.AsSpan(_at, length).CopyTo(buffer.AsSpan(offset));
            _at += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
