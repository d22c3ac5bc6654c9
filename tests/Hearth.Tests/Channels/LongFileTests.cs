using System.Text;
using Hearth.Channels.Files;

namespace Hearth.Tests.Channels;

/// <summary>Measures the memory of the whole process, and so runs while no other test does.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
[Collection("alone")]
public class LongFileTests
{
    [Fact]
    public async Task A_file_of_300_MB_passes_through_without_being_held()
    {
        await using var file = new Endless(300_000_000);
        var (rows, before) = (0, GC.GetTotalMemory(forceFullCollection: true));
        var most = 0L;

        await foreach (var row in RowReader.Read(file, ["text"]))
        {
            Assert.Null(row.Error);
            if (++rows % 100_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.True(rows > 1_000_000);
        Assert.True(most < 20_000_000, $"{most:N0} bytes held");
    }

    /// <summary>A CSV file that exists only while it is read.</summary>
    private sealed class Endless(long length) : Stream
    {
        private static readonly byte[] Line = Encoding.UTF8.GetBytes($"123456789,{new string('x', 240)}\n");
        private long _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at == 0)
            {
                "id,text\n"u8.CopyTo(buffer.AsSpan(offset));
                _at = 8;
                return 8;
            }

            var n = 0;
            for (; n < count && _at < length; n++, _at++) buffer[offset + n] = Line[(_at - 8) % Line.Length];
            return n;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
