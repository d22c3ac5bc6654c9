using System.Buffers.Binary;

namespace Hearth.Ideas.Words.Pictures;

/// <summary>
/// JPEG (ITU-T T.81, annex B): segments. Tables, frames and scans stay, with the colour profile and Adobe's colour transform; Exif, XMP, comments and what
/// cameras hide behind the end go. Of Exif the orientation alone is written anew: without it a phone's picture lies on its side.
/// </summary>
internal static class Jpeg
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    public static ReadOnlySpan<byte> Magic => [0xFF, 0xD8, 0xFF];

    public static Picture? Read(ReadOnlySpan<byte> bytes)
    {
        using var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..2]);
        var (width, height, turned, scanned) = (0, 0, 1, false);
        for (var at = 2; ;)
        {
            if (bytes[at] != 0xFF) return null;
            while (bytes[at + 1] == 0xFF) at++; // fill bytes
            var marker = bytes[at + 1];
            if (marker == EndOfImage) break;
            if (marker is 0x01 or 0xD8 or (>= 0xD0 and <= 0xD7)) return null; // these stand alone, and not here
            var segment = bytes.Slice(at, 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]));
            var body = segment[4..];
            if (IsFrame(marker)) (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(body[1..]), BinaryPrimitives.ReadUInt16BigEndian(body[3..]));
            if (marker == 0xE1 && body.StartsWith("Exif\0\0"u8) && turned == 1)
            {
                turned = Orientation(body[6..]);
                if (turned != 1) kept.Write(Exif(turned));
            }

            if (Stays(marker, body)) kept.Write(segment);
            at += segment.Length;
            if (marker != StartOfScan) continue;
            scanned = true;
            var end = at;
            while (!(bytes[end] == 0xFF && bytes[end + 1] is not (0 or (>= 0xD0 and <= 0xD7) or 0xFF))) end++; // to the next marker that is not part of the scan
            kept.Write(bytes[at..end]);
            at = end;
        }

        kept.Write([0xFF, EndOfImage]);
        if (width == 0 || height == 0 || !scanned) return null;
        return turned >= 5 ? new("image/jpeg", height, width, 1, kept.ToArray()) : new("image/jpeg", width, height, 1, kept.ToArray());
    }

    // SOF0 to SOF15 without DHT, JPG and DAC.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static bool Stays(byte marker, ReadOnlySpan<byte> body) => marker switch
    {
        0xE0 => body.StartsWith("JFIF\0"u8) && body.Length == 14, // one with a small copy inside does not
        0xE2 => body.StartsWith("ICC_PROFILE\0"u8),
        0xEE => body.StartsWith("Adobe"u8),
        >= 0xE1 and <= 0xEF or 0xFE => false,
        _ => true,
    };

    // TIFF 6.0, section 2: the first directory's entry 0x0112 (Exif 2.32, section 4.6.4). 1 when there is none.
    private static int Orientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 14) return 1;
        var little = tiff[0] == 'I';
        int Two(ReadOnlySpan<byte> t, int at) => little ? BinaryPrimitives.ReadUInt16LittleEndian(t[at..]) : BinaryPrimitives.ReadUInt16BigEndian(t[at..]);
        var directory = (long)(little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]));
        if (directory + 2 > tiff.Length) return 1;
        for (var (entry, left) = ((int)directory + 2, Two(tiff, (int)directory)); left > 0 && entry + 12 <= tiff.Length; entry += 12, left--)
        {
            if (Two(tiff, entry) == 0x0112) return Two(tiff, entry + 8) is >= 1 and <= 8 and var turned ? turned : 1;
        }

        return 1;
    }

    private static byte[] Exif(int orientation) =>
    [
        0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ];
}
