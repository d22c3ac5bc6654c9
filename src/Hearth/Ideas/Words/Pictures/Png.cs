using System.Buffers.Binary;

namespace Hearth.Ideas.Words.Pictures;

/// <summary>PNG, Third Edition (W3C 2025), section 5: chunks. Those that say how to show the picture stay; texts, times and Exif go.</summary>
internal static class Png
{
    private static readonly HashSet<string> Kept = new(
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"], StringComparer.Ordinal);

    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static Picture? Read(ReadOnlySpan<byte> bytes)
    {
        using var kept = new MemoryStream(bytes.Length);
        kept.Write(Magic);
        var (width, height, frames, data) = (0, 0, 1, false);
        for (var at = Magic.Length; ;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
            if (length < 0) return null;
            var chunk = bytes.Slice(at, length + 12);
            var kind = System.Text.Encoding.ASCII.GetString(chunk.Slice(4, 4));
            if (BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]) != Crc32.Of(chunk[4..^4])) return null;
            var body = chunk[8..^4];
            if (kind == "IHDR") (width, height) = (BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body[4..]));
            if (kind == "acTL") frames = BinaryPrimitives.ReadInt32BigEndian(body);
            data |= kind == "IDAT";
            if (Kept.Contains(kind)) kept.Write(chunk);
            at += chunk.Length;
            if (kind == "IEND") break;
        }

        return width > 0 && height > 0 && frames > 0 && data ? new("image/png", width, height, frames, kept.ToArray()) : null;
    }
}
