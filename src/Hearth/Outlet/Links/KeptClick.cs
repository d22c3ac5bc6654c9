using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>
/// A click as the log keeps it: the length of the rest (2 bytes), its CRC-32C (4 bytes), then click, offer and visitor (16 bytes each, big-endian; the visitor all zero for
/// none), kind (1), microseconds since 1970 (8), the length of the host it came from (1) and the host, the length of the user agent (2) and the agent; then, for a click on a
/// personal link, its generation (2) and its slug to the end; numbers little-endian, text in UTF-8.
/// </summary>
internal static class KeptClick
{
    public const int MaxFrom = 200;
    public const int MaxUserAgent = 300;
    private const int Head = 6;
    private const int Fixed = (3 * 16) + 1 + 8 + 1 + 2;

    /// <summary>The longest record, in bytes; three bytes hold a UTF-16 unit.</summary>
    public const int MaxBytes = Head + Fixed + (3 * (MaxFrom + MaxUserAgent)) + 2 + ShareLink.MaxSlug;

    /// <summary>Writes one record.</summary>
    /// <param name="click">What was clicked.</param>
    /// <param name="to">At least <see cref="MaxBytes"/>.</param>
    /// <returns>How many bytes it takes.</returns>
    public static int Write(Click click, Span<byte> to)
    {
        var body = to[Head..];
        click.Id.Value.TryWriteBytes(body, bigEndian: true, out _);
        click.Offer.Value.TryWriteBytes(body[16..], bigEndian: true, out _);
        (click.Visitor?.Value ?? Guid.Empty).TryWriteBytes(body[32..], bigEndian: true, out _);
        body[48] = (byte)click.Kind;
        BinaryPrimitives.WriteInt64LittleEndian(body[49..], click.At.ToUnixMicroseconds());
        var from = Encoding.UTF8.GetBytes(Cut(click.From, byte.MaxValue / 3 * 3, MaxFrom), body[58..]);
        body[57] = (byte)from;
        var agent = Encoding.UTF8.GetBytes(click.UserAgent, body[(60 + from)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(body[(58 + from)..], (ushort)agent);
        var length = Fixed + from + agent;
        if (click.Share is { } share)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(body[length..], (ushort)click.Generation);
            length += 2 + Encoding.ASCII.GetBytes(share, body[(length + 2)..]);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)length);
        BinaryPrimitives.WriteUInt32LittleEndian(to[2..], Sum(body[..length]));
        return Head + length;
    }

    /// <summary>Reads one record.</summary>
    /// <param name="at">From where it begins.</param>
    /// <param name="length">How many bytes it takes; 0 when it is not whole, or not what was written.</param>
    public static Click? Read(ReadOnlySpan<byte> at, out int length)
    {
        length = 0;
        if (at.Length < Head + Fixed) return null;
        var body = at[Head..];
        int size = BinaryPrimitives.ReadUInt16LittleEndian(at);
        if (size < Fixed || size > MaxBytes - Head || body.Length < size || Sum(body[..size]) != BinaryPrimitives.ReadUInt32LittleEndian(at[2..])) return null;
        int from = body[57];
        if (Fixed + from > size) return null;
        int agent = BinaryPrimitives.ReadUInt16LittleEndian(body[(58 + from)..]);
        var end = Fixed + from + agent;
        if (end != size && end + 2 >= size) return null;
        length = Head + size;
        var visitor = new Guid(body[32..48], bigEndian: true);
        return new Click
        {
            Id = new(new Guid(body[..16], bigEndian: true)), Offer = new(new Guid(body[16..32], bigEndian: true)), Visitor = visitor == Guid.Empty ? null : new(visitor), Kind = (ClickKind)body[48],
            At = Time.FromUnixMicroseconds(BinaryPrimitives.ReadInt64LittleEndian(body[49..])), From = Encoding.UTF8.GetString(body.Slice(58, from)), UserAgent = Encoding.UTF8.GetString(body.Slice(60 + from, agent)),
            Share = end == size ? null : Encoding.ASCII.GetString(body[(end + 2)..size]), Generation = end == size ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(body[end..]),
        };
    }

    // A host is ASCII but for what somebody made up; it is cut so that its bytes fit their length.
    private static string Cut(string text, int bytes, int chars)
    {
        text = text.Length <= chars ? text : text[..chars];
        while (Encoding.UTF8.GetByteCount(text) > bytes) text = text[..^1];
        return text;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..]) sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }
}
