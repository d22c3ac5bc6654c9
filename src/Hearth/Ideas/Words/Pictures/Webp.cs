using System.Buffers.Binary;

namespace Hearth.Ideas.Words.Pictures;

/// <summary>WebP (RFC 9649, section 2): the chunks that show the picture stay; Exif and XMP go, and the header stops announcing them.</summary>
internal static class Webp
{
    private static readonly HashSet<string> Kept = new(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"], StringComparer.Ordinal);

    public static Picture? Read(ReadOnlySpan<byte> bytes)
    {
        using var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..12]);
        var end = Math.Min(bytes.Length, BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + 8L);
        var (width, height, frames, shown) = (0, 0, 0, false);
        for (var at = 12; at + 8 <= end;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 4)..]);
            if (length < 0) return null;
            var whole = 8 + length + (length & 1);
            var kind = System.Text.Encoding.ASCII.GetString(bytes.Slice(at, 4));
            var chunk = bytes.Slice(at, Math.Min(whole, bytes.Length - at)).ToArray();
            if (chunk.Length < 8 + length) return null;
            var body = chunk.AsSpan(8, length);
            if (kind == "VP8X")
            {
                (width, height) = (Three(body[4..]) + 1, Three(body[7..]) + 1);
                chunk[8] &= unchecked((byte)~0x0C); // no Exif, no XMP
            }
            else if (kind == "VP8 ")
            {
                if (body[3] != 0x9D || body[4] != 0x01 || body[5] != 0x2A) return null;
                if (width == 0) (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF);
            }
            else if (kind == "VP8L")
            {
                if (body[0] != 0x2F) return null;
                var size = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
                if (width == 0) (width, height) = ((int)(size & 0x3FFF) + 1, (int)(size >> 14 & 0x3FFF) + 1);
            }

            if (kind == "ANMF") frames++;
            shown |= kind is "VP8 " or "VP8L" or "ANMF";
            if (Kept.Contains(kind)) kept.Write(chunk);
            at += whole;
        }

        if (!shown || width <= 0 || height <= 0) return null;
        var result = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(4), (uint)(result.Length - 8));
        return new("image/webp", width, height, Math.Max(1, frames), result);
    }

    private static int Three(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
