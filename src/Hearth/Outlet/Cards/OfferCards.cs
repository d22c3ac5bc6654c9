using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkiaSharp;

namespace Hearth.Outlet.Cards;

/// <summary>What a link's picture says of an offer.</summary>
/// <param name="Title">Up to three lines of it are shown.</param>
/// <param name="Price">"449.00 EUR".</param>
/// <param name="ListPrice">Struck out beside it; null when it is the same.</param>
/// <param name="Left">"25 units left", "Sold out" ...</param>
/// <param name="Condition">"refurbished".</param>
/// <param name="Brand">Whose outlet it is; may be empty.</param>
public sealed record CardFacts(string Title, string Price, string? ListPrice, string Left, string Condition, string Brand)
{
    public static CardFacts Of(OfferView offer, string brand) => new(offer.Title, offer.Price.ToString(), offer.ListPrice.Minor > offer.Price.Minor ? offer.ListPrice.ToString() : null, offer.State switch
    {
        OfferState.Open or OfferState.Scheduled when offer.UpTo is not null => offer.State == OfferState.Open ? "While stock lasts" : "Opens " + OfferTimes.Day(offer.Opens, offer.Zone),
        OfferState.Open => string.Create(CultureInfo.InvariantCulture, $"{offer.Left:N0} {(offer.Left == 1 ? "unit" : "units")} left"),
        OfferState.Scheduled => string.Create(CultureInfo.InvariantCulture, $"{offer.Units:N0} {(offer.Units == 1 ? "unit" : "units")}, opens {OfferTimes.Day(offer.Opens, offer.Zone)}"),
        OfferState.SoldOut => "Sold out",
        OfferState.Paused => "Paused",
        _ => "Over",
    }, PostOffer.Words(offer.Condition), brand);
}

/// <summary>A picture and the name of what it shows.</summary>
/// <param name="Png">The file.</param>
/// <param name="Tag">The same for the same facts, on every machine.</param>
public sealed record CardPicture(byte[] Png, string Tag);

/// <summary>Draws the pictures of links to offers, and keeps the latest in memory by what they show.</summary>
public sealed class OfferCards
{
    /// <summary>In pixels, as networks show large cards.</summary>
    public const int Width = 1200;

    /// <inheritdoc cref="Width"/>
    public const int Height = 630;

    private const int Most = 200;
    private const int Edge = 80;
    private readonly ConcurrentDictionary<string, CardPicture> _drawn = new(StringComparer.Ordinal);
    private readonly Lock _drawing = new();

    /// <summary>True when this machine can draw the picture.</summary>
    public static bool Can(CardFacts facts) => CardFonts.For(Letters(facts)) is not null;

    /// <summary>The picture; null when no font here has its letters.</summary>
    public CardPicture? Of(CardFacts facts)
    {
        var tag = Tag(facts);
        if (_drawn.TryGetValue(tag, out var known)) return known;
        if (CardFonts.For(Letters(facts)) is not { } face) return null;
        lock (_drawing)
        {
            if (_drawn.TryGetValue(tag, out known)) return known;
            if (_drawn.Count >= Most) _drawn.Clear();
            return _drawn[tag] = new(Draw(facts, face), tag);
        }
    }

    private static string Tag(CardFacts facts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', "1", facts.Title, facts.Price, facts.ListPrice, facts.Left, facts.Condition, facts.Brand))).AsSpan(0, 16));

    private static string Letters(CardFacts facts) => string.Concat(facts.Title, facts.Price, facts.ListPrice, facts.Left, facts.Condition, facts.Brand, "…");

    private static byte[] Draw(CardFacts facts, SKTypeface face)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        var canvas = surface.Canvas;
        canvas.Clear(new SKColor(0xFF, 0xF7, 0xED));
        using var band = new SKPaint { Color = new SKColor(0xC2, 0x41, 0x0C) };
        canvas.DrawRect(0, 0, 24, Height, band);
        using var ink = new SKPaint { Color = new SKColor(0x1C, 0x19, 0x17), IsAntialias = true };
        using var quiet = new SKPaint { Color = new SKColor(0x57, 0x53, 0x4E), IsAntialias = true };
        using var accent = new SKPaint { Color = new SKColor(0x9A, 0x34, 0x12), IsAntialias = true };
        using var small = new SKFont(face, 34);
        using var title = new SKFont(face, 68);
        using var price = new SKFont(face, 84);
        canvas.DrawText(Fit($"{(facts.Brand.Length > 0 ? facts.Brand + " outlet" : "Outlet")} · {facts.Condition}", small, Width - (2 * Edge)), Edge, 110, small, accent);
        var line = 210f;
        foreach (var words in Lines(facts.Title, title, Width - (2 * Edge), 3))
        {
            canvas.DrawText(words, Edge, line, title, ink);
            line += 82;
        }

        canvas.DrawText(facts.Price, Edge, 500, price, accent);
        if (facts.ListPrice is { } before)
        {
            var x = Edge + price.MeasureText(facts.Price) + 40;
            var width = small.MeasureText(before);
            if (x + width < Width - Edge)
            {
                canvas.DrawText(before, x, 500, small, quiet);
                canvas.DrawRect(x, 486, width, 4, quiet);
            }
        }

        canvas.DrawText(Fit(facts.Left, small, Width - (2 * Edge)), Edge, 570, small, ink);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static IEnumerable<string> Lines(string text, SKFont font, float width, int most)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int from = 0, line = 1; from < words.Length; line++)
        {
            var to = from + 1;
            while (to < words.Length && font.MeasureText(string.Join(' ', words[from..(to + 1)])) <= width) to++;
            if (line == most) to = words.Length;
            yield return Fit(string.Join(' ', words[from..to]), font, width);
            from = to;
        }
    }

    // Cut between characters as people see them, never within one.
    private static string Fit(string text, SKFont font, float width)
    {
        if (font.MeasureText(text) <= width) return text;
        var parts = StringInfo.ParseCombiningCharacters(text);
        var end = parts.Length - 1;
        while (end > 1 && font.MeasureText(text[..parts[end]] + "…") > width) end--;
        return text[..parts[end]].TrimEnd() + "…";
    }

    /// <summary>The outlet's sign, 400 by 400 pixels: a price tag. It needs no font.</summary>
    public static byte[] Icon()
    {
        using var surface = SKSurface.Create(new SKImageInfo(400, 400));
        var canvas = surface.Canvas;
        canvas.Clear(new SKColor(0xC2, 0x41, 0x0C));
        using var white = new SKPaint { Color = SKColors.White, IsAntialias = true };
        using var back = new SKPaint { Color = new SKColor(0xC2, 0x41, 0x0C), IsAntialias = true };
        canvas.RotateDegrees(45, 200, 200);
        using var path = new SKPath();
        path.AddPoly([new(80, 200), new(150, 120), new(330, 120), new(330, 280), new(150, 280)], true);
        canvas.DrawPath(path, white);
        canvas.DrawCircle(150, 200, 22, back);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
