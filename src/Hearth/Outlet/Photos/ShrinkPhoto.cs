using SkiaSharp;

namespace Hearth.Outlet.Photos;

/// <summary>A photo in two sizes.</summary>
/// <param name="Large">JPEG.</param>
/// <param name="Small">JPEG.</param>
/// <param name="Width">Of the large one, in pixels.</param>
/// <param name="Height">Of the large one, in pixels.</param>
internal sealed record ShrunkPhoto(byte[] Large, byte[] Small, int Width, int Height);

/// <summary>Makes a photo fit for a page: turned upright as its camera noted (Exif 2.32, tag Orientation), drawn anew in two sizes on white, so that nothing else of the file goes on, as where it was taken.</summary>
internal static class ShrinkPhoto
{
    /// <summary>Pixels of the longer side, at most; a smaller picture stays as small.</summary>
    public const int Large = 1600;

    /// <inheritdoc cref="Large"/>
    public const int Small = 480;

    /// <summary>Of the file, so that a small file cannot ask for all memory.</summary>
    public const int MaxPixels = 50_000_000;

    private const int Quality = 85;

    /// <returns>Null when it is no whole PNG, JPEG, WebP or GIF of at most <see cref="MaxPixels"/>.</returns>
    public static ShrunkPhoto? Of(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Gif)) return null;
        var info = codec.Info;
        if (info.Width <= 0 || info.Height <= 0 || (long)info.Width * info.Height > MaxPixels) return null;
        using var bitmap = new SKBitmap(new SKImageInfo(info.Width, info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success) return null;
        using var image = SKImage.FromBitmap(bitmap);
        var (large, width, height) = Draw(image, codec.EncodedOrigin, Large);
        return new(large, Draw(image, codec.EncodedOrigin, Small).Jpeg, width, height);
    }

    private static (byte[] Jpeg, int Width, int Height) Draw(SKImage image, SKEncodedOrigin origin, int most)
    {
        var lies = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var scale = Math.Min(1f, most / (float)Math.Max(image.Width, image.Height));
        var (w, h) = (Math.Max(1, (int)MathF.Round(image.Width * scale)), Math.Max(1, (int)MathF.Round(image.Height * scale)));
        var (width, height) = lies ? (h, w) : (w, h);
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.SetMatrix(Upright(origin, w, h));
        surface.Canvas.DrawImage(image, new SKRect(0, 0, w, h), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var drawn = surface.Snapshot();
        using var jpeg = drawn.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return (jpeg.ToArray(), width, height);
    }

    // Where the stored corner (0, 0) and the stored axes come to lie.
    private static SKMatrix Upright(SKEncodedOrigin origin, int w, int h) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
