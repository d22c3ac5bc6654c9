using SkiaSharp;

namespace Hearth.Outlet.Cards;

/// <summary>The fonts of this machine. None comes with Hearth: where there is none, or none with a title's letters, there is no picture.</summary>
internal static class CardFonts
{
    // Bold ones that many systems bring, the wider in letters first.
    private static readonly string[] Known = ["NotoSans-Bold", "DejaVuSans-Bold", "LiberationSans-Bold", "OpenSans-Bold", "Roboto-Bold", "FreeSansBold", "Arial Bold", "arialbd", "Arial Unicode"];

    private static readonly string[] Folders =
    [
        "/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".fonts"),
    ];

    private static readonly Lazy<IReadOnlyList<SKTypeface>> All = new(Load);

    /// <summary>One that has all letters of a text; null when none has.</summary>
    public static SKTypeface? For(string text)
    {
        var letters = new string([.. text.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c))]);
        return All.Value.FirstOrDefault(f => f.ContainsGlyphs(letters));
    }

    private static List<SKTypeface> Load()
    {
        var look = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 5 };
        var files = Folders.Where(f => f.Length > 0 && Directory.Exists(f)).SelectMany(f => Directory.EnumerateFiles(f, "*.*", look)).Where(f => Path.GetExtension(f).ToLowerInvariant() is ".ttf" or ".otf" or ".ttc").Order(StringComparer.Ordinal).ToList();
        var known = Known.Select(k => files.Find(f => Path.GetFileNameWithoutExtension(f) == k)).OfType<string>();
        var broad = files.Where(f => Path.GetFileName(f).Contains("CJK", StringComparison.Ordinal) && Path.GetFileName(f).Contains("Bold", StringComparison.Ordinal));
        return [.. known.Concat(broad).Distinct(StringComparer.Ordinal).Take(20).Select(SKTypeface.FromFile).OfType<SKTypeface>()];
    }
}
