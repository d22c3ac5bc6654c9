namespace Hearth.Ideas.Words.Pictures;

/// <summary>A picture that was looked through: its bytes hold what shows it and nothing else.</summary>
/// <param name="MediaType">image/png, image/jpeg, image/webp or image/gif.</param>
/// <param name="Width">As shown, in pixels, above zero.</param>
/// <param name="Height">As shown, in pixels, above zero.</param>
/// <param name="Frames">1, or more when it moves.</param>
/// <param name="Bytes">Rewritten without what tells of its maker: camera, place, time, comments, anything behind the end.</param>
internal sealed record Picture(string MediaType, int Width, int Height, int Frames, byte[] Bytes)
{
    /// <summary>Reads a picture by what its bytes are, whatever its name says.</summary>
    /// <returns>Null when it is none of the four kinds, or broken.</returns>
    public static Picture? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (bytes.StartsWith(Png.Magic)) return Png.Read(bytes);
            if (bytes.StartsWith(Jpeg.Magic)) return Jpeg.Read(bytes);
            if (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8)) return Gif.Read(bytes);
            return bytes.StartsWith("RIFF"u8) && bytes.Length > 12 && bytes[8..12].SequenceEqual("WEBP"u8) ? Webp.Read(bytes) : null;
        }
        catch (ArgumentOutOfRangeException) // it ends before it says it does
        {
            return null;
        }
        catch (IndexOutOfRangeException)
        {
            return null;
        }
    }
}
