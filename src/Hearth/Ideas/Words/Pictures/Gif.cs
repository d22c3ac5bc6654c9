using System.Buffers.Binary;

namespace Hearth.Ideas.Words.Pictures;

/// <summary>GIF89a (CompuServe 1990): frames, their timing and how often they repeat stay; comments, texts and other programs' blocks go.</summary>
internal static class Gif
{
    public static Picture? Read(ReadOnlySpan<byte> bytes)
    {
        using var kept = new MemoryStream(bytes.Length);
        var (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]));
        var at = 13 + Colours(bytes[10]);
        kept.Write(bytes[..at]);
        var frames = 0;
        while (bytes[at] != 0x3B)
        {
            var start = at;
            var stays = true;
            if (bytes[at] == 0x2C)
            {
                frames++;
                at += 10 + Colours(bytes[at + 9]) + 1; // descriptor, colours, code size
            }
            else if (bytes[at] == 0x21)
            {
                var label = bytes[at + 1];
                stays = label == 0xF9 || (label == 0xFF && bytes[at + 2] == 11 && (bytes.Slice(at + 3, 11).SequenceEqual("NETSCAPE2.0"u8) || bytes.Slice(at + 3, 11).SequenceEqual("ANIMEXTS1.0"u8)));
                at += 2;
            }
            else
            {
                return null;
            }

            while (bytes[at] != 0) at += bytes[at] + 1; // sub-blocks, each with its length before it
            at++;
            if (stays) kept.Write(bytes[start..at]);
        }

        kept.WriteByte(0x3B);
        return width > 0 && height > 0 && frames > 0 ? new("image/gif", width, height, frames, kept.ToArray()) : null;
    }

    private static int Colours(byte packed) => (packed & 0x80) == 0 ? 0 : 3 << ((packed & 7) + 1);
}
