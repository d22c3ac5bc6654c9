using System.Globalization;
using System.Text.Json;
using Hearth.Platform;

namespace Hearth.Outlet;

/// <summary>What a delivery says, in our words.</summary>
internal abstract record ShopMessage
{
    private ShopMessage() { }

    public sealed record Told(ShopOrder Order) : ShopMessage;

    public sealed record PaidBack(ShopRefund Refund) : ShopMessage;

    /// <summary>The order was called off: what is left of it is paid back; one that never counted never will.</summary>
    public sealed record CalledOff(string Key, DateTimeOffset At) : ShopMessage;

    /// <summary>About something else, or an order that does not count (yet).</summary>
    public sealed record Nothing : ShopMessage;
}

/// <summary>An order as a shop's webhook tells it.</summary>
/// <param name="Key">The shop's id of it.</param>
/// <param name="Number">What people read, without the shop's prefix.</param>
/// <param name="PlacedAt">When the customer ordered.</param>
/// <param name="ChangedAt">When it was last changed at the shop.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TaxOnTop">True when the shop's prices are without the tax.</param>
/// <param name="Lines">What was paid for each line: after discounts, with the tax.</param>
/// <param name="Codes">Coupons that were used.</param>
/// <param name="Click">The <c>hearth_click</c> that came with it.</param>
/// <param name="Visitor">The <c>hearth_visitor</c> that came with it.</param>
/// <param name="Refunds">Those that stand in it.</param>
/// <param name="CalledOffAt">When it was called off; null when it was not.</param>
internal sealed record ShopOrder(string Key, string Number, DateTimeOffset PlacedAt, DateTimeOffset ChangedAt, string Currency, bool TaxOnTop, IReadOnlyList<ShopLine> Lines,
    IReadOnlyList<string> Codes, ClickId? Click, VisitorId? Visitor, IReadOnlyList<ShopRefund> Refunds, DateTimeOffset? CalledOffAt);

/// <summary>A line of it.</summary>
/// <param name="Key">The shop's id of the line.</param>
internal sealed record ShopLine(string Key, string Sku, int Quantity, Money Amount);

/// <summary>Money paid back, as the shop tells it.</summary>
/// <param name="Key">The shop's id of the order.</param>
/// <param name="Refund">The shop's id of the refund.</param>
/// <param name="Lines">The lines it names; none when it says only how much.</param>
/// <param name="Paid">How much went back for goods, with the tax; null when no money went, and then what the lines are worth counts.</param>
internal sealed record ShopRefund(string Key, string Refund, DateTimeOffset At, IReadOnlyList<ShopRefundLine> Lines, decimal? Paid);

/// <param name="Line">The shop's id of the line.</param>
/// <param name="Net">In major units, in the shop's kind of price.</param>
/// <param name="Tax">In major units; counted when the order's prices are without it.</param>
internal sealed record ShopRefundLine(string Line, decimal Net, decimal Tax);

/// <summary>A field of a body that cannot be used.</summary>
internal sealed class UnusableField(string field, string reason) : Exception($"{field} {reason}")
{
    public FieldError Error { get; } = new(field, reason);
}

/// <summary>Reads fields of a shop's JSON; amounts and ids come as numbers or texts, depending on the shop and its age.</summary>
internal static class ShopJson
{
    public static IEnumerable<JsonElement> Each(this JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object) : [];

    public static string? Text(this JsonElement from, string name) => !from.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    public static string Id(this JsonElement from, string name, string path = "") =>
        from.Text(name) is { Length: > 0 and <= Order.MaxNumber } id && !id.Any(c => char.IsControl(c) || c is ',' or ':') ? id : throw new UnusableField(path + name, "must be an id");

    public static DateTimeOffset At(this JsonElement from, string name, string path = "") => from.AtOrNull(name, path) ?? throw new UnusableField(path + name, "is missing");

    public static DateTimeOffset? AtOrNull(this JsonElement from, string name, string path = "") => from.Text(name) switch
    {
        null or "" => null,
        var text when Dates.TryParse(text, out var at) => at,
        var text => throw new UnusableField(path + name, $"must be a date and time, not '{Short(text)}'"),
    };

    public static decimal Decimal(this JsonElement from, string name, string path = "") => from.Text(name) switch
    {
        null or "" => 0,
        var text when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && Math.Abs(amount) <= MostMajor => amount,
        var text => throw new UnusableField(path + name, $"must be an amount, not '{Short(text)}'"),
    };

    public static int Count(this JsonElement from, string name, string path = "") =>
        from.Text(name) is { } text && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1_000_000 && count == decimal.Truncate(count)
            ? (int)count : throw new UnusableField(path + name, "must be a whole number from 1 to 1,000,000");

    public static string Currency(this JsonElement from) => from.Text("currency") is { } currency && Money.IsCurrency(currency) ? currency : throw new UnusableField("currency", "must be three capital letters (ISO 4217)");

    /// <summary>An article without a number of its own is named after its product.</summary>
    public static string Sku(this JsonElement line) => line.Text("sku") is { } sku && !string.IsNullOrWhiteSpace(sku) ? sku.Trim() : line.Text("product_id") is { Length: > 0 } product and not "0" ? "product-" + product : "no-sku";

    public static Guid? Uuid(this IEnumerable<(string? Name, string? Value)> attributes, params string[] names) =>
        attributes.Where(a => names.Contains(a.Name, StringComparer.Ordinal)).Select(a => Guid.TryParse(a.Value, out var id) ? id : (Guid?)null).FirstOrDefault(id => id is not null);

    /// <summary>Rounded to the currency's minor unit, half to even: shops that reckon the tax for each line send more digits than the currency has.</summary>
    public static Money Round(decimal major, string currency) =>
        Money.TryParse(Math.Round(major, Money.MinorDigits(currency), MidpointRounding.ToEven).ToString(CultureInfo.InvariantCulture), currency, out var money) ? money : throw new UnusableField("amount", "is too large");

    private const decimal MostMajor = 10_000_000_000;

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
