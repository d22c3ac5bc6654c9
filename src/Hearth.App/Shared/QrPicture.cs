namespace Hearth.App.Shared;

/// <summary>QR codes (ISO/IEC 18004), error correction M.</summary>
internal static class QrPicture
{
    /// <summary>A PNG as a data address, to stand in a page.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="size">Pixels of a module.</param>
    public static string Of(string text, int size = 6)
    {
        using var data = QRCoder.QRCodeGenerator.GenerateQrCode(text, QRCoder.QRCodeGenerator.ECCLevel.M);
        using var picture = new QRCoder.PngByteQRCode(data);
        return "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(size));
    }
}
