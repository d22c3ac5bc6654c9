using System.Buffers.Binary;
using Hearth.Outlet;
using Hearth.Outlet.Photos;
using Hearth.Platform;
using SkiaSharp;

namespace Hearth.Tests.Outlet;

public class StockPictureTests
{
    [Theory, EveryDatabase]
    public async Task Pictures_stand_in_the_order_of_coming_each_file_once_and_so_many_at_most(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var item = await house.Stock();
        var first = await Added(house, item, Photo(40, 30, SKColors.Red), " The lid, with a scratch ");
        Assert.Equal(("The lid, with a scratch", 40, 30), (first.Alt, first.Width, first.Height));
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Added(house, item, Photo(30, 30, SKColors.Blue), "The keyboard"))));
        Assert.Single(again.Distinct());
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var n = 2; n < StockPictures.Most; n++) await Added(house, item, Photo(10 + n, 10, SKColors.Green), "More of it");
        Assert.Equal(["picture"], await Refused(house, item, Photo(99, 10, SKColors.Green), "One more"));

        var stands = (await Of(house, item)).ToList();
        Assert.Equal((StockPictures.Most, first, again[0]), (stands.Count, stands[0], stands[1]));
        Assert.True(await house.With<StockPictures, bool>(s => s.Remove(item, first.Id, default)));
        Assert.False(await house.With<StockPictures, bool>(s => s.Remove(item, first.Id, default)));
        Assert.Equal(again[0], (await Of(house, item))[0]);
        Assert.Null(await house.With<StockPictures, byte[]?>(s => s.File(first.Id, true, default)));
    }

    [Theory, EveryDatabase]
    public async Task What_is_no_picture_too_large_or_not_described_is_refused_by_its_field(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var item = await house.Stock();
        var photo = Photo(8, 8, SKColors.Red);
        Assert.Equal(["alt", "picture"], await Refused(house, item, null, " x "));
        Assert.Equal(["alt"], await Refused(house, item, photo, new string('x', 301)));
        Assert.Equal(["picture"], await Refused(house, item, new byte[StockPictures.MaxBytes + 1], "Too large"));
        Assert.Equal(["picture"], await Refused(house, item, "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "A drawing"));
        Assert.Equal(["picture"], await Refused(house, item, photo[..(photo.Length / 3)], "Cut off"));
        Assert.Equal(["picture"], await Refused(house, item, Bomb(), "A small file of a huge picture"));
        Assert.IsType<KeptStockPicture.UnknownItem>(await house.With<StockPictures, KeptStockPicture>(s => s.Add(StockItemId.New(), photo, "Of nothing", default)));
        Assert.Empty(await Of(house, item));
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(5, 0, 0)]
    [InlineData(6, 1, 0)]
    [InlineData(7, 1, 1)]
    [InlineData(8, 0, 1)]
    public void A_photo_is_turned_upright_made_small_and_loses_what_the_camera_noted(int orientation, int right, int down)
    {
        // Stored lying or not, its first corner is red; the note says where that corner belongs.
        using var bitmap = new SKBitmap(2400, 1200);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.White);
            using var red = new SKPaint { Color = SKColors.Red };
            canvas.DrawRect(0, 0, 600, 300, red);
        }

        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);
        var shrunk = ShrinkPhoto.Of(Noted(jpeg.ToArray(), orientation))!;
        var lies = orientation >= 5;
        Assert.Equal(lies ? (800, 1600) : (1600, 800), (shrunk.Width, shrunk.Height));
        Assert.DoesNotContain("Exif", System.Text.Encoding.Latin1.GetString(shrunk.Large), StringComparison.Ordinal);
        Assert.DoesNotContain("Exif", System.Text.Encoding.Latin1.GetString(shrunk.Small), StringComparison.Ordinal);
        using var large = SKBitmap.Decode(shrunk.Large);
        using var small = SKBitmap.Decode(shrunk.Small);
        Assert.Equal(lies ? (240, 480) : (480, 240), (small.Width, small.Height));
        foreach (var seen in new[] { large, small })
        {
            for (var x = 0; x < 2; x++)
            {
                for (var y = 0; y < 2; y++)
                {
                    var color = seen.GetPixel(x == 0 ? 8 : seen.Width - 9, y == 0 ? 8 : seen.Height - 9);
                    Assert.Equal((x, y) == (right, down), color is { Red: > 200, Green: < 60 });
                }
            }
        }
    }

    [Fact]
    public void What_shows_through_stands_on_white()
    {
        using var bitmap = new SKBitmap(20, 20);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        using var large = SKBitmap.Decode(ShrinkPhoto.Of(png.ToArray())!.Large);
        Assert.Equal(SKColors.White, large.GetPixel(10, 10));
    }

    private static byte[] Photo(int width, int height, SKColor color)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(color);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    // A PNG header that says 60,000 × 60,000 pixels, with nothing behind it.
    private static byte[] Bomb()
    {
        var png = Photo(1, 1, SKColors.Red);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        return png;
    }

    // ISO 3309, as PNG's annex D has it.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
        }

        return ~crc;
    }

    // Exif 2.32, 4.5: an APP1 segment with a TIFF header and one entry, Orientation (0x0112).
    private static byte[] Noted(byte[] jpeg, int orientation)
    {
        byte[] tiff = [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        byte[] exif = [.. "Exif\0\0"u8, .. tiff];
        var length = exif.Length + 2;
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. exif, .. jpeg.AsSpan(2)];
    }

    private static async Task<StockPictureView> Added(TestHouse house, StockItemId item, byte[] file, string alt) =>
        Assert.IsType<KeptStockPicture.Done>(await house.With<StockPictures, KeptStockPicture>(s => s.Add(item, file, alt, default))).Picture;

    private static async Task<IEnumerable<string>> Refused(TestHouse house, StockItemId item, byte[]? file, string alt) =>
        Assert.IsType<KeptStockPicture.Invalid>(await house.With<StockPictures, KeptStockPicture>(s => s.Add(item, file, alt, default))).Errors.Select(e => e.Field);

    private static Task<List<StockPictureView>> Of(TestHouse house, StockItemId item) => house.With<StockPictures, List<StockPictureView>>(async s => [.. (await s.Of([item], default))[item]]);
}
