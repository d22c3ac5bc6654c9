using System.Buffers.Binary;
using System.Text;
using Hearth.Ideas.Words.Pictures;

namespace Hearth.Tests.Ideas;

public class PictureTests
{
    private const string Secret = "51.5007 N 0.1246 W, taken by Ana";

    [Fact]
    public void A_png_keeps_what_shows_it_and_loses_its_texts_and_what_hangs_behind()
    {
        byte[] clean = [.. Png.Magic, .. Chunk("IHDR", [0, 0, 0, 7, 0, 0, 0, 5, 8, 6, 0, 0, 0]), .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", [])];
        byte[] telling = [.. clean[..33], .. Chunk("tEXt", Text("Comment\0" + Secret)), .. Chunk("eXIf", Text(Secret)), .. clean[33..], .. Text(Secret)];

        var picture = Picture.Read(telling)!;
        Assert.Equal(("image/png", 7, 5, 1), (picture.MediaType, picture.Width, picture.Height, picture.Frames));
        Assert.Equal(clean, picture.Bytes);
        telling[20] ^= 1; // the width no longer fits its checksum
        Assert.Null(Picture.Read(telling));
        Assert.Null(Picture.Read(clean.AsSpan(..^5)));
    }

    [Fact]
    public void A_jpeg_loses_place_and_camera_and_keeps_which_side_is_up()
    {
        byte[] exif = [.. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, 2, 0, 0x0F, 1, 2, 0, 1, 0, 0, 0, 65, 0, 0, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, .. Text(Secret)];
        byte[] scan = [0x11, 0xFF, 0x00, 0x22, 0xFF, 0xD3, 0x33];
        byte[] telling =
        [
            0xFF, 0xD8, .. Segment(0xE1, exif), .. Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1]), .. Segment(0xED, Text(Secret)), .. Segment(0xFE, Text(Secret)), .. Segment(0xDB, [0, 9]),
            .. Segment(0xC0, [8, 0, 40, 0, 30, 1, 1, 0x11, 0]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), .. scan, .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), .. scan, 0xFF, 0xD9, .. Text(Secret),
        ];

        var picture = Picture.Read(telling)!;
        Assert.Equal(("image/jpeg", 40, 30), (picture.MediaType, picture.Width, picture.Height)); // on its side: as wide as it was high
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(picture.Bytes));
        Assert.Contains("ICC_PROFILE", Encoding.Latin1.GetString(picture.Bytes));
        Assert.Equal(2, Count(picture.Bytes, scan));
        var again = Picture.Read(picture.Bytes)!; // what was written is a JPEG that says the same
        Assert.Equal((40, 30), (again.Width, again.Height));
        Assert.Equal(picture.Bytes, again.Bytes);
        Assert.Null(Picture.Read(telling.AsSpan(..^(Secret.Length + 2))));
    }

    [Fact]
    public void A_gif_keeps_its_frames_and_repeats_and_loses_comments()
    {
        byte[] head = [.. "GIF89a"u8, 9, 0, 4, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6];
        byte[] repeat = [0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0];
        byte[] frame = [0x21, 0xF9, 4, 0, 5, 0, 0, 0, 0x2C, 0, 0, 0, 0, 9, 0, 4, 0, 0, 2, 2, 0x44, 1, 0];
        byte[] comment = [0x21, 0xFE, (byte)Secret.Length, .. Text(Secret), 0];

        var picture = Picture.Read([.. head, .. repeat, .. comment, .. frame, .. frame, 0x3B, .. Text(Secret)])!;
        Assert.Equal(("image/gif", 9, 4, 2), (picture.MediaType, picture.Width, picture.Height, picture.Frames));
        Assert.Equal([.. head, .. repeat, .. frame, .. frame, 0x3B], picture.Bytes);
        Assert.Null(Picture.Read([.. head, .. repeat, 0x3B])); // nothing to see
    }

    [Fact]
    public void A_webp_loses_exif_and_stops_announcing_it()
    {
        byte[] lossless = Riff("VP8L", [0x2F, 6 & 0xFF, (3 << 6) & 0xFF, 0, 0]);
        byte[] whole = Webp([.. Riff("VP8X", [0x1C, 0, 0, 0, 6, 0, 0, 3, 0, 0]), .. lossless, .. Riff("EXIF", Text(Secret)), .. Riff("XMP ", Text(Secret))]);

        var picture = Picture.Read(whole)!;
        Assert.Equal(("image/webp", 7, 4), (picture.MediaType, picture.Width, picture.Height));
        Assert.Equal(Webp([.. Riff("VP8X", [0x10, 0, 0, 0, 6, 0, 0, 3, 0, 0]), .. lossless]), picture.Bytes);
        var alone = Picture.Read(Webp(lossless))!;
        Assert.Equal((7, 4), (alone.Width, alone.Height));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("<html><script>alert(1)</script></html>")]
    [InlineData("GIF89a")]
    [InlineData("RIFF....WEBPVP8 ")]
    [InlineData("BM then a bitmap")]
    [InlineData("")]
    public void What_is_no_picture_of_the_four_kinds_is_none(string bytes) => Assert.Null(Picture.Read(Encoding.Latin1.GetBytes(bytes)));

    [Fact]
    public void No_bytes_whatever_break_the_reader_or_hold_it()
    {
        var random = new Random(7);
        byte[][] starts = [[.. Png.Magic], [.. Jpeg.Magic], [.. "GIF89a"u8], [.. "RIFF\xff\0\0\0WEBPVP8X"u8]];
        for (var i = 0; i < 20_000; i++)
        {
            var rest = new byte[random.Next(200)];
            random.NextBytes(rest);
            if (i % 2 == 0) Array.Fill(rest, (byte)0xFF, 0, rest.Length / 2);
            Picture.Read([.. starts[i % starts.Length], .. rest]);
        }
    }

    internal static byte[] Chunk(string kind, byte[] body)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(kind), .. body];
        var (length, crc) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc32.Of(named));
        return [.. length, .. named, .. crc];
    }

    private static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Riff(string kind, byte[] body)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
        return [.. Encoding.ASCII.GetBytes(kind), .. length, .. body, .. new byte[body.Length & 1]];
    }

    private static byte[] Webp(byte[] chunks) => Riff("RIFF", [.. "WEBP"u8, .. chunks]);

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private static int Count(byte[] bytes, byte[] part) => Enumerable.Range(0, bytes.Length - part.Length + 1).Count(i => bytes.AsSpan(i, part.Length).SequenceEqual(part));
}
