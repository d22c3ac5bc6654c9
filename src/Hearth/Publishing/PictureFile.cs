using System.Buffers.Binary;

namespace Hearth.Publishing;

/// <summary>What a picture's file says of itself. Its name and what a browser calls it are not asked.</summary>
/// <param name="MediaType">"image/png", "image/jpeg", "image/gif" or "image/webp".</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record PictureFile(string MediaType, int Width, int Height)
{
    /// <summary>Null when it is none of the four, or is cut off before its size.</summary>
    public static PictureFile? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > 24 && file[0] == 0x89 && file[1..4].SequenceEqual("PNG"u8))
        {
            return new("image/png", BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..])); // PNG, 11.2.2 IHDR
        }

        if (file.Length > 10 && file.StartsWith("GIF8"u8)) return new("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]));
        if (file.Length > 30 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8)) return WebP(file);
        return file.Length > 4 && file[0] == 0xFF && file[1] == 0xD8 ? Jpeg(file) : null;
    }

    // RFC 9649: lossy, lossless and extended files keep their size in three ways.
    private static PictureFile? WebP(ReadOnlySpan<byte> file)
    {
        var chunk = file[12..16];
        if (chunk.SequenceEqual("VP8 "u8)) return new("image/webp", BinaryPrimitives.ReadUInt16LittleEndian(file[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(file[28..]) & 0x3FFF);
        if (chunk.SequenceEqual("VP8L"u8)) return BinaryPrimitives.ReadUInt32LittleEndian(file[21..]) is var bits ? new("image/webp", (int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1) : null;
        return chunk.SequenceEqual("VP8X"u8) ? new("image/webp", (file[24] | file[25] << 8 | file[26] << 16) + 1, (file[27] | file[28] << 8 | file[29] << 16) + 1) : null;
    }

    // ITU-T T.81, B.2.2: the frame header is the first marker from C0 to CF that is not a table (C4, C8, CC).
    private static PictureFile? Jpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 9 < file.Length && file[at] == 0xFF;)
        {
            var marker = file[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) return new("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return null;
    }
}
