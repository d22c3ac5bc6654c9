using System.Globalization;
using Hearth.Outlet;
using Hearth.Platform;

namespace Hearth.App.Desk.Offer;

/// <summary>What a set gives beside its item, as a merchandiser writes it: one a line, the SKU and how many ("MUG-2 × 2"; "x" and "*" do as well, and no number is one).</summary>
internal static class SetLines
{
    /// <param name="text">The lines; null or empty for none.</param>
    /// <param name="stock">What there is.</param>
    /// <param name="wrong">What is wrong with the first line that cannot be read; else null.</param>
    public static IReadOnlyList<SetPart> Read(string? text, IReadOnlyList<StockView> stock, out string? wrong)
    {
        wrong = null;
        var parts = new List<SetPart>();
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (sku, many) = words is [.. var name, "×" or "x" or "*", var number] ? (string.Join(' ', name), number) : (line, "1");
            if (stock.FirstOrDefault(s => string.Equals(s.Sku, sku, StringComparison.OrdinalIgnoreCase)) is not { } item) wrong ??= $"“{sku}” is not in stock";
            else if (!int.TryParse(many, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity)) wrong ??= $"“{line}” must be a SKU and how many, like “{item.Sku} × 2”";
            else parts.Add(new(item.Id, quantity));
        }

        return parts;
    }

    public static string Write(IReadOnlyList<SetPartView> parts) => string.Join('\n', parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Sku} × {p.Quantity}")));

    /// <summary>The reason with the SKU of the line that it is about ("also[1].quantity").</summary>
    public static string Named(FieldError error, IReadOnlyList<SetPart> parts, IReadOnlyList<StockView> stock)
    {
        var at = error.Field.IndexOf('[', StringComparison.Ordinal);
        if (at < 0 || !int.TryParse(error.Field.AsSpan(at + 1, error.Field.IndexOf(']', StringComparison.Ordinal) - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return error.Reason;
        return $"{stock.FirstOrDefault(s => s.Id == parts[n].Item)?.Sku}: {error.Reason}";
    }
}
